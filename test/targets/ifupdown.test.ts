// ifupdown: the shapes that its table cannot show, what is read of files by other hands, and the laws that hold for every
// target. What ifup and the kernel make of it is test/real/ifupdown.test.ts.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { devicesOf, type Host } from '../../src/intent/intent.ts'
import { sourceText } from '../../src/intent/text.ts'
import { type DeviceSubject, deviceSubjects, rowsOf } from '../../src/options/index.ts'
import { ifupdown } from '../../src/targets/host/ifupdown.ts'
import { recall } from '../../src/targets/recall.ts'
import { renderHost } from '../../src/targets/write.ts'
import { anyHost, hostOf } from '../support/intents.ts'
import { optionCases } from '../support/option-cases.ts'
import { expectReturn } from '../support/return.ts'

type Fields = Readonly<Record<string, unknown>>

const render = (fields: Fields, version?: string) => renderHost(hostOf(fields), ifupdown, templates, version)

const head = '# Written by bondplan. Change the intent, not this file.\n\nauto lo\niface lo inet loopback\n'

/** The file's text after what all files begin with; nothing may be lost. */
function textOf(fields: Fields, version?: string): string {
  const { files, lost } = render(fields, version)
  expect(lost).toEqual([])
  expect(files.map(({ path, mode }) => [path, mode])).toEqual([['etc/network/interfaces', 0o644]])
  const text = files[0]?.content ?? ''
  expect(text.slice(0, head.length)).toBe(head)
  expectReturn(hostOf(fields), ifupdown, version)
  return text.slice(head.length)
}

const lossesOf = (fields: Fields, version?: string): readonly string[] =>
  render(fields, version).lost.map(({ severity, message }) => `${severity}: ${message}`)

/** Everything that a host says, by device and in the neutral spelling. */
const saidBy = (host: Host) =>
  Object.fromEntries(
    devicesOf(host).map(({ subject, name, options }) => {
      const rows = rowsOf(subject)
      const written = Object.entries(options).map(([id, value]) => [id, rows[id]?.kind.write(value)])
      return [`${subject} ${name}`, Object.fromEntries(written)]
    }),
  )

/** What is read of a file. */
function readText(text: string) {
  const path = 'etc/network/interfaces'
  const { statements, diagnostics } = ifupdown.dialect.statements(text, path)
  const { devices, outside } = ifupdown.recognise([{ path, statements }])
  const source = sourceText(path, text)
  const recalled = recall(devices, ifupdown, 'h1', (_, { start, end }) => source.regionOf(start, end))
  const complaints = [...diagnostics, ...recalled.diagnostics].map(
    ({ region, message }) => `${region?.line}: ${message}`,
  )
  return { ...recalled, said: saidBy(recalled.host), complaints, outside }
}

describe('the table', () => {
  const rows = deviceSubjects.flatMap(subject =>
    Object.entries(rowsOf(subject))
      .filter(([, row]) => !row.fact && row.side !== 'switch')
      .map(([id]) => ({ subject, id })),
  )

  test.each(rows)('has a stance for $subject $id', ({ subject, id }) => {
    const stances: Readonly<Record<string, unknown>> = ifupdown.spellings[subject as DeviceSubject] ?? {}
    expect(Object.keys(stances)).toContain(id)
  })

  test('says every value of every option in every mode that allows it', () => {
    for (const { said } of optionCases('7.2', 'eth0')) {
      expect(lossesOf({ bonds: { bond0: { ...said, members: ['eth0', 'eth1'] } } })).toEqual([])
    }
  })

  test('knows what came with which release', () => {
    const bond = { members: ['eth0', 'eth1'], mode: '802.3ad', miimon: 100 }
    const missing = (said: Fields, version: string) =>
      lossesOf({ bonds: { bond0: { ...bond, ...said } } }, version).map(loss =>
        / has (\S+) from (\S+), /.exec(loss)?.slice(1),
      )
    expect(missing({ 'lacp-active': 'off' }, '0.8.36')).toEqual([['lacp_active', '0.8.41']])
    expect(missing({ 'coupled-control': 'off' }, '0.8.41')).toEqual([['coupled_control', '0.8.44']])
    expect(missing({ 'broadcast-neighbor': 'on' }, '0.8.44')).toEqual([['broadcast_neighbor', '0.8.45']])
    expect(missing({ 'lacp-strict': 'on', 'min-links': 1 }, '0.8.44')).toEqual([['lacp_strict', '0.8.45']])
    expect(missing({ mode: 'active-backup', 'ns-ip6-target': ['2001:db8::1'] }, '0.8.36')).toEqual([
      ['ns_ip6_target', '0.8.41'],
    ])
  })
})

describe('bonds', () => {
  test('with what ifenslave has lines for, and nothing for members of which nothing is said', () => {
    expect(
      textOf({
        bonds: {
          bond0: {
            members: ['eno1', 'eno2'],
            mode: '802.3ad',
            miimon: 100,
            updelay: 200,
            'use-carrier': 'on',
            'lacp-rate': 'fast',
            'ad-select': 'bandwidth',
            'xmit-hash-policy': 'layer3+4',
            'num-grat-arp': 2,
            addresses: ['192.0.2.10/24'],
            routes: [{ to: 'default', via: '192.0.2.1' }],
            nameservers: {
              addresses: ['192.0.2.53', '2001:db8::53'],
              search: ['example.net', 'example.org'],
            },
          },
        },
      }),
    ).toBe(`
auto bond0
iface bond0 inet static
    address 192.0.2.10/24
    gateway 192.0.2.1
    bond-slaves eno1 eno2
    bond-mode 802.3ad
    bond-miimon 100
    bond-updelay 200
    bond-use-carrier 1
    bond-lacp-rate fast
    bond-ad-select bandwidth
    bond-xmit-hash-policy layer3+4
    bond-num-grat-arp 2
    dns-nameservers 192.0.2.53 2001:db8::53
    dns-search example.net example.org
`)
  })

  test('are told by commands what it has no lines for: before it runs what the bond takes only while it is down', () => {
    expect(
      textOf({
        ports: { eth0: { 'queue-id': 2, 'actor-port-prio': 7 } },
        bonds: {
          bond0: {
            members: ['eth0'],
            mode: '802.3ad',
            'lacp-active': 'off',
            'ad-user-port-key': 5,
            'min-links': 1,
            'all-slaves-active': 'on',
            'ad-actor-system': '02:00:00:00:00:01',
            'broadcast-neighbor': 'on',
          },
        },
      }),
    ).toBe(`
auto bond0
iface bond0 inet manual
    pre-up ip link add dev $IFACE type bond mode 802.3ad lacp_active off ad_user_port_key 5
    bond-slaves eth0
    bond-mode 802.3ad
    up echo 02:00:00:00:00:01 > /sys/class/net/$IFACE/bonding/ad_actor_system
    up echo 1 > /sys/class/net/$IFACE/bonding/min_links
    up ip link set dev $IFACE type bond broadcast_neighbor on
    up echo 1 > /sys/class/net/$IFACE/bonding/all_slaves_active
    up ip link set dev eth0 type bond_slave actor_port_prio 7
    up ip link set dev eth0 type bond_slave queue_id 2
`)
  })

  test('without members or options are bonds all the same', () => {
    expect(textOf({ bonds: { bond0: {}, bond1: { mode: 'broadcast', members: [] } } })).toBe(`
auto bond0
iface bond0 inet manual
    bond-slaves none

auto bond1
iface bond1 inet manual
    bond-slaves none
    bond-mode broadcast
`)
  })

  test('get what ifenslave would set too early, or not find, by a command', () => {
    // The mode sets miimon to 100, after ifenslave has written miimon and the delays.
    const lines = (said: Fields) =>
      textOf({ bonds: { bond0: { members: ['lan+', 'eth1'], ...said } } })
        .split('\n')
        .filter(line => /miimon|delay|primary|target/.test(line))
        .map(line => line.trim())
    expect(lines({ mode: '802.3ad', miimon: 0 })).toEqual([
      'up echo 0 > /sys/class/net/$IFACE/bonding/miimon',
    ])
    expect(lines({ mode: '802.3ad', updelay: 200 })).toEqual([
      'up echo 200 > /sys/class/net/$IFACE/bonding/updelay',
    ])
    expect(lines({ miimon: 0 })).toEqual(['bond-miimon 0'])
    expect(lines({ miimon: 50, downdelay: 100, 'peer-notif-delay': 100, mode: 'active-backup' })).toEqual([
      'bond-miimon 50',
      'bond-downdelay 100',
      'up echo 100 > /sys/class/net/$IFACE/bonding/peer_notif_delay',
    ])
    expect(lines({ mode: 'active-backup', primary: 'eth1' })).toEqual(['bond-primary eth1'])
    expect(lines({ mode: 'active-backup', primary: 'lan+' })).toEqual([
      'up echo lan+ > /sys/class/net/$IFACE/bonding/primary',
    ])
    expect(lines({ 'arp-ip-target': ['192.0.2.1', '1.111.1.2', '1.1.1.1', '192.0.2.2'] })).toEqual([
      'bond-arp-ip-target 192.0.2.1 1.111.1.2',
      'up echo +1.1.1.1 > /sys/class/net/$IFACE/bonding/arp_ip_target',
      'up echo +192.0.2.2 > /sys/class/net/$IFACE/bonding/arp_ip_target',
    ])
  })

  test.each([
    [
      { members: ['all'] },
      'bond0: members is not written for ifupdown: ifenslave does not take all for the name of a member',
    ],
    [
      { members: ['none'] },
      'bond0: members is not written for ifupdown: ifenslave does not take none for the name of a member',
    ],
    [
      { members: ['eth0-a', 'eth0'] },
      'bond0: members is not written for ifupdown: ifenslave finds eth0 in the names before it and takes it for attached',
    ],
    [
      { members: ['x', 'eth0.5', 'eth0'] },
      'bond0: members is not written for ifupdown: ifenslave finds eth0 in the names before it and takes it for attached',
    ],
  ])('refuse members that ifenslave would not attach: %j', (said, message) => {
    expect(lossesOf({ bonds: { bond0: said } })).toEqual([`error: ${message}`])
  })

  test('take members whose names only look alike', () => {
    expect(
      lossesOf({ bonds: { bond0: { members: ['eth0', 'eth0-a', 'eth00', 'aeth0', 'all', 'none'] } } }),
    ).toEqual([])
  })

  test('refuse a name of which ifup would make a VLAN', () => {
    expect(lossesOf({ ports: { eth0: {} }, bonds: { 'eth0.1': { members: ['eth1'] } } })).toEqual([
      'error: eth0.1: members is not written for ifupdown: ifup makes eth0.1 a VLAN of eth0 by its name',
    ])
    expect(lossesOf({ bonds: { 'eth0.1': { members: ['eth1'] } } })).toEqual([])
  })

  test('say why a delay is not written', () => {
    expect(lossesOf({ bonds: { bond0: { mode: 'active-backup', updelay: 200 } } })).toEqual([
      'warning: bond0: updelay 200 is not written for ifupdown: the driver refuses it while miimon is 0',
    ])
  })
})

describe('ports', () => {
  test('stand for themselves unless another device names them, and come up as they should', () => {
    expect(
      textOf({
        ports: {
          eth0: {},
          eth1: { mtu: 1400 },
          eth2: { optional: true },
          eth3: {},
          eth4: { mtu: 1400 },
          eth5: {},
        },
        bonds: { bond0: { members: ['eth0', 'eth1'] } },
        bridges: { br0: { ports: ['eth3', 'eth4'] } },
      }),
    ).toBe(`
allow-bond0 eth1
iface eth1 inet manual
    mtu 1400

allow-hotplug eth2
iface eth2 inet manual

auto eth4
iface eth4 inet manual
    mtu 1400

auto eth5
iface eth5 inet manual

auto bond0
iface bond0 inet manual
    bond-slaves eth0 eth1

auto br0
iface br0 inet manual
    bridge-ports eth3 eth4
`)
  })

  test('can be the loopback device', () => {
    expect(textOf({ ports: { lo: { addresses: ['192.0.2.1/32'] } } })).toBe(`
auto lo
iface lo inet static
    address 192.0.2.1/32
`)
  })

  test('have options of members only in a bond', () => {
    expect(lossesOf({ ports: { eth0: { prio: 5 } } })).toEqual([
      'warning: eth0: prio 5 is not written for ifupdown: the port is a member of no bond',
    ])
  })
})

describe('stanzas', () => {
  const stanzas = (said: Fields): string => textOf({ ports: { eth0: said } }).replace('\nauto eth0\n', '')

  test('one for each address, in the order that was said; the link in the first', () => {
    const addresses = ['2001:db8::1/64', '192.0.2.1/24', '192.0.2.2/24']
    expect(textOf({ bonds: { bond0: { mac: '52:54:00:00:00:01', addresses } } })).toBe(`
auto bond0
iface bond0 inet6 static
    address 2001:db8::1/64
    bond-slaves none
    hwaddress 52:54:00:00:00:01

iface bond0 inet static
    address 192.0.2.1/24

iface bond0 inet static
    address 192.0.2.2/24
`)
  })

  test.each([
    [{ mtu: 9000 }, ['inet manual']],
    [{ mtu: 9000, addresses: ['192.0.2.1/24'] }, ['inet static']],
    // In an inet6 stanza, mtu is that of the protocol; inet dhcp has none.
    [{ mtu: 9000, addresses: ['2001:db8::1/64'] }, ['inet manual', 'inet6 static']],
    [{ mtu: 9000, dhcp4: true }, ['inet manual', 'inet dhcp']],
    [{ dhcp4: true, dhcp6: true }, ['inet dhcp', 'inet6 dhcp']],
    // Fixed addresses go before a client that may give up.
    [{ dhcp4: true, addresses: ['192.0.2.1/24'] }, ['inet static', 'inet dhcp']],
    // A static stanza switches autoconf off, so auto follows it.
    [{ 'accept-ra': true, addresses: ['2001:db8::1/64'] }, ['inet6 static', 'inet6 auto']],
    [{ 'accept-ra': false, addresses: ['2001:db8::1/64'] }, ['inet6 static']],
    [{ 'accept-ra': false }, ['inet6 auto']],
    [{ 'accept-ra': true, dhcp6: true }, ['inet6 dhcp']],
  ])('%j need %j', (said, heads) => {
    expect([...stanzas(said).matchAll(/^iface eth0 (.*)$/gm)].map(match => match[1])).toEqual(heads)
  })

  test.each([
    [{ 'accept-ra': true }, ['iface eth0 inet6 auto']],
    [{ 'accept-ra': false }, ['iface eth0 inet6 auto', 'accept_ra 0']],
    [{ 'accept-ra': true, dhcp6: true }, ['iface eth0 inet6 dhcp', 'accept_ra 2', 'autoconf 1']],
    [{ 'accept-ra': false, dhcp6: true }, ['iface eth0 inet6 dhcp', 'accept_ra 0']],
    [
      { 'accept-ra': false, addresses: ['2001:db8::1/64', '2001:db8::2/64'] },
      [
        'iface eth0 inet6 static',
        'address 2001:db8::1/64',
        'accept_ra 0',
        'iface eth0 inet6 static',
        'address 2001:db8::2/64',
      ],
    ],
  ])('%j is said as %j', (said, lines) => {
    expect(
      stanzas(said)
        .split('\n')
        .filter(Boolean)
        .map(line => line.trim()),
    ).toEqual(lines)
  })

  test('commands of the link do not wait for a DHCP client', () => {
    expect(textOf({ bonds: { bond0: { mode: '802.3ad', 'min-links': 1, dhcp4: true } } })).toBe(`
auto bond0
iface bond0 inet manual
    bond-slaves none
    bond-mode 802.3ad
    up echo 1 > /sys/class/net/$IFACE/bonding/min_links

iface bond0 inet dhcp
`)
  })

  test('resolvers stand in the last stanza of a family, as a later one empties what resolvconf was told', () => {
    const nameservers = { addresses: ['192.0.2.53'] }
    const order = (said: Fields) =>
      stanzas({ ...said, nameservers })
        .split('\n')
        .filter(line => /^iface|dns/.test(line))
        .map(line => line.replace(/^iface eth0 /, '').trim())
    const dns = 'dns-nameservers 192.0.2.53'
    expect(order({ addresses: ['192.0.2.1/24', '192.0.2.2/24', '2001:db8::1/64'] })).toEqual([
      'inet static',
      'inet static',
      dns,
      'inet6 static',
    ])
    expect(order({ mtu: 1400, addresses: ['2001:db8::1/64'] })).toEqual(['inet manual', 'inet6 static', dns])
    expect(order({})).toEqual(['inet manual', dns])
  })

  const routed = (addresses: readonly string[], routes: readonly Fields[]) =>
    stanzas({ addresses, routes })
      .split('\n')
      .filter(line => /^iface|gateway|metric|route/.test(line))
      .map(line => line.replace(/^iface eth0 /, '').trim())

  test('the default route is the gateway of the first address, others are commands where all addresses are there', () => {
    expect(
      routed(
        ['192.0.2.1/24', '192.0.2.2/24', '2001:db8::1/64'],
        [
          { to: 'default', via: '192.0.2.254', metric: 5 },
          { to: '198.51.100.0/24', via: '192.0.2.253', metric: 7, table: 100 },
          { to: '203.0.113.0/24' },
          { to: 'default', via: '2001:db8::fe' },
          { to: '2001:db8:1::/48', via: '2001:db8::fd' },
          { to: 'default', via: '2001:db8::fd', metric: 9 },
        ],
      ),
    ).toEqual([
      'inet static',
      'gateway 192.0.2.254',
      'metric 5',
      'inet static',
      'up ip route add 198.51.100.0/24 via 192.0.2.253 dev $IFACE metric 7 table 100',
      'up ip route add 203.0.113.0/24 dev $IFACE',
      'inet6 static',
      'gateway 2001:db8::fe',
      'up ip -6 route add 2001:db8:1::/48 via 2001:db8::fd dev $IFACE',
      'up ip -6 route add default via 2001:db8::fd dev $IFACE metric 9',
    ])
  })

  test('a default that is said late, in a table, or without an address is a command', () => {
    expect(
      routed(
        ['192.0.2.1/24'],
        [
          { to: '198.51.100.0/24', via: '192.0.2.2' },
          { to: 'default', via: '192.0.2.3' },
        ],
      ),
    ).toEqual([
      'inet static',
      'up ip route add 198.51.100.0/24 via 192.0.2.2 dev $IFACE',
      'gateway 192.0.2.3',
    ])
    expect(routed(['192.0.2.1/24'], [{ to: 'default', via: '192.0.2.3', table: 7 }])).toEqual([
      'inet static',
      'up ip route add default via 192.0.2.3 dev $IFACE table 7',
    ])
    expect(routed([], [{ to: 'default' }, { to: 'default', via: 'fe80::1' }, { to: '::/0' }])).toEqual([
      'inet manual',
      'up ip route add default dev $IFACE',
      'up ip -6 route add default via fe80::1 dev $IFACE',
      'up ip -6 route add ::/0 dev $IFACE',
    ])
    expect(routed([], [{ to: '198.51.100.0/24', via: 'fe80::1' }])).toEqual([
      'inet manual',
      'up ip route add 198.51.100.0/24 via inet6 fe80::1 dev $IFACE',
    ])
  })

  test('no route of IPv6 leads by IPv4', () => {
    expect(lossesOf({ ports: { eth0: { routes: [{ to: '2001:db8::/32', via: '192.0.2.1' }] } } })).toEqual([
      'error: eth0: routes is not written for ifupdown: no kernel has a route to 2001:db8::/32 by 192.0.2.1',
    ])
  })

  test('only a port can be left to udev', () => {
    const optional = 'optional true is not written for ifupdown'
    expect(
      lossesOf({
        bonds: { bond0: { members: ['eth0'], optional: true } },
        ports: { eth0: { optional: true } },
      }),
    ).toEqual([
      `warning: eth0: ${optional}: a member comes up with its bond, and is not waited for by itself`,
      `warning: bond0: ${optional}: ifup makes the device itself, so there is no hotplug event that could bring it up`,
    ])
  })
})

describe('VLANs', () => {
  test('by their name where that says it, by the hook where that knows it, else by a command', () => {
    expect(
      textOf({
        vlans: {
          'bond0.10': { id: 10, link: 'bond0' },
          vlan20: { id: 20, link: 'bond0', addresses: ['192.0.2.1/24'] },
          mgmt: { id: 30, link: 'bond0' },
          vlan7: { id: 40, link: 'bond0' },
        },
        bonds: { bond0: { members: ['eth0'] } },
      }).replace(/^.*eth0\n/s, ''),
    ).toBe(`
auto bond0.10
iface bond0.10 inet manual

auto vlan20
iface vlan20 inet static
    address 192.0.2.1/24
    vlan-raw-device bond0

auto mgmt
iface mgmt inet manual
    pre-up ip link add link bond0 name $IFACE type vlan id 30
    post-down ip link del dev $IFACE

auto vlan7
iface vlan7 inet manual
    pre-up ip link add link bond0 name $IFACE type vlan id 40
    post-down ip link del dev $IFACE
`)
  })

  test('come after the bridge that they stand on, which must carry them itself if it is vlan-aware', () => {
    expect(
      textOf({
        vlans: {
          mgmt: { id: 30, link: 'vmbr0' },
          'vmbr1.5': { id: 5, link: 'vmbr1' },
          deep: { id: 6, link: 'mgmt' },
          low: { id: 7, link: 'eth0' },
        },
        bridges: { vmbr0: { ports: ['low'], 'vlan-aware': true }, vmbr1: { 'vlan-aware': false } },
      }),
    ).toBe(`
auto eth0
iface eth0 inet manual

auto low
iface low inet manual
    pre-up ip link add link eth0 name $IFACE type vlan id 7
    post-down ip link del dev $IFACE

auto vmbr0
iface vmbr0 inet manual
    bridge-ports low
    bridge-vlan-aware yes

auto vmbr1
iface vmbr1 inet manual
    bridge-ports none
    bridge-vlan-aware no

auto mgmt
iface mgmt inet manual
    pre-up ip link add link vmbr0 name $IFACE type vlan id 30
    pre-up bridge vlan add dev vmbr0 vid 30 self
    post-down ip link del dev $IFACE

auto vmbr1.5
iface vmbr1.5 inet manual

auto deep
iface deep inet manual
    pre-up ip link add link mgmt name $IFACE type vlan id 6
    post-down ip link del dev $IFACE
`)
  })

  test('whose name ifup would take for another VLAN are made by the stanza of their link', () => {
    const made = (vlans: Fields, others: Fields = {}) =>
      textOf({ vlans, ...others })
        .split('\n')
        .filter(line => /^iface|ip link/.test(line))
        .map(line => line.trim())
    expect(made({ 'eth0.10': { id: 10, link: 'eth0' }, 'eth0.10.20': { id: 20, link: 'eth0.10' } })).toEqual([
      'iface eth0 inet manual',
      'iface eth0.10 inet manual',
      'up ip link add link $IFACE name eth0.10.20 type vlan id 20',
      'iface eth0.10.20 inet manual',
    ])
    expect(made({ 'bond0.10': { id: 11, link: 'eth0' } })).toEqual([
      'iface eth0 inet manual',
      'up ip link add link $IFACE name bond0.10 type vlan id 11',
      'iface bond0.10 inet manual',
    ])
    // What has a dot inside its name ifdown deletes by itself.
    const home = { 'lan.home': { id: 7, link: 'eth0' } }
    expect(made(home)).toEqual([
      'iface eth0 inet manual',
      'iface lan.home inet manual',
      'pre-up ip link add link eth0 name $IFACE type vlan id 7',
    ])
    expect(made(home, { ports: { lan: {} } })).toEqual([
      'iface lan inet manual',
      'iface eth0 inet manual',
      'up ip link add link $IFACE name lan.home type vlan id 7',
      'iface lan.home inet manual',
    ])
  })

  test.each([
    [{ id: 1 }, 'id 1'],
    [{ link: 'eth0' }, 'link eth0'],
  ])('refuse half of one: %j', (said, shown) => {
    expect(lossesOf({ vlans: { mgmt: said } })).toEqual([
      `error: mgmt: ${shown} is not written for ifupdown: a VLAN has an id and a link, or it is none`,
    ])
  })
})

describe('bridges', () => {
  test('with the lines of bridge-utils, and the VLANs of each port', () => {
    expect(
      textOf({
        bonds: { bond0: { mtu: 9000 } },
        bridges: {
          br0: {
            ports: ['bond0', 'eth1'],
            stp: true,
            'forward-delay': 4,
            'vlan-aware': true,
            vlans: [10, '20-30'],
            mtu: 1500,
          },
          br1: { ports: ['eth2'], mtu: 1500, stp: false },
        },
      }).replace(/^.*9000\n/s, ''),
    ).toBe(`
auto br0
iface br0 inet manual
    bridge-ports bond0 eth1
    bridge-stp on
    bridge-fd 4
    bridge-vlan-aware yes
    up bridge vlan add dev bond0 vid 10
    up bridge vlan add dev eth1 vid 10
    up bridge vlan add dev bond0 vid 20-30
    up bridge vlan add dev eth1 vid 20-30
    up ip link set dev $IFACE mtu 1500

auto br1
iface br1 inet manual
    bridge-ports eth2
    bridge-stp off
    mtu 1500
`)
  })

  test.each([[['all']], [['eth0', 'regex']], [['none']]])('refuse %j as ports', ports => {
    expect(lossesOf({ bridges: { br0: { ports } } })).toEqual([
      expect.stringMatching(/^error: br0: ports is not written for ifupdown: bridge-utils does not take/),
    ])
  })

  test('say why VLANs are not written', () => {
    expect(lossesOf({ bridges: { br0: { vlans: [10] } } })).toEqual([
      'error: br0: vlans is not written for ifupdown: the bridge has no ports that could carry them',
    ])
  })
})

describe('files by other hands', () => {
  test('a bond of old, with its members saying it, numbers for names, and masks', () => {
    const { said, complaints, outside } = readText(`
source /etc/network/interfaces.d/*
auto eth0
iface eth0 inet manual
  bond-master bond0
  bond-primary eth0 eth1

allow-hotplug eth1
iface eth1 inet manual
  bond_master bond0

auto bond0
iface bond0 inet static
  address 192.0.2.10
  netmask 255.255.255.0
  network 192.0.2.0
  broadcast 192.0.2.255
  gateway 192.0.2.1
  hwaddress ether 52:54:00:00:00:01
  bond_mode 1
  bond_miimon 100
  bond-use-carrier yes
  bond-num-unsol-na 3
  slaves none
  dns_nameservers 192.0.2.53 192.0.2.54
  post-up route add -net 10.0.0.0/8 gw 192.0.2.2
`)
    expect(said).toEqual({
      'port eth0': {},
      'port eth1': { optional: true },
      'bond bond0': {
        members: ['eth0', 'eth1'],
        mode: 'active-backup',
        miimon: 100,
        'use-carrier': 'on',
        'num-grat-arp': 3,
        // The first word of its member's line.
        primary: 'eth0',
        addresses: ['192.0.2.10/24'],
        mac: '52:54:00:00:00:01',
        routes: [{ to: 'default', via: '192.0.2.1' }],
        nameservers: { addresses: ['192.0.2.53', '192.0.2.54'] },
      },
    })
    expect(complaints).toEqual([
      '26: bond0: post-up is a command that only a shell understands: what it does is in no intent, and it may change what was read',
    ])
    // The source is a file's, and taken in.
    expect(outside).toBe(0)
  })

  test('commands in other spellings', () => {
    const { said, complaints } = readText(`
iface bond0 inet manual
  pre-up /sbin/ip link add bond0 type bond mode 802.3ad lacp_active off
  bond-slaves eth0 eth1
  post-up echo "2">/sys/class/net/bond0/bonding/min_links || true
  up echo fast > /sys/class/net/\${IFACE}/bonding/lacp_rate
  up ip link set bond0 type bond resend_igmp 3 lp_interval 5
  up ip link set eth1 type bond_slave queue_id 3
  up ip ro add 10.0.0.0/8 via 192.0.2.1
  up ip r add 198.51.100.0/24 via 192.0.2.1 dev bond0 table main proto static || :
  up ip link set "$IFACE" mtu 9000
  down ip link del bond0
`)
    expect(complaints).toEqual([
      '9: bond0: up is a command that only a shell understands: what it does is in no intent, and it may change what was read',
    ])
    expect(said['bond bond0']).toEqual({
      members: ['eth0', 'eth1'],
      mode: '802.3ad',
      'lacp-active': 'off',
      'lacp-rate': 'fast',
      'min-links': 2,
      'resend-igmp': 3,
      'lp-interval': 5,
      mtu: 9000,
      routes: [{ to: '198.51.100.0/24', via: '192.0.2.1', table: 254 }],
    })
    expect(said['port eth1']).toEqual({ 'queue-id': 3 })
  })

  test('commands that a shell would make more of are left alone', () => {
    const commands = [
      'echo 1 > /sys/class/net/$IFACE/bonding/min_links; reboot',
      'echo $(id) > /sys/class/net/$IFACE/bonding/min_links',
      'echo `id` > /sys/class/net/$IFACE/bonding/min_links',
      'echo "$X" > /sys/class/net/$IFACE/bonding/min_links',
      'echo 1 >> /sys/class/net/$IFACE/bonding/min_links',
      'echo 1 2> /sys/class/net/$IFACE/bonding/min_links',
      'test -e /x && ip link set $IFACE mtu 9000',
      'ip link set eth* mtu 9000',
      'ip link set $IFACEX mtu 9000',
      'ip link set $IFACE mtu 9000 # more',
      "ip link set '$IFACE' mtu 9000",
      'ip link set $IFACE mtu 9000 txqueuelen 5',
      'ip route add default via 192.0.2.1 dev eth9',
      'ip route add default nexthop via 192.0.2.1 weight 1',
      'sysctl -w net.ipv6.conf.all.disable_ipv6=1',
    ]
    for (const command of commands) {
      const { said, complaints } = readText(`iface eth0 inet manual\n  up ${command}\n`)
      expect([command, said, complaints]).toEqual([
        command,
        { 'port eth0': {} },
        [
          '2: eth0: up is a command that only a shell understands: what it does is in no intent, and it may change what was read',
        ],
      ])
    }
  })

  test('what stanzas inherit, and what stands outside all devices', () => {
    const { said, complaints, outside } = readText(`
iface base inet static
  mtu 9000
  gateway 192.0.2.1
auto eth0 eth9
iface eth0 inet static inherits base
  address 192.0.2.10/24
mapping eth*
  script /bin/true
no-auto-down eth0
`)
    expect(said).toEqual({
      'port eth0': { mtu: 9000, addresses: ['192.0.2.10/24'], routes: [{ to: 'default', via: '192.0.2.1' }] },
    })
    expect(complaints).toEqual([])
    // eth9, mapping, no-auto-down
    expect(outside).toBe(3)
  })

  test('VLANs by name and by their raw device; addresses without a length', () => {
    const { said } = readText(`
iface eth0.0010 inet static
  address 10.1.2.3
iface vlan20 inet6 static
  vlan_raw_device bond0
  address 2001:db8::1
iface br0.30 inet static
  vlan-raw-device br0
  address 192.0.2.1
  netmask 26
`)
    expect(said).toEqual({
      'vlan eth0.0010': { id: 10, link: 'eth0', addresses: ['10.1.2.3/8'] },
      'vlan vlan20': { id: 20, link: 'bond0', addresses: ['2001:db8::1/128'] },
      'vlan br0.30': { id: 30, link: 'br0', addresses: ['192.0.2.1/26'] },
      'port eth0': {},
      'port bond0': {},
      'port br0': {},
    })
  })

  test('lists whose words are no names', () => {
    const { said, complaints } = readText(`
iface bond0 inet manual
  bond-mode 0
  bond-slaves all
iface br0 inet manual
  bridge_ports regex eth.*
iface br1 inet manual
  bridge_ports all
iface br2 inet manual
  bridge_ports none
`)
    expect(said).toEqual({
      'bond bond0': { mode: 'balance-rr' },
      'bridge br0': {},
      'bridge br1': {},
      'bridge br2': {},
    })
    expect(complaints).toEqual([
      '4: bond0: bond-slaves names no members: ifenslave takes whatever it finds whose name begins with eth',
      '6: br0: bridge-ports is a pattern: which devices are meant, only the machine knows, so nothing is made of it',
      '8: br1: bridge-ports is a pattern: which devices are meant, only the machine knows, so nothing is made of it',
    ])
  })

  test.each([
    ['glob eth[0-3]', /ifupdown2 has them; ifenslave takes each word for the name of a device/],
    ['regex eth.*', /ifupdown2 has them; ifenslave/],
    ['noglob eth0', /ifupdown2 has them; ifenslave/],
    ['/eth.*/', /has a word that is no name of a device/],
    ['eth0 , eth1', /has a word that is no name of a device/],
  ])('no member is called %s', (list, complaint) => {
    const { said, complaints } = readText(`
iface bond0 inet manual
  bond-mode 0
  bond-slaves ${list}
`)
    expect(said).toEqual({ 'bond bond0': { mode: 'balance-rr' } })
    expect(complaints).toEqual([expect.stringMatching(complaint)])
  })

  test('what is not understood is said, with its line', () => {
    const { complaints } = readText(`
iface bond0 inet static
  address 192.0.2.300/24
  gateway nowhere
  metric 5
  mtu big
  bond-mode 7
  bond-slaves eth0
  bond-min-links 1
  bond-queue-id eth0:2
  netmask
`)
    expect(complaints.toSorted()).toEqual(
      [
        '11: netmask has no value, and ifup reads nothing of such a file',
        ...[
          '3: bond0: 192.0.2.300/24 is no value of address',
          '4: bond0: gateway is not understood',
          '5: bond0: metric is not understood',
          '6: bond0: big is no value of mtu',
          '7: bond0: 7 is no value of bond-mode',
          '9: bond0: bond-min-links is not understood',
          '10: bond0: bond-queue-id is not understood',
          '11: bond0: netmask is not understood',
        ].map(what => `${what}, so nothing is made of it`),
      ].toSorted(),
    )
  })

  test('places stand where the words do', () => {
    const text =
      'auto bond0\niface bond0 inet static\n  address 192.0.2.1/24\n  bond-slaves eth0  eth1\n  bond-mode 4\n'
    const { origin } = readText(text)
    const at = (...path: readonly (string | number)[]) => {
      const region = origin.regionOf({ path: ['hosts', 'h1', ...path], part: 'value' })
      return text
        .split('\n')
        [(region?.line ?? 1) - 1]?.slice((region?.column ?? 1) - 1, (region?.endColumn ?? 1) - 1)
    }
    expect(at('bonds', 'bond0', 'mode')).toBe('4')
    expect(at('bonds', 'bond0', 'addresses')).toBe('192.0.2.1/24')
    expect(at('bonds', 'bond0', 'members')).toBe('eth0  eth1')
    expect(at('ports', 'eth1')).toBe('eth1')
    expect(at('bonds', 'bond0')).toBe('bond0')
  })
})

describe('laws', () => {
  test('what comes back is what was said, less what was reported', () => {
    fc.assert(
      fc.property(
        anyHost,
        fc.constantFrom(undefined, ...ifupdown.versions),
        (host, version) => void expectReturn(host, ifupdown, version),
      ),
      { numRuns: 300 },
    )
  })

  test('any text is read without a throw', () => {
    const words = [
      'iface', 'auto', 'bond0', 'eth0', 'eth0.5', 'vlan7', 'inet', 'inet6', 'static', 'manual', 'auto', 'dhcp', 'inherits',
      'bond-slaves', 'bond-mode', 'bridge-ports', 'bond-master', 'vlan-raw-device', 'address', 'netmask', 'gateway', 'metric',
      'up', 'pre-up', 'ip', 'link', 'add', 'set', 'route', 'type', 'bond', 'vlan', 'id', 'via', 'dev', 'echo', '>', '$IFACE',
      '"', "'", '\\', '192.0.2.1/24', '2001:db8::1', '1', 'none', '\n', '\n  ', '\n  ', '\n',
    ] // biome-ignore format: a list of words
    const text = fc
      .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 3 })))
      .map(all => all.join(' '))
    fc.assert(
      fc.property(text, one => void readText(one)),
      { numRuns: 1000 },
    )
  })
})
