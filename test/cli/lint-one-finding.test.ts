// One mistake is one finding, in an intent and in every dialect: what a reader could not read has no findings that
// follow from it, and what a target makes of a mistake goes with the finding that tells of it.

import { describe, expect, test } from 'vitest'
import { lint } from './lint-support.ts'

/** Bond options by the driver's names, in the order in which they are written. */
type Options = Readonly<Record<string, string>>

interface Case {
  readonly said: Options
  /** What is found, and nothing else. */
  readonly code: string
  /** Where it is found: the option. */
  readonly at: string
  /** In dialects whose readers say it in their own words. */
  readonly codes?: Readonly<Record<string, string>>
  /** Dialects that have no such word. */
  readonly without?: readonly string[]
  /** Dialects in which two lines are wrong, each for itself. */
  readonly twice?: readonly string[]
}

const probes = { arp_interval: '250', arp_ip_target: '192.0.2.1' }
const unreadable = { netplan: 'netplan-unvalidated-value', intent: 'value-not-allowed' }
const clouds = ['cloud-init', 'cloud-init-v1']

const mistakes: Readonly<Record<string, Case>> = {
  'both monitors': {
    said: { mode: 'active-backup', primary: 'eth0', miimon: '100', ...probes },
    code: 'miimon-and-arp',
    at: 'arp_interval',
    without: clouds,
  },
  'both monitors, the probes judged': {
    said: { mode: 'active-backup', primary: 'eth0', miimon: '100', ...probes, arp_validate: 'all' },
    code: 'miimon-and-arp',
    at: 'arp_interval',
    without: clouds,
  },
  'a mode with a slip of the pen': {
    said: { mode: 'active-bakcup', primary: 'eth0', miimon: '100' },
    code: 'not-understood',
    at: 'mode',
    codes: { ...unreadable, intent: 'mode-unknown' },
  },
  'a miimon that is no number': {
    said: { mode: 'active-backup', primary: 'eth0', miimon: 'abc', updelay: '200' },
    code: 'not-understood',
    at: 'miimon',
    codes: unreadable,
  },
  'a policy that there is not': {
    said: { mode: '802.3ad', miimon: '100', lacp_rate: 'fast', xmit_hash_policy: 'layer34' },
    code: 'not-understood',
    at: 'xmit_hash_policy',
    codes: { ...unreadable, intent: 'hash-policy-unknown' },
  },
  'probes in a mode without them': {
    said: { mode: '802.3ad', lacp_rate: 'fast', xmit_hash_policy: 'layer3+4', ...probes },
    code: 'arp-monitor-mode',
    at: 'arp_interval',
    without: clouds,
  },
  'a primary that is no member': {
    said: { mode: 'active-backup', primary: 'eth7', miimon: '100' },
    code: 'primary-not-member',
    at: 'primary',
    without: ['networkd'],
  },
  'a target that no host has': {
    said: {
      mode: 'active-backup',
      primary: 'eth0',
      miimon: '0',
      ...probes,
      arp_ip_target: '255.255.255.255',
    },
    code: 'arp-target-refused',
    at: 'arp_ip_target',
    // wicked would not bring up the bond at all, and says so of its members.
    without: [...clouds, 'wicked'],
  },
  'an option of another mode': {
    said: { mode: 'active-backup', primary: 'eth0', miimon: '100', lacp_rate: 'fast' },
    code: 'lacp-rate-mode',
    at: 'lacp_rate',
  },
}

const netplanWords: Options = {
  miimon: 'mii-monitor-interval',
  updelay: 'up-delay',
  arp_ip_target: 'arp-ip-targets',
  xmit_hash_policy: 'transmit-hash-policy',
}
const networkdWords: Options = {
  mode: 'Mode',
  miimon: 'MIIMonitorSec',
  updelay: 'UpDelaySec',
  arp_interval: 'ARPIntervalSec',
  arp_ip_target: 'ARPIPTargets',
  arp_validate: 'ARPValidate',
  lacp_rate: 'LACPTransmitRate',
  xmit_hash_policy: 'TransmitHashPolicy',
}
const dashed = (name: string): string => name.replaceAll('_', '-')
const netplanWord = (name: string): string => netplanWords[name] ?? dashed(name)
const lines = (said: Options, line: (name: string, value: string) => string): string =>
  Object.entries(said)
    .map(([name, value]) => line(name, value))
    .join('\n')
const words = (said: Options, between: string): string =>
  lines(said, (name, value) => `${name}${between}${value}`).replaceAll('\n', ' ')

const interfaces = (said: Options, members = 'bond-slaves'): string => `auto bond0
iface bond0 inet static
    address 192.0.2.10/24
    ${members} eth0 eth1
${lines(said, (name, value) => `    bond-${dashed(name)} ${value}`)}
`
const netplan = (said: Options): string => `network:
  version: 2
  ethernets: {eth0: {}, eth1: {}}
  bonds:
    bond0:
      interfaces: [eth0, eth1]
      addresses: [192.0.2.10/24]
      parameters:
${lines(said, (name, value) => `        ${netplanWord(name)}: ${name === 'arp_ip_target' ? `[${value}]` : value}`)}
`

/** The files of a host whose bond0 says some options, by dialect. */
const dialects: Readonly<Record<string, (said: Options) => Readonly<Record<string, string>>>> = {
  intent: said => ({
    'h.yaml': `target: nmstate
bonds:
  bond0:
    members: [eth0, eth1]
    addresses: [192.0.2.10/24]
${lines(said, (name, value) => `    ${dashed(name)}: ${name === 'arp_ip_target' ? `[${value}]` : value}`)}
`,
  }),
  ifupdown: said => ({ 'h/etc/network/interfaces': interfaces(said) }),
  'ifupdown-ng': said => ({
    'h/etc/network/interfaces': interfaces(said, 'bond-members'),
  }),
  netplan: said => ({ 'h/etc/netplan/60-bonds.yaml': netplan(said) }),
  'cloud-init': said => ({ 'h/etc/cloud/cloud.cfg.d/50-network.cfg': netplan(said) }),
  'cloud-init-v1': said => ({
    'h/etc/cloud/cloud.cfg.d/50-network.cfg': `network:
  version: 1
  config:
  - type: bond
    name: bond0
    bond_interfaces: [eth0, eth1]
    subnets: [{type: static, address: 192.0.2.10/24}]
    params:
${lines(said, (name, value) => `      bond-${dashed(name)}: ${value}`)}
`,
  }),
  networkd: ({ primary, ...said }) => ({
    'h/etc/systemd/network/10-bond0.netdev': `[NetDev]
Name=bond0
Kind=bond

[Bond]
${lines(said, (name, value) => `${networkdWords[name]}=${value}${/^(?:miimon|updelay|arp_interval)$/.test(name) ? 'ms' : ''}`)}
`,
    'h/etc/systemd/network/10-eth0.network': `[Match]
Name=eth0
[Network]
Bond=bond0
${primary === undefined ? '' : 'PrimarySlave=yes'}
`,
    'h/etc/systemd/network/10-eth1.network': '[Match]\nName=eth1\n[Network]\nBond=bond0\n',
    'h/etc/systemd/network/10-bond0.network': '[Match]\nName=bond0\n[Network]\nAddress=192.0.2.10/24\n',
  }),
  networkmanager: said => ({
    'h/etc/NetworkManager/system-connections/bond0.nmconnection': `[connection]
id=bond0
type=bond
interface-name=bond0

[bond]
${lines(said, (name, value) => `${name}=${value}`)}

[ipv4]
method=manual
address1=192.0.2.10/24
`,
    ...Object.fromEntries(
      ['eth0', 'eth1'].map(port => [
        `h/etc/NetworkManager/system-connections/${port}.nmconnection`,
        `[connection]
id=${port}
type=ethernet
interface-name=${port}
controller=bond0
port-type=bond
`,
      ]),
    ),
  }),
  nmstate: ({ mode, ...said }) => ({
    'h/etc/nmstate/bonds.yml': `interfaces:
- name: bond0
  type: bond
  ipv4:
    enabled: true
    address: [{ip: 192.0.2.10, prefix-length: 24}]
  link-aggregation:
    port: [eth0, eth1]
    mode: ${mode}
    options:
${lines(said, (name, value) => `      ${name}: ${value}`)}
`,
  }),
  sysconfig: said => ({
    'h/etc/sysconfig/network-scripts/ifcfg-bond0': `DEVICE=bond0
TYPE=Bond
BONDING_MASTER=yes
BONDING_OPTS="${words(said, '=')}"
ONBOOT=yes
BOOTPROTO=none
IPADDR=192.0.2.10
PREFIX=24
`,
    ...Object.fromEntries(
      ['eth0', 'eth1'].map(port => [
        `h/etc/sysconfig/network-scripts/ifcfg-${port}`,
        `DEVICE=${port}\nTYPE=Ethernet\nONBOOT=yes\nMASTER=bond0\nSLAVE=yes\n`,
      ]),
    ),
  }),
  wicked: said => ({
    'h/etc/sysconfig/network/ifcfg-bond0': `STARTMODE=auto
BOOTPROTO=static
BONDING_MASTER=yes
BONDING_MODULE_OPTS="${words(said, '=')}"
BONDING_SLAVE_0=eth0
BONDING_SLAVE_1=eth1
IPADDR=192.0.2.10/24
`,
  }),
  iproute2: said => ({
    'h/usr/local/sbin/bonds': `#!/bin/sh
ip link add name bond0 type bond ${words(said, ' ')}
ip link set dev eth0 master bond0
ip link set dev eth1 master bond0
ip address add 192.0.2.10/24 dev bond0
`,
  }),
}

interface Found {
  readonly code: string
  readonly severity: string
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The line of a text that says an option, by any of its names. */
const isAbout = (line: string, option: string): boolean =>
  [option, dashed(option), netplanWord(option), networkdWords[option] ?? option].some(word =>
    line.includes(word),
  )

describe.each(Object.entries(dialects))('%s', (id, filesOf) => {
  const own = Object.entries(mistakes).filter(([, { without = [] }]) => !without.includes(id))
  test.each(own)('%s', async (_, { said, code, at, codes = {} }) => {
    const files = filesOf(said)
    const argv = ['--format', 'json', '--from', id === 'intent' ? 'auto' : id, ...Object.keys(files)]
    const { out } = await lint(argv, { files })
    const found = (JSON.parse(out).diagnostics as Found[]).filter(({ severity }) => severity !== 'note')
    expect(found.map(one => one.code)).toEqual([codes[id] ?? code])
    const [{ file, line, column }] = found as [Found]
    const text = files[file]?.split('\n')[line - 1] ?? ''
    expect(isAbout(text, at), text).toBe(true)
    expect(column).toBeGreaterThan(0)
  })
})

test('why a target does otherwise is a part of the finding, each reason once', async () => {
  const files = dialects.sysconfig?.(mistakes['both monitors']?.said ?? {}) ?? {}
  const { out } = await lint(['h'], { files })
  expect(out.match(/NetworkManager monitors by miimon alone/g)).toHaveLength(1)
  expect(out).toContain('\n1 error in 1 of 3 files\n')
})

test('a finding that is allowed takes no reason of the target with it', async () => {
  const files = dialects.intent?.(mistakes['both monitors']?.said ?? {}) ?? {}
  const text = files['h.yaml']?.replace(
    '    arp-interval',
    '    # bondplan-allow miimon-and-arp: known\n    arp-interval',
  )
  const { out, status } = await lint(['h.yaml'], { files: { 'h.yaml': text ?? '' } })
  expect(out).not.toContain('miimon-and-arp')
  expect(out).toContain('error[lossy-render]: bond0: arp-interval 250')
  expect(status).toBe(1)
})
