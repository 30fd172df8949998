// networkd: the shapes that its table cannot show, files as others write them, and the laws that hold for every target.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { devicesOf, type Host } from '../../src/intent/intent.ts'
import { sourceText } from '../../src/intent/text.ts'
import { deviceSubjects, rowsOf } from '../../src/options/index.ts'
import { networkd } from '../../src/targets/host/networkd.ts'
import { span } from '../../src/targets/host/networkd-shapes.ts'
import { recall } from '../../src/targets/recall.ts'
import { renderHost } from '../../src/targets/write.ts'
import { anyHost } from '../support/intents.ts'
import { read } from '../support/read.ts'
import { expectReturn } from '../support/return.ts'

function hostOf(yaml: string): Host {
  const { intent, diagnostics } = read(yaml)
  expect(diagnostics).toEqual([])
  const [host] = intent.hosts
  if (host === undefined) throw new Error('the intent has no host')
  return host
}

/** The rendered files by their names without folder and number, and what was reported. */
function render(yaml: string, version?: string) {
  const { files, lost } = renderHost(hostOf(yaml), networkd, templates, version)
  const named = files.map(
    ({ path, content }) => [path.replace('etc/systemd/network/05-', ''), content] as const,
  )
  return { files: new Map(named), lost: lost.map(({ severity, message }) => `${severity}: ${message}`) }
}

/** The lines of one section; several sections of a name follow each other. */
function section(content: string | undefined, name: string): readonly string[] {
  const parts = (content ?? '').split(/^(?=\[)/m)
  return parts
    .filter(part => part.startsWith(`[${name}]\n`))
    .flatMap(part => part.split('\n').slice(1))
    .filter(line => line !== '')
}

describe('laws', () => {
  test.each(networkd.versions)(
    'what comes back from %s is what was said, less what was reported',
    version => {
      fc.assert(
        fc.property(anyHost, host => void expectReturn(host, networkd, version)),
        { numRuns: 150 },
      )
    },
  )

  test('every option of every device has a stance', () => {
    const missing = deviceSubjects.flatMap(subject =>
      Object.entries(rowsOf(subject))
        .filter(
          ([id, row]) => !row.fact && row.side !== 'switch' && !(id in (networkd.spellings[subject] ?? {})),
        )
        .map(([id]) => `${subject}.${id}`),
    )
    expect(missing).toEqual([])
  })

  test('every file says whose it is and may be read by the daemon', () => {
    const host = hostOf(
      '{bonds: {bond0: {members: [eth0]}}, vlans: {v: {id: 1, link: bond0}}, bridges: {br0: {ports: [v]}}}',
    )
    const { files } = renderHost(host, networkd, templates)
    expect(files.map(({ path }) => path)).toEqual(
      [
        'bond0.netdev',
        'v.netdev',
        'br0.netdev',
        'eth0.network',
        'bond0.network',
        'v.network',
        'br0.network',
        'bond0.link',
      ].map(name => `etc/systemd/network/05-${name}`),
    )
    for (const { mode, content } of files) {
      expect(mode).toBe(0o644)
      expect(content.startsWith('# Written by bondplan. Change the intent, not this file.\n')).toBe(true)
      expect(content).not.toMatch(/\n\n\n|\n\n$|[^\n]$| \n/)
    }
  })
})

describe('a bond', () => {
  test('always says its mode, and delays with their unit', () => {
    const { files } = render('{bonds: {bond0: {members: [eth0], miimon: 100, updelay: 200, downdelay: 0}}}')
    expect(section(files.get('bond0.netdev'), 'Bond')).toEqual([
      'Mode=balance-rr',
      'MIIMonitorSec=100ms',
      'UpDelaySec=200ms',
      'DownDelaySec=0ms',
    ])
  })

  test('takes the address of its first member unless it is given one', () => {
    const { files } = render(
      '{bonds: {a: {members: [eth0]}, b: {members: [eth1], mac: "02:00:00:00:00:01"}}}',
    )
    expect(section(files.get('a.netdev'), 'NetDev')).toEqual(['Name=a', 'Kind=bond', 'MACAddress=none'])
    expect(section(files.get('b.netdev'), 'NetDev')).toEqual([
      'Name=b',
      'Kind=bond',
      'MACAddress=02:00:00:00:00:01',
    ])
    for (const name of ['a', 'b']) {
      expect(section(files.get(`${name}.link`), 'Match')).toEqual([`OriginalName=${name}`])
      expect(section(files.get(`${name}.link`), 'Link')).toEqual(['MACAddressPolicy=none'])
    }
  })

  test('names its primary with the member', () => {
    const { files } = render('{bonds: {bond0: {mode: active-backup, members: [eth0, eth1], primary: eth1}}}')
    expect(section(files.get('eth0.network'), 'Network')).toEqual(['Bond=bond0', 'LinkLocalAddressing=no'])
    expect(section(files.get('eth1.network'), 'Network')).toEqual([
      'Bond=bond0',
      'LinkLocalAddressing=no',
      'PrimarySlave=yes',
    ])
  })

  test('keeps to itself what only a newer networkd or none can say', () => {
    const yaml =
      '{bonds: {bond0: {mode: active-backup, members: [eth0], miimon: 100, peer-notif-delay: 200}}}'
    expect(section(render(yaml).files.get('bond0.netdev'), 'Bond')).toContain('PeerNotifyDelaySec=200ms')
    const older = render(yaml, '252')
    expect(older.files.get('bond0.netdev')).not.toContain('PeerNotify')
    expect(older.lost).toEqual([
      expect.stringContaining('has PeerNotifyDelaySec from 256, and 252 was asked for'),
    ])
  })

  test.each([
    ['mode: 802.3ad, miimon: 0', /^error: .*does not send a 0/],
    ['mode: 802.3ad, xmit-hash-policy: vlan+srcmac', /^warning: .*would keep layer2/],
    ['mode: 802.3ad, ad-actor-system: "00:00:00:00:00:00"', /^note: .*no way to write/],
    ['mode: 802.3ad, ad-actor-system: "01:00:00:00:00:01"', /^warning: .*no way to write/],
    ['mode: active-backup, active-slave: eth0', /^warning: .*refuses a port that has no link yet/],
    ['mode: active-backup, primary: eth9', /^warning: .*eth9 is none of bond0/],
    ['mode: balance-rr, primary: eth0', /^error: .*the driver refuses primary/],
    ['mode: balance-alb, lp-interval: 5', /^warning: .*only together with an ARP interval/],
    ['mtu: 1000', /^warning: .*no way to write/],
    ['mac: "01:00:00:00:00:01"', /^warning: .*no way to write/],
    ['addresses: [0.0.0.0/24]', /^error: .*request to choose one/],
    ['nameservers: {search: [localhost]}', /^warning: .*searches no localhost/],
  ])('reports %s', (options, report) => {
    const { lost } = render(`{bonds: {bond0: {members: [eth0], ${options}}}}`)
    expect(lost).toEqual([expect.stringMatching(report)])
  })
})

describe('what a device carries', () => {
  const dhcp = [
    ['dhcp4: true', 'DHCP=ipv4'],
    ['dhcp6: true', 'DHCP=ipv6'],
    ['dhcp4: true, dhcp6: true', 'DHCP=yes'],
    ['dhcp4: true, dhcp6: false', 'DHCP=ipv4'],
    ['dhcp4: false, dhcp6: true', 'DHCP=ipv6'],
    ['dhcp4: false', 'DHCP=no'],
    ['dhcp6: false', 'DHCP=no'],
    ['dhcp4: false, dhcp6: false', 'DHCP=no'],
  ] as const
  test.each(dhcp)('%s is %s', (options, line) => {
    const { files } = render(`{bonds: {bond0: {members: [eth0], ${options}}}}`)
    const lines = section(files.get('bond0.network'), 'Network').filter(one => one.startsWith('DHCP='))
    expect(lines).toEqual([line])
  })

  test('what a member or a bridge port cannot have is reported and not written', () => {
    const { files, lost } = render(`
      ports: {eth0: {addresses: [192.0.2.1/24], dhcp4: true, dhcp6: false, accept-ra: true, routes: [{to: default}]}}
      bonds: {bond0: {members: [eth0], dhcp4: true, dhcp6: true, accept-ra: true}}
      bridges: {br0: {ports: [bond0]}}
    `)
    expect(section(files.get('eth0.network'), 'Network')).toEqual(['Bond=bond0', 'LinkLocalAddressing=no'])
    expect(files.get('bond0.network')).toContain('DHCP=ipv4\n')
    expect(files.get('bond0.network')).not.toContain('IPv6')
    expect(lost.map(line => /: (\S+): (\S+)/.exec(line)?.slice(1).join(' '))).toEqual([
      'eth0 dhcp4',
      'eth0 accept-ra',
      'eth0 addresses',
      'eth0 routes',
      'bond0 dhcp6',
      'bond0 accept-ra',
    ])
  })

  test('routes are a section each', () => {
    const { files, lost } = render(`
      bonds:
        bond0:
          members: [eth0]
          addresses: [192.0.2.9/24]
          routes:
            - {to: default, via: 192.0.2.1, metric: 5}
            - {to: default}
            - {to: 198.51.100.0/24, table: 100}
            - {to: "2001:db8::/32", via: 192.0.2.1}
            - {to: 203.0.113.0/24, via: 0.0.0.0}
            - {to: 203.0.113.0/24, via: "fe80::1"}
    `)
    const routes = (files.get('bond0.network') ?? '').split('\n[Route]\n').slice(1)
    expect(routes.map(route => route.trimEnd())).toEqual([
      'Gateway=192.0.2.1\nMetric=5',
      'Gateway=0.0.0.0',
      'Destination=198.51.100.0/24\nTable=100',
      'Destination=203.0.113.0/24\nGateway=fe80::1',
    ])
    expect(lost).toEqual([
      expect.stringContaining(
        '2001:db8::/32 cannot be reached by way of the IPv4 address 192.0.2.1; 0.0.0.0 is no next hop',
      ),
    ])
  })

  test('a next hop is on the link where no address is static', () => {
    const { files } = render(
      '{bonds: {bond0: {members: [eth0], dhcp4: true, routes: [{to: default, via: 192.0.2.1}]}}}',
    )
    expect(section(files.get('bond0.network'), 'Route')).toEqual(['Gateway=192.0.2.1', 'GatewayOnLink=yes'])
  })

  test('the boot waits for what was said and no longer than it can come true', () => {
    const { files } = render(`
      ports: {eth9: {speed: 1G}}
      bonds:
        plain: {members: [eth0], addresses: [192.0.2.1/24]}
        leased: {members: [eth1], dhcp4: true}
        unleased: {members: [eth2], dhcp4: false}
        bridged: {members: [eth3]}
        patient: {members: [eth4], optional: true}
        eager: {members: [eth5], optional: false}
      bridges: {br0: {ports: [bridged]}}
    `)
    const waits = [...files]
      .filter(([name]) => name.endsWith('.network'))
      .map(([name, content]) => [name.replace('.network', ''), section(content, 'Link').join()])
    expect(Object.fromEntries(waits)).toEqual({
      ...Object.fromEntries([0, 1, 2, 3, 4, 5].map(port => [`eth${port}`, 'RequiredForOnline=no'])),
      plain: 'RequiredForOnline=yes',
      leased: 'RequiredForOnline=yes',
      unleased: 'RequiredForOnline=degraded-carrier',
      bridged: 'RequiredForOnline=degraded-carrier',
      patient: 'RequiredForOnline=no',
      eager: 'RequiredForOnline=yes',
      // Nothing was said of these.
      eth9: 'RequiredForOnline=no-carrier',
      br0: 'RequiredForOnline=no-carrier',
    })
  })

  test('the VLANs of a bridge stand with it and with each of its ports', () => {
    const { files } = render(
      '{bonds: {bond0: {members: [eth0]}}, bridges: {br0: {ports: [bond0, eth1], vlan-aware: true, vlans: [10, 20-30]}}}',
    )
    for (const name of ['br0', 'bond0', 'eth1'])
      expect(section(files.get(`${name}.network`), 'BridgeVLAN')).toEqual(['VLAN=10', 'VLAN=20-30'])
    expect(section(files.get('br0.netdev'), 'Bridge')).toEqual(['VLANFiltering=yes'])
  })
})

/** Reads files as somebody else may have written them. */
function recallFrom(files: Readonly<Record<string, string>>) {
  const scanned = Object.entries(files).map(([path, content]) => {
    const { statements, diagnostics } = networkd.dialect.statements(content, path)
    expect(diagnostics).toEqual([])
    return { path, statements }
  })
  const { devices, outside } = networkd.recognise(scanned)
  const { host, diagnostics, origin } = recall(devices, networkd, 'h', (file, { start, end }) =>
    sourceText(file, files[file] ?? '').regionOf(start, end),
  )
  const textAt = (...path: (string | number)[]): string | undefined => {
    const region = origin.regionOf({ path: ['hosts', 'h', ...path], part: 'value' })
    return (
      region &&
      files[region.file]?.split('\n')[region.line - 1]?.slice(region.column - 1, region.endColumn - 1)
    )
  }
  const options = Object.fromEntries(
    devicesOf(host).map(device => [`${device.subject} ${device.name}`, device.options]),
  )
  return { options, diagnostics, outside, textAt }
}

describe('files of others', () => {
  test('are read by meaning, whichever file or word says it', () => {
    const { options, diagnostics, outside, textAt } = recallFrom({
      'run/systemd/network/20-bond.netdev': `
[NetDev]
Name=bond0
Kind=bond
MTUBytes=9000
MACAddress=02:00:00:00:00:07

[Bond]
Mode=active-backup
; in seconds
MIIMonitorSec=0.1
UpDelaySec=1s 500ms
ARPIPTargets=192.0.2.1 \\
  192.0.2.2
AllSlavesActive=1
`,
      'etc/systemd/network/21-members.network': `
[Match]
Name=eno1 eno2

[Network]
Bond=bond0
`,
      'etc/systemd/network/05-eno2.network': `
[Match]
Name=eno2

[Network]
Bond=bond0
PrimarySlave=on
`,
      'etc/systemd/network/22-bond0.network': `
[Match]
Name=bond0

[Network]
VLAN=v7
DHCP=both
Address=198.51.100.1/24
Address=
Address=192.0.2.10/24
Address=2001:db8::10/64
Gateway=192.0.2.1
DNS=192.0.2.53 192.0.2.54
Domains=example.net

[Route]
Destination=203.0.113.0/24
Table=main
`,
      'etc/systemd/network/23-v7.netdev': '[NetDev]\nName=v7\nKind=vlan\n[VLAN]\nId=7\n',
      'etc/systemd/network/10-eno1.link': '[Match]\nOriginalName=eno1\n[Link]\nMTUBytes=9000\n',
      'etc/systemd/network/30-dummy.netdev': '[NetDev]\nName=d0\nKind=dummy\n',
      'etc/systemd/network/99-all.network': '[Match]\nName=en*\n[Network]\nDHCP=yes\n',
    })
    expect(diagnostics).toEqual([])
    // Two lines of the dummy, two of the pattern.
    expect(outside).toBe(4)
    expect(options).toEqual({
      'port eno1': { mtu: 9000 },
      'port eno2': {},
      'bond bond0': {
        members: ['eno2', 'eno1'],
        mode: 'active-backup',
        miimon: 100,
        updelay: 1500,
        'arp-ip-target': ['192.0.2.1', '192.0.2.2'],
        'all-slaves-active': 'on',
        primary: 'eno2',
        mtu: 9000,
        mac: '02:00:00:00:00:07',
        dhcp4: true,
        dhcp6: true,
        addresses: ['192.0.2.10/24', '2001:db8::10/64'],
        routes: [
          { to: 'default', via: '192.0.2.1' },
          { to: '203.0.113.0/24', table: 254 },
        ],
        nameservers: { addresses: ['192.0.2.53', '192.0.2.54'], search: ['example.net'] },
      },
      'vlan v7': { id: 7, link: 'bond0' },
    })
    expect(textAt('bonds', 'bond0', 'miimon')).toBe('0.1')
    expect(textAt('bonds', 'bond0', 'primary')).toBe('on')
    expect(textAt('vlans', 'v7', 'link')).toBe('v7')
  })

  test('that say what is not known are not understood, at that line', () => {
    const { diagnostics } = recallFrom({
      'a.netdev':
        '[NetDev]\nName=bond0\nKind=bond\n[Bond]\nMode=802.3ad\nMIIMonitorSec=soon\nGreeting=hello\n',
      'b.network': '[Match]\nName=bond0\n[Network]\nDNS=resolver.example\n[Route]\nGateway=_dhcp4\n',
    })
    expect(diagnostics.map(({ code, region }) => `${code} ${region?.file}:${region?.line}`)).toEqual([
      'not-understood a.netdev:6',
      'not-understood a.netdev:7',
      'not-understood b.network:4',
      'not-understood b.network:6',
    ])
  })
})

describe('spans of time', () => {
  test.each([
    ['100ms', 100],
    ['100', 100_000],
    ['0.25', 250],
    ['1s 500ms', 1500],
    ['1min30s', 90_000],
    ['2 min', 120_000],
    ['1500us', undefined],
    ['2000 us', 2],
    ['', undefined],
    ['soon', undefined],
    ['5 fortnights', undefined],
    ['-1s', undefined],
  ])('%j is %j ms', (text, ms) => {
    expect(span('ms').read(text)).toBe(ms)
  })

  test('what is written is read, in either unit', () => {
    fc.assert(
      fc.property(fc.nat(2147483647), fc.constantFrom('ms' as const, 's' as const), (amount, unit) => {
        expect(span(unit).read(span(unit).write(amount) ?? '')).toBe(amount)
      }),
    )
  })
})
