// ifcfg files of RHEL and its kin. Two programs read them: the network scripts of initscripts, which write what stands in
// BONDING_OPTS to the driver's files one by one, and NetworkManager's ifcfg-rh, which checks it as it checks a profile.
// Written is what both take. Versions are those of RHEL; 10 reads no such files any more.

import { shell } from '../../dialects/shell.ts'
import { bonding } from '../../options/index.ts'
import { recogniser } from '../families/ifcfg.ts'
import { unicast } from '../families/networkd.ts'
import {
  arpInterval,
  arpIpTarget,
  arpValidate,
  delay,
  forwardDelay,
  zeroIsNotSent,
} from '../families/networkmanager.ts'
import { cannot, oneZero, says, yesNo } from '../stance.ts'
import type { Target } from '../target.ts'
import { addresses, asked, nameservers, numbered, readRoute, routes } from './sysconfig-shapes.ts'

type Options = Parameters<typeof says>[1]

/** A word of BONDING_OPTS, which is the kernel's name of the option. */
const word = (id: keyof typeof bonding, options: Options = {}) =>
  says(bonding[id].kernel?.name ?? id, { in: 'Bond', ...options })

const noFile = cannot(
  'the network scripts write options to files below /sys, and the driver has none for it',
  'use the networkmanager target, or ip once the bond is there',
)
const notBoth = cannot(
  'the network scripts and NetworkManager have no key for it in common',
  'use the networkmanager target',
)

const carried = {
  mtu: says('MTU', { in: 'File' }),
  mac: says('MACADDR', { in: 'File', as: unicast }),
  dhcp4: asked('Boot', 'BOOTPROTO', { true: 'dhcp' }),
  dhcp6: asked('IPv6', 'DHCPV6C', { true: 'yes' }),
  'accept-ra': asked('IPv6', 'IPV6_AUTOCONF', { true: 'yes', false: 'no' }),
  addresses,
  routes,
  nameservers,
  optional: cannot(
    'the boot waits for every device with ONBOOT=yes',
    'a port without a cable holds nothing up',
  ),
}

const folder = 'etc/sysconfig/network-scripts'
const devices = ['port', 'bond', 'vlan', 'bridge'] as const

export const sysconfig: Target = {
  id: 'sysconfig',
  title: 'ifcfg files (RHEL)',
  side: 'host',
  reader: "the network scripts of RHEL, and NetworkManager's ifcfg-rh",
  versions: ['7', '8', '9.3'],
  proof: 'documented',
  dialect: shell,
  files: [
    { path: `${folder}/ifcfg-{device}`, template: 'ifcfg', mode: 0o644, per: devices },
    { path: `${folder}/route-{device}`, template: 'route', mode: 0o644, per: devices, when: ['Route'] },
    { path: `${folder}/route6-{device}`, template: 'route6', mode: 0o644, per: devices, when: ['Route6'] },
  ],
  parts: {
    single: ['Member', 'Bridged', 'Mode', 'Bond', 'Vlan', 'Filter', 'Boot', 'File', 'Bridge', 'IPv6'],
    several: ['Route', 'Route6'],
  },
  // The network scripts attach members in the order of their files' names.
  keepsMemberOrder: false,
  ignores: [
    ...['DEVICE', 'NAME', 'UUID', 'TYPE', 'DEVICETYPE', 'ONBOOT', 'HWADDR', 'USERCTL', 'NM_CONTROLLED'],
    ...['SLAVE', 'VLAN', 'BONDING_MASTER', 'REORDER_HDR', 'GVRP', 'HOTPLUG', 'PEERDNS', 'PEERROUTES'],
    ...['DEFROUTE', 'IPV4_FAILURE_FATAL', 'IPV6INIT', 'IPV6_FAILURE_FATAL', 'IPV6_DEFROUTE', 'NETWORK'],
    ...['BROADCAST', 'PROXY_METHOD', 'BROWSER_ONLY', 'IPV6_ADDR_GEN_MODE', 'ZONE', 'MASTER_UUID'],
  ]
    .map(name => ({ in: 'File', name }) as { in: string; name: string; value?: string })
    .concat(
      { in: 'Boot', name: 'BOOTPROTO', value: 'none' },
      { in: 'Boot', name: 'BOOTPROTO', value: 'static' },
      { in: 'IPv6', name: 'DHCPV6C', value: 'no' },
    ),
  spellings: {
    port: { ...carried, prio: notBoth, 'actor-port-prio': notBoth, 'queue-id': notBoth },
    bond: {
      members: says('MASTER', { in: 'Member', inverse: true }),
      mode: word('mode', { in: 'Mode', always: true }),
      // NetworkManager polls every 100 ms unless it is told not to.
      miimon: word('miimon', { unset: 100, yields: 'arp-interval' }),
      updelay: delay('Bond', 'updelay'),
      downdelay: delay('Bond', 'downdelay'),
      'use-carrier': word('use-carrier', { as: oneZero }),
      'arp-interval': arpInterval('Bond', () => false),
      'arp-ip-target': arpIpTarget('Bond', () => false),
      'ns-ip6-target': noFile,
      'arp-validate': arpValidate('Bond'),
      'arp-all-targets': word('arp-all-targets'),
      'arp-missed-max': word('arp-missed-max', { since: '9.3' }),
      'lacp-rate': word('lacp-rate'),
      'lacp-active': word('lacp-active', { since: '9.3' }),
      'lacp-strict': noFile,
      'ad-select': word('ad-select', {
        except: [
          { values: ['actor_port_prio'], because: 'NetworkManager knows stable, bandwidth and count' },
        ],
      }),
      'ad-actor-sys-prio': word('ad-actor-sys-prio'),
      'ad-actor-system': word('ad-actor-system', { as: unicast }),
      'ad-user-port-key': word('ad-user-port-key'),
      'min-links': word('min-links'),
      'coupled-control': noFile,
      'broadcast-neighbor': noFile,
      'xmit-hash-policy': word('xmit-hash-policy', {
        except: [{ values: ['vlan+srcmac'], before: '9', because: 'the kernels of RHEL have it from 9' }],
      }),
      'packets-per-slave': word('packets-per-slave', { except: zeroIsNotSent }),
      'tlb-dynamic-lb': word('tlb-dynamic-lb', { as: oneZero }),
      'lp-interval': word('lp-interval'),
      'all-slaves-active': word('all-slaves-active', { as: oneZero }),
      primary: word('primary'),
      'primary-reselect': word('primary-reselect'),
      'active-slave': cannot('NetworkManager takes active_slave for another word for primary', 'say primary'),
      'fail-over-mac': word('fail-over-mac'),
      'num-grat-arp': word('num-grat-arp', { also: ['num_unsol_na'], except: zeroIsNotSent }),
      'peer-notif-delay': cannot(
        'NetworkManager has it only in versions that the network scripts never met',
        'use the networkmanager target',
      ),
      'resend-igmp': word('resend-igmp'),
      ...carried,
    },
    vlan: {
      id: says('VLAN_ID', { in: 'Vlan', also: ['VID'] }),
      link: says('PHYSDEV', { in: 'File' }),
      ...carried,
    },
    bridge: {
      ports: says('BRIDGE', { in: 'Bridged', inverse: true }),
      stp: says('STP', { in: 'File', as: yesNo, always: true }),
      'forward-delay': forwardDelay('Bridge', true, 'DELAY'),
      'ageing-time': cannot(
        'the network scripts count it in hundredths of a second, and NetworkManager in seconds',
        'use the networkmanager target',
      ),
      'vlan-aware': says('vlan_filtering', { in: 'Filter', values: { true: 1, false: 0 } }),
      vlans: notBoth,
      ...carried,
    },
  },
  recognise: recogniser({
    packed: {
      BONDING_OPTS: { in: 'Bond', apart: { mode: 'Mode' }, lists: ['arp_ip_target'] },
      BRIDGING_OPTS: { in: 'Filter' },
    },
    parts: [
      { key: /^MASTER$/, in: 'Member' },
      { key: /^BRIDGE$/, in: 'Bridged' },
      { key: /^BOOTPROTO$/, in: 'Boot' },
      { key: /^(?:VLAN_ID|VID)$/, in: 'Vlan' },
      { key: /^DELAY$/, in: 'Bridge' },
      { key: /^(?:GATEWAY|IPV6_DEFAULTGW)$/, in: 'Gateway' },
      { key: /^(?:IPV6ADDR|IPV6ADDR_SECONDARIES|IPV6_AUTOCONF|DHCPV6C)$/, in: 'IPv6' },
    ],
    device: 'DEVICE',
    names: [
      { key: /^MASTER$/, is: 'bond' },
      { key: /^BRIDGE$/, is: 'bridge' },
      { key: /^PHYSDEV$/, is: undefined },
    ],
    subjects: [
      { key: 'TYPE', value: /^bond$/i, is: 'bond' },
      { key: 'TYPE', value: /^bridge$/i, is: 'bridge' },
      { key: 'TYPE', value: /^vlan$/i, is: 'vlan' },
      { key: 'BONDING_MASTER', value: /^yes$/i, is: 'bond' },
      { key: 'VLAN', value: /^yes$/i, is: 'vlan' },
    ],
    vlan: { link: 'PHYSDEV', id: 'VLAN_ID', in: 'Vlan' },
    beside: [
      { file: /(?:^|\/)route-([^/]+)$/, in: 'Routes', name: 'route', read: readRoute(false), numbered },
      { file: /(?:^|\/)route6-([^/]+)$/, in: 'Routes', name: 'route', read: readRoute(true) },
    ],
  }),
}
