// Brings what a kernel shows and what the simulation answers to one form, so that they can be compared: for each
// system whether it is up, how its ports are grouped, and which of them it uses.

import { seeded } from '../../../src/simulate/lacp/agenda.ts'
import { type LagOutcome, portNames, type System, simulateLacp } from '../../../src/simulate/lacp/index.ts'
import type { Scenario } from './scenarios.ts'

/** What play.py writes. */
export interface Played {
  readonly samples: readonly Sample[]
  readonly proc: Readonly<Record<string, string>>
  /** When each system was up and each event had happened, by the scenario's own clock. */
  readonly startedMs: Readonly<Record<string, number>>
  readonly happenedMs: readonly number[]
  /** When each began to happen: a command takes its time. */
  readonly happeningMs: readonly number[]
  readonly watched: readonly Watched[]
}

/** One look at a member that is watched closely. */
export interface Watched {
  readonly atMs: number
  readonly role: string
  readonly mii: string
}

export interface Sample {
  readonly atMs: number
  readonly systems: Readonly<Record<string, Shown>>
}

interface Shown {
  readonly carrier?: boolean
  readonly active?: string
  readonly activeSlave?: string
  readonly members?: Readonly<Record<string, ShownMember>>
  readonly ovs?: string
}

interface ShownMember {
  readonly role: string
  readonly mii: string
  readonly aggregator: string
  readonly actor: string
  readonly partner: string
}

/** How many phases of the systems' timers are tried: a few must agree, or one of many must be right. */
const someSeeds = 12
const manySeeds = 1000

/** How far from the moment that was noted a system may really have begun, in ms: a bond earlier, a daemon later. */
const startLeeway = ({ kind }: System, open: boolean): { earlierMs: number; laterMs: number } =>
  kind === 'openvswitch' ? { earlierMs: 100, laterMs: 900 } : { earlierMs: open ? 500 : 250, laterMs: 0 }

/**
 * What the simulation has for one moment of a scenario, if things happen when they really happened (a guest with one
 * processor is late now and then). Where the order is open, outcomes are tried until one is `real`.
 */
function simulatedSignatures(scenario: Scenario, played: Played, sample: Sample, real: string): string[] {
  const { simulation } = scenario
  const events = (simulation.events ?? []).map((event, index) => ({
    ...event,
    atMs: played.happenedMs[index] ?? event.atMs,
  }))
  const found = new Set<string>()
  for (let seed = 1; seed <= (scenario.open ? manySeeds : someSeeds); seed++) {
    const random = seeded(seed)
    const systems = simulation.systems.map(one => {
      const { earlierMs, laterMs } = startLeeway(one, scenario.open ?? false)
      const startMs = (played.startedMs[one.name] ?? 0) - earlierMs + random(earlierMs + laterMs + 1)
      return { ...one, startMs: Math.max(0, startMs) }
    })
    const { lags } = simulateLacp({ ...simulation, systems, events, seed, untilMs: sample.atMs })
    found.add(signature(scenario, system => ofSimulation(system, lags, scenario)))
    if (scenario.open && found.has(real)) return [real]
  }
  return [...found]
}

/** What the kernel had at one moment. */
const realSignature = (scenario: Scenario, sample: Sample): string =>
  signature(scenario, system => ofKernel(system, sample.systems[system.name] ?? {}, scenario))

const signature = (scenario: Scenario, one: (system: System) => string): string =>
  scenario.simulation.systems
    .filter(({ name, kind }) => kind !== 'plain-ports' && !scenario.broken?.includes(name))
    .map(system => `${system.name} ${one(system)}`)
    .join('\n')

/** Ports that share a number, as `p0+p1 p2`, by their order. */
function grouping(ports: readonly string[], numberOf: (port: string) => string | undefined): string {
  const groups = new Map<string, string[]>()
  for (const port of ports) {
    const number = numberOf(port)
    if (number !== undefined) groups.set(number, [...(groups.get(number) ?? []), port])
  }
  return [...groups.values()].map(group => group.join('+')).join(' ')
}

function ofSimulation(system: System, lags: readonly LagOutcome[], scenario: Scenario): string {
  const lag = lags.find(one => one.system === system.name)
  if (lag === undefined) throw new Error(system.name)
  const port = (name: string) => lag.ports.find(one => one.port === name)
  const uses = lag.ports.filter(({ sends }) => sends).map(one => one.port)
  const names = portNames(system)
  switch (system.kind) {
    case '802.3ad': {
      const groups = grouping(names, name => String(port(name)?.aggregator ?? ''))
      const states = lag.ports.map(({ actor, partner }) => `${actor?.state}/${partner?.state}`).join(' ')
      const octets = scenario.restless ? '' : `, states ${states}`
      const used = scenario.flaps ? '' : `, uses ${uses.join(' ')}`
      return `${lag.up ? 'up' : 'down'}, groups ${groups}${used}${octets}`
    }
    case 'openvswitch': {
      const attached = lag.ports.filter(({ selected }) => selected === 'selected').map(one => one.port)
      return system.lacp === 'off' ? 'no LACP' : `attached ${attached.join(' ')}, uses ${uses.join(' ')}`
    }
    default:
      return `${lag.up ? 'up' : 'down'}, uses ${uses.join(' ')}`
  }
}

function ofKernel(system: System, shown: Shown, scenario: Scenario): string {
  const { members = {}, carrier = false, active } = shown
  const names = portNames(system)
  const inUse = (name: string): boolean => {
    const member = members[name]
    if (!carrier || member?.role !== 'active' || member.mii !== 'up') return false
    return system.kind === '802.3ad' ? member.aggregator === active : true
  }
  const uses = names.filter(inUse).join(' ')
  switch (system.kind) {
    case '802.3ad': {
      const groups = grouping(names, name => members[name]?.aggregator)
      const states = names.map(name => `${members[name]?.actor}/${members[name]?.partner}`).join(' ')
      const octets = scenario.restless ? '' : `, states ${states}`
      const used = scenario.flaps ? '' : `, uses ${uses}`
      return `${carrier ? 'up' : 'down'}, groups ${groups}${used}${octets}`
    }
    case 'openvswitch': {
      const blocks = (shown.ovs ?? '').split(/\n(?=(?:slave|member): )/).slice(1)
      const attached = names.filter((_, index) => /^\S+ \S+ \S+ attached/.test(blocks[index] ?? ''))
      const enabled = names.filter((_, index) => /may_enable: true/.test(blocks[index] ?? ''))
      return system.lacp === 'off' ? 'no LACP' : `attached ${attached.join(' ')}, uses ${enabled.join(' ')}`
    }
    default:
      return `${carrier ? 'up' : 'down'}, uses ${uses}`
  }
}

/** What the guest's clock and a look every now and then may add to a time, in ms. */
const leewayMs = 150

/** A gap between two looks that is longer than this: the guest as a whole stood still, and the bond with it. */
const stallMs = 200

/**
 * How long after the first event a watched member was out of use, in ms: at the soonest and at the latest, as far as
 * looking now and then tells, and for how long the guest stood still in between. Undefined where it stayed in use.
 */
function noticed(played: Played): { soonestMs: number; latestMs: number; stalledMs: number } | undefined {
  const [beganMs = 0] = played.happeningMs
  const [endedMs = 0] = played.happenedMs
  const out = played.watched.findIndex(
    ({ atMs, role, mii }) => atMs > endedMs && (role !== 'active' || mii === 'down'),
  )
  const found = played.watched[out]
  if (found === undefined) return undefined
  const looks = [beganMs, ...played.watched.slice(0, out + 1).map(({ atMs }) => atMs)].filter(
    atMs => atMs >= beganMs,
  )
  const gaps = looks.slice(1).map((atMs, index) => atMs - (looks[index] ?? atMs))
  return {
    soonestMs: Math.max(0, (looks[looks.length - 2] ?? beganMs) - endedMs),
    latestMs: found.atMs - beganMs,
    stalledMs: gaps.filter(gap => gap > stallMs).reduce((sum, gap) => sum + gap, 0),
  }
}

/** In what the kernel and the simulation differ over one scenario; undefined where they agree. */
export function difference(scenario: Scenario, played: Played): string | undefined {
  for (const sample of played.samples) {
    const real = realSignature(scenario, sample)
    const simulated = simulatedSignatures(scenario, played, sample, real)
    if (simulated.length === 1 && simulated[0] === real) continue
    return `at ${sample.atMs} ms the kernel has\n${real}\nand the simulation\n${simulated.join('\nor\n')}`
  }
  return scenario.watch === undefined ? undefined : outOfBounds(scenario, scenario.watch, played)
}

function outOfBounds(
  { simulation }: Scenario,
  { system, failure }: NonNullable<Scenario['watch']>,
  played: Played,
): string | undefined {
  const bounds = simulateLacp(simulation).lags.find(lag => lag.system === system)?.detection[failure]
  const found = noticed(played)
  if (bounds === undefined || bounds === 'never' || found === undefined) return `${failure} was not noticed`
  const within =
    found.latestMs >= bounds.leastMs && found.soonestMs <= bounds.mostMs + leewayMs + found.stalledMs
  return within
    ? undefined
    : `noticed after ${found.soonestMs} to ${found.latestMs} ms, not ${bounds.leastMs} to ${bounds.mostMs}`
}
