// The rig itself: what it says of a bond is what a kernel made of files, and what goes wrong inside is told.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Partner, type RigCase, type RigOutcome, runCases } from '../rig/cases.ts'
import { runGuest } from '../rig/guest.ts'
import { kernel, release, userSpace } from '../rig/kernels.ts'

const addresses = [{ address: '192.0.2.1/24' }, { address: '198.51.100.1/24', vlan: 20 }]
const lag: Partner = { kind: 'static', addresses }
const twoPorts = { bonds: ['bond0'], ports: ['eth0', 'eth1'], partners: [lag], ping: ['192.0.2.1'] }

const script = (content: string) => ({ path: 'up.sh', content })
const interfaces = (content: string) => ({ path: 'etc/network/interfaces', content })
const netplan = (content: string) => ({ path: 'etc/netplan/60-test.yaml', content, mode: '0600' })
const networkd = (name: string, content: string) => ({ path: `etc/systemd/network/${name}`, content })

const commands = (options: string) => `set -e
ip link add name bond0 type bond ${options}
for port in eth0 eth1; do
  ip link set dev $port down
  ip link set dev $port master bond0
done
ip link set dev bond0 up
ip address add 192.0.2.2/24 dev bond0
`

const balanceXor: RigCase[] = [
  {
    ...twoPorts,
    id: 'iproute2',
    target: 'iproute2',
    files: [script(commands('mode balance-xor miimon 100 xmit_hash_policy layer3+4'))],
  },
  {
    ...twoPorts,
    id: 'ifupdown',
    target: 'ifupdown',
    ping: ['192.0.2.1', '198.51.100.1'],
    files: [
      interfaces(`
auto bond0
iface bond0 inet static
    address 192.0.2.2/24
    bond-slaves eth0 eth1
    bond-mode balance-xor
    bond-miimon 100
    bond-xmit-hash-policy layer3+4

auto bond0.20
iface bond0.20 inet static
    address 198.51.100.2/24
`),
    ],
  },
  {
    ...twoPorts,
    id: 'networkd',
    target: 'networkd',
    files: [
      networkd(
        '20-bond0.netdev',
        `[NetDev]
Name=bond0
Kind=bond
[Bond]
Mode=balance-xor
MIIMonitorSec=100ms
TransmitHashPolicy=layer3+4
NoSuchKey=1
`,
      ),
      networkd('21-members.network', '[Match]\nName=eth0 eth1\n[Network]\nBond=bond0\n'),
      networkd('22-bond0.network', '[Match]\nName=bond0\n[Network]\nAddress=192.0.2.2/24\n'),
    ],
  },
  {
    ...twoPorts,
    id: 'netplan',
    target: 'netplan',
    ping: ['192.0.2.1', '198.51.100.1'],
    files: [
      netplan(`
network:
  version: 2
  ethernets: {eth0: {}, eth1: {}}
  bonds:
    bond0:
      interfaces: [eth0, eth1]
      addresses: [192.0.2.2/24]
      parameters: {mode: balance-xor, mii-monitor-interval: 100, transmit-hash-policy: layer3+4}
  vlans:
    bond0.20: {id: 20, link: bond0, addresses: [198.51.100.2/24]}
`),
    ],
  },
]

const asked = { mode: 'balance-xor 2', miimon: '100', xmit_hash_policy: 'layer3+4 1', mii_status: 'up' }

function checkBalanceXor(rigCase: RigCase, outcome: RigOutcome): void {
  expect(outcome.error).toBeUndefined()
  expect(outcome).toMatchObject({ id: rigCase.id, exit: 0, settled: true, sysfs: { bond0: asked } })
  expect([...(outcome.members.bond0 ?? [])].sort()).toEqual(['eth0', 'eth1'])
  expect(outcome.pings).toEqual(Object.fromEntries((rigCase.ping ?? []).map(address => [address, true])))
  expect(outcome.proc.bond0).toContain('Bonding Mode: load balancing (xor)')
  expect(outcome.partner.sw0).toContain('Bonding Mode: load balancing (xor)')
}

describe('a balance-xor bond', () => {
  const outcomes = new Map<string, RigOutcome>()
  beforeAll(async () => {
    for (const outcome of await runCases(balanceXor)) outcomes.set(outcome.id, outcome)
  })

  test.each(balanceXor)('comes up by $id', rigCase => {
    const outcome = outcomes.get(rigCase.id)
    expect(outcome).toBeDefined()
    if (outcome) checkBalanceXor(rigCase, outcome)
  })

  test('is seen by ip: the bond with its details, its address, its route', () => {
    const outcome = outcomes.get('iproute2')
    const bond = outcome?.links.find(({ ifname }) => ifname === 'bond0')
    expect(bond).toMatchObject({
      linkinfo: { info_kind: 'bond', info_data: { mode: 'balance-xor', miimon: 100 } },
    })
    const address = outcome?.addresses.find(({ ifname }) => ifname === 'bond0')
    expect(address).toMatchObject({ addr_info: [{ local: '192.0.2.2', prefixlen: 24 }, { family: 'inet6' }] })
    expect(outcome?.routes).toContainEqual(expect.objectContaining({ dst: '192.0.2.0/24', dev: 'bond0' }))
    expect(outcome?.routes.some(({ dst }) => String(dst).startsWith('fe80::'))).toBe(true)
  })

  test('leaves a warning where networkd did not know a key, and no other line', () => {
    const line =
      "/etc/systemd/network/20-bond0.netdev:8: Unknown key 'NoSuchKey' in section [Bond], ignoring."
    expect(outcomes.get('networkd')?.warnings).toEqual([line])
    expect(outcomes.get('netplan')?.warnings).toEqual([])
    expect(outcomes.get('ifupdown')?.warnings).toEqual([])
  })
})

describe('partners', () => {
  const lacp = 'mode 802.3ad miimon 100 lacp_rate fast'
  const cases: RigCase[] = [
    {
      ...twoPorts,
      id: 'lacp',
      target: 'iproute2',
      partners: [{ kind: 'lacp', rate: 'fast', addresses }],
      files: [script(commands(lacp))],
    },
    {
      ...twoPorts,
      id: 'lacp against a static LAG',
      target: 'iproute2',
      settleMs: 3_000,
      files: [script(commands(lacp))],
    },
    {
      id: 'two bonds in one case',
      target: 'networkd',
      bonds: ['b0', 'b1'],
      ports: ['eth0', 'eth1', 'eth2'],
      partners: [
        { kind: 'lacp', ports: ['eth0', 'eth1'], addresses: [{ address: '192.0.2.1/24' }] },
        { kind: 'plain', ports: ['eth2'], addresses: [{ address: '2001:db8::1/64', vlan: 7 }] },
      ],
      ping: ['192.0.2.1', '2001:db8::1'],
      files: [
        networkd('b0.netdev', '[NetDev]\nName=b0\nKind=bond\n[Bond]\nMode=802.3ad\nMIIMonitorSec=100ms\n'),
        networkd(
          'b1.netdev',
          '[NetDev]\nName=b1\nKind=bond\n[Bond]\nMode=active-backup\nMIIMonitorSec=100ms\n',
        ),
        networkd('b1.7.netdev', '[NetDev]\nName=b1.7\nKind=vlan\n[VLAN]\nId=7\n'),
        networkd('eth01.network', '[Match]\nName=eth0 eth1\n[Network]\nBond=b0\n'),
        networkd('eth2.network', '[Match]\nName=eth2\n[Network]\nBond=b1\n'),
        networkd('b0.network', '[Match]\nName=b0\n[Network]\nAddress=192.0.2.2/24\n'),
        networkd('b1.network', '[Match]\nName=b1\n[Network]\nVLAN=b1.7\n'),
        networkd('b1.7.network', '[Match]\nName=b1.7\n[Network]\nAddress=2001:db8::2/64\n'),
      ],
    },
  ]
  let outcomes: RigOutcome[] = []
  beforeAll(async () => {
    outcomes = await runCases(cases, { guests: 1 })
  })

  test('an 802.3ad bond forms one aggregator with its partner, and carries', () => {
    const [outcome] = outcomes
    expect(outcome).toMatchObject({ exit: 0, settled: true, pings: { '192.0.2.1': true } })
    expect(outcome?.sysfs.bond0).toMatchObject({ mode: '802.3ad 4', lacp_rate: 'fast 1', ad_num_ports: '2' })
    expect(outcome?.sysfs.bond0?.ad_partner_mac).toMatch(
      /^(?!00:00:00:00:00:00)([0-9a-f]{2}:){5}[0-9a-f]{2}$/,
    )
    const aggregators = [...(outcome?.proc.bond0 ?? '').matchAll(/^Aggregator ID: (\d+)$/gm)].map(
      found => found[1],
    )
    expect(aggregators).toHaveLength(2)
    expect(new Set(aggregators).size).toBe(1)
    expect(outcome?.members.bond0).toEqual(['eth0', 'eth1'])
  })

  test('against a static LAG it does not form, and that is an outcome', () => {
    const outcome = outcomes[1]
    expect(outcome).toMatchObject({ exit: 0, settled: false })
    expect(outcome?.error).toBeUndefined()
    expect(outcome?.sysfs.bond0).toMatchObject({ ad_num_ports: '1', ad_partner_mac: '00:00:00:00:00:00' })
  })

  test('several bonds, each with its own partner, come up in one case', () => {
    const outcome = outcomes[2]
    expect(outcome).toMatchObject({ exit: 0, settled: true, warnings: [] })
    expect(outcome?.sysfs).toMatchObject({ b0: { mode: '802.3ad 4' }, b1: { mode: 'active-backup 1' } })
    expect(outcome?.pings).toEqual({ '192.0.2.1': true, '2001:db8::1': true })
    expect(Object.keys(outcome?.partner ?? {})).toEqual(['sw0', 'sw1'])
  })
})

describe('what goes wrong inside', () => {
  const cases: RigCase[] = [
    {
      ...twoPorts,
      id: 'refused by ip',
      target: 'iproute2',
      ping: [],
      files: [script(commands('mode layer7'))],
    },
    {
      ...twoPorts,
      id: 'panic',
      target: 'iproute2',
      files: [script('echo c > /proc/sysrq-trigger\nsleep 60\n')],
    },
    { ...twoPorts, id: 'hang', target: 'iproute2', files: [script('echo waiting\nsleep 600\n')] },
    {
      ...twoPorts,
      id: 'refused by netplan',
      target: 'netplan',
      ping: [],
      files: [netplan('network: {version: 2, bonds: {bond0: {interfaces: [eth0], parameters: {mod: 1}}}}\n')],
    },
    {
      ...twoPorts,
      id: 'refused by the kernel',
      target: 'networkd',
      ping: [],
      files: [
        networkd('1.netdev', '[NetDev]\nName=bond0\nKind=bond\n[Bond]\nMode=balance-rr\nAdUserPortKey=7\n'),
        networkd('2.network', '[Match]\nName=eth0 eth1\n[Network]\nBond=bond0\n'),
      ],
    },
  ]
  let outcomes: RigOutcome[] = []
  beforeAll(async () => {
    outcomes = await runCases(cases, { guests: 1, caseMs: 5_000, together: 2 })
  })

  test('an outcome for each case, in their order', () => {
    expect(outcomes.map(({ id }) => id)).toEqual(cases.map(({ id }) => id))
  })

  test('a refused configuration has no bond, an exit status and the words of the tool', () => {
    const [byIp, , , byNetplan, byKernel] = outcomes
    for (const outcome of [byIp, byNetplan, byKernel]) {
      expect(outcome?.error).toBeUndefined()
      expect(outcome?.exit).not.toBe(0)
      expect(outcome).toMatchObject({
        settled: false,
        sysfs: { bond0: {} },
        proc: { bond0: '' },
        members: { bond0: [] },
      })
    }
    expect(byIp?.log).toContain('argument "layer7" is wrong: invalid mode')
    expect(byNetplan?.warnings.join('\n')).toContain("unknown key 'mod'")
    expect(byKernel?.warnings).toContainEqual(expect.stringContaining('bond0: netdev could not be created'))
  })

  test('a panic is told with the console, and does not take the other cases along', () => {
    expect(outcomes[1]?.error).toMatch(/^Kernel panic - not syncing: sysrq triggered crash\nconsole:\n/)
    expect(outcomes[1]?.error).toContain('Call Trace:')
  })

  test('a case that hangs is ended by force, with what it had said', () => {
    expect(outcomes[2]).toMatchObject({ error: 'not done in time, ended by force', log: 'waiting\n' })
  })
})

describe('a guest', () => {
  test('brings back a status, results and its console, and cannot write into the machine', async () => {
    const result = await runGuest({
      script: `
cat /mnt/words > /mnt/out/words
touch /usr/rig-was-here 2> /mnt/out/usr
echo rig >> /etc/hostname && tail -1 /etc/hostname > /mnt/out/hostname
touch /var/lib/rig-was-here /run/rig-was-here /tmp/rig-was-here
echo to the console
exit 3
`,
      files: { words: 'from the host\n' },
      memoryMb: 256,
    })
    expect(result.status).toBe(3)
    expect(result.problem).toMatch(/^the script ended with status 3\n/)
    expect(result.results).toMatchObject({ words: 'from the host\n', hostname: 'rig\n' })
    expect(result.results.usr).toContain('Read-only file system')
    expect(result.console).toContain('to the console\n')
    for (const folder of ['/usr', '/var/lib', '/run', '/tmp'])
      expect(existsSync(`${folder}/rig-was-here`)).toBe(false)
    expect(readFileSync('/etc/hostname', 'utf8')).not.toMatch(/^rig$/m)
  })

  test('that does not end is killed, all its processes', async () => {
    const script = 'cat /proc/cmdline > /mnt/out/cmdline\nsleep 1001 &\nsleep 1002\n'
    const result = await runGuest({ script, timeoutMs: 20_000 })
    expect(result.status).toBeUndefined()
    expect(result.problem).toMatch(/^the guest was killed after \d+ ms\n/)
    const folder = /\/\S*bondplan-rig-\w+/.exec(result.results.cmdline ?? '')?.[0]
    expect(folder).toBeDefined()
    expect(execFileSync('ps', ['-ewwo', 'args'], { encoding: 'utf8' })).not.toContain(folder)
  })

  test('whose kernel is not there says so', async () => {
    const result = await runGuest({
      script: '',
      kernel: { program: '/nowhere/linux.uml', modules: '/nowhere' },
    })
    expect(result.problem).toContain('/nowhere/linux.uml')
  })
})

describe('another kernel', () => {
  const [byIp, , , byNetplan] = balanceXor

  test.each(['6.12'] as const)('%s plays the same cases', async name => {
    const other = await kernel(name)
    expect(release(other).startsWith(`${name}.`)).toBe(true)
    const cases = [byIp, byNetplan].flatMap(rigCase => rigCase ?? [])
    const outcomes = await runCases(cases, { kernel: other, guests: 1 })
    for (const [index, rigCase] of cases.entries()) checkBalanceXor(rigCase, outcomes[index] as RigOutcome)
    expect(outcomes[0]?.proc.bond0).toContain(`v${release(other)}`)
  })

  test("the machine's kernel plays them in another release's user space", async () => {
    const cases = balanceXor
    const outcomes = await runCases(cases, {
      kernel: { ...(await kernel('6.1')), root: await userSpace('trixie') },
    })
    for (const [index, rigCase] of cases.entries()) checkBalanceXor(rigCase, outcomes[index] as RigOutcome)
  })
})
