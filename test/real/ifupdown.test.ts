// What ifup makes of our files. ifquery, the parser itself, reads hundreds of generated hosts and any text that the
// dialect takes apart; and what depends on the order in which ifup and its hooks do things is done on a kernel.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import type { Statement } from '../../src/dialects/dialect.ts'
import { eni } from '../../src/dialects/eni.ts'
import { ifupdown } from '../../src/targets/host/ifupdown.ts'
import { renderHost } from '../../src/targets/write.ts'
import { type Partner, type RigCase, type RigOutcome, runCases } from '../rig/cases.ts'
import { anyHost, hostOf } from '../support/intents.ts'
import { meaningOf, readBack } from '../support/return.ts'

const seed = Number(process.env.BONDPLAN_HOSTS_SEED ?? 1)
const amount = Number(process.env.BONDPLAN_HOSTS ?? 400)
const folder = mkdtempSync(join(tmpdir(), 'bondplan-ifquery-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What ifquery prints of a file, its complaints among it in their order. */
function ifquery(
  text: string,
  ...args: readonly string[]
): { readonly status: number | null; readonly lines: readonly string[] } {
  const [file, state] = [join(folder, 'interfaces'), join(folder, 'state')]
  mkdirSync(state, { recursive: true })
  writeFileSync(file, text)
  // Both streams into one, line by line: which stanza a line is of is said on the other stream.
  const run = ['-c', 'exec stdbuf -oL ifquery "$@" 2>&1', 'sh', '--state-dir', state, '-i', file, ...args]
  const { status, stdout } = spawnSync('sh', run, { encoding: 'utf8' })
  return { status, lines: stdout.split('\n').slice(0, -1) }
}

interface Queried {
  readonly device: string
  readonly family: string
  /** Names and values as ifup has them, with its own defaults. */
  readonly options: readonly (readonly [string, string])[]
}

/** The stanzas of some devices as ifup has them, and what it says otherwise. */
function query(text: string, devices: readonly string[]) {
  const { status, lines } = ifquery(text, '-v', ...devices)
  const stanzas: { device: string; family: string; options: [string, string][] }[] = []
  const complaints: string[] = []
  for (const line of lines) {
    const [, device, family] = /^ifquery: querying interface ([^=]+)=\S+ \((\w+)\)$/.exec(line) ?? []
    const [, name, value] = /^([^\s:]+): (.*)$/s.exec(line) ?? []
    if (device !== undefined && family !== undefined) stanzas.push({ device, family, options: [] })
    else if (name === undefined || value === undefined || name === 'ifquery') complaints.push(line)
    else stanzas.at(-1)?.options.push([name, value])
  }
  return { status, stanzas: stanzas as readonly Queried[], complaints }
}

const stanzasIn = (text: string): readonly Statement[] =>
  eni.statements(text, 'interfaces').statements.filter(({ name }) => name === 'iface')

const part = (statement: Statement, name: string): Statement | undefined =>
  statement.inside.find(inner => inner.name === name)

/** What ifup adds by itself (inet.defn, inet6.defn); ours are printed before. */
const added = new Set([
  'broadcast',
  'autoconf',
  'preferred-lifetime',
  'dad-attempts',
  'dad-interval',
  'accept_ra',
  'request_prefix',
  'll-attempts',
  'll-interval',
])

describe('generated hosts through ifquery', () => {
  const hosts = fc.sample(anyHost, { seed, numRuns: amount })

  test('are read without a word, and mean what was said', () => {
    for (const host of hosts) {
      const { files } = renderHost(host, ifupdown, templates)
      const text = files[0]?.content ?? ''
      const ours = stanzasIn(text)
      const devices = [...new Set(ours.map(stanza => String(part(stanza, 'name')?.value)))].filter(
        name => name !== 'lo',
      )
      const { status, stanzas, complaints } = query(text, devices)
      expect(
        { status: devices.length === 0 ? 0 : status, complaints: devices.length === 0 ? [] : complaints },
        text,
      ).toEqual({ status: 0, complaints: [] })
      // The file again, with the values that ifup has.
      const rest = [...stanzas]
      const lines = text.split('\n').filter(line => !line.startsWith('iface') && !line.startsWith('    '))
      for (const stanza of ours) {
        const name = String(part(stanza, 'name')?.value)
        lines.push(`iface ${String(stanza.value)}`)
        if (name === 'lo') continue
        const [queried] = rest.splice(
          rest.findIndex(one => one.device === name),
          1,
        )
        expect(queried?.family).toBe(part(stanza, 'family')?.value)
        const said = new Set(part(stanza, 'options')?.inside.map(option => option.name))
        for (const [option, value] of queried?.options ?? [])
          if (said.has(option) || !added.has(option)) lines.push(`    ${option} ${value}`)
      }
      expect(rest).toEqual([])
      const again = files.map(file => ({ ...file, content: `${lines.join('\n')}\n` }))
      const back = (read: typeof files) => meaningOf(readBack(read, ifupdown, host.name).host, ifupdown)
      expect(back(again), text).toEqual(back(files))
    }
  })

  test('bring up what stands in auto lines, and leave to udev and to bonds what is theirs', () => {
    for (const host of hosts.slice(0, 100)) {
      const text = renderHost(host, ifupdown, templates).files[0]?.content ?? ''
      const started = (keyword: string): readonly string[] =>
        eni
          .statements(text, 'interfaces')
          .statements.filter(({ name }) => name === keyword)
          .flatMap(({ inside }) => inside.map(({ value }) => String(value)))
      expect(ifquery(text, '--list', '-a').lines, text).toEqual(started('auto'))
      expect(ifquery(text, '--list', '--allow', 'hotplug').lines, text).toEqual(started('allow-hotplug'))
      for (const { name, options } of host.bonds) {
        const own = started(`allow-${name}`)
        expect(ifquery(text, '--list', '--allow', name).lines, text).toEqual(own)
        expect(options.members ?? []).toEqual(expect.arrayContaining([...own]))
      }
    }
  })

  test('say enough to be worth it', () => {
    const said = hosts.map(host => Object.values(meaningOf(host, ifupdown)).flatMap(Object.keys).length)
    expect(said.filter(count => count > 10).length).toBeGreaterThan(amount / 4)
  })
})

/** Files in the wild: everything that the manual allows around one device, and some things that it does not. */
const anyFile = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom('iface x inet manual', 'iface x inet6 manual', 'iface x inet dhcp'),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          'auto x',
          'auto',
          'allow-hotplug x y',
          'no-auto-down x',
          'mapping z',
          'rename a=b',
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '',
          '#',
          '# auto y',
          '#\\',
          ' # \\',
          'source /nonexistent/*',
          'no-scripts x',
        ),
      },
      {
        weight: 8,
        arbitrary: fc
          .tuple(
            fc.constantFrom('option', 'up', 'pre-up', 'post-down', 'post-up', 'OPTION'),
            fc.array(
              fc.oneof(
                fc.constantFrom(
                  '\\\n',
                  '\\\n',
                  '\\\n# ',
                  '\\\n  ',
                  '\\ ',
                  '\\\\',
                  '#',
                  '\t',
                  '  ',
                  '"',
                  "'",
                  '$IFACE',
                  '\r',
                  '%',
                  '|',
                ),
                fc.string({ unit: fc.constantFrom(...'abc019.:/-_é😀'), minLength: 1, maxLength: 6 }),
              ),
              { maxLength: 5 },
            ),
            fc.constantFrom(' ', '\t', '  \t ', ' \\\n '),
          )
          .map(([name, parts, between]) => `${name}${between}${parts.join('')}`),
      },
    ),
    { maxLength: 12 },
  )
  .chain(lines =>
    fc.tuple(
      fc.constant(lines),
      fc.array(fc.constantFrom('', '  ', '\t', ' \v'), { minLength: lines.length, maxLength: lines.length }),
      fc.constantFrom('\n', '\n', '\r\n'),
      fc.boolean(),
    ),
  )
  .map(([lines, indents, end, ended]) => {
    // ifup puts options of one name into one value; the commands alone are kept apart.
    const named = lines.map((line, at) => line.replace(/^(option|OPTION)/, `$1-${at}`))
    return `iface x inet manual${end}${named.map((line, at) => `${indents[at]}${line}`).join(end)}${ended ? end : ''}`
  })

describe('any file through ifquery', () => {
  test('is taken apart as ifup does, and refused where ifup refuses it', () => {
    let read = 0
    fc.assert(
      fc.property(anyFile, text => {
        const { diagnostics } = eni.statements(text, 'interfaces')
        const { status, stanzas, complaints } = query(text, ['x'])
        const refused = diagnostics.some(({ severity }) => severity === 'error')
        expect({ refused, message: complaints.join() }).toEqual({
          refused: complaints.some(line => /misplaced option|empty value/.test(line)),
          message: complaints.join(),
        })
        if (refused) return
        read += 1
        expect(status).toBe(0)
        const ours = stanzasIn(text).map(stanza => ({
          family: part(stanza, 'family')?.value,
          // Two names for one thing; and what ifup adds is none of ours.
          options: part(stanza, 'options')?.inside.map(({ name, value }) => [
            name === 'post-up' ? 'up' : name,
            value,
          ]),
        }))
        expect(ours).toEqual(stanzas.map(({ family, options }) => ({ family, options })))
      }),
      { seed, numRuns: 600 },
    )
    expect(read).toBeGreaterThan(200)
  })
})

/** A host, what the far end is, and what the kernel must say afterwards. */
interface Shape {
  readonly fields: Readonly<Record<string, unknown>>
  readonly ports?: readonly string[]
  readonly partner?: Partner
  readonly ping?: readonly string[]
  check(outcome: RigOutcome): void
}

const two = ['eth0', 'eth1']
const nobody: Partner = { kind: 'none' }
const lag: Partner = {
  kind: 'static',
  addresses: [
    { address: '192.0.2.1/24' },
    { address: '198.51.100.1/24', vlan: 10 },
    { address: '203.0.113.1/24', vlan: 20 },
  ],
}
const xor = { members: two, mode: 'balance-xor', miimon: 100 }

/** What `ip -j -d` says of a device, by a path of keys. */
function linkSays({ links }: RigOutcome, device: string, ...path: readonly string[]): unknown {
  let found: unknown = links.find(link => link.ifname === device)
  for (const key of path) found = (found as Readonly<Record<string, unknown>> | undefined)?.[key]
  return found
}

const addressesOf = ({ addresses }: RigOutcome, device: string): readonly string[] =>
  addresses
    .filter(one => one.ifname === device)
    .flatMap(one => one.addr_info as readonly { local: string; prefixlen: number; scope: string }[])
    .filter(({ scope }) => scope === 'global')
    .map(({ local, prefixlen }) => `${local}/${prefixlen}`)

const routesOf = ({ routes }: RigOutcome): readonly string[] =>
  routes
    .filter(({ protocol }) => protocol === 'boot')
    .map(({ dst, gateway, via, dev, metric, table }) =>
      [dst, gateway ?? (via as { host?: string } | undefined)?.host, dev, metric, table]
        .filter(Boolean)
        .join(' '),
    )

const shapes: Readonly<Record<string, Shape>> = {
  'what a bond takes only while it is down outlives the hook': {
    fields: {
      bonds: {
        bond0: {
          members: two,
          mode: '802.3ad',
          'lacp-active': 'off',
          'ad-user-port-key': 5,
          'lacp-rate': 'fast',
          'ad-actor-sys-prio': 9,
          'min-links': 2,
        },
      },
    },
    check({ sysfs: { bond0 }, members }) {
      const held = ['lacp_active', 'ad_user_port_key', 'lacp_rate', 'ad_actor_sys_prio', 'min_links']
      expect(held.map(name => bond0?.[name])).toEqual(['off 0', '5', 'fast 1', '9', '2'])
      expect(members.bond0).toEqual(two)
    },
  },
  'delays are set although only the mode sets miimon': {
    fields: {
      bonds: {
        bond0: { members: two, mode: '802.3ad', updelay: 200, downdelay: 100, 'peer-notif-delay': 300 },
      },
    },
    check({ sysfs: { bond0 } }) {
      expect([bond0?.miimon, bond0?.updelay, bond0?.downdelay, bond0?.peer_notif_delay]).toEqual([
        '100',
        '200',
        '100',
        '300',
      ])
    },
  },
  'names and addresses that ifenslave would pass over': {
    fields: {
      bonds: {
        bond0: {
          members: ['lan', 'lan-a', 'wan+'],
          mode: 'active-backup',
          primary: 'wan+',
          'arp-interval': 1000,
          'arp-ip-target': ['1.111.1.2', '1.1.1.1', '192.0.2.1'],
          'arp-validate': 'filter',
          'ns-ip6-target': ['2001:db8::1', '2001:db8::2'],
        },
      },
    },
    ports: ['lan', 'lan-a', 'wan+'],
    check(outcome) {
      const { bond0 } = outcome.sysfs
      expect(outcome.members.bond0).toEqual(['lan', 'lan-a', 'wan+'])
      expect([bond0?.primary, bond0?.arp_validate]).toEqual(['wan+', 'filter 4'])
      expect(bond0?.arp_ip_target?.split(' ')).toEqual(['1.111.1.2', '1.1.1.1', '192.0.2.1'])
      expect(linkSays(outcome, 'bond0', 'linkinfo', 'info_data', 'ns_ip6_target')).toEqual([
        '2001:db8::1',
        '2001:db8::2',
      ])
    },
  },
  'members keep what is said of them': {
    fields: {
      ports: { eth0: { mtu: 1400, prio: 7, 'queue-id': 2 }, eth1: { prio: -5 } },
      bonds: { bond0: { members: two, mode: 'active-backup', miimon: 100 } },
    },
    check(outcome) {
      const slave = (port: string, key: string) => linkSays(outcome, port, 'linkinfo', 'info_slave_data', key)
      expect(
        two.map(port => [linkSays(outcome, port, 'mtu'), slave(port, 'prio'), slave(port, 'queue_id')]),
      ).toEqual([
        [1400, 7, 2],
        [1500, -5, 0],
      ])
    },
  },
  'several addresses, routes and a MAC beside the hook': {
    fields: {
      bonds: {
        bond0: {
          ...xor,
          mtu: 9000,
          mac: '52:54:00:aa:00:09',
          addresses: ['2001:db8::2/64', '192.0.2.2/24', '192.0.2.3/24'],
          routes: [
            { to: '10.8.0.0/16', via: '192.0.2.7', metric: 5, table: 100 },
            { to: 'default', via: '192.0.2.1', metric: 50 },
            { to: '10.9.0.0/16', via: '2001:db8::9' },
            { to: '10.10.0.0/16' },
            { to: 'default', via: '2001:db8::fe' },
            { to: '2001:db8:1::/48', via: '2001:db8::fd' },
          ],
        },
      },
    },
    partner: lag,
    ping: ['192.0.2.1'],
    check(outcome) {
      expect(addressesOf(outcome, 'bond0').toSorted()).toEqual([
        '192.0.2.2/24',
        '192.0.2.3/24',
        '2001:db8::2/64',
      ])
      expect(routesOf(outcome).toSorted()).toEqual(
        [
          '10.8.0.0/16 192.0.2.7 bond0 5 100',
          'default 192.0.2.1 bond0 50 main',
          '10.9.0.0/16 2001:db8::9 bond0 main',
          '10.10.0.0/16 bond0 main',
          'default 2001:db8::fe bond0 1024 main',
          '2001:db8:1::/48 2001:db8::fd bond0 1024 main',
        ].toSorted(),
      )
      const devices = ['bond0', ...two]
      expect(
        devices.map(device => [linkSays(outcome, device, 'mtu'), linkSays(outcome, device, 'address')]),
      ).toEqual(devices.map(() => [9000, '52:54:00:aa:00:09']))
    },
  },
  'VLANs in all their shapes': {
    fields: {
      bonds: { bond0: xor },
      vlans: {
        'bond0.10': {
          id: 10,
          link: 'bond0',
          mtu: 1400,
          mac: '52:54:00:aa:00:01',
          addresses: ['198.51.100.2/24'],
        },
        vlan20: { id: 20, link: 'bond0', addresses: ['203.0.113.2/24'] },
        mgmt: { id: 30, link: 'bond0', mtu: 1300 },
        'bond0.10.20': { id: 20, link: 'bond0.10', mtu: 1200 },
        'lan.home': { id: 40, link: 'bond0', mtu: 1100 },
      },
    },
    partner: lag,
    ping: ['198.51.100.1', '203.0.113.1'],
    check(outcome) {
      const of = (device: string) => [
        linkSays(outcome, device, 'link'),
        linkSays(outcome, device, 'linkinfo', 'info_data', 'id'),
        linkSays(outcome, device, 'mtu'),
      ]
      expect(['bond0.10', 'vlan20', 'mgmt', 'bond0.10.20', 'lan.home'].map(of)).toEqual([
        ['bond0', 10, 1400],
        ['bond0', 20, 1500],
        ['bond0', 30, 1300],
        ['bond0.10', 20, 1200],
        ['bond0', 40, 1100],
      ])
      expect(linkSays(outcome, 'bond0.10', 'address')).toBe('52:54:00:aa:00:01')
    },
  },
  'VLANs on a vlan-aware bridge': {
    fields: {
      bonds: { bond0: { ...xor, mtu: 9000 } },
      vlans: {
        mgmt: { id: 20, link: 'vmbr0', addresses: ['203.0.113.2/24'] },
        'vmbr0.10': { id: 10, link: 'vmbr0', addresses: ['198.51.100.2/24'] },
      },
      bridges: {
        vmbr0: {
          ports: ['bond0'],
          'vlan-aware': true,
          vlans: [10, '20-30'],
          stp: false,
          'forward-delay': 0,
          mtu: 1500,
          addresses: ['192.0.2.2/24'],
        },
      },
    },
    partner: lag,
    ping: ['192.0.2.1', '198.51.100.1', '203.0.113.1'],
    check(outcome) {
      const data = (key: string) => linkSays(outcome, 'vmbr0', 'linkinfo', 'info_data', key)
      expect([data('vlan_filtering'), data('stp_state'), data('forward_delay')]).toEqual([1, 0, 0])
      expect([linkSays(outcome, 'vmbr0', 'mtu'), linkSays(outcome, 'bond0', 'mtu')]).toEqual([1500, 9000])
    },
  },
  'a bridge without ports and a bond without members': {
    fields: {
      bonds: { bond0: { mode: 'broadcast' } },
      bridges: { br0: { mac: '52:54:00:aa:00:05', mtu: 1400, addresses: ['2001:db8::2/64'] } },
    },
    check(outcome) {
      expect(outcome.sysfs.bond0?.mode).toBe('broadcast 3')
      expect(['mtu', 'address'].map(key => linkSays(outcome, 'br0', key))).toEqual([
        1400,
        '52:54:00:aa:00:05',
      ])
      expect(addressesOf(outcome, 'br0')).toEqual(['2001:db8::2/64'])
    },
  },
}

describe('on a kernel', () => {
  const named = Object.entries(shapes)
  let outcomes: readonly RigOutcome[] = []

  beforeAll(async () => {
    outcomes = await runCases(
      named.map(([id, { fields, ports = two, partner = nobody, ping = [] }]): RigCase => {
        // ifup of Debian 12, which the machine has.
        const { files, lost } = renderHost(hostOf(fields), ifupdown, templates, '0.8.41')
        expect(lost.filter(({ severity }) => severity !== 'note')).toEqual([])
        const given = files.map(({ path, content }) => ({ path, content }))
        return {
          id,
          target: 'ifupdown',
          files: given,
          bonds: ['bond0'],
          ports,
          partners: [partner],
          ping,
          pingMs: 6000,
        }
      }),
    )
  })

  test.each(named.map(([name, shape], at) => ({ name, shape, at })))('$name', ({ shape, at }) => {
    const outcome = outcomes[at]
    if (outcome === undefined) throw new Error('the case was not played')
    expect({ error: outcome.error, exit: outcome.exit }, outcome.log).toEqual({ error: undefined, exit: 0 })
    // What duplicate address detection says is no complaint.
    expect(outcome.log.split('\n').filter(line => line !== '' && !line.startsWith('Waiting for'))).toEqual([])
    expect(Object.values(outcome.pings), outcome.log).toEqual((shape.ping ?? []).map(() => true))
    shape.check(outcome)
  })
})
