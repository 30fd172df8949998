// Both ends out of one intent, and the kernel as the switch between two hosts: what is rendered for a Cumulus switch is
// brought up by ifupdown2, what is rendered for Linux by a shell. Traffic passes from host to host, what is brought up twice
// stays as it is, and the removal leaves the switch as it was.

import { beforeAll, describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import type { Host } from '../../src/intent/intent.ts'
import { partner } from '../../src/intent/partner.ts'
import { iproute2 } from '../../src/targets/host/iproute2.ts'
import { cumulusIfupdown2 } from '../../src/targets/switch/cumulus-ifupdown2.ts'
import { linuxBridge } from '../../src/targets/switch/linux-bridge.ts'
import type { SwitchTarget } from '../../src/targets/switch-target.ts'
import { renderSwitch } from '../../src/targets/switch-write.ts'
import { type RenderedFile, renderHost } from '../../src/targets/write.ts'
import { type RigCase, type RigFile, type RigOutcome, type RigSwitch, runCases } from '../rig/cases.ts'
import { read } from '../support/read.ts'

const lacp = 'mode: 802.3ad, lacp-rate: fast, xmit-hash-policy: layer3+4'

/** One bond of each host, and what the switch is told of both LAGs. Each pair has two VLANs of its own. */
interface Wanted {
  readonly name: string
  readonly bond: string
  readonly lag?: string
  /** What the switch's driver says of it: its mode, and what it is told beside. */
  readonly driver?: RegExp
}

const active: Wanted = {
  name: 'active',
  bond: `${lacp}, mtu: 9000`,
  lag: 'description: to a host',
  driver: /802\.3ad/,
}
const hostPassive: Wanted = { name: 'passive host', bond: `${lacp}, lacp-active: off`, driver: /802\.3ad/ }
const switchPassive: Wanted = {
  name: 'passive switch',
  bond: lacp,
  lag: 'mode: passive',
  driver: /802\.3ad(?:.|\n)*LACP active: off/,
}
const fixed: Wanted = {
  name: 'static',
  bond: 'mode: balance-xor, xmit-hash-policy: layer2+3',
  driver: /load balancing \(xor\)/,
}
const plain: Wanted = { name: 'plain', bond: 'mode: active-backup' }

interface Play {
  readonly target: SwitchTarget
  readonly far: (number: number) => string
  readonly wanted: readonly Wanted[]
  /** The bridge, and what is on the switch before. */
  readonly bridge: string
  readonly before: readonly RigFile[]
}

const plays: Readonly<Record<RigSwitch, Play>> = {
  'cumulus-ifupdown2': {
    target: cumulusIfupdown2,
    far: number => `swp${number}`,
    wanted: [active, hostPassive, fixed, plain],
    bridge: 'bridge',
    before: [
      {
        path: 'etc/network/interfaces',
        content: `auto own0
iface own0
    bridge-vids 7

auto bridge
iface bridge
    bridge-vlan-aware yes
    bridge-ports own0

source /etc/network/interfaces.d/*.intf
`,
      },
    ],
  },
  'linux-bridge': {
    target: linuxBridge,
    far: number => `lan${number}`,
    wanted: [active, switchPassive, fixed, plain],
    bridge: 'br0',
    before: [
      {
        path: 'before.sh',
        content: `set -eu
ip link add br0 up type bridge vlan_filtering 1
ip link set own0 up master br0
bridge vlan add dev own0 vid 7
`,
      },
    ],
  },
}
const names = Object.keys(plays) as RigSwitch[]

const hosts = ['h1', 'h2'] as const
/** The networks of pair `at`: untagged and tagged. */
const network = (at: number, host: number): string => `192.0.2.${16 * at + host}`
const tagged = (at: number, host: number): string => `198.51.100.${16 * at + host}`
const vlanOf = (at: number): number => 10 + at
const nativeOf = (at: number): number => 100 + at
const lagOf = (at: number, host: number): number => 10 * host + at

function intentOf({ target, wanted, far }: Play): string {
  const hostOf = (name: string, number: number): string => {
    const each = (line: (one: Wanted, at: number) => string): string => wanted.map(line).join('')
    const to = (port: number): string => `"sw1:${far(2 * wanted.length * (number - 1) + port + 1)}"`
    return `
  ${name}:
    target: iproute2@6.1
    ports:${each(
      (_, at) => `
      eth${2 * at}: {to: ${to(2 * at)}}
      eth${2 * at + 1}: {to: ${to(2 * at + 1)}}`,
    )}
    bonds:${each(
      ({ bond }, at) => `
      bond${at}: {members: [eth${2 * at}, eth${2 * at + 1}], lag: ${lagOf(at, number)}, miimon: 100, ${bond}, addresses: [${network(at, number)}/28]}`,
    )}
    vlans:${each(
      (_, at) => `
      bond${at}.${vlanOf(at)}: {id: ${vlanOf(at)}, link: bond${at}, addresses: [${tagged(at, number)}/28]}`,
    )}`
  }
  const lags = wanted.flatMap(({ lag = '' }, at) =>
    [1, 2].map(
      host => `
      "${lagOf(at, host)}": {native: ${nativeOf(at)}${lag && `, ${lag}`}}`,
    ),
  )
  return `hosts:${hosts.map((name, at) => hostOf(name, at + 1)).join('')}
switches:
  sw1: {platform: ${target.id}, lags: {${lags.join(',')}}}`
}

const asRigFiles = (files: readonly RenderedFile[]): readonly RigFile[] =>
  files.map(({ path, content }) => ({ path, content }))

const portsOf = ({ ports }: Host): readonly string[] => ports.map(({ name }) => name)

function caseOf(id: RigSwitch): RigCase {
  const play = plays[id]
  const { intent, diagnostics } = read(intentOf(play))
  expect(diagnostics).toEqual([])
  const { value, diagnostics: found } = partner(intent)
  const [[h1, h2], [plan]] = [intent.hosts, value]
  if (h1 === undefined || h2 === undefined || plan === undefined) throw new Error('the intent lacks an end')
  const written = renderSwitch(plan, play.target, templates)
  expect([...found, ...written.lost].filter(({ severity }) => severity === 'error')).toEqual([])
  const far = (host: number): readonly string[] =>
    portsOf(h1).map((_, at) => play.far(portsOf(h1).length * (host - 1) + at + 1))
  const all = play.wanted.map((_, at) => at)
  return {
    id,
    target: 'iproute2',
    files: asRigFiles(renderHost(h1, iproute2, templates).files),
    bonds: all.map(at => `bond${at}`),
    ports: portsOf(h1),
    farEnds: far(1),
    others: {
      H2: {
        ports: portsOf(h2),
        farEnds: far(2),
        files: asRigFiles(renderHost(h2, iproute2, templates).files),
      },
    },
    partners: [
      {
        kind: 'rendered',
        target: id,
        before: play.before,
        files: asRigFiles(written.files),
        removal: renderSwitch(plan, play.target, templates, true)
          .files.map(({ content }) => content)
          .join(''),
      },
    ],
    ping: all.flatMap(at => [network(at, 2), tagged(at, 2)]),
    pingMs: 10_000,
    settleMs: 20_000,
  }
}

interface Link {
  readonly up: boolean
  readonly mtu: number
  readonly master: string | null
  readonly alias: string | null
  readonly filters: number | null
}

interface State {
  readonly links: Readonly<Record<string, Link>>
  readonly vlans: Readonly<Record<string, readonly string[]>>
}

/** What guest/switches.py tells. */
interface Report {
  readonly before: State
  readonly configured: State
  readonly again: State
  readonly after: State
  readonly bonds: Readonly<Record<string, string>>
  readonly said: string
  readonly removal: string
}

const played = new Map<RigSwitch, { readonly outcome: RigOutcome; readonly report: Report }>()

beforeAll(async () => {
  const options = { caseMs: 240_000 }
  for (const outcome of await runCases(names.map(caseOf), options)) {
    const report = JSON.parse(outcome.partner.sw0 ?? '{}') as Report
    played.set(outcome.id as RigSwitch, { outcome, report })
  }
})

function playOf(name: RigSwitch) {
  const found = played.get(name)
  if (found === undefined) throw new Error(`${name} was not played`)
  expect(found.outcome.error).toBeUndefined()
  expect(found.outcome.exit, found.outcome.log).toBe(0)
  return found
}

describe.each(names)('%s', name => {
  const { wanted, bridge, far } = plays[name]

  test('is brought up without a word, once and again, and taken back', () => {
    const { report } = playOf(name)
    expect([report.said, report.removal]).toEqual(['', ''])
    expect(report.configured).not.toEqual(report.before)
    expect(report.again).toEqual(report.configured)
    expect(report.after).toEqual(report.before)
  })

  test('the switch is one vlan-aware bridge', () => {
    const { links, vlans } = playOf(name).report.configured
    expect(links[bridge]).toMatchObject({ up: true, filters: 1 })
    wanted.forEach(({ name: kind }, at) => {
      for (const host of [1, 2]) {
        const first = 2 * wanted.length * (host - 1) + 2 * at + 1
        const ports = kind === 'plain' ? [far(first), far(first + 1)] : [`bond${lagOf(at, host)}`]
        for (const port of ports) {
          expect(links[port], port).toMatchObject({ up: true, master: bridge, mtu: at === 0 ? 9000 : 1500 })
          expect(vlans[port], port).toEqual([String(vlanOf(at)), `${nativeOf(at)} Egress Untagged PVID`])
        }
      }
    })
    expect(links[far(1)]?.alias).toBe('h1 eth0')
    expect(links[`bond${lagOf(0, 1)}`]?.alias).toBe('to a host')
  })

  test.each(wanted.flatMap(({ name: kind, driver }, at) => (driver ? [{ kind, at, driver }] : [])))(
    '$kind: the driver has what was said, with both links to each host',
    ({ at, driver }) => {
      const { report, outcome } = playOf(name)
      for (const host of [1, 2]) {
        const said = report.bonds[`bond${lagOf(at, host)}`] ?? ''
        expect(said).toMatch(driver)
        expect(said.match(/^Slave Interface: /gm)).toHaveLength(2)
        if (said.includes('802.3ad')) {
          expect(said).toMatch(/^\tNumber of ports: 2$/m)
          expect(said).not.toMatch(/^\tPartner Mac Address: 00:00:00:00:00:00$/m)
        }
      }
      expect(outcome.members[`bond${at}`]).toHaveLength(2)
    },
  )

  test.each(wanted.map(({ name: kind }, at) => ({ kind, at })))(
    '$kind: untagged and tagged traffic passes from host to host',
    ({ at }) => {
      const { pings } = playOf(name).outcome
      expect([pings[network(at, 2)], pings[tagged(at, 2)]]).toEqual([true, true])
    },
  )
})
