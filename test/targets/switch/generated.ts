// Generated intents of one switch: a LAG behind a host's bond, and one of its own.

import fc from 'fast-check'
import type { SwitchCase } from './cases.ts'

const vlan = fc.integer({ min: 2, max: 900 })

const lagOptions = fc.record(
  {
    mode: fc.constantFrom('active', 'passive', 'static'),
    'lacp-rate': fc.constantFrom('slow', 'fast'),
    'system-priority': fc.constant(100),
    'port-priority': fc.integer({ min: 1, max: 65535 }),
    key: fc.integer({ min: 1, max: 1000 }),
    'min-links': fc.integer({ min: 1, max: 4 }),
    'max-links': fc.integer({ min: 2, max: 8 }),
    fallback: fc.constantFrom('on', 'off'),
    vlans: fc.array(
      fc.oneof(
        vlan,
        fc.tuple(vlan, fc.integer({ min: 0, max: 20 })).map(([from, more]) => `${from}-${from + more}`),
      ),
      { maxLength: 4 },
    ),
    native: fc.oneof(fc.constant(1), vlan),
    untagged: fc.boolean(),
    mtu: fc.constantFrom(1500, 4000, 9000),
    edge: fc.boolean(),
    description: fc
      .constantFrom('to h1 bond0', 'web-3', 'a', 'rack 7 (left)')
      .filter(text => !text.includes('(')),
  },
  { requiredKeys: [] },
)

/** What a switch and two of its LAGs may be told. */
export const anySwitch = fc.record({
  'load-balance': fc.constantFrom(undefined, 'layer2', 'layer2+3', 'layer3+4'),
  first: lagOptions,
  second: lagOptions,
})

type Said = typeof anySwitch extends fc.Arbitrary<infer V> ? V : never

/** The same as an intent on the ports of a platform. */
export function intentOf({ id, ports: [a, b, c, d] }: SwitchCase, said: Said): string {
  const { 'load-balance': policy, first, second } = said
  // What the whole device has once is said alike, so that LAGs do not clash.
  const mtu = first.mtu === undefined ? {} : { mtu: first.mtu }
  const { mtu: _, ...rest } = second
  return JSON.stringify({
    hosts: {
      h1: {
        target: 'netplan',
        ports: { eth0: { to: `sw1:${a}` }, eth1: { to: `sw1:${b}` } },
        bonds: { bond0: { members: ['eth0', 'eth1'], mode: '802.3ad', lag: 2 } },
      },
    },
    switches: {
      sw1: {
        platform: id,
        ...(policy !== undefined && { 'load-balance': policy }),
        lags: { '2': first, '4': { ports: [c, d], ...rest, ...mtu } },
      },
    },
  })
}
