// Reasons in words: why an item gets what it gets, why frames are lost, and what was assumed.

import type { Likely } from '../rates/question.ts'
import { isUntold } from './choice.ts'
import { type FlowGroup, payloadOf } from './flow.ts'
import type { State } from './form.ts'
import type { ExpectationPrediction, ItemPrediction, Run, Stage } from './model.ts'
import type { Bundle, Network } from './network.ts'

const rounded = (mbps: number): number => Math.round(mbps)

/** What an item with a hope comes to; undefined without one. */
export function expectationOf(
  item: ItemPrediction,
  groups: readonly FlowGroup[],
): ExpectationPrediction | undefined {
  const { declared, sum } = item
  const { expectMbps } = declared
  if (expectMbps === undefined) return undefined
  // Beyond the digits that anybody measures, a sum of shares is not compared.
  const met =
    sum.least >= expectMbps * (1 - 1e-9) ? 'yes' : sum.most < expectMbps * (1 - 1e-9) ? 'no' : 'maybe'
  return {
    item: item.item,
    from: declared.from,
    to: declared.to,
    wantMbps: expectMbps,
    getMbps: sum,
    met,
    why: met === 'yes' ? 'every outcome gives as much' : reasonFor(item, groups, expectMbps),
  }
}

/** Why an item gets no more, in one or two sentences. */
export function reasonFor(item: ItemPrediction, groups: readonly FlowGroup[], wantMbps?: number): string {
  if (item.lost !== undefined && item.sum.least === 0) return item.lost
  const streams = item.declared.streams
  const narrow = narrowest(item)
  if (narrow === undefined) return 'no way leads from one end to the other'
  const [first] = item.groups
  const group = first === undefined ? undefined : groups[first]
  const payload = group === undefined ? 1 : payloadOf(group)
  const line = rounded(narrow.mostMbps / payload)
  if (wantMbps !== undefined && wantMbps <= line && wantMbps > narrow.mostMbps) {
    return `the links carry ${line} Mbit/s, and headers leave ${rounded(narrow.mostMbps)} of that for payload`
  }
  if (narrow.mostMbps > item.sum.most * 1.01)
    return `other traffic, or the draw of the hashes, shares the links: ${stageInWords(narrow, streams)}`
  return stageInWords(narrow, streams)
}

/** The stage that carries least; of equal ones that which leaves links unused, then the last. */
export function narrowest({ stages }: ItemPrediction): Stage | undefined {
  return stages.reduce<Stage | undefined>((least, one) => {
    if (least === undefined || one.mostMbps < least.mostMbps * (1 - 1e-9)) return one
    if (one.mostMbps > least.mostMbps * (1 + 1e-9)) return least
    return one.of - one.used >= least.of - least.used ? one : least
  }, undefined)
}

const fieldWords: Readonly<Record<string, string>> = {
  'source-mac': 'MAC addresses',
  'destination-mac': 'MAC addresses',
  'source-ip': 'IP addresses',
  'destination-ip': 'IP addresses',
  'source-port': 'ports',
  'destination-port': 'ports',
  ethertype: 'the Ethertype',
  vlan: 'the VLAN',
  protocol: 'the protocol',
  'ingress-port': 'the port of arrival',
}

export const fieldsInWords = (sees: readonly string[]): string => {
  const words = [...new Set(sees.map(field => fieldWords[field] ?? field))]
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** What a stage does with the streams, as a clause that does not begin with a name. */
export function stageInWords(stage: Stage, streams: number): string {
  const { node, lag, of, used, linkMbps, choice, words, sees } = stage
  const links = `${of} link${of === 1 ? '' : 's'} of ${linkMbps} Mbit/s`
  if (of <= 1) return `all of it takes the one usable link of ${node} ${lag}, ${linkMbps} Mbit/s`
  if (choice === 'all') return `the packets are dealt to all ${links} of ${node} ${lag}`
  if (sees.length === 0) return `one of the ${links} of ${node} ${lag} is used (${words})`
  if (streams === 1)
    return `one stream takes one link: ${node} ${lag} has ${links}, and its hash (${words}) keeps a stream on one of them`
  if (used >= of) return `the streams can use all ${links} of ${node} ${lag} (${words})`
  if (choice === 'each')
    return `the ${streams} streams are on at most ${used} of the ${links} of ${node} ${lag} (${words})`
  if (used === 1 && !sees.some(field => field === 'source-port' || field === 'destination-port'))
    return `all ${streams} streams share one of the ${links} of ${node} ${lag}: its hash (${words}) sees ${fieldsInWords(sees)}, which they have in common`
  return `the ${streams} streams are on ${used} of the ${links} of ${node} ${lag} (${words})`
}

/** Why frames of a group are dropped; undefined where none are. */
export function lostReason(
  { from, to }: FlowGroup,
  ways: readonly Likely[],
  network: Network,
  state: State,
): string | undefined {
  const lost = ways.filter(({ way }) => way.lost)
  if (lost.length === 0) return undefined
  const cabled = ({ node, ports }: Bundle): boolean =>
    ports.some(port => network.farOf({ node, port }) !== undefined)
  for (const { bundle, said } of [from, to]) {
    if (!cabled(bundle))
      return `no cable of ${said} is known: say to: of the ports of ${bundle.node} ${bundle.name}`
  }
  const share = lost.length === ways.length ? 'nothing arrives' : 'frames on some links are dropped'
  for (const { bundle } of [from, to]) {
    const outcome = state.lagOf(bundle)
    const partner = bundle.ports.flatMap(port => {
      const far = network.farOf({ node: bundle.node, port })
      const there = far && network.bundleAt(far)
      return there === undefined ? [] : [there]
    })[0]
    const other = partner && state.lagOf(partner)
    for (const one of [outcome, other]) {
      const [why] = one?.why ?? []
      if (one !== undefined && !one.forms && one.kind !== 'plain-ports' && why !== undefined)
        return `${share}: ${one.system} does not form; ${why}`
    }
  }
  return `${share}: no way leads from ${from.said} to ${to.said}`
}

/** What was taken as something for want of words, of flows. */
export function assumptionsOf(network: Network, groups: readonly FlowGroup[], run: Run): readonly string[] {
  const found = new Set<string>()
  for (const box of network.boxes.values()) {
    if (isUntold(box))
      found.add(
        `no source says which fields the hash of ${box.name} sees (${box.platform.product}): taken as addresses and ports; least and most hold for any`,
      )
  }
  for (const { from, to, direct, protocol, sourcePort, back } of groups) {
    if (back) continue
    for (const { bundle } of [from, to]) {
      if (bundle.kind !== 'bond' || bundle.effective.mode !== 'active-backup' || bundle.ports.length < 2)
        continue
      if (bundle.effective.prefer.primary === undefined)
        found.add(
          `${bundle.node} ${bundle.name} has no primary: its first member with link is taken as the active one`,
        )
    }
    if (!direct)
      found.add(
        `${from.said} and ${to.said} are in different subnets; the router between them is not in the intent and left out`,
      )
    const { bundle } = from
    if (bundle.kind === 'bond' && bundle.effective.mode === 'balance-rr' && bundle.ports.length > 1)
      found.add(
        `${bundle.node} ${bundle.name} deals packets in turn: they arrive out of order, and TCP gets less than the figures, by how much nobody can say`,
      )
    if (bundle.kind === 'bond' && 'balance' in bundle.effective && bundle.effective.balance.by === 'load')
      found.add(
        `${bundle.node} ${bundle.name} places flows by measured load, which changes; the figures take each placement for as likely as the others`,
      )
    if (['tcp', 'udp', 'sctp'].includes(protocol) && sourcePort === undefined)
      found.add(
        'source ports are not known: each stream has another, and hashes that see ports throw each stream for itself',
      )
  }
  if (run.spread.how !== 'certain')
    found.add(
      'a hash known by its fields only puts each class of equal fields on one of n links, all alike and each class for itself',
    )
  return [...found]
}
