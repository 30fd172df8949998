// What holds of every LACP simulation, whatever its systems are.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Cable,
  type LacpOutcome,
  type LacpSimulation,
  type LinuxLacpBond,
  type OpenVswitchBond,
  portNames,
  possibleOutcomes,
  type SwitchLag,
  type System,
  simulateLacp,
  type Variable,
} from '../../src/simulate/lacp/index.ts'
import { cabled, host, lag, lagOf, pair, staticLag } from './lacp-support.ts'

const rate = fc.constantFrom('slow', 'fast') as fc.Arbitrary<'slow' | 'fast'>
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `${prefix}${index}` }))

/** A bond of `count` members that speaks LACP, with options that do not keep it from coming to terms. */
const anyBond = (name: string, count: number, active: fc.Arbitrary<boolean>): fc.Arbitrary<LinuxLacpBond> =>
  fc.record({
    kind: fc.constant('802.3ad' as const),
    name: fc.constant(name),
    members: fc.constant(names('eth', count)),
    kernel: fc.constantFrom('5.10', '6.1', '6.12', '7.2'),
    lacpRate: rate,
    lacpActive: active,
    minLinks: fc.nat(count),
    adSelect: fc.constantFrom('stable', 'bandwidth', 'count') as fc.Arbitrary<
      'stable' | 'bandwidth' | 'count'
    >,
    actorSysPriority: fc.integer({ min: 1, max: 65535 }),
    userPortKey: fc.nat(1023),
    coupledControl: fc.boolean(),
    miimonMs: fc.constantFrom(50, 100, 250),
  })

const anySwitch = (name: string, count: number, active: fc.Arbitrary<boolean>): fc.Arbitrary<SwitchLag> =>
  fc
    .record({
      lacp: active.map(on => (on ? ('active' as const) : ('passive' as const))),
      rate,
      key: fc.integer({ min: 1, max: 65535 }),
      systemPriority: fc.nat(65535),
      control: fc.constantFrom('coupled', 'independent') as fc.Arbitrary<'coupled' | 'independent'>,
      minLinks: fc.nat(count),
      priorities: fc.array(fc.nat(65535), { minLength: count, maxLength: count }),
    })
    .map(({ priorities, ...said }) => ({
      kind: 'lacp-lag',
      name,
      ...said,
      ports: priorities.map((portPriority, index) => ({ name: `p${index}`, portPriority })),
    }))

const anyOpenVswitch = (
  name: string,
  count: number,
  active: fc.Arbitrary<boolean>,
): fc.Arbitrary<OpenVswitchBond> =>
  fc.record({
    kind: fc.constant('openvswitch' as const),
    name: fc.constant(name),
    ports: fc.constant(names('p', count)),
    lacp: active.map(on => (on ? ('active' as const) : ('passive' as const))),
    rate,
  })

const anyEnd = (name: string, count: number, active: fc.Arbitrary<boolean>): fc.Arbitrary<System> =>
  fc.oneof(anyBond(name, count, active), anySwitch(name, count, active), anyOpenVswitch(name, count, active))

/** Two ends that can come to terms: one at least is active. */
const willing: fc.Arbitrary<LacpSimulation> = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.boolean(), fc.integer({ min: 1, max: 1000 }))
  .chain(([count, first, seed]) =>
    fc
      .tuple(
        anyEnd('s1', count, first ? fc.constant(true) : fc.boolean()),
        anyEnd('sw1', count, first ? fc.boolean() : fc.constant(true)),
      )
      .map(([a, b]) => pair(a, b, { seed })),
  )

/** Any systems, joined in any way, LACP or not. */
const anything: fc.Arbitrary<LacpSimulation> = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .chain(([count, ports]) => {
    const one = (name: string): fc.Arbitrary<System> =>
      fc.oneof(
        anyEnd(name, ports, fc.boolean()),
        fc.constant(staticLag(name, ports)),
        fc.constant({ kind: 'plain-ports' as const, name, ports: names('p', ports) }),
        fc.constantFrom('balance-rr', 'active-backup', 'balance-xor', 'balance-alb').map(mode => ({
          kind: 'bond' as const,
          name,
          mode: mode as 'balance-rr',
          miimonMs: 100,
          members: names('eth', ports),
        })),
      )
    return fc
      .tuple(
        fc.tuple(...names('n', count).map(({ name }) => one(name))),
        fc.array(fc.nat(1000), { minLength: count * ports, maxLength: count * ports }),
        fc.integer({ min: 1, max: 1000 }),
      )
      .map(([systems, order, seed]) => ({ systems, cables: joined(systems, order), seed, untilMs: 12_000 }))
  })

/** Ports in an order of chance, joined two by two, never one system with itself. */
function joined(systems: readonly System[], order: readonly number[]): Cable[] {
  const ends = systems
    .flatMap(system => portNames(system).map(port => ({ system: system.name, port })))
    .map((end, index) => ({ end, rank: order[index] ?? 0 }))
    .sort((x, y) => x.rank - y.rank)
    .map(({ end }) => end)
  const cables: Cable[] = []
  for (let index = 0; index + 1 < ends.length; index += 2) {
    const [a, b] = [ends[index], ends[index + 1]]
    if (a !== undefined && b !== undefined && a.system !== b.system) cables.push({ name: `c${index}`, a, b })
  }
  return cables
}

const some = { numRuns: 60 }

describe('two willing ends', () => {
  test('come to carry on every port within five seconds, and nothing is left to say', () => {
    fc.assert(
      fc.property(willing, simulation => {
        for (const found of simulateLacp(simulation).lags) {
          expect(found.carrying).toHaveLength(found.ports.length)
          expect(found).toMatchObject({ forms: true, up: true, steady: true, blocks: [] })
          expect(found.upAfterMs).toBeLessThan(5000)
          expect(found.settledAfterMs).toBeLessThan(5000)
        }
      }),
      some,
    )
  })

  test('do so in every order of their timers', () => {
    fc.assert(
      fc.property(willing, simulation => {
        expect(possibleOutcomes(simulation, 4)).toHaveLength(1)
      }),
      { numRuns: 25 },
    )
  })
})

describe('two ends that cannot agree', () => {
  const half = names('eth', 2).map(member => ({ ...member, duplex: 'half' as const }))
  const same = '02:cc:00:00:00:01'
  const spoilt: readonly [Variable, System, System][] = [
    ['lacp-active', host({ lacpActive: false }), lag({ lacp: 'passive' })],
    ['lacp', host(), staticLag()],
    ['lacp', host(), { kind: 'plain-ports', name: 'sw1', ports: names('p', 2) }],
    ['lacp', host(), { kind: 'openvswitch', name: 'sw1', lacp: 'off', ports: names('p', 2) }],
    [
      'lacp',
      { kind: 'bond', name: 's1', mode: 'balance-xor', miimonMs: 100, members: names('eth', 2) },
      lag(),
    ],
    ['duplex', host({ members: half }), lag()],
    ['own-system', host({ actorSystem: same }), lag({ systemMac: same })],
    ['min-links', host({ minLinks: 3 }), lag()],
    ['min-links', host(), lag({ minLinks: 3 })],
    ['max-links', host(), lag({ maxLinks: 1 })],
    [
      'speed',
      host({ members: names('eth', 2).map(member => ({ ...member, speedMbps: 'unknown' as const })) }),
      lag(),
    ],
  ]

  test('say which variable blocks, at both ends', () => {
    fc.assert(
      fc.property(fc.constantFrom(...spoilt), fc.integer({ min: 1, max: 500 }), ([variable, a, b], seed) => {
        for (const found of simulateLacp(pair(a, b, { seed })).lags) {
          expect(found.carrying.length).toBeLessThan(2)
          expect(found.blocks.map(block => block.variable)).toContain(variable)
          for (const { port, why } of found.standby) {
            expect(why).not.toBe('')
            expect(found.why.join('\n')).toContain(port)
          }
        }
      }),
      some,
    )
  })
})

describe('whatever is joined', () => {
  test('only ports of the active aggregator are used, and there is at most one', () => {
    fc.assert(
      fc.property(anything, simulation => {
        for (const { kind, aggregators, ports } of simulateLacp(simulation).lags) {
          if (kind !== '802.3ad') continue
          expect(aggregators.filter(({ active }) => active).length).toBeLessThan(2)
          for (const port of ports) if (port.sends) expect(port.inActiveAggregator).toBe(true)
        }
      }),
      some,
    )
  })

  test('a port carries if and only if the other end of its cable does, and what one sends the other gets', () => {
    fc.assert(
      fc.property(anything, simulation => {
        const outcome = simulateLacp(simulation)
        for (const { ports } of outcome.lags) {
          for (const port of ports) {
            if (port.far === undefined) continue
            const { system, port: farPort } = port.far
            const far = lagOf(outcome, system).ports.find(one => one.port === farPort)
            expect(far?.role === 'carrying').toBe(port.role === 'carrying')
            expect(far?.in).toBe(port.out)
            expect(far?.out).toBe(port.in)
          }
        }
      }),
      some,
    )
  })

  test('every port that does not carry says why, and no other', () => {
    fc.assert(
      fc.property(anything, simulation => {
        for (const { ports, carrying } of simulateLacp(simulation).lags) {
          for (const port of ports) {
            expect(port.block === undefined).toBe(carrying.includes(port.port))
            expect(port.block?.variable).not.toBe('negotiation')
          }
        }
      }),
      some,
    )
  })

  test('equal input gives equal output', () => {
    fc.assert(
      fc.property(anything, simulation => {
        expect(simulateLacp(structuredClone(simulation))).toEqual(simulateLacp(simulation))
      }),
      some,
    )
  })

  test('the order in which cables are told changes nothing', () => {
    fc.assert(
      fc.property(anything, simulation => {
        const turned = { ...simulation, cables: [...simulation.cables].reverse() }
        expect(simulateLacp(turned)).toEqual(simulateLacp(simulation))
      }),
      some,
    )
  })

  test('systems that no cable joins change nothing for each other', () => {
    fc.assert(
      fc.property(anything, anything, ({ seed: _, ...a }, { seed: __, ...b }) => {
        const other = JSON.parse(rename(JSON.stringify(b))) as LacpSimulation
        const both = simulateLacp({
          systems: [...a.systems, ...other.systems],
          cables: [...a.cables, ...other.cables],
          untilMs: 12_000,
        })
        const mine = new Set(a.systems.map(({ name }) => name))
        expect(both.lags.filter(({ system }) => mine.has(system))).toEqual(simulateLacp(a).lags)
        expect(both.history.filter(({ system }) => mine.has(system))).toEqual(simulateLacp(a).history)
      }),
      some,
    )
  })

  test('renaming systems, ports and cables renames the outcome and changes nothing else', () => {
    fc.assert(
      fc.property(anything, simulation => {
        const renamed = JSON.parse(rename(JSON.stringify(simulation))) as LacpSimulation
        const expected = JSON.parse(rename(JSON.stringify(simulateLacp(simulation)))) as LacpOutcome
        expect(JSON.parse(JSON.stringify(simulateLacp(renamed)))).toEqual(expected)
      }),
      some,
    )
  })

  /** Names of a letter or two and a number become others; no word of a message has this form. */
  const rename = (text: string): string => text.replace(/\b(n|eth|p|c)(\d+)\b/g, 'x_$1_y$2')
})

describe('a cable more', () => {
  test('between two willing ends is a port more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), count => {
        const [a, b] = [host({}, 's1', 8), lag({}, 'sw1', 8)]
        const outcome = simulateLacp({ systems: [a, b], cables: cabled(a, b).slice(0, count) })
        expect(lagOf(outcome, 's1').carrying).toHaveLength(count)
      }),
      { numRuns: 8 },
    )
  })
})
