// Systems and cables in few words, for the tests of the LACP simulation.
import type {
  Cable,
  LacpOutcome,
  LacpSimulation,
  LagOutcome,
  LinuxLacpBond,
  PortOutcome,
  StaticLag,
  SwitchLag,
  System,
} from '../../src/simulate/lacp/index.ts'

const ports = (prefix: string, count: number): { name: string }[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${prefix}${index}` }))

type Said<T> = Partial<Omit<T, 'kind' | 'name'>>

/** A host's bond in 802.3ad with two members eth0, eth1, fast unless said otherwise. */
export const host = (said: Said<LinuxLacpBond> = {}, name = 's1', count = 2): LinuxLacpBond => ({
  kind: '802.3ad',
  name,
  lacpRate: 'fast',
  members: ports('eth', count),
  ...said,
})

/** A switch's LAG, active and fast, with two ports p0, p1. */
export const lag = (said: Said<SwitchLag> = {}, name = 'sw1', count = 2): SwitchLag => ({
  kind: 'lacp-lag',
  name,
  lacp: 'active',
  rate: 'fast',
  ports: ports('p', count),
  ...said,
})

export const staticLag = (name = 'sw1', count = 2): StaticLag => ({
  kind: 'static-lag',
  name,
  ports: ports('p', count),
})

export const portsOf = (system: System): string[] =>
  ('members' in system ? system.members : system.ports).map(({ name }) => name)

/** Cables from each port of `a` to the port of `b` at the same place, named c0, c1, ... */
export const cabled = (a: System, b: System): Cable[] =>
  portsOf(a).flatMap((port, index) => {
    const far = portsOf(b)[index]
    if (far === undefined) return []
    return [{ name: `c${index}`, a: { system: a.name, port }, b: { system: b.name, port: far } }]
  })

export const pair = (a: System, b: System, rest: Partial<LacpSimulation> = {}): LacpSimulation => ({
  systems: [a, b],
  cables: cabled(a, b),
  ...rest,
})

/** A cable written `s1:eth0 sw1:p0`; they are named c0, c1, ... */
export const wires = (...texts: string[]): Cable[] =>
  texts.map((text, index) => {
    const [a, b] = text.split(' ').map(end => {
      const [system = '', port = ''] = end.split(':')
      return { system, port }
    })
    if (a === undefined || b === undefined) throw new Error(text)
    return { name: `c${index}`, a, b }
  })

export function lagOf({ lags }: LacpOutcome, system: string): LagOutcome {
  const found = lags.find(one => one.system === system)
  if (found === undefined) throw new Error(`no ${system}`)
  return found
}

export function portOf(outcome: LacpOutcome, system: string, port: string): PortOutcome {
  const found = lagOf(outcome, system).ports.find(one => one.port === port)
  if (found === undefined) throw new Error(`no ${port}`)
  return found
}

/** The state octets of a system's ports, as `63/63 79/0`. */
export const octets = (outcome: LacpOutcome, system: string): string =>
  lagOf(outcome, system)
    .ports.map(({ actor, partner }) => `${actor?.state}/${partner?.state}`)
    .join(' ')
