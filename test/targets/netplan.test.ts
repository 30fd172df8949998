// Netplan: the shapes that its table cannot show, and the laws that hold for every target.

import fc from 'fast-check'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { deviceSubjects, rowsOf } from '../../src/options/index.ts'
import { netplan } from '../../src/targets/host/netplan.ts'
import { renderHost } from '../../src/targets/write.ts'
import { anyHost } from '../support/intents.ts'
import { run } from '../support/memory-io.ts'
import { refusedCases } from '../support/netplan-refused.ts'
import { read } from '../support/read.ts'
import { expectReturn } from '../support/return.ts'

/** What the rendered file says, as YAML has it, and what was reported. */
function render(yaml: string, version?: string) {
  const { intent, diagnostics } = read(yaml)
  expect(diagnostics).toEqual([])
  const [host] = intent.hosts
  if (host === undefined) throw new Error('the intent has no host')
  const { files, lost } = renderHost(host, netplan, templates, version)
  expect(files.map(({ path, mode }) => [path, mode])).toEqual([['etc/netplan/60-bondplan.yaml', 0o600]])
  const { network } = load(files[0]?.content ?? '') as { readonly network: Readonly<Record<string, object>> }
  return { network, lost: lost.map(({ severity, message }) => `${severity}: ${message}`) }
}

describe('laws', () => {
  test.each([...netplan.versions, '0.105'])(
    'what comes back from %s is what was said, less what was reported',
    version => {
      fc.assert(
        fc.property(anyHost, host => void expectReturn(host, netplan, version)),
        { numRuns: 100 },
      )
    },
  )

  test('every option of every device has a stance', () => {
    const missing = deviceSubjects.flatMap(subject =>
      Object.entries(rowsOf(subject))
        .filter(
          ([id, row]) => !row.fact && row.side !== 'switch' && !(id in (netplan.spellings[subject] ?? {})),
        )
        .map(([id]) => `${subject}.${id}`),
    )
    expect(missing).toEqual([])
  })
})

test('a whole host, in its own words', () => {
  const { network, lost } = render(`
    bonds:
      bond0:
        members: [eth0, eth1]
        mode: active-backup
        primary: eth1
        miimon: 100
        all-slaves-active: on
        addresses: [192.0.2.10/24, "2001:db8::10/64"]
        routes: [{to: default, via: 192.0.2.1}, {to: "2001:db8:1::/48", via: "2001:db8::", metric: 5, table: 100}]
        nameservers: {addresses: [192.0.2.53], search: [example.net]}
    vlans: {bond0.20: {id: 20, link: bond0, dhcp4: true, mtu: 1400}}
    bridges: {br0: {ports: [bond0.20], forward-delay: 4}}
  `)
  expect(lost).toEqual([])
  expect(network).toEqual({
    version: 2,
    renderer: 'networkd',
    ethernets: { eth0: { optional: true }, eth1: { optional: true } },
    bonds: {
      bond0: {
        interfaces: ['eth0', 'eth1'],
        addresses: ['192.0.2.10/24', '2001:db8::10/64'],
        routes: [
          { to: 'default', via: '192.0.2.1' },
          { to: '2001:db8:1::/48', via: '2001:db8::', metric: 5, table: 100 },
        ],
        nameservers: { addresses: ['192.0.2.53'], search: ['example.net'] },
        parameters: {
          mode: 'active-backup',
          'mii-monitor-interval': 100,
          'all-members-active': true,
          primary: 'eth1',
        },
      },
    },
    vlans: { 'bond0.20': { id: 20, link: 'bond0', dhcp4: true, mtu: 1400 } },
    bridges: { br0: { interfaces: ['bond0.20'], parameters: { stp: false, 'forward-delay': 4 } } },
  })
})

test('a member that two bonds name is said to be optional once', () => {
  const { network } = render('{bonds: {a: {members: [eth0, eth0]}, b: {members: [eth0]}}}')
  expect(network.ethernets).toEqual({ eth0: { optional: true } })
})

test('older versions have other words', () => {
  const yaml = '{bonds: {bond0: {members: [eth0], all-slaves-active: on, packets-per-slave: 2}}}'
  expect(render(yaml).network.bonds).toMatchObject({
    bond0: { parameters: { 'all-members-active': true, 'packets-per-member': 2 } },
  })
  expect(render(yaml, '0.105').network.bonds).toMatchObject({
    bond0: { parameters: { 'all-slaves-active': true, 'packets-per-slave': 2 } },
  })
})

test('a next hop is on the link where no address is static', () => {
  const { network } = render(
    '{bonds: {bond0: {members: [], dhcp4: true, routes: [{to: default, via: 192.0.2.1}]}}}',
  )
  expect(network.bonds).toMatchObject({
    bond0: { routes: [{ to: 'default', via: '192.0.2.1', 'on-link': true }] },
  })
})

test.each([
  ['routes: [{to: default}]', /^error: .*say 0\.0\.0\.0\/0 or ::\/0/],
  ['routes: [{to: 192.0.2.0/24, via: "fe80::1"}]', /^error: .*other family/],
  ['routes: [{to: 192.0.2.0/24, via: 192.0.2.1, table: 2147483648}]', /^error: .*negative/],
  ['routes: [{to: 192.0.2.0/24, via: 192.0.2.1, metric: 4294967295}]', /^error: .*negative/],
  ['routes: [{to: 192.0.2.0/24, via: 0.0.0.0}]', /^error: .*no next hop/],
  ['addresses: [192.0.2.1/0]', /^error: .*refuses the prefix length/],
  ['addresses: ["::/64"]', /^error: .*request to choose one/],
  ['mtu: 1279', /^warning: .*no way to write/],
  ['mac: "ff:ff:ff:ff:ff:ff"', /^warning: .*no way to write/],
  ['nameservers: {addresses: ["::"]}', /^warning: .*no server of only zeros/],
  ['packets-per-slave: 0', /^warning: .*drops packets-per-member: 0/],
  ['mode: 802.3ad, miimon: 0', /^error: .*does not send a 0/],
  ['mode: 802.3ad, lacp-active: off', /^warning: .*no such key/],
])('reports %s', (options, report) => {
  const { lost } = render(`{bonds: {bond0: {members: [], ${options}}}}`)
  expect(lost).toEqual([expect.stringMatching(report)])
})

test('what a member or a bridge port cannot have is reported and not written', () => {
  const { network, lost } = render(`
    ports: {eth0: {addresses: [192.0.2.1/24], dhcp4: true, dhcp6: false, optional: true, routes: []}}
    bonds: {bond0: {members: [eth0], dhcp6: true, accept-ra: true}}
    bridges: {br0: {ports: [bond0]}}
  `)
  expect(network.ethernets).toEqual({ eth0: { dhcp6: false, routes: [], optional: true } })
  expect(lost.map(line => /: (\S+: \S+)/.exec(line)?.[1])).toEqual([
    'eth0: dhcp4',
    'eth0: addresses',
    'eth0: optional',
    'bond0: dhcp6',
    'bond0: accept-ra',
  ])
})

describe('what Netplan refuses of how definitions stand together', () => {
  test.each(Object.entries(refusedCases))('%s', async (_, { files, found }) => {
    const world = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [`h/etc/netplan/${name}`, text]),
    )
    const { out } = await run(['lint', '--format', 'json', 'h'], { files: world })
    const { diagnostics } = JSON.parse(out) as {
      readonly diagnostics: readonly Readonly<
        Record<'code' | 'severity' | 'file' | 'line' | 'column', string>
      >[]
    }
    const refused = diagnostics.filter(({ code }) => code === 'netplan-refused')
    expect(
      refused.map(({ file, line, column }) => `${file.slice('h/etc/netplan/'.length)}:${line}:${column}`),
    ).toEqual(found)
    expect(refused.every(({ severity }) => severity === 'error')).toBe(true)
  })
})
