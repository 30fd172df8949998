// The way of a flow, hop by hop: the sending host's bond by its mode, each switch's LAG by its own hash, links between
// switches, the last link to the receiver. What cannot be known is asked of `decide`. Which ports work is form.ts's
// answer, how one is chosen choice.ts's, and what the flows then get rates/ says.
//
// Rules of the modes (linux Documentation/networking/bonding.rst, section 2, mode): 802.3ad and balance-xor hash;
// balance-rr deals packets to all members in turn; broadcast sends a copy by each; active-backup uses the active member;
// balance-tlb sends by load or hash and receives on the active member; balance-alb also tells each IPv4 neighbour of its
// subnet one member's address, by ARP.

import type { Decide, Hop, Way } from '../rates/spread.ts'
import { balancerOf, chosenIndex, commonSize, hostBalancer } from './choice.ts'
import type { FlowGroup, Station } from './flow.ts'
import type { State } from './form.ts'
import type { Bundle, End, Network } from './network.ts'

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

/** Longer ways than this go in circles. */
const mostHops = 24

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

/** Ports with the part of the flow's rate that each takes. */
interface Spreading {
  readonly bundle: Bundle
  readonly ports: readonly string[]
  readonly share: number
  /** Copies rather than parts: some may be lost. */
  readonly copies?: boolean
}

/** One walk of one flow. */
class Walk {
  readonly #router: Router
  readonly #group: FlowGroup
  readonly #decide: Decide
  readonly #common: number
  readonly #hops: { links: number[]; shares: number[] }[] = []
  #lost = false

  constructor(router: Router, group: FlowGroup, decide: Decide, common: number) {
    this.#router = router
    this.#group = group
    this.#decide = decide
    this.#common = common
  }

  whole(): Way {
    const first = this.#firstHop(this.#group.from)
    if (first === undefined) return { hops: [], lost: true }
    this.#send(first, 1, 0)
    const hops: readonly Hop[] = this.#hops
    return { hops, lost: this.#lost }
  }

  #firstHop({ bundle }: Station): Spreading | undefined {
    const ports = this.#router.sending(bundle)
    const [only] = ports
    if (only === undefined) return undefined
    if (bundle.kind !== 'bond') return { bundle, ports: [only], share: 1 }
    const { mode } = bundle.effective
    if (mode === 'balance-rr') return { bundle, ports, share: 1 / ports.length }
    if (mode === 'broadcast') return { bundle, ports, share: 1, copies: true }
    if (mode === 'active-backup') return { bundle, ports: [this.#router.active(bundle) ?? only], share: 1 }
    const balancer = hostBalancer(bundle)
    if (balancer === undefined) return { bundle, ports: [only], share: 1 }
    return { bundle, ports: [this.#pick(bundle, ports, balancer)], share: 1 }
  }

  #pick(
    at: Bundle,
    ports: readonly string[],
    balancer: NonNullable<ReturnType<typeof hostBalancer>>,
    inPort?: string,
  ): string {
    const asked = {
      group: this.#group,
      balancer,
      at,
      count: ports.length,
      common: this.#common,
      decide: this.#decide,
    }
    return ports[chosenIndex({ ...asked, ...(inPort !== undefined && { inPort }) })] ?? ports[0] ?? ''
  }

  /** Sends by these ports; `factor` is what passes here of one unit of the flow's rate. */
  #send({ bundle, ports, share, copies = false }: Spreading, factor: number, depth: number): void {
    const arriving = new Map<string, { far: End; factor: number }>()
    let dead = 0
    for (const port of ports) {
      const end = { node: bundle.node, port }
      const link = this.#router.link(end)
      const far = this.#router.far(end)
      if (link === undefined || far === undefined || !this.#router.arrives(end, far)) {
        dead++
        continue
      }
      this.#use(depth, link, factor * share)
      const known = arriving.get(far.node)
      if (known === undefined) arriving.set(far.node, { far, factor: factor * share })
      else known.factor += factor * share
    }
    if (dead === ports.length || (dead > 0 && !copies)) this.#lost = true
    if (this.#lost) return
    for (const { far, factor: passing } of arriving.values())
      this.#goOn(far, passing, depth + 1, ports.length > 1)
  }

  #isSwitch(node: string): boolean {
    return this.#router.hasBox(node)
  }

  #use(depth: number, link: number, share: number): void {
    const hop = this.#hops[depth] ?? { links: [], shares: [] }
    this.#hops[depth] = hop
    const at = hop.links.indexOf(link)
    if (at >= 0) hop.shares[at] = (hop.shares[at] ?? 0) + share
    else {
      hop.links.push(link)
      hop.shares.push(share)
    }
  }

  #goOn(at: End, factor: number, depth: number, several: boolean): void {
    const { bundle: goal } = this.#group.to
    if (at.node === goal.node) {
      if (!goal.ports.includes(at.port)) this.#lost = true
      return
    }
    const next = depth > mostHops || !this.#isSwitch(at.node) ? undefined : this.#egress(at, goal, several)
    if (next === undefined) this.#lost = true
    else this.#send(next, factor, depth)
  }

  #egress(at: End, goal: Bundle, several: boolean): Spreading | undefined {
    const [lag] = this.#router.lagsTo(at.node, goal)
    if (lag !== undefined) return this.#byLag(lag, at, several)
    const home = this.#home(goal)
    const far = home === undefined ? undefined : this.#router.far({ node: goal.node, port: home })
    if (far?.node === at.node) {
      const bundle = this.#router.bundleAt(far)
      // Where the port is in a LAG that does not send, nothing comes through it.
      return bundle === undefined || bundle.kind === 'lag'
        ? undefined
        : { bundle, ports: [far.port], share: 1 }
    }
    const fits = (node: string): boolean => node === far?.node || this.#router.lagsTo(node, goal).length > 0
    const bundle = this.#router.towards(at.node, fits)
    if (bundle === undefined) return undefined
    if (bundle.kind === 'lag') return this.#byLag(bundle, at, several)
    const port = this.#router.sending(bundle).find(name => {
      const other = this.#router.far({ node: at.node, port: name })
      return (
        other !== undefined &&
        this.#isSwitch(other.node) &&
        (fits(other.node) || this.#router.towards(other.node, fits) !== undefined)
      )
    })
    return port === undefined ? undefined : { bundle, ports: [port], share: 1 }
  }

  #byLag(bundle: Lag, at: End, several: boolean): Spreading {
    const ports = this.#router.sending(bundle)
    const inPort = several ? 'any of several' : at.port
    return { bundle, ports: [this.#pick(bundle, ports, balancerOf(bundle), inPort)], share: 1 }
  }

  /** The receiver's port behind which switches without a LAG there have learnt its address. */
  #home(goal: Bundle): string | undefined {
    const ports = this.#router.sending(goal)
    if (goal.kind !== 'bond' || ports.length < 2) return ports[0]
    const { mode } = goal.effective
    const { group, decide } = { group: this.#group, decide: this.#decide }
    if (mode === 'active-backup' || mode === 'balance-tlb') return this.#router.active(goal)
    if (mode === 'balance-alb') {
      if (group.framing.family === 'inet6' || !group.direct) return this.#router.active(goal)
      // rlb_choose_channel(): the next member in turn for each neighbour that asks, in an order that nobody knows.
      const key = `arp ${goal.node} ${goal.name} ${group.from.host.name} ${ports.length}`
      return ports[decide({ key, size: ports.length, own: false })]
    }
    // The address is seen on all of them in turn, and is where it was seen last.
    return ports[
      decide({ key: `moving ${goal.node} ${goal.name} ${ports.length}`, size: ports.length, own: false })
    ]
  }
}
