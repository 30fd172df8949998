// Bonds that a kernel has really made, broken in the ways that people break them, and what diagnose finds in what they show:
// exactly what was done to them, and nothing in those that are right.

import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { diagnose, type Input } from '../../src/diagnose/index.ts'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { sourceText } from '../../src/intent/text.ts'
import { type GuestResult, runGuest, usualModules } from '../rig/guest.ts'
import { usualKernel } from '../rig/kernels.ts'
import { read } from '../support/read.ts'

interface Bond {
  readonly options: string
  readonly members: readonly string[]
}

interface Situation {
  readonly bonds: Readonly<Record<string, Bond>>
  readonly switch?: Readonly<Record<string, Bond>>
  /** Ports of the host by their far ends. */
  readonly cables?: Readonly<Record<string, string>>
  /** Ports without a far end, with a speed in Mbit/s and 1 for full duplex. */
  readonly taps?: Readonly<Record<string, readonly [number, 0 | 1]>>
  /** The far ends are the host's own as well. */
  readonly loop?: true
  /** Also collected: the log of the kernel, which is that of the whole guest. */
  readonly log?: true
  readonly openvswitch?: readonly string[]
  readonly after?: { readonly host?: readonly string[]; readonly switch?: readonly string[] }
  /** Also collected: as nobody in particular, and by ip. */
  readonly plain?: true
  readonly links?: true
  /** What is found or not by which aggregators the two ends happen to choose. */
  readonly byChoice?: string
  /** Its state changes every other second: some of what is to be found is, and whatever else. */
  readonly flaps?: true
  /** Findings, with the machine: `host partner-mac-zero`. */
  readonly found: readonly string[]
}

const lacp = 'mode 802.3ad miimon 100 lacp_rate fast xmit_hash_policy layer3+4'
const xor = 'mode balance-xor miimon 100 xmit_hash_policy layer3+4'
const cables = { eth0: 'swp0', eth1: 'swp1' }
const bond = (options: string, members = ['eth0', 'eth1']) => ({ bond0: { options, members } })
const lag = (options: string, members = ['swp0', 'swp1']) => ({ po1: { options, members } })
/** Two LAGs of one switch: one system, a key each. */
const oneSystem = (key: number) => `${lacp} ad_actor_system 02:00:00:00:00:99 ad_user_port_key ${key}`

const situations: Readonly<Record<string, Situation>> = {
  healthy: { cables, bonds: bond(lacp), switch: lag(lacp), plain: true, links: true, found: [] },
  'two switches': {
    cables,
    bonds: bond(lacp),
    switch: { po1: { options: lacp, members: ['swp0'] }, po2: { options: lacp, members: ['swp1'] } },
    // The other end of what stands by sees that it does.
    found: ['host aggregator-split', 'switch partner-not-ready'],
  },
  'two port-channels of one switch': {
    cables,
    bonds: bond(lacp),
    switch: {
      po1: { options: oneSystem(1), members: ['swp0'] },
      po2: { options: oneSystem(2), members: ['swp1'] },
    },
    links: true,
    found: ['host aggregator-split', 'switch partner-not-ready'],
  },
  'two bonds, two cables crossed': {
    cables: { eth0: 'swp0', eth1: 'swp1', eth2: 'swp2', eth3: 'swp3' },
    bonds: {
      bond0: { options: lacp, members: ['eth0', 'eth1'] },
      bond1: { options: lacp, members: ['eth2', 'eth3'] },
    },
    switch: {
      po1: { options: oneSystem(1), members: ['swp0', 'swp2'] },
      po2: { options: oneSystem(2), members: ['swp1', 'swp3'] },
    },
    byChoice: 'partner-not-ready',
    found: [
      'host aggregator-split',
      'host aggregator-split',
      'switch aggregator-split',
      'switch aggregator-split',
    ],
  },
  'both passive': {
    cables,
    bonds: bond(`${lacp} lacp_active off`),
    switch: lag(`${lacp} lacp_active off`),
    flaps: true,
    found: ['host both-ends-passive', 'switch both-ends-passive'],
  },
  'ordinary ports': { cables, bonds: bond(lacp), links: true, found: ['host partner-mac-zero'] },
  'a static group at the switch': {
    cables,
    bonds: bond(lacp),
    switch: lag(xor),
    found: ['host ends-disagree', 'host partner-mac-zero'],
  },
  'a static group at the host': {
    cables,
    bonds: bond(xor),
    switch: lag(lacp),
    found: ['host ends-disagree', 'switch partner-mac-zero'],
  },
  'one port at a time against a group': {
    cables,
    bonds: bond('mode active-backup miimon 100'),
    switch: lag(xor),
    found: ['host ends-disagree'],
  },
  'a link that is down': {
    cables,
    bonds: bond(lacp),
    switch: lag(lacp),
    after: { switch: ['link set swp1 down'] },
    found: ['host member-down', 'switch member-down'],
  },
  'fewer links than min_links': {
    cables,
    bonds: bond(`${lacp} min_links 2`),
    switch: lag(lacp),
    after: { switch: ['link set swp1 down'] },
    links: true,
    found: ['host member-down', 'host min-links-unmet', 'switch member-down'],
  },
  'members cabled to each other': {
    cables: { eth0: 'eth1' },
    loop: true,
    log: true,
    bonds: { bond9: { options: lacp, members: ['eth0', 'eth1'] } },
    found: ['host lacp-loop', 'host lacp-loop', 'host partner-mac-zero'],
  },
  'two bonds cabled to each other': {
    cables: { eth0: 'eth1' },
    loop: true,
    bonds: { bond7: { options: lacp, members: ['eth0'] }, bond8: { options: lacp, members: ['eth1'] } },
    found: ['host lacp-loop', 'host lacp-loop'],
  },
  'nobody watches': {
    cables,
    bonds: bond('mode active-backup miimon 0'),
    links: true,
    found: ['host links-unwatched'],
  },
  'targets of ARP monitoring that do not answer': {
    cables,
    bonds: bond('mode active-backup arp_interval 100 arp_ip_target 192.0.2.1'),
    found: ['host bond-down', 'host member-down', 'host member-down'],
  },
  'a member with another MTU': {
    cables,
    bonds: bond(lacp),
    switch: lag(lacp),
    after: { host: ['link set eth1 mtu 1400'] },
    links: true,
    found: ['host member-mtu-differs'],
  },
  'switched off': {
    cables,
    bonds: bond(xor),
    switch: lag(xor),
    after: { host: ['link set bond0 down'] },
    links: true,
    found: ['host bond-down'],
  },
  'three speeds': {
    taps: { eth0: [1000, 1], eth1: [100, 1], eth2: [1000, 0] },
    bonds: bond(lacp, ['eth0', 'eth1', 'eth2']),
    found: ['host half-duplex-member', 'host member-speeds-differ', 'host partner-mac-zero'],
  },
  'another rate': {
    cables,
    bonds: bond(lacp),
    switch: lag(lacp.replace('fast', 'slow')),
    found: ['host lacp-rates-differ'],
  },
  'no member': { bonds: bond(lacp, []), found: ['host bond-down'] },
  layer2: {
    cables,
    bonds: bond('mode 802.3ad miimon 100 lacp_rate fast'),
    switch: lag(lacp),
    found: ['host hash-layer2'],
  },
  'Open vSwitch': {
    cables,
    bonds: bond(lacp),
    openvswitch: [
      'ovs-vsctl add-br br0',
      'ovs-vsctl add-bond br0 bond10 swp0 swp1 lacp=active bond_mode=balance-tcp other_config:lacp-time=fast',
    ],
    found: [],
  },
}

const names = Object.keys(situations)
let played: GuestResult | undefined

beforeAll(async () => {
  played = await runGuest({
    script: 'exec /usr/bin/python3 -B -E -s /mnt/play/play.py\n',
    folders: {
      guest: join(import.meta.dirname, '../rig/guest'),
      play: join(import.meta.dirname, 'diagnose'),
    },
    files: { 'situations.json': JSON.stringify(Object.values(situations)) },
    modules: [...usualModules, 'openvswitch', 'tun'],
    kernel: await usualKernel(),
    memoryMb: 512,
  })
  expect(played.problem).toBeUndefined()
  expect(played.results.log).toBeUndefined()
}, 200_000)

/** What was collected of a situation, by machine and name. */
function collected(name: string, wanted: (what: string) => boolean): readonly Input[] {
  const prefix = `${names.indexOf(name)}.`
  return Object.entries(played?.results ?? {}).flatMap(([file, text]) => {
    if (!file.startsWith(prefix)) return []
    const [, end = '', what = ''] = file.split('.')
    if (!wanted(what)) return []
    const [kind = '', device] = what.split('-')
    const path = device === undefined ? `${end}/${kind}` : `${end}/proc/net/bonding/${device}`
    return [{ path, source: sourceText(path, text) }]
  })
}

const told = (found: readonly Diagnostic[]) =>
  found.map(({ code, region }) => `${region?.file.split('/')[0]} ${code}`).sort()

test.each(names)('%s', name => {
  const inputs = collected(name, what => !what.startsWith('plain') && what !== 'text' && what !== 'sysfs')
  expect(inputs.length).toBeGreaterThan(0)
  const { diagnostics } = diagnose(inputs)
  const { found = [], byChoice, flaps } = situations[name] ?? {}
  const certain = diagnostics.filter(({ code }) => code !== byChoice)
  const all = told(certain)
  const seen = flaps ? all.filter(one => found.includes(one)) : all
  if (flaps) expect(seen.length).toBeGreaterThan(0)
  else expect(seen, JSON.stringify(diagnostics, undefined, 1)).toEqual(found)
})

describe('each way to collect', () => {
  const withLinks = names.filter(name => situations[name]?.links)
  test.each(withLinks)('%s by ip alone, as JSON and as text', name => {
    const byJson = diagnose(collected(name, what => what === 'json')).diagnostics
    const byText = diagnose(collected(name, what => what === 'text')).diagnostics
    expect(told(byText)).toEqual(told(byJson))
    // What stands in the other files alone, or needs more than the states.
    const hidden = ['host ends-disagree', 'host hash-layer2']
    expect(told(byJson)).toEqual(situations[name]?.found.filter(one => !hidden.includes(one)))
  })

  test('cables are those that were laid, by what LACP has recorded', () => {
    const inputs = collected('Open vSwitch', () => true)
    const intent = (eth0: string, eth1: string) =>
      read(`
hosts:
  host:
    ports: {eth0: {to: "switch:${eth0}"}, eth1: {to: "switch:${eth1}"}}
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 10, miimon: 100, lacp-rate: fast, xmit-hash-policy: layer3+4}
switches: {switch: {platform: openvswitch, load-balance: layer3+4}}
`).intent
    expect(told(diagnose(inputs, { intent: intent('swp0', 'swp1') }).diagnostics)).toEqual([])
    expect(told(diagnose(inputs, { intent: intent('swp1', 'swp0') }).diagnostics)).toEqual([
      'host cabled-otherwise',
      'host cabled-otherwise',
    ])
  })

  test.each(withLinks)('%s by sysfs alone', name => {
    const { value, diagnostics } = diagnose(collected(name, what => what === 'sysfs'))
    expect(value.machines.length).toBeGreaterThan(0)
    // What it shows of each file is in none of ip's and the other way round: MTUs, and who has switched it off.
    const hidden = ['host member-mtu-differs', 'host bond-down']
    expect(told(diagnostics)).toEqual(situations[name]?.found.filter(one => !hidden.includes(one)))
  })

  test('as nobody in particular, and what cannot be judged then', () => {
    const plain = collected('healthy', what => what.startsWith('plain'))
    expect(told(diagnose(plain).diagnostics)).toEqual(['host lacp-not-shown', 'switch lacp-not-shown'])
  })
})
