// What a switch does of its own: limits and standby, fallback, priorities, MLAG, individual links, and Open vSwitch.
import { describe, expect, test } from 'vitest'
import { type OpenVswitchBond, possibleOutcomes, simulateLacp } from '../../src/simulate/lacp/index.ts'
import { host, lag, lagOf, pair, portOf, wires } from './lacp-support.ts'

describe('limits', () => {
  test('max-links keeps the worse ports in reserve, by the port ids of the better system', () => {
    const ports = [{ name: 'p0', portPriority: 200 }, { name: 'p1', portPriority: 100 }, { name: 'p2' }]
    const outcome = simulateLacp(pair(host({}, 's1', 3), lag({ maxLinks: 2, ports })))
    expect(lagOf(outcome, 'sw1').carrying).toEqual(['p0', 'p1'])
    expect(lagOf(outcome, 's1').carrying).toEqual(['eth0', 'eth1'])
    expect(portOf(outcome, 'sw1', 'p2')).toMatchObject({
      selected: 'standby',
      held: 'max-links',
      role: 'standby',
    })
    expect(portOf(outcome, 's1', 'eth2').block).toEqual({
      variable: 'max-links',
      because: 'sw1 keeps it in reserve: it uses 2 at most',
    })
    expect(lagOf(outcome, 'sw1').standby).toEqual([
      { port: 'p2', why: 'sw1 keeps it in reserve: it uses 2 at most' },
    ])
  })

  test('the system with the lower priority number chooses: here the host, whose ports all rank alike but by number', () => {
    const ports = [
      { name: 'p0', portPriority: 200 },
      { name: 'p1', portPriority: 100 },
    ]
    const worse = simulateLacp(pair(host({ actorSysPriority: 1 }), lag({ maxLinks: 1, ports })))
    const better = simulateLacp(pair(host(), lag({ maxLinks: 1, ports })))
    expect(lagOf(worse, 'sw1').carrying).toEqual(['p0'])
    expect(lagOf(better, 'sw1').carrying).toEqual(['p1'])
  })

  test('a port in reserve takes over when one fails, and gives way when it returns', () => {
    const simulation = pair(host({}, 's1', 3), lag({ maxLinks: 2 }, 'sw1', 3), {
      events: [{ atMs: 10_000, kind: 'cable-down', cable: 'c0' }],
    })
    expect(lagOf(simulateLacp(simulation), 's1').carrying).toEqual(['eth1', 'eth2'])
    const returned = simulateLacp({
      ...simulation,
      events: [
        { atMs: 10_000, kind: 'cable-down', cable: 'c0' },
        { atMs: 20_000, kind: 'cable-up', cable: 'c0' },
      ],
    })
    expect(lagOf(returned, 's1').carrying).toEqual(['eth0', 'eth1'])
  })

  test('too few links: the switch offers none, or only its interface is down and what the host sends is lost', () => {
    const few = (belowMinLinks: 'out-of-sync' | 'interface-down') =>
      simulateLacp({
        systems: [host(), lag({ minLinks: 2, belowMinLinks })],
        cables: wires('s1:eth0 sw1:p0'),
      })
    const offered = few('out-of-sync')
    expect(portOf(offered, 'sw1', 'p0')).toMatchObject({ held: 'min-links', selected: 'standby' })
    expect(portOf(offered, 's1', 'eth0')).toMatchObject({ out: 'idle', block: { variable: 'min-links' } })
    const down = few('interface-down')
    expect(lagOf(down, 'sw1').up).toBe(false)
    expect(portOf(down, 's1', 'eth0')).toMatchObject({
      out: 'lost',
      distributing: true,
      block: { variable: 'min-links' },
    })
  })
})

describe('ports that hear nobody', () => {
  const mute = () => ({
    kind: 'bond' as const,
    name: 's1',
    mode: 'active-backup' as const,
    miimonMs: 100,
    members: [{ name: 'eth0' }, { name: 'eth1' }],
  })

  test('are suspended', () => {
    const outcome = simulateLacp(pair(mute(), lag()))
    expect(lagOf(outcome, 'sw1').ports.map(({ role }) => role)).toEqual(['lossy', 'suspended'])
    expect(lagOf(outcome, 's1').forms).toBe(false)
    expect(lagOf(outcome, 's1').blocks[0]?.variable).toBe('lacp')
  })

  test('work alone after the fallback time, as active-backup wants it', () => {
    const outcome = simulateLacp(pair(mute(), lag({ fallback: { kind: 'individual', afterMs: 5000 } })))
    expect(lagOf(outcome, 's1').carrying).toEqual(['eth0'])
    expect(lagOf(outcome, 'sw1').ports.every(({ alone }) => alone)).toBe(true)
    expect(lagOf(outcome, 'sw1').forms).toBe(false)
    const carries = outcome.history.find(
      ({ what }) => 'out' in what && what.out === 'carries' && what.in === 'carries',
    )
    expect(carries?.atMs).toBeGreaterThanOrEqual(5000)
    expect(carries?.atMs).toBeLessThan(5500)
  })

  test('a static fallback uses one port, or all', () => {
    const one = simulateLacp(pair(mute(), lag({ fallback: { kind: 'static', afterMs: 3000 } })))
    const all = simulateLacp(pair(mute(), lag({ fallback: { kind: 'static', afterMs: 3000, ports: 'all' } })))
    expect(lagOf(one, 'sw1').ports.map(({ alone }) => alone)).toEqual([true, false])
    expect(lagOf(all, 'sw1').ports.map(({ alone }) => alone)).toEqual([true, true])
  })

  test('one port that hears LACPDUs keeps the others of the LAG suspended, unless each may fall back by itself', () => {
    const systems = (scope: 'lag' | 'port') => [
      host({}, 's1', 1),
      { ...mute(), name: 's2', members: [{ name: 'eth0' }] },
      lag({ fallback: { kind: 'individual', afterMs: 3000, scope } }),
    ]
    const cables = wires('s1:eth0 sw1:p0', 's2:eth0 sw1:p1')
    expect(portOf(simulateLacp({ systems: systems('lag'), cables }), 'sw1', 'p1').alone).toBe(false)
    expect(portOf(simulateLacp({ systems: systems('port'), cables }), 'sw1', 'p1').alone).toBe(true)
  })

  test('a fallback ends when LACPDUs come', () => {
    const systems = [host({ startMs: 20_000 }), lag({ fallback: { kind: 'individual', afterMs: 3000 } })]
    const outcome = simulateLacp({ systems, cables: wires('s1:eth0 sw1:p0', 's1:eth1 sw1:p1') })
    expect(lagOf(outcome, 'sw1')).toMatchObject({ forms: true, carrying: ['p0', 'p1'] })
  })
})

describe('one LAG, several partners', () => {
  test('the second host is left out', () => {
    const systems = [host({}, 's1', 1), host({ startMs: 4000 }, 's2', 1), lag()]
    const outcome = simulateLacp({ systems, cables: wires('s1:eth0 sw1:p0', 's2:eth0 sw1:p1') })
    expect(lagOf(outcome, 'sw1').carrying).toEqual(['p0'])
    expect(portOf(outcome, 'sw1', 'p1')).toMatchObject({ held: 'other-partner', role: 'suspended' })
    expect(lagOf(outcome, 's2')).toMatchObject({ forms: false, carrying: [] })
  })

  test('the partner that is there stays, also over a reboot of the better port', () => {
    const systems = [host({ startMs: 4000 }, 's1', 1), host({}, 's2', 1), lag()]
    const outcome = simulateLacp({ systems, cables: wires('s1:eth0 sw1:p0', 's2:eth0 sw1:p1') })
    expect(lagOf(outcome, 'sw1').carrying).toEqual(['p1'])
  })

  test('the links of an MLAG count together for max-links', () => {
    const shared = { systemMac: '02:aa:00:00:00:01', mlag: 'pair', maxLinks: 1 }
    const systems = [
      host(),
      lag(shared, 'sw1', 1),
      lag({ ...shared, ports: [{ name: 'p0', portNumber: 101 }] }, 'sw2', 1),
    ]
    const outcome = simulateLacp({ systems, cables: wires('s1:eth0 sw1:p0', 's1:eth1 sw2:p0') })
    expect(lagOf(outcome, 's1').carrying).toEqual(['eth0'])
    expect(portOf(outcome, 'sw2', 'p0').held).toBe('max-links')
  })
})

describe('links that may not be aggregated', () => {
  test('an individual port carries only as long as it is the only one', () => {
    const ports = [
      { name: 'p0', individual: true },
      { name: 'p1', individual: true },
    ]
    const outcome = simulateLacp(pair(host(), lag({ ports })))
    expect(lagOf(outcome, 'sw1').carrying).toEqual(['p0'])
    expect(portOf(outcome, 'sw1', 'p1').held).toBe('individual')
    expect(portOf(outcome, 'sw1', 'p0').actor?.state).toBe(59)
  })

  test('speeds are not mixed', () => {
    const ports = [{ name: 'p0' }, { name: 'p1', speedMbps: 100 }]
    const outcome = simulateLacp(pair(host(), lag({ ports })))
    expect(portOf(outcome, 'sw1', 'p1').held).toBe('other-speed')
    expect(portOf(outcome, 's1', 'eth1').block?.variable).toBe('speed')
  })
})

describe('independent control', () => {
  test('two ends that each wait for the other to collect come to distribute', () => {
    const partner = lag({ control: 'independent' })
    const outcome = simulateLacp(pair(host({ coupledControl: false }), partner))
    expect(lagOf(outcome, 's1').carrying).toEqual(['eth0', 'eth1'])
    expect(lagOf(outcome, 'sw1').ports.map(({ actor }) => actor?.state)).toEqual([63, 63])
  })

  test('without coupled control the host stops sending as soon as the switch stops collecting', () => {
    const event = { atMs: 10_000, kind: 'one-way' as const, cable: 'c0', lost: 'a-to-b' as const }
    const stopped = (coupledControl: boolean) => {
      const outcome = simulateLacp(pair(host({ coupledControl }), lag(), { events: [event] }))
      const change = outcome.history.find(
        ({ atMs, system, port, what }) =>
          atMs > 10_000 && system === 's1' && port === 'eth0' && 'out' in what && what.out === 'idle',
      )
      return (change?.atMs ?? Number.NaN) - 10_000
    }
    expect(stopped(false)).toBeLessThan(3500)
    expect(stopped(true)).toBeGreaterThan(5000)
    expect(stopped(true)).toBeLessThan(7000)
  })
})

describe('Open vSwitch', () => {
  const ovs = (said: Partial<OpenVswitchBond> = {}): OpenVswitchBond => ({
    kind: 'openvswitch',
    name: 'sw1',
    lacp: 'active',
    rate: 'fast',
    ports: [{ name: 'p0' }, { name: 'p1' }],
    ...said,
  })

  test.each([
    ['active', '63/63'],
    ['passive', '63/62'],
  ] as const)('%s', (lacp, states) => {
    const outcome = simulateLacp(pair(host(), ovs({ lacp })))
    expect(
      lagOf(outcome, 's1').ports.map(({ actor, partner }) => `${actor?.state}/${partner?.state}`),
    ).toEqual([states, states])
    expect(lagOf(outcome, 'sw1')).toMatchObject({ forms: true, carrying: ['p0', 'p1'] })
  })

  test('off is ordinary ports', () => {
    const outcome = simulateLacp(pair(host(), ovs({ lacp: 'off' })))
    expect(lagOf(outcome, 's1')).toMatchObject({ forms: false, carrying: ['eth0'] })
  })

  test('nothing passes without a partner, or one port where it may fall back', () => {
    const mute = { kind: 'plain-ports' as const, name: 's1', ports: [{ name: 'eth0' }, { name: 'eth1' }] }
    expect(lagOf(simulateLacp(pair(mute, ovs())), 'sw1').carrying).toEqual([])
    const fallen = lagOf(simulateLacp(pair(mute, ovs({ fallbackActiveBackup: true }))), 'sw1')
    expect(fallen.carrying).toEqual(['p0'])
    expect(fallen.forms).toBe(false)
  })

  test('of two hosts one has the bond', () => {
    const systems = [host({}, 's1', 1), host({}, 's2', 1), ovs()]
    const cables = wires('s1:eth0 sw1:p0', 's2:eth0 sw1:p1')
    for (const outcome of possibleOutcomes({ systems, cables })) {
      expect(lagOf(outcome, 'sw1').carrying).toHaveLength(1)
      expect(lagOf(outcome, 'sw1').blocks.map(({ variable }) => variable)).toEqual(['partner-system'])
    }
  })
})
