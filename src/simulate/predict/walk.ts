// One walk of one flow through a state of the network, from the sending bond to the receiver: which links it takes, and
// where it is lost. What works and what leads where is asked of the router.

import type { Decide, Hop, Way } from '../rates/question.ts'
import { balancerOf, chosenIndex, hostBalancer } from './choice.ts'
import type { FlowGroup, Station } from './flow.ts'
import type { Bundle, End } from './network.ts'
import type { Router } from './route.ts'

type Lag = Extract<Bundle, { kind: 'lag' }>

/** Longer ways than this go in circles. */
const mostHops = 24

/** Ports with the part of the flow's rate that each takes. */
interface Spreading {
  readonly bundle: Bundle
  readonly ports: readonly string[]
  readonly share: number
  /** Copies rather than parts: some may be lost. */
  readonly copies?: boolean
}

/** One walk of one flow. */
export class Walk {
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
