// The way of a flow, hop by hop: the sending host's bond by its mode, each switch's LAG by its own hash, links between
// switches, the last link to the receiver. What cannot be known is asked of `decide`. Which ports work is form.ts's
// answer, how one is chosen choice.ts's, and what the flows then get rates/ says.
//
// Rules of the modes (linux Documentation/networking/bonding.rst, section 2, mode): 802.3ad and balance-xor hash;
// balance-rr deals packets to all members in turn; broadcast sends a copy by each; active-backup uses the active member;
// balance-tlb sends by load or hash and receives on the active member; balance-alb also tells each IPv4 neighbour of its
// subnet one member's address, by ARP.

import type { Decide, Way } from '../rates/question.ts'
import { balancerOf, commonSize } from './choice.ts'
import type { FlowGroup } from './flow.ts'
import type { State } from './form.ts'
import type { Bundle, End, Network } from './network.ts'
import { Walk } from './walk.ts'

/** The index of a cable's direction among the links: from its first end to its second, then back. */
export const linkOf = (cable: number, end: 0 | 1): number => 2 * cable + end

/** Capacities of all links, in Mbit/s on the line. */
export const capacitiesOf = ({ cables }: Network): readonly number[] =>
  cables.flatMap(({ speedMbps }) => [speedMbps, speedMbps])

/** Where the frames of a link leave, and where they arrive. */
export function linkEnds(
  { cables }: Network,
  link: number,
): { readonly out: End; readonly in: End } | undefined {
  const ends = cables[link >> 1]?.ends
  if (ends === undefined) return undefined
  return link % 2 === 0 ? { out: ends[0], in: ends[1] } : { out: ends[1], in: ends[0] }
}

type Bond = Extract<Bundle, { kind: 'bond' }>
type Lag = Extract<Bundle, { kind: 'lag' }>

const isBackup = (bundle: Bundle): bundle is Bond =>
  bundle.kind === 'bond' && bundle.effective.mode === 'active-backup'

/** The value in a map, made where it is not there yet. */
function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** Walks flows through one state of the network. */
export class Router {
  readonly #network: Network
  readonly #state: State
  readonly #down: ReadonlySet<string>
  // A walk is repeated for every outcome of its draws; what does not depend on them is asked once.
  readonly #common = new Map<FlowGroup, number>()
  readonly #sending = new Map<Bundle, readonly string[]>()
  readonly #near = new Map<string, readonly (readonly [string, Bundle])[]>()
  readonly #at: ReadonlyMap<string, readonly Bundle[]>
  #linux: LinuxSenders | undefined

  /** `down`: nodes that have failed. */
  constructor(network: Network, state: State, down: readonly string[] = []) {
    this.#network = network
    this.#state = state
    this.#down = new Set(down)
    const at = new Map<string, Bundle[]>()
    for (const bundle of network.bundles) kept(at, bundle.node, () => []).push(bundle)
    this.#at = at
  }

  /** The way of a flow of a group; pure for equal decisions. */
  way(group: FlowGroup, decide: Decide): Way {
    const common = kept(this.#common, group, () => this.#commonFor(group))
    return new Walk(this, group, decide, common).whole()
  }

  /** Ports by which a bundle's owner sends. */
  sending(bundle: Bundle): readonly string[] {
    return kept(this.#sending, bundle, () => this.#sendingNow(bundle))
  }

  #sendingNow(bundle: Bundle): readonly string[] {
    if (this.#down.has(bundle.node)) return []
    if (isBackup(bundle)) {
      const active = this.active(bundle)
      return active === undefined ? [] : [active]
    }
    return bundle.ports.filter(port => this.#state.portOf({ node: bundle.node, port })?.sends === true)
  }

  /** Whether frames sent by a port are taken at its other end. */
  arrives(end: End, far: End): boolean {
    const [near, other] = [this.bundleAt(end), this.bundleAt(far)]
    // A switch without a LAG there sends only what is meant for that port, and takes all; the simulation speaks of all.
    if (near?.kind === 'plain') return this.hasBox(far.node) || this.#takes(far)
    if (near !== undefined && isBackup(near))
      return other?.kind === 'plain' || other?.kind === 'single' || this.#state.portOf(far)?.accepts === true
    if (other !== undefined && isBackup(other)) return this.#takes(far)
    return this.#state.portOf(end)?.out === 'carries'
  }

  #takes(far: End): boolean {
    const bundle = this.bundleAt(far)
    if (bundle !== undefined && isBackup(bundle)) return this.active(bundle) === far.port
    return this.#state.portOf(far)?.out === 'carries'
  }

  /**
   * The active member: the primary, else the highest prio, else the first that has link (bond_find_best_slave()). Links
   * are taken to come up together, so that the first is the first attached.
   */
  active(bundle: Bond): string | undefined {
    const { effective } = bundle
    const linked = bundle.ports.filter(port => this.#state.portOf({ node: bundle.node, port })?.link === true)
    const usable = isBackup(bundle) ? linked : this.sending(bundle)
    const prefer = 'prefer' in effective ? effective.prefer : undefined
    if (prefer?.primary !== undefined && usable.includes(prefer.primary)) return prefer.primary
    return usable.reduce<string | undefined>(
      (best, port) =>
        best === undefined || (prefer?.prio[port] ?? 0) > (prefer?.prio[best] ?? 0) ? port : best,
      undefined,
    )
  }

  far(end: End): End | undefined {
    return this.#network.farOf(end)
  }

  bundleAt(end: End): Bundle | undefined {
    return this.#network.bundleAt(end)
  }

  link(end: End): number | undefined {
    const found = this.#network.cableAt(end)
    return found && linkOf(found.cable, found.end)
  }

  hasBox(node: string): boolean {
    return this.#network.boxes.has(node) && !this.#down.has(node)
  }

  /** The LAGs of a switch that lead to a bundle and send there. */
  lagsTo(node: string, to: Bundle): readonly Lag[] {
    const found = new Set<Lag>()
    for (const port of to.ports) {
      const far = this.far({ node: to.node, port })
      const bundle = far?.node === node ? this.bundleAt(far) : undefined
      if (bundle?.kind === 'lag' && this.sending(bundle).length > 0) found.add(bundle)
    }
    return [...found]
  }

  /** The bundle by which a switch reaches a nearest one that `fits`: breadth first over links between switches. */
  towards(from: string, fits: (node: string) => boolean): Bundle | undefined {
    const seen = new Set([from])
    let edge: readonly { node: string; first: Bundle }[] = this.#neighbours(from).map(([node, first]) => ({
      node,
      first,
    }))
    while (edge.length > 0) {
      const found = edge.find(({ node }) => fits(node))
      if (found !== undefined) return found.first
      const next: { node: string; first: Bundle }[] = []
      for (const { node, first } of edge) {
        if (seen.has(node)) continue
        seen.add(node)
        for (const [further] of this.#neighbours(node))
          if (!seen.has(further)) next.push({ node: further, first })
      }
      edge = next
    }
    return undefined
  }

  #neighbours(node: string): readonly (readonly [string, Bundle])[] {
    return kept(this.#near, node, () => this.#neighboursNow(node))
  }

  #neighboursNow(node: string): readonly (readonly [string, Bundle])[] {
    const found = new Map<string, Bundle>()
    for (const bundle of this.#at.get(node) ?? []) {
      for (const port of this.sending(bundle)) {
        const far = this.far({ node, port })
        if (far !== undefined && this.hasBox(far.node) && !found.has(far.node)) found.set(far.node, bundle)
      }
    }
    return [...found]
  }

  /** Counts of the ports among which Linux senders on the way may choose. */
  #commonFor({ from, to }: FlowGroup): number {
    this.#linux ??= this.#linuxNow()
    const own = from.bundle.kind === 'bond' ? [this.sending(from.bundle).length] : []
    return commonSize([...own, ...this.#linux.between, ...(this.#linux.before.get(to.bundle.node) ?? [])])
  }

  #linuxNow(): LinuxSenders {
    const between: number[] = []
    const before = new Map<string, number[]>()
    for (const bundle of this.#network.bundles) {
      if (bundle.kind !== 'lag' || balancerOf(bundle).by !== 'linux') continue
      const count = this.sending(bundle).length
      const ends = bundle.ports.flatMap(port => this.far({ node: bundle.node, port })?.node ?? [])
      if (ends.some(node => this.#network.boxes.has(node))) between.push(count)
      else for (const node of new Set(ends)) kept(before, node, () => []).push(count)
    }
    return { between: [...new Set(between)], before }
  }
}

/** How many ports the LAGs have by which switches that are Linux send: to other switches, and to each host. */
interface LinuxSenders {
  readonly between: readonly number[]
  readonly before: ReadonlyMap<string, readonly number[]>
}
