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
