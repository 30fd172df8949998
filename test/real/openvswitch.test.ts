// Both ends out of one intent, and Open vSwitch as the switch: what is rendered for it is run by its own ovs-vsctl on a real
// database, its own implementation of LACP meets the kernel's, and the removal leaves the database as it was.

import { beforeAll, describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { partner } from '../../src/intent/partner.ts'
import { ifupdown } from '../../src/targets/host/ifupdown.ts'
import { openvswitch } from '../../src/targets/switch/openvswitch.ts'
import { renderSwitch } from '../../src/targets/switch-write.ts'
import { renderHost } from '../../src/targets/write.ts'
import { type RigCase, type RigOutcome, runCases } from '../rig/cases.ts'
import { read } from '../support/read.ts'

/** A bond of the host and the switch's side of it; each has an untagged network and VLAN 10 of its own. */
interface Wanted {
  readonly bond: string
  /** What the switch says of the LAG. */
  readonly lag?: string
}

const lacp = 'mode: 802.3ad, lacp-rate: fast, xmit-hash-policy: layer3+4'

const plays = {
  'balance-tcp': {
    policy: 'layer3+4',
    wanted: [
      { bond: `${lacp}, mtu: 9000` },
      { bond: lacp, lag: 'mode: passive' },
      {
        bond: lacp,
        lag: 'system-priority: 100, port-priority: 200, key: 7, fallback: on, description: to h1 left',
      },
      { bond: 'mode: active-backup' },
      { bond: 'mode: balance-xor' },
    ],
  },
  'balance-slb': {
    policy: 'layer2',
    wanted: [{ bond: lacp }, { bond: lacp, lag: 'mode: passive' }, { bond: 'mode: active-backup' }],
  },
} as const satisfies Readonly<Record<string, { readonly policy: string; readonly wanted: readonly Wanted[] }>>

type Name = keyof typeof plays

/** The networks of bond `at`: the host is .2, the switch .1; VLAN 10 and up, as no two bonds share one. */
const network = (at: number, host: 1 | 2): string => `192.0.2.${16 * at + host}`
const tagged = (at: number, host: 1 | 2): string => `198.51.100.${16 * at + host}`
const vlanOf = (at: number): number => 10 + at

function intentOf({
  policy,
  wanted,
}: {
  readonly policy: string
  readonly wanted: readonly Wanted[]
}): string {
  const each = (line: (one: Wanted, at: number) => string): string => wanted.map(line).join('')
  return `
hosts:
  h1:
    target: ifupdown
    ports:${each(
      (_, at) => `
      eth${2 * at}: {to: "sw1:p${2 * at}"}
      eth${2 * at + 1}: {to: "sw1:p${2 * at + 1}"}`,
    )}
    bonds:${each(
      ({ bond }, at) => `
      bond${at}: {members: [eth${2 * at}, eth${2 * at + 1}], lag: ${at + 1}, miimon: 100, ${bond}, addresses: [${network(at, 2)}/28]}`,
    )}
    vlans:${each(
      (_, at) => `
      bond${at}.${vlanOf(at)}: {id: ${vlanOf(at)}, link: bond${at}, addresses: [${tagged(at, 2)}/28]}`,
    )}
switches:
  sw1:
    platform: openvswitch
    load-balance: ${policy}
    lags:${each(({ lag = '' }, at) =>
      lag === ''
        ? ''
        : `
      "${at + 1}": {${lag}}`,
    )}`
}

function made(text: string) {
  const { intent, diagnostics } = read(text)
  expect(diagnostics).toEqual([])
  const { value, diagnostics: found } = partner(intent)
  const [[host], [plan]] = [intent.hosts, value]
  if (host === undefined || plan === undefined) throw new Error('the intent has no host or no switch')
  const written = renderSwitch(plan, openvswitch, templates)
  const removal = renderSwitch(plan, openvswitch, templates, true)
  return {
    host: renderHost(host, ifupdown, templates).files,
    script: written.files.map(({ content }) => content).join(''),
    removal: removal.files.map(({ content }) => content).join(''),
    diagnostics: [...found, ...written.lost],
    lags: plan.lags.filter(({ options }) => options.mode !== 'plain').map(({ number }) => `bond${number}`),
  }
}

/** What guest/openvswitch.py tells. */
interface Report {
  readonly before: unknown
  readonly configured: unknown
  readonly again: unknown
  readonly after: unknown
  readonly bonds: Readonly<Record<string, { readonly bond: string; readonly lacp: string }>>
  readonly interfaces: string
}

const played = new Map<Name, { readonly outcome: RigOutcome; readonly report: Report }>()

beforeAll(async () => {
  const cases = (Object.keys(plays) as Name[]).map((id): RigCase => {
    const { wanted } = plays[id]
    const { host, script, removal, lags } = made(intentOf(plays[id]))
    const all = wanted.map((_, at) => at)
    return {
      id,
      target: 'ifupdown',
      files: host.map(({ path, content }) => ({ path, content })),
      bonds: all.map(at => `bond${at}`),
      ports: all.flatMap(at => [`eth${2 * at}`, `eth${2 * at + 1}`]),
      partners: [
        {
          kind: 'openvswitch',
          script,
          removal,
          bonds: lags,
          addresses: all.flatMap(at => [
            { address: `${network(at, 1)}/28` },
            { address: `${tagged(at, 1)}/28`, vlan: vlanOf(at) },
          ]),
        },
      ],
      ping: all.flatMap(at => [network(at, 1), tagged(at, 1)]),
      pingMs: 8_000,
      settleMs: 20_000,
    }
  })
  const outcomes = await runCases(cases, { guests: 1, together: 1, caseMs: 180_000 })
  for (const outcome of outcomes) {
    const { sw0 = '{}' } = outcome.partner
    played.set(outcome.id as Name, { outcome, report: JSON.parse(sw0) as Report })
  }
})

function outcomeOf(name: Name) {
  const found = played.get(name)
  if (found === undefined) throw new Error(`${name} was not played`)
  expect(found.outcome.error).toBeUndefined()
  expect(found.outcome.exit, found.outcome.log).toBe(0)
  return found
}

describe.each(Object.keys(plays) as Name[])('%s', name => {
  test('the database is as it was after the removal, and a second run changes nothing', () => {
    const { report } = outcomeOf(name)
    expect(report.configured).not.toEqual(report.before)
    expect(report.again).toEqual(report.configured)
    expect(report.after).toEqual(report.before)
  })
})

/** What ovs-appctl says of one LAG. */
const saidOf = ({ report }: ReturnType<typeof outcomeOf>, at: number) => report.bonds[`bond${at + 1}`]

const lacpPlays = (Object.keys(plays) as Name[]).flatMap(name =>
  plays[name].wanted.flatMap((one: Wanted, at) =>
    one.bond.includes('802.3ad')
      ? [{ name, at, mode: one.lag?.includes('passive') ? 'passive' : 'active' }]
      : [],
  ),
)

describe.each(lacpPlays)('$name, bond$at, $mode', ({ name, at, mode }) => {
  test('both implementations agree on one LAG of two links', () => {
    const found = outcomeOf(name)
    const said = saidOf(found, at)
    expect(said?.lacp).toContain(`status: ${mode} negotiated`)
    expect(
      said?.lacp.match(/^member: \S+ current attached$/gm) ??
        said?.lacp.match(/^member: \S+: current attached$/gm),
    ).toHaveLength(2)
    expect(said?.bond).toContain(`bond_mode: ${name}`)
    expect(said?.bond.match(/^member \S+: enabled$/gm)).toHaveLength(2)
    // The kernel's side of the same: one aggregator with both ports, and a partner with an address.
    const { sysfs, members } = found.outcome
    expect(members[`bond${at}`]).toHaveLength(2)
    expect(sysfs[`bond${at}`]?.ad_num_ports).toBe('2')
    expect(sysfs[`bond${at}`]?.ad_partner_mac).not.toBe('00:00:00:00:00:00')
  })
})

const passing = (Object.keys(plays) as Name[]).flatMap(name =>
  plays[name].wanted.flatMap(({ bond }, at) => (bond === 'mode: balance-xor' ? [] : [{ name, at, bond }])),
)

test.each(passing)('$name, bond$at ($bond): untagged and tagged traffic passes', ({ name, at }) => {
  const { pings } = outcomeOf(name).outcome
  expect([pings[network(at, 1)], pings[tagged(at, 1)]]).toEqual([true, true])
})

test('rate, priorities, key, fallback and MTU arrive', () => {
  const found = outcomeOf('balance-tcp')
  expect(saidOf(found, 0)?.lacp).toMatch(/lacp_time: fast/)
  const tuned = saidOf(found, 2)
  expect(tuned?.lacp).toMatch(/sys_priority: 100\n/)
  expect(tuned?.lacp).toMatch(/aggregation key: 7\n/)
  expect(tuned?.lacp.match(/^ {2}actor port_priority: 200$/gm)).toHaveLength(2)
  expect(tuned?.bond).toContain('lacp_fallback_ab: true')
  expect(saidOf(found, 0)?.bond).toContain('lacp_fallback_ab: false')
  const { data } = JSON.parse(found.report.interfaces) as { readonly data: readonly (readonly unknown[])[] }
  const mtus = Object.fromEntries(data.map(([port, mtu]) => [String(port), mtu]))
  expect([mtus.p0, mtus.p1, mtus.p2]).toEqual([9000, 9000, 1500])
})

// Without LACP, balance-tcp takes nothing in: that a static LAG is refused, with LACP as the nearest, is right.
test('a static LAG is an error, and does not work indeed', () => {
  const { diagnostics } = made(intentOf(plays['balance-tcp']))
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  expect(errors.map(({ code, message }) => [code, message])).toEqual([
    ['lossy-render', expect.stringContaining('LAG 5: mode static is not written for Open vSwitch')],
  ])
  const { pings } = outcomeOf('balance-tcp').outcome
  expect([pings[network(4, 1)], pings[tagged(4, 1)]]).toEqual([false, false])
})
