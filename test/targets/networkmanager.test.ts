// NetworkManager: UUIDs against known values, the relations that its table cannot show, profiles as people write them, and
// the laws that hold for every target.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { keyfile } from '../../src/dialects/keyfile.ts'
import { networkmanager } from '../../src/targets/host/networkmanager.ts'
import { nameUuid, sha1 } from '../../src/targets/host/networkmanager-uuid.ts'
import { renderHost } from '../../src/targets/write.ts'
import { anyHost, hostOf } from '../support/intents.ts'
import { expectReturn, readBack } from '../support/return.ts'

const hex = (text: string): string =>
  sha1([...text].map(one => one.charCodeAt(0)))
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')

describe('UUIDs', () => {
  test.each([
    // FIPS 180-4, and the lengths around which the padding changes.
    ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '84983e441c3bd26ebaae4aa1f95129e5e54670f1'],
    ['a'.repeat(55), 'c1c8bbdc22796e28c0e15163d20899b65621d65a'],
    ['a'.repeat(64), '0098ba824b5c16427bd7a1122a5a442a25ec644d'],
  ])('SHA-1 of %j', (text, digest) => expect(hex(text)).toBe(digest))

  test('a name within a namespace', () => {
    const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
    expect(nameUuid('www.example.com', dns)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
    expect(nameUuid('bondplan.networkmanager', dns)).toBe('49c3e72e-6468-531e-9aca-e13fe9e128d8')
    expect(nameUuid('bond0')).not.toBe(nameUuid('bond1'))
  })
})

const rendered = (fields: Parameters<typeof hostOf>[0], version?: string) => {
  const { files, lost } = renderHost(hostOf(fields), networkmanager, templates, version)
  const of = (device: string): string =>
    files.find(({ path }) => path.endsWith(`/${device}.nmconnection`))?.content ?? ''
  return { files, of, lost: lost.map(({ message }) => message) }
}

const lines = (text: string): readonly string[] => text.split('\n')

test('a profile that only root can read, for every device', () => {
  const { files } = rendered({ bonds: { bond0: { members: ['eth0', 'eth1'] } } })
  expect(files.map(({ path, mode }) => [path, mode])).toEqual([
    ['etc/NetworkManager/system-connections/eth0.nmconnection', 0o600],
    ['etc/NetworkManager/system-connections/eth1.nmconnection', 0o600],
    ['etc/NetworkManager/system-connections/bond0.nmconnection', 0o600],
  ])
})

test('the driver polls where nothing is said of miimon, or does not, and so it is written', () => {
  const miimon = (mode: string): string =>
    rendered({ bonds: { bond0: { mode } } })
      .of('bond0')
      .match(/^miimon=.*$/m)?.[0] ?? ''
  expect(miimon('active-backup')).toBe('miimon=0')
  expect(miimon('802.3ad')).toBe('miimon=100')
})

test('a port names its bond in the words of the version', () => {
  const fields = {
    bonds: { bond0: { members: ['eth0'] } },
    bridges: { br0: { ports: ['bond0'] } },
  }
  const now = rendered(fields)
  expect(lines(now.of('eth0'))).toEqual(expect.arrayContaining(['controller=bond0', 'port-type=bond']))
  expect(lines(now.of('bond0'))).toEqual(expect.arrayContaining(['controller=br0', 'port-type=bridge']))
  const before = rendered(fields, '1.42')
  expect(lines(before.of('eth0'))).toEqual(expect.arrayContaining(['master=bond0', 'slave-type=bond']))
  expect(lines(before.of('bond0'))).toEqual(expect.arrayContaining(['master=br0', 'slave-type=bridge']))
})

describe('what makes NetworkManager refuse a whole profile is not written', () => {
  const bond = (options: Readonly<Record<string, unknown>>, version?: string) =>
    rendered({ bonds: { bond0: { mode: 'active-backup', ...options } } }, version)

  test.each([
    ['updelay without miimon', { updelay: 200 }, 'updelay', undefined],
    ['downdelay without miimon', { downdelay: 200, miimon: 0 }, 'downdelay', undefined],
    [
      'peer-notif-delay beside miimon',
      { miimon: 100, 'peer-notif-delay': 150 },
      'peer_notif_delay',
      undefined,
    ],
    ['arp-interval without targets', { 'arp-interval': 100 }, 'arp_interval', undefined],
    ['targets without arp-interval', { 'arp-ip-target': ['192.0.2.1'] }, 'arp_ip_target', undefined],
    [
      'arp-interval beside miimon',
      { miimon: 100, 'arp-interval': 100, 'arp-ip-target': ['192.0.2.1'] },
      'arp_interval',
      undefined,
    ],
    [
      'probes for IPv6 alone in old versions',
      { 'arp-interval': 100, 'ns-ip6-target': ['2001:db8::1'] },
      'arp_interval',
      '1.42',
    ],
    ['arp-missed-max in old versions', { 'arp-missed-max': 3 }, 'arp_missed_max', '1.42'],
  ])('%s', (_, options, key, version) => {
    const { of, lost } = bond(options, version)
    expect(of('bond0')).not.toContain(`${key}=`)
    expect(lost.join('\n')).toContain(key.replaceAll('_', '-'))
  })

  test('and what is sound is', () => {
    const { of, lost } = bond({ 'arp-interval': 100, 'arp-ip-target': ['192.0.2.1', '192.0.2.2'] })
    expect(lines(of('bond0'))).toEqual(
      expect.arrayContaining(['miimon=0', 'arp_interval=100', 'arp_ip_target=192.0.2.1,192.0.2.2']),
    )
    expect(lost).toEqual([])
  })

  test('a priority of what is no port of a bond', () => {
    const { of, lost } = rendered({ ports: { eth0: { prio: 5 } } })
    expect(of('eth0')).not.toContain('bond-port')
    expect(lost).toHaveLength(1)
  })

  test('routes and resolvers of a family that is off', () => {
    const { of, lost } = rendered({
      bonds: {
        bond0: {
          addresses: ['192.0.2.2/24'],
          routes: [{ to: 'default', via: '192.0.2.1' }, { to: '2001:db8::/32' }],
          nameservers: { addresses: ['192.0.2.53', '2001:db8::53'] },
        },
      },
    })
    expect(of('bond0')).not.toContain('2001:db8')
    expect(lines(of('bond0'))).toEqual(
      expect.arrayContaining(['address1=192.0.2.2/24', 'route1=0.0.0.0/0,192.0.2.1', 'dns=192.0.2.53;']),
    )
    expect(lost).toHaveLength(2)
  })
})

test.each([
  [{}, 'ignore'],
  [{ addresses: ['2001:db8::2/64'] }, 'manual'],
  [{ dhcp6: true }, 'auto'],
  [{ dhcp6: true, 'accept-ra': false }, 'dhcp'],
  [{ 'accept-ra': true }, 'auto'],
  [{ 'accept-ra': false }, 'link-local'],
])('IPv6 of %j is %s', (options, method) => {
  const text = rendered({ bonds: { bond0: options } }).of('bond0')
  expect(text.split('[ipv6]')[1]).toContain(`method=${method}`)
})

/** Profiles as they are found, read. */
function imported(texts: Readonly<Record<string, string>>) {
  const files = Object.entries(texts).map(([name, content]) => ({
    node: 'h1',
    target: 'networkmanager',
    path: `etc/NetworkManager/system-connections/${name}.nmconnection`,
    mode: 0o600,
    content,
  }))
  const { host, diagnostics, outside } = readBack(files, networkmanager, 'h1')
  return { host, outside, messages: diagnostics.map(({ message }) => message) }
}

test('profiles that name their bond by its UUID, with a gateway beside the address, and settings of no option', () => {
  const { host, messages, outside } = imported({
    bond: `[connection]
id=Bond connection 1
uuid=11111111-2222-4333-8444-555555555555
type=bond
interface-name=bond0
autoconnect-slaves=1

[bond]
mode=1
num_unsol_na=3
primary=eth0

[ipv4]
address1=192.0.2.10/24,192.0.2.1
dns=192.0.2.53;192.0.2.54;
dns-search=example.net;
may-fail=false
method=manual

[ipv6]
addr-gen-mode=stable-privacy
method=disabled
`,
    port: `[connection]
id=a port
type=802-3-ethernet
interface-name=eth0
master=11111111-2222-4333-8444-555555555555
slave-type=bond

[802-3-ethernet]
mtu=9000
`,
    vlan: `[connection]
type=vlan
interface-name=vlan7
[vlan]
flags=1
id=7
parent=11111111-2222-4333-8444-555555555555
[ipv4]
method=auto
`,
  })
  const [bond] = host.bonds
  expect(bond?.options).toEqual({
    members: ['eth0'],
    mode: 'active-backup',
    // What NetworkManager polls where its profile says nothing.
    miimon: 100,
    primary: 'eth0',
    'num-grat-arp': 3,
    addresses: ['192.0.2.10/24'],
    routes: [{ to: 'default', via: '192.0.2.1' }],
    nameservers: { addresses: ['192.0.2.53', '192.0.2.54'], search: ['example.net'] },
  })
  expect(host.ports.map(({ options }) => options)).toEqual([{ mtu: 9000 }])
  expect(host.vlans.map(({ options }) => options)).toEqual([{ id: 7, link: 'bond0', dhcp4: true }])
  // What is about other things is counted.
  expect({ messages, outside }).toEqual({ messages: [], outside: 1 })
})

describe('the dialect', () => {
  test('decodes escapes, continues no line and takes a semicolon for a value', () => {
    const { statements, diagnostics } = keyfile.statements('[a]\nb=one\\stwo\\\nc = ;x;\n# no\n', 'f')
    expect(diagnostics).toEqual([])
    expect(statements[0]?.inside.map(({ name, value }) => [name, value])).toEqual([
      ['b', 'one two\\'],
      ['c', ';x;'],
    ])
  })

  test.each(['b=c\n', '[a]\nnothing\n', '[a]\n; a comment elsewhere\n'])('%j is no keyfile', text => {
    expect(keyfile.statements(text, 'f').diagnostics).toHaveLength(1)
  })

  test('what it encodes it reads back; the rest it refuses', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom(';', '#', '[x]', '=')),
        text => {
          const encoded = keyfile.encode(text)
          if (encoded === undefined) return
          const { statements, diagnostics } = keyfile.statements(`[g]\nkey=${encoded}\n`, 'f')
          expect(diagnostics).toEqual([])
          expect(statements.map(({ inside }) => inside.map(({ value }) => value))).toEqual([[text]])
        },
      ),
    )
    for (const bad of ['a\nb', ' a', 'a ', 'a\\b', '']) expect(keyfile.encode(bad)).toBeUndefined()
  })
})

describe('laws', () => {
  test.each([...networkmanager.versions, '1.40'])(
    'what comes back from %s is what was said, less what was reported',
    version => {
      fc.assert(
        fc.property(anyHost, host => void expectReturn(host, networkmanager, version)),
        { numRuns: 60 },
      )
    },
  )
})
