// How many links each node on the way can use at once for an item's streams, and by which choice: the narrowest stage is
// the answer to "why no more".

import type { Likely } from '../rates/question.ts'
import { balancerOf, hostBalancer, seenBy } from './choice.ts'
import { type FlowGroup, payloadOf } from './flow.ts'
import type { Stage } from './model.ts'
import type { Bundle, Network } from './network.ts'
import { linkEnds, type Router } from './route.ts'

/** The stages of one item; `ways` are those of its groups, in their order. */
export function stagesOf(
  network: Network,
  router: Router,
  groups: readonly FlowGroup[],
  ways: readonly (readonly Likely[])[],
): readonly Stage[] {
  const [first] = groups
  if (first === undefined) return []
  const streams = groups.reduce((sum, { count }) => sum + count, 0)
  const alive = ways.map(likely => likely.filter(({ way }) => !way.lost))
  const depth = alive.flat().reduce((most, { way }) => Math.max(most, way.hops.length), 0)
  return Array.from({ length: depth }, (_, at) => at).flatMap(at => {
    const hops = alive.flatMap(likely => likely.flatMap(({ way }) => way.hops[at] ?? []))
    const links = new Set(hops.flatMap(hop => hop.links))
    const [some] = links
    const end = some === undefined ? undefined : linkEnds(network, some)?.out
    const bundle = end && network.bundleAt(end)
    if (bundle === undefined) return []
    const capacities = [...links].map(link => network.cables[link >> 1]?.speedMbps ?? 0).sort((a, b) => b - a)
    const several = hops.some(hop => hop.links.length > 1)
    const unknown = alive.some(
      likely => new Set(likely.map(({ way }) => way.hops[at]?.links.join())).size > 1,
    )
    const own = unknown && ownDraw(bundle, first)
    const choice = several
      ? 'all'
      : unknown
        ? own
          ? 'each'
          : 'alike'
        : router.sending(bundle).length > 1
          ? 'known'
          : 'only'
    const known = new Set(alive.map(likely => likely[0]?.way.hops[at]?.links.join())).size
    const used = several
      ? links.size
      : choice === 'each'
        ? Math.min(links.size, streams)
        : choice === 'alike'
          ? 1
          : known
    const { words, sees } = wordsOf(bundle)
    const mostMbps = capacities.slice(0, used).reduce((sum, one) => sum + one, 0) * payloadOf(first)
    const of = bundle.kind === 'plain' ? 1 : router.sending(bundle).length
    const linkMbps = capacities[0] ?? 0
    return [
      {
        node: bundle.node,
        lag: bundle.name,
        of,
        used,
        mostMbps,
        linkMbps,
        choice,
        words,
        sees,
      } satisfies Stage,
    ]
  })
}

const portFields: readonly string[] = ['source-port', 'destination-port']

/** Whether the ports of its streams tell them apart there. */
function ownDraw(bundle: Bundle, { protocol, sourcePort, destinationPort, back }: FlowGroup): boolean {
  const opener = back ? destinationPort : sourcePort
  const hasPorts = ['tcp', 'udp', 'sctp'].includes(protocol)
  return hasPorts && opener === undefined && wordsOf(bundle).sees.some(field => portFields.includes(field))
}

/** The word for a bundle's choice, and the fields that it sees. */
export function wordsOf(bundle: Bundle): { readonly words: string; readonly sees: readonly string[] } {
  if (bundle.kind === 'lag') {
    const balancer = balancerOf(bundle)
    const words = balancer.by === 'linux' ? balancer.policy : balancer.words
    return { words, sees: seenBy(balancer) }
  }
  if (bundle.kind !== 'bond') return { words: 'a single port', sees: [] }
  const balancer = hostBalancer(bundle)
  const { mode } = bundle.effective
  if (balancer === undefined) return { words: mode, sees: [] }
  return { words: balancer.by === 'linux' ? balancer.policy : balancer.words, sees: seenBy(balancer) }
}
