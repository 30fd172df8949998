// What a failure leaves: a port, a cable, a switch or a host fails for good, the LACP simulation settles again, and the
// same traffic is placed on what is left. Links come back nowhere here.

import type { Declared } from './flow.ts'
import { afterFailure } from './form.ts'
import type { FlowPrediction, HopPrediction, ItemPrediction, Prediction } from './model.ts'
import type { End, Network } from './network.ts'
import { predictState } from './predict.ts'

/** What fails, as asked for: `s1:eth1` is a port with its cable, `sw1` a switch or a host. */
export interface FailedThing {
  readonly said: string
  readonly cables: readonly number[]
  readonly nodes: readonly string[]
}

/** What becomes of a stream: it keeps its links, takes others, may take others, or stops. */
export type Fate = 'stays' | 'moves' | 'may-move' | 'stops'

export interface FailedItem {
  readonly item: number
  readonly before: ItemPrediction
  readonly after: ItemPrediction
}

export interface FailurePrediction {
  readonly thing: FailedThing
  readonly after: Prediction
  readonly items: readonly FailedItem[]
  /** Of each declared stream, in the order of `Prediction.flows`. */
  readonly fates: readonly { readonly flow: FlowPrediction; readonly fate: Fate }[]
  /** How long frames are lost, at the longest; `never` where nothing notices. */
  readonly lostForMs: number | 'never'
}

/** The thing that a text names; undefined where there is none such. */
export function failedThing(network: Network, said: string): FailedThing | undefined {
  const node = [...network.boxes.keys(), ...network.intent.hosts.map(({ name }) => name)].find(
    name => name === said,
  )
  if (node !== undefined) return { said, cables: [], nodes: [node] }
  const at = network.cables.findIndex(
    ({ name, ends }) => name === said || ends.some(end => `${end.node}:${end.port}` === said),
  )
  return at < 0 ? undefined : { said, cables: [at], nodes: [] }
}

/** Every single cable and switch that can fail, in the order of the intent. */
export function everyFailure(network: Network): readonly FailedThing[] {
  const cables = network.cables.map(
    ({ ends: [a] }, index): FailedThing => ({ said: `${a.node}:${a.port}`, cables: [index], nodes: [] }),
  )
  const boxes = [...network.boxes.keys()].map(
    (name): FailedThing => ({ said: name, cables: [], nodes: [name] }),
  )
  return [...cables, ...boxes]
}

/** Several things that fail at once. */
export function together(things: readonly FailedThing[]): FailedThing {
  return {
    said: things.map(({ said }) => said).join(' and '),
    cables: things.flatMap(({ cables }) => cables),
    nodes: things.flatMap(({ nodes }) => nodes),
  }
}

/** Plays one failure. `declared`: the traffic, where it is not the intent's. */
export function predictFailure(
  before: Prediction,
  thing: FailedThing,
  options: { readonly flows?: readonly Declared[]; readonly maxOutcomes?: number } = {},
): FailurePrediction {
  const { network } = before
  const { state } = afterFailure(network, thing)
  const after = predictState(network, state, before.groups, { ...options, down: thing.nodes })
  const items = before.items.flatMap((item): readonly FailedItem[] => {
    const left = item.back ? undefined : after.items.find(one => !one.back && one.item === item.item)
    return left === undefined ? [] : [{ item: item.item, before: item, after: left }]
  })
  const fates = before.flows.flatMap((flow, index) => {
    const left = after.flows[index]
    return flow.back || left === undefined ? [] : [{ flow, fate: fateOf(flow, left) }]
  })
  return { thing, after, items, fates, lostForMs: lostForMs(before, thing) }
}

function fateOf(before: FlowPrediction, after: FlowPrediction): Fate {
  if (after.mbps.most === 0) return 'stops'
  const same = (a: HopPrediction | undefined, b: HopPrediction | undefined): boolean =>
    a !== undefined && b !== undefined && linksOf(a) === linksOf(b)
  if (before.hops.length === after.hops.length && before.hops.every((hop, at) => same(hop, after.hops[at])))
    return 'stays'
  // A choice that is known before and after, and differs, has moved whatever else is not known.
  const moved = before.hops.some(
    (hop, at) => hop.exact && after.hops[at]?.exact && !same(hop, after.hops[at]),
  )
  return moved ? 'moves' : 'may-move'
}

const linksOf = ({ links }: HopPrediction): string => [...links].sort((a, b) => a - b).join()

/** From the failure until the last end that sent there no longer does, at the longest. */
function lostForMs({ network, state }: Prediction, { cables, nodes }: FailedThing): number | 'never' {
  const cut = network.cables.flatMap(({ ends }, index): readonly End[] =>
    cables.includes(index) || ends.some(({ node }) => nodes.includes(node)) ? ends : [],
  )
  let longest = 0
  for (const end of cut) {
    if (nodes.includes(end.node)) continue
    const bundle = network.bundleAt(end)
    const notice = bundle && bundle.ports.length > 1 ? state.lagOf(bundle)?.detection.linkDown : undefined
    if (notice === 'never') return 'never'
    longest = Math.max(longest, notice?.mostMs ?? 0)
  }
  return Math.round(longest)
}
