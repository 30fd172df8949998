// What the other end must be: modes, numbers, VLANs, and what is wrong with names and cables.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PlannedLag, partner, type SwitchPlan } from '../../src/intent/partner.ts'
import { allModes } from '../../src/options/index.ts'
import { read } from '../support/read.ts'

function plan(text: string) {
  const source = read(text)
  expect(source.diagnostics).toEqual([])
  const { value, diagnostics } = partner(source.intent)
  return {
    plans: value,
    diagnostics,
    codes: diagnostics.map(({ code }) => code),
    /** The text at the place of each diagnostic. */
    shown: source.locate(diagnostics).map(({ code, region }) => `${code} ${region?.line}:${region?.column}`),
  }
}

const lagsOf = (text: string): readonly PlannedLag[] => plan(text).plans[0]?.lags ?? []

const onlyLag = (text: string): PlannedLag => {
  const [lag, ...more] = lagsOf(text)
  expect(more).toEqual([])
  if (lag === undefined) throw new Error('no LAG was planned')
  return lag
}

const host = (bond: string, more = '', ports = ['1', '2']) => `
hosts:
  s1:
    ports: {eth0: {to: "sw1:${ports[0]}", speed: 1G}, eth1: {to: "sw1:${ports[1]}", speed: 1G}}
    bonds: {bond0: {members: [eth0, eth1], ${bond}}}
${more}
switches:
  sw1: {platform: aruba-aos-s}`

describe('a bond', () => {
  test.each([
    ['balance-rr', 'static'],
    ['active-backup', 'plain'],
    ['balance-xor', 'static'],
    ['broadcast', 'static'],
    ['802.3ad', 'active'],
    ['balance-tlb', 'plain'],
    ['balance-alb', 'plain'],
  ])('in mode %s needs %s', (mode, needed) => {
    expect(allModes).toContain(mode)
    expect(onlyLag(host(`mode: ${mode}`)).options.mode).toBe(needed)
  })
  test('without a mode is balance-rr', () => {
    expect(onlyLag(host('miimon: 100')).options.mode).toBe('static')
  })
  test('names its ports, what is behind them, and itself', () => {
    const lag = onlyLag(host('mode: 802.3ad', '', ['2', '1']))
    expect(lag.options).toMatchObject({
      ports: ['1', '2'],
      description: 'to s1 bond0',
      'lacp-rate': 'slow',
      edge: true,
    })
    expect(lag.ports.map(({ name, host, device, speedMbps }) => [name, host, device, speedMbps])).toEqual([
      ['1', 's1', 'eth1', 1000],
      ['2', 's1', 'eth0', 1000],
    ])
    expect(lag.bond).toEqual({ host: 's1', name: 'bond0' })
  })
  test('hands its rate on, with its place', () => {
    const lag = onlyLag(host('mode: 802.3ad, lacp-rate: fast'))
    expect(lag.options['lacp-rate']).toBe('fast')
    expect(lag.stands['lacp-rate']).toEqual(['hosts', 's1', 'bonds', 'bond0', 'lacp-rate'])
  })
  test('has no rate where there is no LACP', () => {
    expect(onlyLag(host('mode: balance-xor')).options['lacp-rate']).toBeUndefined()
  })
})

describe('VLANs', () => {
  const vlansOf = (bond: string, more = '') => {
    const { vlans, native, untagged } = onlyLag(host(bond, more)).options
    return { vlans: vlans.map(({ from, to }) => (from === to ? from : `${from}-${to}`)), native, untagged }
  }
  test('a bond with an address is untagged in VLAN 1', () => {
    expect(vlansOf('addresses: [192.0.2.1/24]')).toEqual({ vlans: [], native: 1, untagged: true })
  })
  test('a bond with nothing on it is too', () => {
    expect(vlansOf('miimon: 100')).toEqual({ vlans: [], native: 1, untagged: true })
  })
  test('VLAN devices are tagged, and alone they send nothing untagged', () => {
    const more =
      '    vlans: {v20: {id: 20, link: bond0}, v10: {id: 10, link: bond0}, other: {id: 30, link: eth9}}'
    expect(vlansOf('miimon: 100', more)).toEqual({ vlans: [10, 20], native: 1, untagged: false })
    expect(vlansOf('dhcp4: true', more)).toEqual({ vlans: [10, 20], native: 1, untagged: true })
  })
  test('a vlan-aware bridge tags its VLANs, and what stands on it', () => {
    const more = `    bridges: {vmbr0: {ports: [bond0], vlan-aware: true, vlans: [10, 11, 30-40]}}
    vlans: {vmbr0.12: {id: 12, link: vmbr0}}`
    expect(vlansOf('miimon: 100', more)).toEqual({ vlans: ['10-12', '30-40'], native: 1, untagged: false })
  })
  test('a vlan-aware bridge with all VLANs sends VLAN 1 untagged', () => {
    const more = '    bridges: {vmbr0: {ports: [bond0], vlan-aware: true, vlans: [1-4094]}}'
    expect(vlansOf('miimon: 100', more)).toEqual({ vlans: ['2-4094'], native: 1, untagged: true })
  })
  test("a plain bridge passes its guests' untagged frames", () => {
    expect(vlansOf('miimon: 100', '    bridges: {br0: {ports: [bond0]}}')).toEqual({
      vlans: [],
      native: 1,
      untagged: true,
    })
  })
  test('an MTU is the largest that is said', () => {
    const lag = onlyLag(host('mtu: 2000', '    vlans: {v20: {id: 20, link: bond0, mtu: 9000}}'))
    expect(lag.options.mtu).toBe(9000)
    expect(lag.stands.mtu).toEqual(['hosts', 's1', 'vlans', 'v20', 'mtu'])
  })
})

describe('what the switch says', () => {
  const said = (lag: string, bond = 'mode: 802.3ad, lag: 7') =>
    onlyLag(host(bond).replace('{platform: aruba-aos-s}', `{platform: aruba-aos-s, lags: {"7": {${lag}}}}`))
  test('wins, and is where it stands', () => {
    const lag = said('mode: passive, lacp-rate: fast, vlans: [5, 3-4], native: 9, edge: false')
    expect(lag.number).toBe(7)
    expect(lag.options).toMatchObject({
      mode: 'passive',
      'lacp-rate': 'fast',
      vlans: [{ from: 3, to: 5 }],
      native: 9,
      edge: false,
    })
    expect(lag.stands.mode).toEqual(['switches', 'sw1', 'lags', '7', 'mode'])
  })
  test('ports stand there whatever the cables say, and keep what is known of them', () => {
    const lag = said('ports: ["2-4"]')
    expect(lag.options.ports).toEqual(['2', '3', '4'])
    expect(lag.ports.map(({ device }) => device)).toEqual(['eth1', undefined, undefined])
  })
  test('a LAG that names the ports of a bond is its LAG', () => {
    expect(said('ports: ["1-2"], mode: static', 'mode: 802.3ad')).toMatchObject({
      number: 7,
      options: { mode: 'static' },
    })
  })
  test('a LAG between switches is its own', () => {
    const { plans, codes } = plan(`
hosts: {}
switches:
  sw1: {platform: aruba-aos-s, lags: {"24": {ports: ["25", "26"], to: "sw2:24", vlans: [10]}}}
  sw2: {platform: cisco-nxos, lags: {"24": {ports: ["Eth1/1-2"], to: "sw1:24", vlans: [10]}}}`)
    expect(codes).toEqual([])
    expect(
      plans.map(({ lags }) =>
        lags.map(({ number, options }) => [number, options.ports, options.edge, options.description]),
      ),
    ).toEqual([
      [[24, ['25', '26'], false, 'to sw2 24']],
      [[24, ['Ethernet1/1', 'Ethernet1/2'], false, 'to sw1 24']],
    ])
  })
})

describe('a pair of switches', () => {
  const pair = (peer = 'sw1') => `
hosts:
  s1:
    ports: {eth0: {to: "sw1:Eth1/7"}, eth1: {to: "sw2:Eth1/3"}}
    bonds: {bond0: {members: [eth0, eth1], mode: 802.3ad}}
    vlans: {v10: {id: 10, link: bond0}}
switches:
  sw1: {platform: cisco-nxos, mlag: {peer: sw2, domain: 10, peer-link: [Eth1/49, Eth1/50]}}
  sw2: {platform: cisco-nxos, mlag: {peer: ${peer}, domain: 10, peer-link: [Eth1/49, Eth1/50]}}
  sw3: {platform: cisco-nxos}`
  test('has one LAG with one number on both, and a link that carries its VLANs', () => {
    const { plans, codes } = plan(pair())
    expect(codes).toEqual([])
    const shown = ({ name, lags }: SwitchPlan) =>
      lags.map(lag => [
        name,
        lag.number,
        lag.options.ports,
        lag.options.mlag,
        lag.peerLink,
        lag.options.vlans,
      ])
    const ten = [{ from: 10, to: 10 }]
    expect(plans.flatMap(shown)).toEqual([
      ['sw1', 3, ['Ethernet1/7'], true, false, ten],
      ['sw1', 49, ['Ethernet1/49', 'Ethernet1/50'], false, true, ten],
      ['sw2', 3, ['Ethernet1/3'], true, false, ten],
      ['sw2', 49, ['Ethernet1/49', 'Ethernet1/50'], false, true, ten],
    ])
  })
  test('is a pair only where both say so', () => {
    const { plans, codes } = plan(pair('sw3'))
    expect(codes).toEqual(['mlag-one-sided', 'mlag-one-sided'])
    expect(plans.flatMap(({ lags }) => lags.filter(({ options }) => options.mlag))).toEqual([])
  })
})

describe('what is wrong', () => {
  test('an unknown switch, by its nearest name', () => {
    const { diagnostics } = plan(
      host('mode: 802.3ad').replaceAll('sw1:', 'sv1:').replace('sv1: {plat', 'sw1: {plat'),
    )
    expect(diagnostics.map(({ code, severity, help }) => [code, severity, help])).toEqual([
      ['switch-unknown', 'warning', 'did you mean sw1?'],
      ['switch-unknown', 'warning', 'did you mean sw1?'],
    ])
  })
  test('a port that the platform does not have, with the nearest that it has', () => {
    const { diagnostics, shown } = plan(host('mode: 802.3ad', '', ['Gi1/0/7', '2']))
    expect(shown).toEqual(['port-name 4:24'])
    expect(diagnostics[0]?.help).toBe('its ports are named like 7')
  })
  test('a port used twice, with both places', () => {
    const { diagnostics, shown } = plan(host('mode: 802.3ad', '', ['3', '3']))
    expect(shown).toEqual(['port-used-twice 4:56'])
    expect(diagnostics[0]?.related?.[0]?.at?.path).toEqual(['hosts', 's1', 'ports', 'eth0', 'to'])
  })
  test('a platform that nobody knows, and none', () => {
    const bad = host('mode: 802.3ad').replace('{platform: aruba-aos-s}', '{}')
    expect(plan(bad).codes).toEqual(['platform-missing'])
  })
  test('two LAGs of one number', () => {
    const text = `
hosts:
  s1:
    ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
    bonds: {bond0: {members: [eth0, eth1], mode: 802.3ad}}
  s2:
    ports: {eth0: {to: "sw1:3"}, eth1: {to: "sw1:4"}}
    bonds: {bond0: {members: [eth0, eth1], mode: 802.3ad, lag: 1}}
switches:
  sw1: {platform: aruba-aos-s}`
    const { diagnostics, codes } = plan(text)
    expect(codes).toEqual(['lag-number-clash'])
    expect(diagnostics[0]).toMatchObject({
      at: { path: ['hosts', 's2', 'bonds', 'bond0', 'lag'] },
      related: [{ at: { path: ['hosts', 's1', 'ports', 'eth0', 'to'] } }],
    })
  })
  test('a number that the platform does not have', () => {
    expect(plan(host('mode: 802.3ad, lag: 99')).codes).toEqual(['lag-number-range'])
  })
  test('a LAG that nobody has', () => {
    const text = host('mode: 802.3ad').replace(
      '{platform: aruba-aos-s}',
      '{platform: aruba-aos-s, lags: {"9": {mode: passive}}}',
    )
    expect(plan(text).codes).toEqual(['lag-without-ports'])
  })
})

test('adding or removing a host changes no number', () => {
  const ports = fc.uniqueArray(fc.integer({ min: 1, max: 48 }), { minLength: 6, maxLength: 24 })
  const intentOf = (all: readonly number[], left: number | undefined): string =>
    JSON.stringify({
      hosts: Object.fromEntries(
        Array.from({ length: Math.floor(all.length / 2) }, (_, at) => at)
          .filter(at => at !== left)
          .map(at => [
            `h${at}`,
            {
              ports: { eth0: { to: `sw1:${all[at * 2]}` }, eth1: { to: `sw1:${all[at * 2 + 1]}` } },
              bonds: { bond0: { members: ['eth0', 'eth1'], mode: '802.3ad' } },
            },
          ]),
      ),
      switches: { sw1: { platform: 'aruba-aos-s' } },
    })
  const numbers = (text: string) => new Map(lagsOf(text).map(({ bond, number }) => [bond?.host, number]))
  fc.assert(
    fc.property(ports, fc.nat(2), (all, left) => {
      const whole = numbers(intentOf(all, undefined))
      for (const [name, number] of numbers(intentOf(all, left))) expect(whole.get(name)).toBe(number)
    }),
    { numRuns: 50 },
  )
})
