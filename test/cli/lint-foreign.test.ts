// lint on configurations that exist: rules speak of what they mean, and at their own lines.

import { describe, expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'
import { findings, lint, rounded } from './lint-support.ts'

/** The same slip in every dialect: an updelay that is no whole number of polls. */
const slips: Readonly<Record<string, readonly [file: string, line: number, text: string]>> = {
  ifupdown: [
    'web1/etc/network/interfaces',
    6,
    `auto bond0
iface bond0 inet static
    address 192.0.2.10/24
    bond-slaves eth0 eth1
    bond-mode active-backup
    bond-updelay 250
    bond-miimon 100
`,
  ],
  netplan: [
    'web1/etc/netplan/60-bonds.yaml',
    5,
    `network:
  version: 2
  ethernets: {eth0: {}, eth1: {}}
  bonds:
    bond0: {interfaces: [eth0, eth1], parameters: {mode: active-backup, up-delay: 250, mii-monitor-interval: 100}}
`,
  ],
  networkd: [
    'web1/etc/systemd/network/10-bond0.netdev',
    7,
    `[NetDev]
Name=bond0
Kind=bond

[Bond]
Mode=active-backup
UpDelaySec=250ms
MIIMonitorSec=100ms
`,
  ],
  networkmanager: [
    'web1/etc/NetworkManager/system-connections/bond0.nmconnection',
    9,
    `[connection]
id=bond0
type=bond
interface-name=bond0

[bond]
mode=active-backup
miimon=100
updelay=250
`,
  ],
  nmstate: [
    'web1/etc/nmstate/bonds.yml',
    9,
    `interfaces:
  - name: bond0
    type: bond
    link-aggregation:
      mode: active-backup
      port: [eth0, eth1]
      options:
        miimon: 100
        updelay: 250
`,
  ],
  'cloud-init': [
    'web1/etc/cloud/cloud.cfg.d/50-network.cfg',
    6,
    `network:
  version: 2
  bonds:
    bond0:
      interfaces: [eth0, eth1]
      parameters: {mode: active-backup, up-delay: 250, mii-monitor-interval: 100}
`,
  ],
  'cloud-init-v1': [
    'web1/network-config',
    6,
    `version: 1
config:
  - type: bond
    name: bond0
    bond_interfaces: [eth0, eth1]
    params: {bond-mode: active-backup, bond-updelay: 250, bond-miimon: 100}
`,
  ],
}

describe('hosts', () => {
  test.each(Object.entries(slips))('%s', async (id, [file, line, text]) => {
    const found = await findings(['web1'], { files: { [file]: text } })
    expect(found).toContain(`${file}:${line} delays-not-multiple warning`)
    expect(
      found.filter(one => !/ (?:delays-not-multiple|members-empty|outside|no-primary)/.test(one)),
    ).toEqual([])
    const named = await findings(['--from', id, 'file'], { files: { file: text } })
    expect(named.filter(one => one.includes('delays-not-multiple'))).toHaveLength(1)
  })

  test('what reading has to say stands among it', async () => {
    const [file, , text] = slips.ifupdown as readonly [string, number, string]
    const files = { [file]: `${text}    bond-frobnicate 7\n` }
    expect(await findings([file], { files })).toContain(`${file}:8 not-understood warning`)
  })

  test.each(Object.entries(slips))(
    '%s: --fix changes the value where it stands, and nothing else',
    async (_, slip) => {
      const [file, , text] = slip
      const shown = await lint(['--fix', '--diff', file], { files: { [file]: text } })
      expect(shown.files.get(file)).toBe(text)
      expect(shown.out).toContain('+')
      const ran = await lint(['--fix', file], { files: { [file]: text } })
      expect(ran.files.get(file)).toBe(text.replace('250', '200'))
      expect(ran.err).toBe(`Fixed ${file}.\n`)
      expect(ran.out).not.toContain('delays-not-multiple')
      const again = await lint(['--fix', file], { files: { [file]: ran.files.get(file) ?? '' } })
      expect(again).toMatchObject({ err: '' })
    },
  )

  test('--fix in the files that a file takes in, several at once, comments and order kept', async () => {
    const files = {
      'web1/etc/network/interfaces': '# ours\nsource interfaces.d/*\n\niface lo inet loopback\n',
      'web1/etc/network/interfaces.d/bond0': `auto bond0
iface bond0 inet manual
\tbond-slaves eth0   eth1  # not a comment to ifup
\tbond-mode   active-backup
\t# the switch at the door
\tbond-lacp-rate fast
\tbond-updelay 250
\tbond-miimon 100
`,
    }
    const bond = files['web1/etc/network/interfaces.d/bond0'].replace('  # not a comment to ifup', '')
    const world = { files: { ...files, 'web1/etc/network/interfaces.d/bond0': bond } }
    const ran = await lint(['--fix', 'web1'], world)
    expect(Object.fromEntries(ran.files)).toEqual({
      ...files,
      'web1/etc/network/interfaces.d/bond0': bond
        .replace('\tbond-lacp-rate fast\n', '')
        .replace('250', '200'),
    })
  })

  test('a fix that changes what the driver does needs --unsafe there as well', async () => {
    const file = 'web1/etc/network/interfaces'
    const text =
      'iface bond0 inet manual\n  bond-slaves eth0 eth1\n  bond-mode active-backup\n  bond-miimon 0\n'
    const safe = await lint(['--fix', file], { files: { [file]: text } })
    expect(safe.files.get(file)).toBe(text)
    const unsafe = await lint(['--fix', '--unsafe', file], { files: { [file]: text } })
    expect(unsafe.files.get(file)).toBe(text.replace('miimon 0', 'miimon 100'))
  })

  test('SARIF carries the change', async () => {
    const [file, line, text] = slips.networkd as readonly [string, number, string]
    const { out } = await lint(['--format', 'sarif', file], { files: { [file]: text } })
    const [result] = JSON.parse(out).runs[0].results.filter(
      ({ ruleId }: { ruleId: string }) => ruleId === 'delays-not-multiple',
    )
    expect(result.fixes[0].artifactChanges[0].replacements[0]).toMatchObject({
      deletedRegion: { startLine: line },
      insertedContent: { text: '200ms' },
    })
  })

  test.each(['ifupdown', 'netplan', 'networkd', 'networkmanager'])('%s: a comment allows it', async id => {
    const [file, line, text] = slips[id] as readonly [string, number, string]
    const lines = text.split('\n')
    const indent = /^\s*/.exec(lines[line - 1] ?? '')?.[0] ?? ''
    lines.splice(line - 1, 0, `${indent}# bondplan-allow delays-not-multiple: as the manual of the card says`)
    const found = await findings([file], { files: { [file]: lines.join('\n') } })
    expect(found.filter(one => /delays|allow/.test(one))).toEqual([])
  })
})

describe('several', () => {
  const files = {
    ...Object.fromEntries(
      ['ifupdown', 'netplan'].map((id, at) => {
        const [file = '', , text = ''] = slips[id] ?? []
        return [file.replace('web1', `hosts/web${at + 1}`), text]
      }),
    ),
    'intents/beta.yaml': rounded,
  }

  test('intents and hosts of several kinds are one intent', async () => {
    const found = await findings(['hosts', 'intents'], { files })
    expect(found.filter(one => one.includes('delays-not-multiple'))).toEqual([
      'hosts/web1/etc/network/interfaces:6 delays-not-multiple warning',
      'hosts/web2/etc/netplan/60-bonds.yaml:5 delays-not-multiple warning',
      'intents/beta.yaml:4 delays-not-multiple warning',
    ])
  })

  test('a host that an intent and its own files define is said', async () => {
    const twice = { ...files, 'intents/web1.yaml': rounded.replace('beta', 'web1') }
    expect(await findings(['intents', 'hosts'], { files: twice })).toContain(
      'hosts/web1/etc/network/interfaces:1 defined-twice error',
    )
  })

  test('with --each a machine is one, however many files it has', async () => {
    const parts = {
      'web1/etc/netplan/10-a.yaml': 'network:\n  ethernets: {eth0: {}, eth1: {}}\n',
      'web1/etc/netplan/20-b.yaml':
        'network:\n  bonds:\n    bond0: {interfaces: [eth0, eth1], parameters: {mode: active-backup, mii-monitor-interval: 100}}\n',
      'web2/etc/netplan/10-a.yaml':
        'network:\n  ethernets: {eth0: {}}\n  bonds:\n    bond0: {interfaces: [eth0], parameters: {mode: active-backup, mii-monitor-interval: 100}}\n',
    }
    expect(await findings(['--each', 'web1', 'web2'], { files: parts })).toEqual([
      'web2/etc/netplan/10-a.yaml:4 members-single warning',
    ])
  })

  test('what is in a folder and nothing known is passed over', async () => {
    const notes = { ...files, 'hosts/notes.txt': 'buy milk\n', 'hosts/run.sh': 'echo hello\n' }
    expect(await findings(['hosts'], { files: notes })).toEqual(await findings(['hosts'], { files }))
  })

  test('hundreds of machines are read, and read again where something is found', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 150 }, (_, at) => {
        const [, , text = ''] = slips.ifupdown ?? []
        const name = `m${String(at).padStart(3, '0')}`
        return [`many/${name}/etc/network/interfaces`, text.replace('192.0.2.10', `192.0.2.${at + 1}`)]
      }),
    )
    const expected = Object.keys(many).map(file => `${file}:6 delays-not-multiple warning`)
    const only = (found: readonly string[]) => found.filter(one => one.includes('delays-not-multiple'))
    expect(only(await findings(['many'], { files: many }))).toEqual(expected)
    expect(only(await findings(['--each', 'many'], { files: many }))).toEqual(expected)
  })
})

test('--from that is no target could not run', async () => {
  const { status, err } = await run(['lint', '--from', 'windows', 'x'], { files: { x: 'y' } })
  expect(status).toBe(2)
  expect(err).toContain('no target windows')
})

test('interfaces files of one machine have one reader: that of the file which tells', async () => {
  const files = {
    'sw1/etc/network/interfaces':
      'source /etc/network/interfaces.d/*.intf\nauto lo\niface lo inet loopback\n',
    'sw1/etc/network/interfaces.d/lags.intf':
      'auto bond1\niface bond1\n    bond-slaves swp1 swp2\n    bond-mode 802.3ad\n\niface swp1\n\niface swp2\n',
  }
  const { out } = await run(['import', 'sw1'], { files })
  expect(out).toContain('switches:\n  sw1:\n    platform: cumulus-ifupdown2\n')
  expect(out).toContain('ports: [swp1, swp2]')
  expect(out).not.toContain('hosts:')
})
