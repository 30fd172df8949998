// nmstate: what its table cannot show, states as people write them, and the laws that hold for every target.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { nmstate } from '../../src/targets/host/nmstate.ts'
import { recall } from '../../src/targets/recall.ts'
import { renderHost } from '../../src/targets/write.ts'
import { anyHost, hostOf } from '../support/intents.ts'
import { expectReturn } from '../support/return.ts'

const rendered = (fields: Parameters<typeof hostOf>[0], version?: string) => {
  const { files, lost } = renderHost(hostOf(fields), nmstate, templates, version)
  return { text: files[0]?.content ?? '', lost: lost.map(({ message }) => message) }
}

const lines = (text: string): readonly string[] => text.split('\n').map(line => line.trim())

test('options keep the names of the kernel, their values have their own words', () => {
  const { text, lost } = rendered({
    bonds: {
      bond0: {
        members: ['eth0', 'eth1'],
        mode: 'active-backup',
        'all-slaves-active': 'on',
        'use-carrier': 'off',
        'arp-interval': 100,
        'arp-ip-target': ['192.0.2.1', '192.0.2.2'],
      },
    },
  })
  expect(lost).toEqual([])
  expect(lines(text)).toEqual(
    expect.arrayContaining([
      'mode: active-backup',
      'port: [eth0, eth1]',
      'miimon: 0',
      'use_carrier: false',
      'all_slaves_active: delivered',
      "arp_ip_target: '192.0.2.1,192.0.2.2'",
    ]),
  )
})

test('what is said of a port stands with its bond, from the version that has it', () => {
  const fields = {
    ports: { eth0: { prio: 10, 'queue-id': 3 }, eth1: { 'queue-id': 3 } },
    bonds: { bond0: { members: ['eth0', 'eth1'], mode: 'active-backup' } },
  }
  const now = rendered(fields)
  expect(lines(now.text)).toContain('ports-config: [{name: eth0, priority: 10, queue-id: 3}, {name: eth1}]')
  expect(now.lost).toEqual([expect.stringContaining('two ports of queue 3')])
  const before = rendered(fields, '2.2.9')
  expect(before.text).not.toContain('ports-config')
  expect(before.lost).toHaveLength(3)
})

test('routes and resolvers are one list for the host', () => {
  const { text, lost } = rendered({
    bonds: {
      bond0: {
        addresses: ['192.0.2.2/24', 'fe80::1/64'],
        routes: [{ to: 'default', via: '192.0.2.1', metric: 5 }],
        nameservers: { addresses: ['192.0.2.53'], search: ['example.net'] },
      },
      bond1: {
        dhcp4: true,
        routes: [{ to: '198.51.100.0/24', via: '203.0.113.1', table: 7 }],
        nameservers: { addresses: ['203.0.113.53'] },
      },
    },
  })
  expect(text.split('routes:')[1]).toBe(
    `
  config:
  - {destination: 0.0.0.0/0, next-hop-address: 192.0.2.1, next-hop-interface: bond0, metric: 5}
  - {destination: 198.51.100.0/24, next-hop-address: 203.0.113.1, next-hop-interface: bond1, table-id: 7}
dns-resolver:
  config:
    server: [192.0.2.53]
    search: [example.net]
`,
  )
  expect(lost).toEqual([
    expect.stringContaining('addresses is not written'),
    expect.stringContaining('its place is with bond0'),
  ])
})

test.each([
  [
    'miimon and arp-interval at once',
    { miimon: 100, 'arp-interval': 100, 'arp-ip-target': ['192.0.2.1'] },
    'arp_',
  ],
  [
    'an address that fail_over_mac active would change',
    { 'fail-over-mac': 'active', mac: '02:00:00:00:00:01' },
    'mac-address',
  ],
  [
    'an LACP system of a group',
    { mode: '802.3ad', 'ad-actor-system': '01:00:5e:00:00:01' },
    'ad_actor_system',
  ],
])('what it refuses is not written: %s', (_, options, key) => {
  const { text, lost } = rendered({ bonds: { bond0: { mode: 'active-backup', ...options } } })
  expect(text).not.toContain(key)
  expect(lost.length).toBeGreaterThan(0)
})

test('a state as people write it', () => {
  const content = `---
interfaces:
- name: bond99
  type: bond
  state: up
  mtu: 1500
  ipv4:
    enabled: true
    dhcp: true
  link-aggregation:
    mode: 4
    options:
      miimon: "140"
      all_slaves_active: delivered
    ports-config:
    - name: eth2
      queue-id: 5
    - name: eth1
- name: eth2
  type: ethernet
  state: up
  lldp: {enabled: true}
- name: br0
  type: linux-bridge
  bridge:
    options: {stp: {enabled: false}}
    port:
    - name: bond99
      vlan: {mode: trunk, trunk-tags: [{id: 101}, {id-range: {min: 500, max: 599}}]}
- name: ovs0
  type: ovs-bridge
routes:
  config:
  - {destination: ::/0, next-hop-address: '2001:db8::1', next-hop-interface: bond99, metric: -1}
`
  const file = {
    path: 'etc/nmstate/a.yml',
    statements: nmstate.dialect.statements(content, 'a.yml').statements,
  }
  const { devices, outside } = nmstate.recognise([file])
  const region = { file: 'a.yml', line: 1, column: 1, endLine: 1, endColumn: 1 }
  const { host, diagnostics, outside: others } = recall(devices, nmstate, 'h1', () => region)
  expect(outside).toBe(1)
  expect(host.bonds.map(({ options }) => options)).toEqual([
    {
      members: ['eth2', 'eth1'],
      mode: '802.3ad',
      miimon: 140,
      'all-slaves-active': 'on',
      mtu: 1500,
      dhcp4: true,
      routes: [{ to: 'default', via: '2001:db8::1' }],
    },
  ])
  expect(host.ports.map(({ options }) => options)).toEqual([{ 'queue-id': 5 }])
  expect(host.bridges.map(({ options }) => options)).toEqual([
    {
      ports: ['bond99'],
      'vlan-aware': true,
      vlans: [
        { from: 101, to: 101 },
        { from: 500, to: 599 },
      ],
    },
  ])
  // What is about other things is counted.
  expect({ diagnostics, others }).toEqual({ diagnostics: [], others: 1 })
})

describe('laws', () => {
  test.each(nmstate.versions)('what comes back from %s is what was said, less what was reported', version => {
    fc.assert(
      fc.property(anyHost, host => void expectReturn(host, nmstate, version)),
      { numRuns: 60 },
    )
  })
})
