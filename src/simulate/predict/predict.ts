// The prediction: LAGs by the LACP simulation, each flow's way by the router, rates by the fair share, and what that
// makes of what was hoped for. Declared traffic runs together, all of it at once; what each item would get the other
// way round is a run of its own, since a link's two directions do not share.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Intent } from '../../intent/intent.ts'
import type { Notice } from '../lacp/outcome.ts'
import { overheadInWords } from '../rates/overhead.ts'
import type { Figures, Group, Likely } from '../rates/question.ts'
import { spread } from '../rates/spread.ts'
import { type Declared, declaredIn, type FlowGroup, groupsOf, payloadOf } from './flow.ts'
import { atRest, type State } from './form.ts'
import { hashLimits } from './hash-limits.ts'
import type {
  FlowPrediction,
  HopPrediction,
  ItemPrediction,
  LagPrediction,
  LinkPrediction,
  Prediction,
  Run,
} from './model.ts'
import { type Network, networkOf } from './network.ts'
import { capacitiesOf, linkEnds, linkOf, Router } from './route.ts'
import { stagesOf } from './stages.ts'
import { assumptionsOf, expectationOf, lostReason } from './why.ts'

export interface Options {
  /** Instead of the intent's `traffic`. */
  readonly flows?: readonly Declared[]
  /** See rates/spread.ts. */
  readonly maxOutcomes?: number
}

/** Predicts an intent at rest. Pure; goes on past what is wrong and says it. */
export function predict(
  intent: Intent,
  options: Options = {},
): { readonly value: Prediction; readonly diagnostics: readonly Diagnostic[] } {
  const network = networkOf(intent)
  const sent = groupsOf(network, options.flows ?? declaredIn(intent))
  const value = predictState(network, atRest(network), sent.groups, options)
  return { value, diagnostics: [...network.diagnostics, ...sent.diagnostics] }
}

/** The same for a state that is known, such as the one after a failure. `down`: nodes that have failed. */
export function predictState(
  network: Network,
  state: State,
  groups: readonly FlowGroup[],
  options: Options & { readonly down?: readonly string[] } = {},
): Prediction {
  const router = new Router(network, state, options.down)
  const declared = options.flows ?? declaredIn(network.intent)
  const runs = [false, true].map(back => runOf(network, router, groups, back, options.maxOutcomes))
  const [there, back] = runs
  if (there === undefined || back === undefined) throw new Error('a prediction has two directions')
  const items = runs.flatMap(run => itemsOf(network, state, router, groups, declared, run))
  const lags = lagsOf(network, state)
  return {
    network,
    state,
    groups,
    lags,
    flows: runs.flatMap(run => flowsOf(network, groups, declared, run)),
    links: linksOf(network, there),
    items,
    expectations: items.flatMap(item => (item.back ? [] : (expectationOf(item, groups) ?? []))),
    runs: [there, back],
    assumptions: [
      ...network.assumptions,
      ...assumptionsOf(network, groups, there),
      ...hashLimits(network, items),
    ],
    overheads: [...new Set(groups.map(({ framing }) => overheadInWords(framing)))],
  }
}

function runOf(
  network: Network,
  router: Router,
  groups: readonly FlowGroup[],
  back: boolean,
  maxOutcomes: number | undefined,
): Run {
  const own = groups.flatMap((group, index) => (group.back === back ? [index] : []))
  const asked = own.flatMap((index): readonly Group[] => {
    const group = groups[index]
    if (group === undefined) return []
    return [{ count: group.count, way: decide => router.way(group, decide), payload: payloadOf(group) }]
  })
  const sums = [...byItem(groups, own).values()]
  const capacities = capacitiesOf(network)
  const found = spread({ groups: asked, capacities, sums, ...(maxOutcomes !== undefined && { maxOutcomes }) })
  return { back, groups: own, spread: found }
}

/** The groups of a run by the item that they are of, each by its place in the run. */
function byItem(
  groups: readonly FlowGroup[],
  own: readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>()
  for (const [place, index] of own.entries()) {
    const item = groups[index]?.item ?? 0
    const places = found.get(item)
    if (places === undefined) found.set(item, [place])
    else places.push(place)
  }
  return found
}

function itemsOf(
  network: Network,
  state: State,
  router: Router,
  groups: readonly FlowGroup[],
  declared: readonly Declared[],
  { back, groups: own, spread: found }: Run,
): readonly ItemPrediction[] {
  return [...byItem(groups, own)].flatMap(([item, places], at): readonly ItemPrediction[] => {
    const what = declared[item]
    const sum = found.sums[at]
    if (what === undefined || sum === undefined) return []
    const members = places.flatMap(place => own[place] ?? [])
    const ways = places.map(place => found.ways[place] ?? [])
    const flows = members.flatMap(index => groups[index] ?? [])
    const [first] = flows
    const lost = first && lostReason(first, ways.flat(), network, state)
    const stages = stagesOf(network, router, flows, ways)
    return [{ item, back, declared: what, groups: members, sum, stages, ...(lost !== undefined && { lost }) }]
  })
}

const inMs = (notice: Notice): number | 'never' => (notice === 'never' ? 'never' : Math.round(notice.mostMs))

function lagsOf(network: Network, state: State): readonly LagPrediction[] {
  return network.bundles.flatMap((bundle): readonly LagPrediction[] => {
    if (bundle.kind !== 'bond' && bundle.kind !== 'lag') return []
    const outcome = state.lagOf(bundle)
    if (outcome === undefined) return []
    const { forms, carrying, standby, upAfterMs, detection, why } = outcome
    return [
      {
        bundle,
        node: bundle.node,
        lag: bundle.name,
        forms,
        carrying,
        standby,
        ...(upAfterMs !== undefined && { upAfterMs }),
        detection: {
          linkDownMs: inMs(detection.givenUp),
          silentPartnerMs: inMs(detection.silentPartner),
        },
        why,
        outcome,
      },
    ]
  })
}

/** The name of an item's flows: unique, as several items may have the same ends. */
export function flowName(declared: readonly Declared[], item: number): string {
  const nameOf = ({ from, to, protocol }: Declared): string => `${from} to ${to}, ${protocol}`
  const own = declared[item]
  if (own === undefined) return ''
  const before = declared.slice(0, item).filter(other => nameOf(other) === nameOf(own)).length
  return before === 0 ? nameOf(own) : `${nameOf(own)} (${before + 1})`
}

function flowsOf(
  network: Network,
  groups: readonly FlowGroup[],
  declared: readonly Declared[],
  { back, groups: own, spread: found }: Run,
): readonly FlowPrediction[] {
  return own.flatMap((index, at): readonly FlowPrediction[] => {
    const group = groups[index]
    const mbps = found.flows[at]
    if (group === undefined || mbps === undefined) return []
    const hops = hopsOf(network, found.ways[at] ?? [])
    const name = `${flowName(declared, group.item)}${back ? ', back' : ''}`
    return Array.from({ length: group.count }, (_, number) => ({
      name,
      from: group.from.said,
      to: group.to.said,
      stream: group.firstStream + number,
      group: index,
      back,
      hops,
      mbps,
    }))
  })
}

/** What all likely ways of one flow have at each hop. */
export function hopsOf(network: Network, likely: readonly Likely[]): readonly HopPrediction[] {
  const depth = likely.reduce((most, { way }) => Math.max(most, way.hops.length), 0)
  return Array.from({ length: depth }, (_, at): HopPrediction => {
    const options = new Map<string, readonly number[]>()
    let always = true
    for (const { way } of likely) {
      const hop = way.hops[at]
      if (hop === undefined) always = false
      else options.set(hop.links.join(), hop.links)
    }
    const ends = [...options.values()].map(links => links.flatMap(link => linkEnds(network, link)?.out ?? []))
    const nodes = [...new Set(ends.flat().map(({ node }) => node))]
    const bundles = [...new Set(ends.flat().map(end => network.bundleAt(end)?.name ?? ''))]
    // On plain ports there is no LAG to name, and the port stands for itself.
    const plain = ends.flat().every(end => network.bundleAt(end)?.kind === 'plain')
    const ports = ends.map(some =>
      some.map(({ port, node }) => (nodes.length > 1 ? `${node}:${port}` : port)).join('+'),
    )
    return {
      node: nodes.join('|'),
      lag: plain ? [...new Set(ports)].join('|') : bundles.join('|'),
      port: [...new Set(ports)].join('|'),
      exact: options.size === 1 && always,
      links: [...options.values()].flat(),
    }
  })
}

const nothing: Figures = { least: 0, expected: 0, most: 0 }

function linksOf(network: Network, { spread: found }: Run): readonly LinkPrediction[] {
  return network.cables.flatMap(({ ends }, cable) =>
    ends.map(({ node, port }, at): LinkPrediction => {
      const out = linkOf(cable, at === 0 ? 0 : 1)
      const into = linkOf(cable, at === 0 ? 1 : 0)
      return { node, port, outMbps: found.links[out] ?? nothing, inMbps: found.links[into] ?? nothing }
    }),
  )
}
