// What happens when something breaks, and how soon it is noticed: against the times that were measured with real
// bonds, and against the bounds that every outcome gives.
import { describe, expect, test } from 'vitest'
import {
  type Detection,
  type Failure,
  type Happening,
  type LinuxPlainBond,
  type OpenVswitchBond,
  type Span,
  type System,
  simulateFailure,
  simulateLacp,
} from '../../src/simulate/lacp/index.ts'
import { host, lag, lagOf, pair, portOf, staticLag, wires } from './lacp-support.ts'

const forgetless = (count = 2) =>
  Array.from({ length: count }, (_, index) => ({ name: `eth${index}`, speedWithoutLink: 'kept' as const }))

describe('a dead link', () => {
  test('moves everything to the other port, and min_links counts it', () => {
    const failure: Failure = { kind: 'port', system: 's1', port: 'eth0' }
    const one = simulateFailure(pair(host(), lag()), failure)
    expect(lagOf(one.before, 's1').carrying).toEqual(['eth0', 'eth1'])
    expect(lagOf(one.after, 's1')).toMatchObject({ up: true, carrying: ['eth1'], forms: true })
    expect(one.lostForMs).toEqual({ s1: 0, sw1: 0 })
    const two = simulateFailure(pair(host({ minLinks: 2 }), lag()), failure)
    expect(lagOf(two.after, 's1')).toMatchObject({ up: false, carrying: [] })
  })

  test('in active-backup costs up to one poll, and nothing else', () => {
    const bond: LinuxPlainBond = {
      kind: 'bond',
      name: 's1',
      mode: 'active-backup',
      miimonMs: 100,
      members: forgetless(),
    }
    const plain: System = { kind: 'plain-ports', name: 'sw1', ports: [{ name: 'p0' }, { name: 'p1' }] }
    const { after, lostForMs, settledAfterMs } = simulateFailure(pair(bond, plain), {
      kind: 'cable',
      cable: 'c0',
    })
    expect(lagOf(after, 's1').carrying).toEqual(['eth1'])
    expect(lostForMs.s1).toBeGreaterThan(0)
    expect(lostForMs.s1).toBeLessThanOrEqual(100)
    expect(settledAfterMs.s1).toBeLessThanOrEqual(100)
  })

  test('in active-backup without a monitor is never noticed', () => {
    const bond: LinuxPlainBond = { kind: 'bond', name: 's1', mode: 'active-backup', members: forgetless() }
    const plain: System = { kind: 'plain-ports', name: 'sw1', ports: [{ name: 'p0' }, { name: 'p1' }] }
    const { after } = simulateFailure(pair(bond, plain), { kind: 'cable', cable: 'c0' })
    expect(lagOf(after, 's1')).toMatchObject({ carrying: [], up: true })
    expect(lagOf(after, 's1').detection.linkDown).toBe('never')
    expect(lagOf(after, 's1').why.join()).toContain('watches no links')
  })

  test.each([
    ['kept', 500, 600],
    ['unknown', 0, 100],
  ] as const)(
    'with downdelay 500, and a speed that is %s without link, is given up after %i to %i ms',
    (speedWithoutLink, leastMs, mostMs) => {
      const members = [
        { name: 'eth0', speedWithoutLink },
        { name: 'eth1', speedWithoutLink },
      ]
      const bond = host({ downdelayMs: 500, minLinks: 2, members })
      for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
        const events: Happening[] = [{ atMs: 10_000, kind: 'cable-down', cable: 'c0' }]
        const outcome = simulateLacp(pair(bond, lag(), { events, seed }))
        const change = outcome.history.find(
          ({ atMs, system, what }) => system === 's1' && atMs >= 10_000 && 'up' in what && !what.up,
        )
        const tookMs = (change?.atMs ?? Number.NaN) - 10_000
        expect(tookMs).toBeGreaterThanOrEqual(leastMs)
        expect(tookMs).toBeLessThanOrEqual(mostMs)
      }
    },
  )

  test('that returns carries again after LACP, and after updelay before that', () => {
    const backAfterMs = (updelayMs: number): number => {
      const events: Happening[] = [
        { atMs: 10_000, kind: 'cable-down', cable: 'c0' },
        { atMs: 20_000, kind: 'cable-up', cable: 'c0' },
      ]
      return lagOf(simulateLacp(pair(host({ updelayMs }), lag(), { events })), 's1').settledAfterMs - 20_000
    }
    expect(backAfterMs(0)).toBeGreaterThan(2000)
    expect(backAfterMs(0)).toBeLessThan(3500)
    expect(backAfterMs(5000)).toBeGreaterThan(7000)
    expect(backAfterMs(5000)).toBeLessThan(8700)
  })
})

describe('updelay', () => {
  const plain: System = { kind: 'plain-ports', name: 'sw1', ports: [{ name: 'p0' }, { name: 'p1' }] }
  const events: Happening[] = [
    { atMs: 10_000, kind: 'dies', system: 'sw1' },
    { atMs: 12_000, kind: 'returns', system: 'sw1' },
  ]
  test.each([
    ['active-backup', 100],
    ['balance-xor', 100],
    ['balance-rr', 4100],
  ] as const)('of 4 s, when no member was left, makes %s wait %i ms at most', (mode, mostMs) => {
    const bond: LinuxPlainBond = {
      kind: 'bond',
      name: 's1',
      mode,
      miimonMs: 100,
      updelayMs: 4000,
      members: forgetless(),
    }
    const outcome = simulateLacp(pair(bond, plain, { events }))
    const back = outcome.history.find(
      ({ atMs, system, what }) => system === 's1' && atMs >= 12_000 && 'up' in what && what.up,
    )
    const tookMs = (back?.atMs ?? Number.NaN) - 12_000
    expect(tookMs).toBeLessThanOrEqual(mostMs)
    expect(tookMs).toBeGreaterThan(mostMs - 200)
  })
})

describe('a silent partner', () => {
  test('leaves the host on one port without a partner, six seconds after at fast rate', () => {
    const { after, settledAfterMs, lostForMs } = simulateFailure(pair(host(), lag()), {
      kind: 'silent',
      system: 'sw1',
    })
    expect(lagOf(after, 's1')).toMatchObject({ forms: false, up: true })
    expect(lagOf(after, 's1').carrying).toHaveLength(1)
    expect(
      lagOf(after, 's1')
        .ports.map(({ actor }) => actor?.state)
        .sort(),
    ).toEqual([71, 79])
    expect(settledAfterMs.s1).toBeGreaterThan(4500)
    expect(settledAfterMs.s1).toBeLessThan(7000)
    // The switch's hardware goes on spreading over both ports.
    expect(lostForMs.sw1).toBeGreaterThan(60_000)
  })

  test('at slow rate takes a minute and a half', () => {
    const slow = pair(host({ lacpRate: 'slow' }), lag())
    const { settledAfterMs } = simulateFailure(slow, { kind: 'silent', system: 'sw1' })
    expect(settledAfterMs.s1).toBeGreaterThan(60_000)
    expect(settledAfterMs.s1).toBeLessThan(95_000)
  })

  test('is nothing to a static LAG', () => {
    const bond: LinuxPlainBond = {
      kind: 'bond',
      name: 's1',
      mode: 'balance-xor',
      miimonMs: 100,
      members: forgetless(),
    }
    const { after } = simulateFailure(pair(bond, staticLag()), { kind: 'silent', system: 'sw1' })
    expect(lagOf(after, 's1')).toMatchObject({ forms: true, carrying: ['eth0', 'eth1'] })
    expect(lagOf(after, 's1').detection.silentPartner).toBe('never')
  })
})

describe('a switch that dies', () => {
  test('hands over to the other', () => {
    const systems = [host({}, 's1', 3), lag({}, 'sw1', 1), lag({}, 'sw2', 2)]
    const cables = wires('s1:eth0 sw1:p0', 's1:eth1 sw2:p0', 's1:eth2 sw2:p1')
    const before = lagOf(simulateLacp({ systems, cables }), 's1').carrying
    const used = before.length === 1 ? 'sw1' : 'sw2'
    const { after } = simulateFailure({ systems, cables }, { kind: 'system', system: used })
    expect(lagOf(after, 's1').carrying).toEqual(used === 'sw1' ? ['eth1', 'eth2'] : ['eth0'])
  })
})

describe('one direction lost', () => {
  test('with the loss seen is a dead link for the receiver alone', () => {
    const failure: Failure = { kind: 'one-way', cable: 'c0', lost: 'b-to-a', seen: true }
    const { after } = simulateFailure(pair(host(), lag()), failure)
    expect(portOf(after, 's1', 'eth0')).toMatchObject({ link: false, role: 'down' })
    expect(portOf(after, 'sw1', 'p0').link).toBe(true)
    expect(lagOf(after, 's1').carrying).toEqual(['eth1'])
  })

  test('a mended cable carries again', () => {
    const events: Happening[] = [
      { atMs: 10_000, kind: 'one-way', cable: 'c0', lost: 'a-to-b' },
      { atMs: 30_000, kind: 'both-ways', cable: 'c0' },
    ]
    expect(lagOf(simulateLacp(pair(host(), lag(), { events })), 's1').carrying).toEqual(['eth0', 'eth1'])
  })
})

describe('a moved cable', () => {
  test('ends up in the LAG of the other switch', () => {
    const systems = [host(), lag(), lag({}, 'sw2', 1)]
    const events: Happening[] = [
      { atMs: 10_000, kind: 'move', cable: 'c1', end: 'b', to: { system: 'sw2', port: 'p0' } },
    ]
    const outcome = simulateLacp({ systems, cables: wires('s1:eth0 sw1:p0', 's1:eth1 sw1:p1'), events })
    expect(lagOf(outcome, 's1').carrying).toEqual(['eth0'])
    expect(portOf(outcome, 's1', 'eth1').far).toEqual({ system: 'sw2', port: 'p0' })
    expect(portOf(outcome, 's1', 'eth1').block?.variable).toBe('partner-system')
  })
})

describe('probes instead of a monitor', () => {
  test('notice a link that is up and carries nothing', () => {
    const bond: LinuxPlainBond = {
      kind: 'bond',
      name: 's1',
      mode: 'active-backup',
      arpIntervalMs: 1000,
      members: forgetless(),
    }
    const plain: System = { kind: 'plain-ports', name: 'sw1', ports: [{ name: 'p0' }, { name: 'p1' }] }
    const failure: Failure = { kind: 'one-way', cable: 'c0', lost: 'b-to-a' }
    const { after, settledAfterMs } = simulateFailure(pair(bond, plain), failure)
    expect(lagOf(after, 's1').carrying).toEqual(['eth1'])
    expect(settledAfterMs.s1).toBeLessThanOrEqual(3500)
    expect(lagOf(after, 's1').detection.oneWayIn).toEqual({ leastMs: 1500, mostMs: 3500 })
  })
})

describe('the bounds hold what the simulation plays', () => {
  const ovs = (lacp: 'active' | 'passive', rate: 'slow' | 'fast'): OpenVswitchBond => ({
    kind: 'openvswitch',
    name: 'sw1',
    lacp,
    rate,
    ports: [{ name: 'p0' }, { name: 'p1' }],
  })
  const hosts: [string, System][] = [
    ['fast', host({ members: forgetless() })],
    ['slow', host({ lacpRate: 'slow' })],
    ['fast, not coupled', host({ coupledControl: false })],
    ['passive', host({ lacpActive: false })],
  ]
  const others: [string, System][] = [
    ['a fast switch', lag()],
    ['a slow switch', lag({ rate: 'slow' })],
    ['an independent switch', lag({ control: 'independent' })],
    ['a passive switch', lag({ lacp: 'passive' })],
    ['a Linux bond', host({}, 'sw1')],
    ['a slow Linux bond', host({ lacpRate: 'slow' }, 'sw1')],
    ['Open vSwitch', ovs('active', 'fast')],
    ['passive Open vSwitch', ovs('passive', 'fast')],
  ]
  const failures: [keyof Detection, Happening][] = [
    ['linkDown', { atMs: 15_000, kind: 'cable-down', cable: 'c0' }],
    ['silentPartner', { atMs: 15_000, kind: 'silent', system: 'sw1' }],
    ['oneWayIn', { atMs: 15_000, kind: 'one-way', cable: 'c0', lost: 'b-to-a' }],
    ['oneWayOut', { atMs: 15_000, kind: 'one-way', cable: 'c0', lost: 'a-to-b' }],
  ]
  const cases = hosts.flatMap(([hostName, a]) =>
    others
      .filter(([, b]) => !(hostName === 'passive' && 'lacp' in b && b.lacp === 'passive'))
      .map(([otherName, b]) => [`${hostName}, ${otherName}`, a, b] as const),
  )

  /** How long after the event the host stopped sending on its first port. */
  function stoppedMs(a: System, b: System, event: Happening, seed: number): number | undefined {
    const outcome = simulateLacp(pair(a, b, { events: [event], seed, untilMs: 260_000 }))
    const changes = outcome.history.filter(({ system, port }) => system === 's1' && port === 'eth0')
    const stop = changes.find(({ atMs, what }) => atMs >= event.atMs && 'out' in what && what.out === 'idle')
    return stop === undefined ? undefined : stop.atMs - event.atMs
  }

  test.each(cases)('%s', (_name, a, b) => {
    const { detection } = lagOf(simulateLacp(pair(a, b)), 's1')
    for (const [failure, event] of failures) {
      const bounds = detection[failure] as Span
      expect(bounds, failure).not.toBe('never')
      for (const seed of [1, 2, 3]) {
        const tookMs = stoppedMs(a, b, event, seed)
        expect(tookMs, failure).toBeGreaterThanOrEqual(bounds.leastMs)
        expect(tookMs, failure).toBeLessThanOrEqual(bounds.mostMs)
      }
    }
  })
})
