// What each combination of ends comes to: the results that were measured with real bonds (port states by number),
// and for switches what the standard says.
import { describe, expect, test } from 'vitest'
import { bitsOf, possibleOutcomes, type System, simulateLacp } from '../../src/simulate/lacp/index.ts'
import { host, lag, lagOf, octets, pair, portOf, staticLag, wires } from './lacp-support.ts'

const plain = (count = 2): System => ({
  kind: 'plain-ports',
  name: 'sw1',
  ports: Array.from({ length: count }, (_, index) => ({ name: `p${index}` })),
})

describe('a host and one other end', () => {
  const both = ['eth0', 'eth1']
  const cases: [
    string,
    System,
    System,
    { states: string; carrying: string[]; forms: boolean; up?: boolean },
  ][] = [
    ['active, active', host(), lag(), { states: '63/63 63/63', carrying: both, forms: true }],
    [
      'active slow, active slow',
      host({ lacpRate: 'slow' }),
      lag({ rate: 'slow' }),
      { states: '61/61 61/61', carrying: both, forms: true },
    ],
    [
      'active, passive',
      host(),
      lag({ lacp: 'passive' }),
      { states: '63/62 63/62', carrying: both, forms: true },
    ],
    [
      'passive, active',
      host({ lacpActive: false }),
      lag(),
      { states: '62/63 62/63', carrying: both, forms: true },
    ],
    [
      'passive, passive',
      host({ lacpActive: false }),
      lag({ lacp: 'passive' }),
      { states: '78/0 70/0', carrying: [], forms: false },
    ],
    ['active, static', host(), staticLag(), { states: '79/0 71/0', carrying: ['eth0'], forms: false }],
    ['active, plain ports', host(), plain(), { states: '79/0 71/0', carrying: ['eth0'], forms: false }],
    [
      'slow, plain ports',
      host({ lacpRate: 'slow' }),
      plain(),
      { states: '77/0 69/0', carrying: ['eth0'], forms: false },
    ],
    ['two Linux ends', host(), host({}, 's2'), { states: '63/63 63/63', carrying: both, forms: true }],
    [
      'min_links 2, static',
      host({ minLinks: 2 }),
      staticLag(),
      { states: '79/0 71/0', carrying: [], forms: false, up: false },
    ],
    [
      'min_links 1, static',
      host({ minLinks: 1 }),
      staticLag(),
      { states: '79/0 71/0', carrying: ['eth0'], forms: false },
    ],
    [
      'strict, static',
      host({ minLinks: 1, lacpStrict: true }),
      staticLag(),
      { states: '79/0 71/0', carrying: [], forms: false, up: false },
    ],
    [
      'strict without min_links, static',
      host({ lacpStrict: true }),
      staticLag(),
      { states: '79/0 71/0', carrying: ['eth0'], forms: false },
    ],
    [
      'coupled_control off',
      host({ coupledControl: false }),
      lag(),
      { states: '63/63 63/63', carrying: both, forms: true },
    ],
  ]
  test.each(cases)('%s', (_name, a, b, { states, carrying, forms, up = true }) => {
    const outcome = simulateLacp(pair(a, b))
    const found = lagOf(outcome, a.name)
    expect({
      states: octets(outcome, a.name),
      carrying: found.carrying,
      forms: found.forms,
      up: found.up,
    }).toEqual({
      states,
      carrying,
      forms,
      up,
    })
  })

  test('two passive Linux ends come to terms, and lose each other again and again', () => {
    const passive = { lacpActive: false }
    const outcome = simulateLacp(pair(host(passive), host(passive, 's2'), { untilMs: 60_000 }))
    const found = lagOf(outcome, 's1')
    expect(found.aggregators).toEqual([{ id: 1, active: true, ports: ['eth0', 'eth1'] }])
    expect(found.forms).toBe(true)
    expect(found.steady).toBe(false)
    expect(found.why.join()).toContain('both ends are passive')
  })

  test('a half-duplex member stays alone and idle, with an even key', () => {
    const members = [{ name: 'eth0' }, { name: 'eth1', duplex: 'half' as const }]
    const outcome = simulateLacp(pair(host({ members }), lag()))
    expect(lagOf(outcome, 's1').carrying).toEqual(['eth0'])
    expect(portOf(outcome, 's1', 'eth1')).toMatchObject({
      actor: { key: 8, state: 71 },
      partner: { state: 0 },
    })
    expect(portOf(outcome, 's1', 'eth1').block?.variable).toBe('duplex')
    expect(portOf(outcome, 'sw1', 'p1').block?.variable).toBe('duplex')
  })

  test('members of two speeds make two aggregators: stable keeps the first, bandwidth takes the faster', () => {
    const members = [{ name: 'eth0' }, { name: 'eth1', speedMbps: 10_000 }]
    const ports = [{ name: 'p0' }, { name: 'p1' }]
    const sw2 = lag({ ports: [{ name: 'p1', speedMbps: 10_000 }] }, 'sw2')
    const sw1 = lag({ ports: ports.slice(0, 1) })
    const cables = wires('s1:eth0 sw1:p0', 's1:eth1 sw2:p1')
    const stable = simulateLacp({ systems: [host({ members }), sw1, { ...sw2, startMs: 3000 }], cables })
    const bandwidth = simulateLacp({ systems: [host({ members, adSelect: 'bandwidth' }), sw1, sw2], cables })
    expect(lagOf(stable, 's1').carrying).toEqual(['eth0'])
    expect(lagOf(bandwidth, 's1').carrying).toEqual(['eth1'])
    expect(portOf(bandwidth, 's1', 'eth0')).toMatchObject({ actor: { state: 7 }, partner: { state: 15 } })
    expect(portOf(bandwidth, 's1', 'eth0').block).toMatchObject({ variable: 'key' })
  })

  test('a member whose driver reports no speed has no key and never comes up by itself', () => {
    const members = [{ name: 'eth0' }, { name: 'eth1', speedMbps: 'unknown' as const }]
    const outcome = simulateLacp(pair(host({ members }), lag()))
    expect(portOf(outcome, 's1', 'eth1').actor?.key).toBe(0)
    expect(portOf(outcome, 's1', 'eth1').block?.variable).toBe('speed')
    expect(lagOf(outcome, 's1').carrying).toEqual(['eth0'])
  })
})

describe('several systems', () => {
  const onTwo = wires('s1:eth0 sw1:p0', 's1:eth1 sw2:p0')

  test('two switches without MLAG: two aggregators, one of them used, the other 7/15', () => {
    const systems = [host(), lag({}, 'sw1', 1), lag({}, 'sw2', 1)]
    for (const outcome of possibleOutcomes({ systems, cables: onTwo })) {
      const found = lagOf(outcome, 's1')
      expect(found.carrying).toHaveLength(1)
      expect(found.aggregators).toHaveLength(2)
      expect(octets(outcome, 's1').split(' ').sort()).toEqual(['63/63', '7/15'])
      expect(found.blocks[0]?.variable).toBe('partner-system')
    }
  })

  test('an MLAG pair that names no system has one all the same, and no port number twice', () => {
    const systems = [host(), lag({ mlag: 'pair' }, 'sw1', 1), lag({ mlag: 'pair' }, 'sw2', 1)]
    const outcome = simulateLacp({ systems, cables: onTwo })
    expect(octets(outcome, 's1')).toBe('63/63 63/63')
    expect(lagOf(outcome, 's1').ports.map(({ partner }) => partner?.port)).toEqual([1, 2])
  })

  test('an MLAG pair with one system and one key is one aggregator', () => {
    const peer = { systemMac: '02:aa:00:00:00:01', mlag: 'pair', key: 10 }
    const systems = [
      host(),
      lag({ ...peer }, 'sw1', 1),
      lag({ ...peer, ports: [{ name: 'p0', portNumber: 101 }] }, 'sw2', 1),
    ]
    const outcome = simulateLacp({ systems, cables: onTwo })
    expect(octets(outcome, 's1')).toBe('63/63 63/63')
    expect(lagOf(outcome, 's1').aggregators).toEqual([{ id: 1, active: true, ports: ['eth0', 'eth1'] }])
  })

  test('one system with two keys is two aggregators', () => {
    const peer = { systemMac: '02:aa:00:00:00:01' }
    const systems = [host(), lag({ ...peer, key: 1 }, 'sw1', 1), lag({ ...peer, key: 2 }, 'sw2', 1)]
    const outcome = simulateLacp({ systems, cables: onTwo })
    expect(lagOf(outcome, 's1').aggregators).toHaveLength(2)
    expect(lagOf(outcome, 's1').blocks[0]?.variable).toBe('partner-key')
  })

  test('one port and three: count and bandwidth take the three', () => {
    const cables = wires('s1:eth0 sw1:p0', 's1:eth1 sw2:p0', 's1:eth2 sw2:p1', 's1:eth3 sw2:p2')
    for (const adSelect of ['count', 'bandwidth'] as const) {
      const systems = [host({ adSelect }, 's1', 4), lag({}, 'sw1', 1), lag({}, 'sw2', 3)]
      const outcomes = possibleOutcomes({ systems, cables })
      expect(outcomes.map(outcome => lagOf(outcome, 's1').carrying)).toEqual([['eth1', 'eth2', 'eth3']])
    }
  })

  test('actor_port_prio takes the larger sum of priorities before the count', () => {
    const cables = wires('s1:eth0 sw1:p0', 's1:eth1 sw2:p0', 's1:eth2 sw2:p1')
    const members = [{ name: 'eth0', portPriority: 1000 }, { name: 'eth1' }, { name: 'eth2' }]
    const systems = [host({ adSelect: 'actor_port_prio', members }), lag({}, 'sw1', 1), lag({}, 'sw2', 2)]
    expect(possibleOutcomes({ systems, cables }).map(outcome => lagOf(outcome, 's1').carrying)).toEqual([
      ['eth0'],
    ])
  })

  test('a bond left by its aggregator shows 63 on ports that carry nothing', () => {
    const cables = wires('s1:eth0 sw1:p0', 's1:eth1 sw2:p0', 's1:eth2 sw2:p1')
    const systems = [
      host({ adSelect: 'bandwidth' }, 's1', 3),
      lag({}, 'sw1', 1),
      lag({ startMs: 6000 }, 'sw2', 2),
    ]
    const outcome = simulateLacp({ systems, cables })
    expect(lagOf(outcome, 's1').carrying).toEqual(['eth1', 'eth2'])
    expect(octets(outcome, 's1').split(' ')[0]).toBe('63/63')
    expect(lagOf(outcome, 's1').why.join()).toContain('state 63 on eth0 means nothing')
    expect(portOf(outcome, 'sw1', 'p0')).toMatchObject({ out: 'lost' })
  })

  test('crossed cables leave each bond at most one port, and the order decides which', () => {
    const cables = wires('s1:eth0 sw1:p0', 's1:eth1 sw2:p0', 's2:eth0 sw1:p1', 's2:eth1 sw2:p1')
    const outcomes = possibleOutcomes(
      { systems: [host(), host({}, 's2'), lag(), lag({}, 'sw2')], cables },
      24,
    )
    expect(outcomes.length).toBeGreaterThan(1)
    for (const { lags } of outcomes) for (const one of lags) expect(one.carrying.length).toBeLessThan(2)
  })
})

describe('what Linux shows', () => {
  test('after a minute without a partner: the working port none and churned, the other churned twice', () => {
    const shows = lagOf(simulateLacp(pair(host(), plain(), { untilMs: 70_000 })), 's1').shows
    if (shows.kind !== 'linux') throw new Error(shows.kind)
    expect(shows.members.map(({ actorChurn, partnerChurn }) => [actorChurn, partnerChurn])).toEqual([
      ['none', 'churned'],
      ['churned', 'churned'],
    ])
    expect(shows.members.map(({ actorChurnedCount }) => actorChurnedCount)).toEqual([0, 1])
    expect(shows.activeAggregator).toEqual({
      id: 1,
      ports: 1,
      actorKey: 9,
      partnerKey: 1,
      partnerMac: '00:00:00:00:00:00',
    })
  })

  test.each([
    [{ userPortKey: 5 }, undefined, 329],
    [{ kernel: '6.1' }, 100_000, 29],
    [{ kernel: '7.2' }, 100_000, 31],
    [{ kernel: '7.2' }, 400_000, 35],
    [{ kernel: '6.12' }, 400_000, 33],
    [{ kernel: '7.1' }, 1_600_000, 39],
  ])('the key of %j at %s Mbit/s is %i', (said, speedMbps, key) => {
    const members = [{ name: 'eth0', ...(speedMbps === undefined ? {} : { speedMbps }) }]
    const outcome = simulateLacp(pair(host({ ...said, members }), lag({}, 'sw1', 1)))
    expect(portOf(outcome, 's1', 'eth0').actor?.key).toBe(key)
  })

  test('ad_actor_system and its priority are the system of the LACPDUs; port numbers count from 1', () => {
    const outcome = simulateLacp(pair(host({ actorSystem: '02:bb:00:00:00:01', actorSysPriority: 7 }), lag()))
    expect(portOf(outcome, 'sw1', 'p1').partner).toMatchObject({
      system: '02:bb:00:00:00:01',
      systemPriority: 7,
      port: 2,
      portPriority: 255,
    })
  })

  test('the bits of an octet have names', () => {
    expect(bitsOf(71)).toEqual(['activity', 'timeout', 'aggregation', 'defaulted'])
    expect(bitsOf(143)).toEqual(['activity', 'timeout', 'aggregation', 'synchronization', 'expired'])
  })
})

describe('when', () => {
  test('a LAG is up about two and a half seconds after both ends', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { upAfterMs } = lagOf(simulateLacp(pair(host(), lag(), { seed })), 's1')
      expect(upAfterMs).toBeGreaterThan(2000)
      expect(upAfterMs).toBeLessThan(3500)
    }
  })

  test('a bond that was open before its members came waits for eight seconds', () => {
    const { upAfterMs } = lagOf(simulateLacp(pair(host({ opened: 'before-attaching' }), lag())), 's1')
    expect(upAfterMs).toBeGreaterThan(7900)
    expect(upAfterMs).toBeLessThan(8500)
  })

  test('what is carried without a partner does not count as the LAG being up', () => {
    const outcome = simulateLacp(pair(host(), plain()))
    expect(lagOf(outcome, 's1').carrying).toEqual(['eth0'])
    expect(lagOf(outcome, 's1').upAfterMs).toBeUndefined()
  })
})

describe('what is given', () => {
  const systems = [host(), lag()]
  test.each([
    ['an unknown port', { systems, cables: wires('s1:eth9 sw1:p0') }, 'there is no port eth9 of s1'],
    [
      'a port with two cables',
      { systems, cables: wires('s1:eth0 sw1:p0', 's1:eth0 sw1:p1') },
      'eth0 of s1 has two cables',
    ],
    ['two systems of a name', { systems: [host(), host()], cables: [] }, 'two systems have one name'],
    [
      'an unknown cable',
      { ...pair(host(), lag()), events: [{ atMs: 1, kind: 'cable-down' as const, cable: 'x' }] },
      'no cable is named x',
    ],
    [
      'an unknown system',
      { ...pair(host(), lag()), events: [{ atMs: 1, kind: 'dies' as const, system: 'x' }] },
      'no system is named x',
    ],
  ])('%s is refused', (_name, simulation, message) => {
    expect(() => simulateLacp(simulation)).toThrow(message)
  })
})
