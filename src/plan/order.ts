// Which end is changed first. A bond and the LAGs behind it are put into every state that a change can stop in, old and
// new mixed, and the LACP simulation says what still carries there; the order whose worst stop is best wins. Nothing here
// knows a rule such as "passive first": the rules come out of it.

import type { Bond, Host } from '../intent/intent.ts'
import { lagModeFor, type SwitchPlan } from '../intent/partner.ts'
import { atRest, type Bundle, type Network, networkOf, type State } from '../simulate/predict/index.ts'

/** What still carries, best first: all cables; some; some, and frames to others are lost; none. */
export const grades = ['whole', 'narrow', 'lossy', 'cut'] as const
export type Grade = (typeof grades)[number]

/** Where a change can stop. */
export interface Stop {
  /** Nodes that are new already. */
  readonly done: readonly string[]
  /** The only cable that is up; undefined: all are. */
  readonly only: string | undefined
  readonly grade: Grade
  /** Ports of the host that carry both ways. */
  readonly carrying: readonly string[]
  /** From nothing to the first port that carries both ways, in ms; undefined where none does. */
  readonly upAfterMs: number | undefined
  readonly why: readonly string[]
}

export type Step =
  | { readonly kind: 'change'; readonly node: string; readonly stop: Stop }
  /** Shut the other cables at the switch, so that no frame takes them. */
  | { readonly kind: 'narrow'; readonly keep: string; readonly shut: readonly string[]; readonly stop: Stop }
  | { readonly kind: 'widen'; readonly open: readonly string[]; readonly stop: Stop }

export interface Order {
  readonly host: string
  readonly bond: string
  readonly steps: readonly Step[]
  /** The worst stop on the way, the last one left out. */
  readonly worst: Grade
}

/** A bond on both sides of a change, with what the switches are before and after. */
export interface Pair {
  readonly name: string
  readonly old: Host
  readonly new: Host
  readonly plans: { readonly old: readonly SwitchPlan[]; readonly new: readonly SwitchPlan[] }
  /** Nodes that change: the host, switches, or both. */
  readonly nodes: readonly string[]
}

/** More nodes than this are changed in the order host first or host last: the orders are too many to try. */
const mostTried = 4

/** The best order of steps. */
export function orderOf(pair: Pair): Order {
  const stops = new Stops(pair)
  const sequences = orders(pair.nodes, pair.new.name)
  const kept = stops.firstCable()
  let best: Order | undefined
  for (const only of kept === undefined ? [undefined] : [undefined, kept]) {
    for (const sequence of sequences) {
      const steps = stepsOf(stops, sequence, only)
      const order = { host: pair.new.name, bond: pair.name, steps, worst: worstOf(steps) }
      if (best === undefined || better(order, best)) best = order
    }
  }
  if (best === undefined) throw new Error('a change has at least one order')
  return best
}

const rank = (grade: Grade): number => grades.indexOf(grade)

/** Where the last step leads is what was asked for, however good that is. */
const worstOf = (steps: readonly Step[]): Grade =>
  steps
    .slice(0, -1)
    .reduce<Grade>((worst, { stop }) => (rank(stop.grade) > rank(worst) ? stop.grade : worst), 'whole')

const better = (a: Order, b: Order): boolean =>
  rank(a.worst) !== rank(b.worst) ? rank(a.worst) < rank(b.worst) : a.steps.length < b.steps.length

function orders(nodes: readonly string[], host: string): readonly (readonly string[])[] {
  if (nodes.length > mostTried) {
    const boxes = nodes.filter(node => node !== host)
    const own = nodes.filter(node => node === host)
    return [
      [...own, ...boxes],
      [...boxes, ...own],
    ]
  }
  return permutations(nodes)
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((first, at) =>
    permutations(items.filter((_, other) => other !== at)).map(rest => [first, ...rest]),
  )
}

function stepsOf(stops: Stops, sequence: readonly string[], only: string | undefined): readonly Step[] {
  const steps: Step[] = []
  const others = stops.cables().filter(port => port !== only)
  if (only !== undefined) steps.push({ kind: 'narrow', keep: only, shut: others, stop: stops.at([], only) })
  for (const [at, node] of sequence.entries())
    steps.push({ kind: 'change', node, stop: stops.at(sequence.slice(0, at + 1), only) })
  if (only !== undefined) steps.push({ kind: 'widen', open: others, stop: stops.at(sequence, undefined) })
  return steps
}

/** The states between old and new, each simulated once. */
class Stops {
  readonly #pair: Pair
  readonly #known = new Map<string, Stop>()

  constructor(pair: Pair) {
    this.#pair = pair
  }

  /** Members that have a cable on both sides of the change. */
  cables(): readonly string[] {
    const { old, new: now, name } = this.#pair
    const cabled = (host: Host): readonly string[] =>
      (bondOf(host, name)?.options.members ?? []).filter(
        member => host.ports.find(port => port.name === member)?.options.to !== undefined,
      )
    const before = new Set(cabled(old))
    return cabled(now).filter(port => before.has(port))
  }

  /** The cable that is kept where only one is; undefined where there is no choice. */
  firstCable(): string | undefined {
    const cables = this.cables()
    return cables.length > 1 ? cables[0] : undefined
  }

  at(done: readonly string[], only: string | undefined): Stop {
    const key = JSON.stringify([[...done].sort(), only])
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const stop = this.#simulated(done, only)
    this.#known.set(key, stop)
    return stop
  }

  #simulated(done: readonly string[], only: string | undefined): Stop {
    const { old, new: now, plans, name } = this.#pair
    const base = done.includes(now.name) ? now : old
    const host = cabledAs(base, now, only)
    const boxes = namesIn(plans).flatMap(box => {
      const side = done.includes(box) ? plans.new : plans.old
      const plan = side.find(one => one.name === box)
      return plan === undefined ? [] : [withLagsOf(plan, now.name)]
    })
    const intent = { hosts: [host], switches: [], traffic: [] }
    const network = networkOf(intent, { value: boxes, diagnostics: [] })
    const found = judged(network, atRest(network), now.name, name)
    // One cable of several that works is not the whole.
    const grade = only !== undefined && found.grade === 'whole' ? 'narrow' : found.grade
    return { done, only, ...found, grade }
  }
}

const bondOf = (host: Host, name: string): Bond | undefined => host.bonds.find(bond => bond.name === name)

const namesIn = ({ old, new: now }: Pair['plans']): readonly string[] => [
  ...new Set([...old, ...now].map(({ name }) => name)),
]

/** A host with the cables of another, or with one of them alone. */
function cabledAs(host: Host, cabled: Host, only: string | undefined): Host {
  const cables = new Map(cabled.ports.map(port => [port.name, port.options.to]))
  const ports = host.ports.map(port => {
    const { to: _, ...rest } = port.options
    const to = only === undefined || port.name === only ? cables.get(port.name) : undefined
    return { ...port, options: to === undefined ? rest : { ...rest, to } }
  })
  return { ...host, ports }
}

/** A switch with nothing but what leads to one host, and the link to its pair. */
function withLagsOf(plan: SwitchPlan, host: string): SwitchPlan {
  const lags = plan.lags.filter(lag => lag.peerLink || lag.ports.some(port => port.host === host))
  return { ...plan, lags }
}

function judged(network: Network, state: State, node: string, name: string): Omit<Stop, 'done' | 'only'> {
  const bundle = network.bundles.find(one => one.kind === 'bond' && one.node === node && one.name === name)
  const outcome = bundle && state.lagOf(bundle)
  if (bundle === undefined || outcome === undefined)
    return { grade: 'cut', carrying: [], upAfterMs: undefined, why: [] }
  const linked = outcome.ports.filter(({ link }) => link)
  const carrying = linked.filter(port => port.out === 'carries' && port.in === 'carries').map(one => one.port)
  const wrong = misled(network, bundle, carrying)
  const lost = wrong !== undefined || linked.some(port => port.out === 'lost' || port.in === 'lost')
  const whole = carrying.length === linked.length
  const grade = carrying.length === 0 ? 'cut' : lost ? 'lossy' : whole ? 'whole' : 'narrow'
  const why = wrong === undefined ? outcome.why : [wrong, ...outcome.why]
  return { grade, carrying, upAfterMs: firstCarryMs(state, outcome.system), why }
}

/**
 * What the switch makes of a mode that its ports are not set for, where frames arrive all the same (linux
 * Documentation/networking/bonding.rst, section 5): it learns one address at several plain ports in turn, or sends to any
 * port of a LAG what only one takes.
 */
function misled(network: Network, bundle: Bundle, carrying: readonly string[]): string | undefined {
  if (bundle.kind !== 'bond') return undefined
  const wanted = lagModeFor[bundle.effective.mode]
  const far = carrying.flatMap(port => {
    const end = network.farOf({ node: bundle.node, port })
    const behind = end && network.bundleAt(end)
    return behind === undefined ? [] : [behind]
  })
  const shared = far.find((behind, at) => far.indexOf(behind) !== at)
  if (wanted === 'static' && shared?.kind === 'plain')
    return `${shared.node} learns the address of ${bundle.name} at one port after another`
  if (wanted === 'plain' && shared?.kind === 'lag')
    return `${shared.node} sends to any port of the LAG what ${bundle.name} takes at one`
  return undefined
}

/** When a port first carried both ways, be it as part of a LAG or by itself. */
function firstCarryMs({ outcome }: State, system: string): number | undefined {
  const change = outcome.history.find(
    ({ system: whose, what }) =>
      whose === system && 'out' in what && what.out === 'carries' && what.in === 'carries',
  )
  return change?.atMs
}
