// Hosts and switches from files of their own, joined by a list of cables: rules of both ends speak of both files.

import { describe, expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'
import { findings, lint } from './lint-support.ts'

const host = (mode: string, more = ''): string => `auto bond0
iface bond0 inet static
    address 192.0.2.10/24
    bond-slaves eth0 eth1
    bond-mode ${mode}
    bond-miimon 100
    bond-lacp-rate fast
    bond-xmit-hash-policy layer3+4
${more}`

const box = (mode: string, more = ''): string => `hostname sw1
port-channel load-balance src-dst-mixed-ip-port
interface Port-channel1
 switchport mode access
 switchport access vlan 1
 spanning-tree portfast
interface GigabitEthernet1/0/1
 lacp rate fast
 channel-group 1 mode ${mode}
interface GigabitEthernet1/0/2
 lacp rate fast
 channel-group ${more || '1'} mode ${mode}
`

const csv = 'host,port,switch,port\nweb1,eth0,sw1,Gi1/0/1\nweb1,eth1,sw1,Gi1/0/2\n'

const world = (own: string, other: string, cables = csv, name = 'cables.csv') => ({
  files: { 'hosts/web1/etc/network/interfaces': own, 'switches/a.cfg': other, [name]: cables },
})
const argv = (name = 'cables.csv') => ['hosts', 'switches', '--cabling', name]

/** What counts, without the notes of readers. */
const serious = async (...args: Parameters<typeof findings>): Promise<readonly string[]> =>
  (await findings(...args)).filter(one => / (?:error|warning)$/.test(one))

describe('lint', () => {
  test('says nothing of two ends that fit', async () => {
    expect(await serious(argv(), world(host('802.3ad'), box('active')))).toEqual([])
    expect(await serious(argv(), world(host('802.3ad'), box('passive')))).toEqual([])
  })

  test('says at the line of the switch what does not fit the host, and where the host says it', async () => {
    const { out } = await lint(argv(), world(host('802.3ad'), box('on')))
    expect(out).toContain('error[lacp-vs-static]')
    expect(out).toContain('switches/a.cfg:12:2')
    expect(out).toContain('hosts/web1/etc/network/interfaces:5')
  })

  test('says at the line of the cable what is wrong with it', async () => {
    const found = await serious(argv(), world(host('802.3ad'), box('active', '2')))
    expect(found.some(one => one.startsWith('cables.csv:') || one.startsWith('switches/a.cfg:'))).toBe(true)
  })

  test.each([
    ['JSON of lists', 'c.json', '[["web1", "eth0", "sw1", "Gi1/0/1"], ["web1", "eth1", "sw1", "Gi1/0/2"]]'],
    [
      'JSON of mappings',
      'c.json',
      '[{"host": "web1", "port": "eth0", "switch": "sw1", "switch-port": "Gi1/0/1"}, {"host": "web1", "port": "eth1", "switch": "sw1", "switch-port": "Gi1/0/2"}]',
    ],
    [
      'the ends turned round, quotes, comments and the name of the file',
      'c.csv',
      '# rack 4\n"sw1";"Gi1/0/1";web1;eth0\na; GigabitEthernet1/0/2; web1; eth1\n',
    ],
  ])('takes %s', async (_, name, cables) => {
    const found = await findings(argv(name), world(host('802.3ad'), box('on'), cables, name))
    expect(found.filter(one => one.includes('cabling'))).toEqual([])
    expect(found).toContain('switches/a.cfg:12 lacp-vs-static error')
  })

  test.each([
    ['web1,eth0,sw1\n', 'c.csv:1 cabling-malformed error'],
    ['web9,eth0,sw1,Gi1/0/1\n', 'c.csv:1 cabling-unknown warning'],
    ['web1,eth0,sw1,Gi1/0/1\nweb1,eth0,sw1,Gi1/0/2\n', 'c.csv:2 cabling-contradicts error'],
    ['{"x": 1}', 'c.csv:1 cabling-malformed error'],
    ['[[1, 2]]', 'c.csv:1 cabling-malformed error'],
  ])('%j: %s', async (cables, expected) => {
    expect(await findings(argv('c.csv'), world(host('802.3ad'), box('active'), cables, 'c.csv'))).toContain(
      expected,
    )
  })

  test('goes with one intent, not with --each', async () => {
    const { status, err } = await lint([...argv(), '--each'], world(host('802.3ad'), box('active')))
    expect(status).toBe(2)
    expect(err).toContain('--each')
  })
})

test('import prints both ends as one intent, cables and all', async () => {
  const { out, status } = await run(['import', ...argv()], world(host('802.3ad'), box('active')))
  expect(status).toBe(0)
  expect(out).toContain("to: 'sw1:Gi1/0/1'")
  const again = await run(['lint', '--format', 'json', 'i.yaml'], { files: { 'i.yaml': out } })
  const codes = (JSON.parse(again.out).diagnostics as { code: string; severity: string }[]).filter(
    one => one.severity !== 'note',
  )
  expect(codes).toEqual([])
})

describe('two switches', () => {
  const uplink = (name: string, ports: readonly [string, number][]): string =>
    `hostname ${name}\n${ports
      .map(([port, lag]) => `interface GigabitEthernet1/0/${port}\n channel-group ${lag} mode active\n`)
      .join(
        '',
      )}interface Port-channel1\n switchport mode trunk\ninterface Port-channel2\n switchport mode trunk\n`
  const cables = 'a,port,b,port\nsw1,Gi1/0/1,sw2,Gi1/0/1\nsw1,Gi1/0/2,sw2,Gi1/0/2\n'

  test('their LAGs belong together', async () => {
    const files = {
      'sw1.cfg': uplink('sw1', [
        ['1', 1],
        ['2', 1],
      ]),
      'sw2.cfg': uplink('sw2', [
        ['1', 2],
        ['2', 2],
      ]),
      'c.csv': cables,
    }
    const { out } = await run(['import', 'sw1.cfg', 'sw2.cfg', '--cabling', 'c.csv'], { files })
    expect(out).toContain("to: 'sw2:2'")
    expect(out).toContain("to: 'sw1:1'")
  })

  test('a cable in another LAG is said', async () => {
    const files = {
      'sw1.cfg': uplink('sw1', [
        ['1', 1],
        ['2', 1],
      ]),
      'sw2.cfg': uplink('sw2', [
        ['1', 1],
        ['2', 2],
      ]),
      'c.csv': cables,
    }
    expect(await findings(['sw1.cfg', 'sw2.cfg', '--cabling', 'c.csv'], { files })).toContain(
      'c.csv:3 cable-in-another-lag error',
    )
  })

  test('a pair that both say they are is one', async () => {
    const leaf = (name: string): string => `feature lacp
feature vpc
hostname ${name}
interface port-channel1
  switchport mode trunk
  vpc 1
interface Ethernet1/1
  switchport mode trunk
  lacp rate fast
  channel-group 1 mode active
`
    const files = {
      'hosts/web1/etc/network/interfaces': host('802.3ad'),
      'l1.cfg': leaf('l1'),
      'l2.cfg': leaf('l2'),
      'c.csv': 'web1,eth0,l1,Ethernet1/1\nweb1,eth1,l2,Ethernet1/1\n',
    }
    const found = await findings(['hosts', 'l1.cfg', 'l2.cfg', '--cabling', 'c.csv'], { files })
    expect(found.filter(one => one.includes('two-switches-without-mlag'))).toEqual([])
    const alone = { ...files, 'l2.cfg': leaf('l2').replace('  vpc 1\n', '') }
    const apart = await findings(['hosts', 'l1.cfg', 'l2.cfg', '--cabling', 'c.csv'], { files: alone })
    expect(apart.filter(one => one.includes('two-switches-without-mlag'))).toHaveLength(1)
  })
})

describe('intents whose ports name no cable', () => {
  const intent = `hosts:
  web[1-2]:
    target: ifupdown
    bonds:
      bond0: {members: [eth0, eth1], mode: 802.3ad, miimon: 100, xmit-hash-policy: layer3+4}
    ports: {eth0: {speed: 10G}, eth1: {speed: 10G}}
switches:
  sw1: {platform: cisco-ios}
traffic:
  - {from: web1, to: web2, streams: 4}
`
  const cables =
    'host,port,switch,port\nweb1,eth0,sw1,Gi1/0/1\nweb1,eth1,sw1,Gi1/0/2\nweb2,eth0,sw1,Gi1/0/3\nweb2,eth1,sw1,Gi1/0/4\n'
  const files = { 'net/i.yaml': intent, 'net/cables.csv': cables }
  const withCables = (command: string, list = cables, ...more: readonly string[]) =>
    run([command, 'net', '--cabling', 'net/cables.csv', ...more], {
      files: { ...files, 'net/cables.csv': list },
    })
  /** The same, said in the intent. */
  const said = intent.replace(
    '{eth0: {speed: 10G}, eth1: {speed: 10G}}',
    "{eth0: {speed: 10G, to: 'sw1:Gi1/0/{(n-1)*2+1}'}, eth1: {speed: 10G, to: 'sw1:Gi1/0/{n*2}'}}",
  )

  test.each(['render', 'predict', 'inventory'])(
    '%s does what it does where they name them',
    async command => {
      const without = await run([command, 'net'], { files: { 'net/i.yaml': intent } })
      const inIntent = await run([command, 'net'], { files: { 'net/i.yaml': said } })
      const listed = await withCables(command)
      expect(inIntent.status).toBe(0)
      expect({ status: listed.status, out: listed.out, err: listed.err }).toEqual({
        status: 0,
        out: inIntent.out,
        err: inIntent.err,
      })
      expect(listed.out).not.toBe(without.out)
    },
  )

  test('render writes both LAGs of the switch', async () => {
    const { out } = await withCables('render')
    expect(out).toContain('==> sw1/')
    for (const port of [1, 2, 3, 4])
      expect(out).toMatch(new RegExp(`interface GigabitEthernet1/0/${port}\\n`))
  })

  test('render reads a list as JSON that lies among the intents, and takes it for none', async () => {
    const list = JSON.stringify([
      ['web1', 'eth0', 'sw1', 'Gi1/0/1'],
      ['web1', 'eth1', 'sw1', 'Gi1/0/2'],
    ])
    const { err, out } = await run(['render', 'net', '--cabling', './net/c.json', '--format', 'json'], {
      files: { 'net/i.yaml': intent, 'net/c.json': list },
    })
    expect(err).toBe('')
    expect(out).toContain('GigabitEthernet1/0/1')
  })

  test.each(['render', 'predict', 'inventory'])(
    '%s says at its place what a list says wrong',
    async command => {
      const twice = `${cables}web1,eth0,sw1,Gi1/0/9\n`
      const { err, status } = await withCables(command, twice)
      expect(status).toBe(1)
      expect(err).toMatch(/error\[cabling-contradicts\].*net\/cables\.csv:6:\d+/s)
      const unknown = await withCables(command, `${cables}wbe1,eth0,sw1,Gi1/0/9\n`)
      expect(unknown.err).toMatch(/net\/cables\.csv:6:\d+/)
      expect(unknown.err).toContain('did you mean web1?')
      const short = await withCables(command, `${cables}web1,eth2\n`)
      expect(short.err).toMatch(/net\/cables\.csv:6:1/)
      expect(short.err).toContain('cabling-malformed')
    },
  )

  test('plan sees both ends of a change', async () => {
    const later = (text: string) => text.replace('layer3+4', 'layer2+3, lacp-rate: fast')
    const listed = await run(['plan', 'old', 'new', '--cabling', 'c.csv'], {
      files: { 'old/i.yaml': intent, 'new/i.yaml': later(intent), 'c.csv': cables },
    })
    const inIntent = await run(['plan', 'old', 'new'], {
      files: { 'old/i.yaml': said, 'new/i.yaml': later(said) },
    })
    expect(listed).toMatchObject({ status: 0, out: inIntent.out, err: inIntent.err })
    expect(listed.out).toContain('sw1')
  })

  test('render tells the cable where two hosts have one switch port', async () => {
    const { err, status } = await withCables('render', cables.replace('Gi1/0/3', 'Gi1/0/1'))
    expect(status).toBe(1)
    expect(err).toContain('switch-port-used-twice')
    expect(err).toMatch(/net\/cables\.csv:[24]:/)
  })
})
