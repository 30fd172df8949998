import { expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'

const interfaces = `auto bond0
iface bond0 inet static
    address 192.0.2.10/24
    bond-slaves eth0 eth1
    bond-mode 802.3ad
    bond-miimon 100
    bond-lacp-rate fast
    bond-frobnicate 7
`
const files = { 'web1/etc/network/interfaces': interfaces }

test('import prints the intent, and says at its line what it does not understand', async () => {
  const { out, err, status } = await run(['import', 'web1'], { files })
  expect(out).toBe(`target: ifupdown
bonds:
  bond0:
    members: [eth0, eth1]
    mode: 802.3ad
    miimon: 100
    lacp-rate: fast
    addresses: [192.0.2.10/24]
`)
  expect(err).toContain('warning[not-understood]')
  expect(err).toContain('web1/etc/network/interfaces:8:5')
  expect(status).toBe(0)
})

test('convert writes it for another target, under the name of its folder', async () => {
  const { out, status } = await run(['convert', '--to', 'netplan', 'web1'], { files })
  expect(status).toBe(0)
  expect(out).toContain('==> web1/etc/netplan/60-bondplan.yaml (netplan, mode 0600) <==')
  expect(out).toContain('lacp-rate: fast')
})

test('what it is, is recognised by content where the name says nothing', async () => {
  const { out } = await run(['import', '-'], { stdin: interfaces })
  expect(out).toContain('target: ifupdown')
})

test('a file that is nothing known is passed over with a word', async () => {
  const { err, out, status } = await run(['import', 'notes.txt'], { files: { 'notes.txt': 'buy milk\n' } })
  expect(err).toContain('not-recognised')
  expect(out).toBe('')
  expect(status).toBe(0)
})

test.each([
  [['import', 'x', '--from', 'netpaln'], 'no target netpaln'],
  [['convert', 'x', '--to', 'windows'], 'no target windows'],
  [['convert', 'x'], '--to'],
  [['import', 'missing'], 'no such file'],
])('%j could not run', async (argv, words) => {
  const { status, err } = await run(argv, { files: { x: interfaces } })
  expect(status).toBe(2)
  expect(err).toContain(words)
})

test('as JSON, which is an intent again', async () => {
  const netplan =
    'network:\n  ethernets: {eth0: {}, eth1: {}}\n  bonds:\n    bond0: {interfaces: [eth0, eth1], parameters: {mode: 802.3ad, mii-monitor-interval: 100}}\n'
  const { status, out } = await run(
    ['import', '--from', 'netplan', '--name', 'h1', '--format', 'json', 'x.yaml'],
    {
      files: { 'x.yaml': netplan },
    },
  )
  expect(status).toBe(0)
  expect(JSON.parse(out)).toEqual({
    hosts: {
      h1: {
        target: ['netplan'],
        ports: { eth0: {}, eth1: {} },
        bonds: { bond0: { members: ['eth0', 'eth1'], mode: '802.3ad', miimon: 100 } },
        vlans: {},
        bridges: {},
      },
    },
    switches: {},
  })
  const again = await run(['render', 'x.json'], { files: { 'x.json': out } })
  expect(again.out).toContain('mode: 802.3ad')
})

test.each([['import'], ['convert', '--to', 'netplan']])(
  '%s of an intent says what it is, and what to do',
  async (...argv) => {
    const files = {
      'site.yaml': 'hosts: {s1: {bonds: {bond0: {mode: active-backup, members: [eth0, eth1]}}}}\n',
    }
    const { err, status } = await run([...argv, 'site.yaml'], { files })
    expect(status).toBe(1)
    expect(err).toContain('error[not-recognised]: it is an intent already')
    expect(err).toContain('bondplan render')
    const other = await run([...argv, 'other.yaml'], { files: { 'other.yaml': 'a: 1\n' } })
    expect(other.err).toContain('neither its name nor its content tells what it is')
  },
)
