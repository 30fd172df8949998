// ifupdown2, the reader of interfaces files on Cumulus Linux and Proxmox VE, and a package of Debian. Its addons do what
// ifenslave, bridge-utils and vlan do for ifupdown, by netlink and in an order of their own: a bond is made with its
// members first, then come `pre-up` commands, then addresses and MTU, then it is brought up. 3.0.0 is what every release
// of Debian carries; later ones (3.1 to 3.3 in Proxmox) read what is written for it.

import { eni } from '../../dialects/eni.ts'
import { driverNames } from '../families/interfaces.ts'
import { recogniser } from '../families/interfaces-find.ts'
import { unreadNames, unreadPatterns } from '../families/interfaces-patterns.ts'
import {
  bridgePorts,
  carried,
  eachTold,
  memberMtu,
  memberOption,
  membersIn,
  vlanBy,
  vlanWords,
} from '../families/interfaces-single.ts'
import { arrangeSingle, singleParts } from '../families/interfaces-single-stanzas.ts'
import { cannot, joined, oneZero, respelled, says } from '../stance.ts'
import type { Target } from '../target.ts'
import {
  addressed,
  addresses,
  delay,
  dhcp,
  mtu,
  noBond,
  noBridge,
  policy,
  primary,
  probing,
  vlanAware,
  vlanShape,
} from './ifupdown2-shapes.ts'

const line = (name: string, options: Parameters<typeof says>[1] = {}) =>
  says(`bond-${name}`, { in: 'link', ...options })

/** Its addon has no word for it and passes over what it does not know; the driver is told by a command. */
const told = (name: string, options: Parameters<typeof says>[1] = {}) =>
  says(name, { in: 'driver', ...options })

const lines = {
  mode: line('mode'),
  miimon: line('miimon'),
  'min-links': line('min-links'),
  'num-grat-arp': line('num-grat-arp', { also: ['bond-num-unsol-na'] }),
  'ad-actor-sys-prio': line('ad-actor-sys-prio', { also: ['bond-ad-sys-priority'] }),
  'ad-actor-system': line('ad-actor-system', { also: ['bond-ad-sys-mac-addr'] }),
  'use-carrier': line('use-carrier', { as: respelled({ on: 'yes', off: 'no' }) }),
  'lacp-rate': line('lacp-rate'),
  'primary-reselect': line('primary-reselect'),
  'xmit-hash-policy': policy,
  updelay: delay('updelay', { lined: true }),
  downdelay: delay('downdelay', { lined: true }),
  primary,
}

const own = {
  ...carried,
  dhcp4: addressed(dhcp('dhcp4')),
  dhcp6: addressed(dhcp('dhcp6')),
  addresses: addressed(addresses),
  optional: cannot('ifup -a, which the boot waits for, brings up every device in turn'),
}

export const ifupdown2: Target = {
  id: 'ifupdown2',
  title: 'ifupdown2',
  side: 'host',
  reader: 'ifup of ifupdown2, on Cumulus Linux, Proxmox VE and Debian',
  versions: ['3.0.0'],
  proof: 'proven',
  dialect: eni,
  files: [{ path: 'etc/network/interfaces', template: 'interfaces', mode: 0o644, per: 'host' }],
  parts: { single: singleParts, several: [] },
  keepsMemberOrder: true,
  applied: [
    {
      command: 'ifreload -a',
      bond: 'changed',
      because: 'it sets what differs on a bond that is there, as far as the driver takes it',
      gone: 'removed',
    },
  ],
  ignores: [
    { in: 'head', name: 'iface', value: '' },
    { in: 'head', name: 'iface', value: 'inet loopback' },
    { in: 'head', name: 'iface', value: 'inet static' },
    { in: 'head', name: 'iface', value: 'inet manual' },
    { in: 'head', name: 'iface', value: 'inet6 static' },
    { in: 'head', name: 'iface', value: 'inet6 manual' },
    { in: 'boot', name: 'auto' },
    { in: 'boot', name: 'allow' },
    { in: 'boot', name: 'allow-hotplug' },
    { in: 'ra', name: 'autoconf' },
    { in: 'link', name: 'bond-slaves', value: 'none' },
    { in: 'link', name: 'bond-slaves', value: 'noglob' },
    { in: 'link', name: 'bridge-ports', value: 'none' },
    // A VLAN device on a bridge brings its VLAN there by itself.
    { in: 'self', name: 'vid' },
    { in: 'made', name: 'bond' },
    { in: 'made', name: 'bridge' },
    // How long it waits, and what follows from the address anyway.
    { in: 'link', name: 'bridge-maxwait' },
    { in: 'link', name: 'bridge-waitport' },
    { in: 'link', name: 'broadcast' },
    { in: 'link', name: 'network' },
    // Its own defaults, said.
    { in: 'link', name: 'vlan-protocol', value: '802.1q' },
    { in: 'link', name: 'bond-lacp-bypass-allow', value: '0' },
    { in: 'link', name: 'bond-lacp-bypass-allow', value: 'no' },
    { in: 'link', name: 'bridge-allow-untagged', value: 'yes' },
    { in: 'link', name: 'bridge-pvid', value: '1' },
  ],
  unread: [...unreadPatterns, unreadNames],
  spellings: {
    port: {
      ...own,
      mtu: memberMtu,
      prio: memberOption('prio', noBond),
      'actor-port-prio': memberOption('actor-port-prio', noBond),
      'queue-id': memberOption('queue-id', noBond),
    },
    bond: {
      members: membersIn('bond-slaves', noBond, true),
      ...lines,
      'active-slave': cannot('no member has a link yet while the bond is made', 'say primary'),
      'fail-over-mac': cannot('the driver takes it only of a bond without members, and no command runs then'),
      'peer-notif-delay': delay('peer-notif-delay', { lined: false }),
      'arp-interval': probing('arp-interval'),
      'arp-ip-target': eachTold('arp-ip-target', 'arp_ip_target'),
      'ns-ip6-target': told('ns_ip6_target', { as: joined(',') }),
      'arp-validate': probing('arp-validate'),
      'arp-all-targets': told('arp_all_targets'),
      'arp-missed-max': told('arp_missed_max'),
      'lacp-active': told('lacp_active'),
      'lacp-strict': told('lacp_strict'),
      'ad-select': told('ad_select'),
      'ad-user-port-key': told('ad_user_port_key'),
      'coupled-control': told('coupled_control'),
      'broadcast-neighbor': told('broadcast_neighbor'),
      'packets-per-slave': told('packets_per_slave'),
      'tlb-dynamic-lb': told('tlb_dynamic_lb', { as: oneZero }),
      'lp-interval': told('lp_interval'),
      'all-slaves-active': told('all_slaves_active', { as: oneZero }),
      'resend-igmp': told('resend_igmp'),
      ...own,
    },
    vlan: { ...own, ...vlanBy(vlanShape), mtu: mtu('vlan') },
    bridge: {
      ...own,
      ports: bridgePorts(noBridge, true),
      stp: says('bridge-stp', { in: 'link', as: respelled({ true: 'on', false: 'off' }) }),
      'forward-delay': says('bridge-fd', { in: 'link' }),
      'ageing-time': says('bridge-ageing', { in: 'link' }),
      'vlan-aware': vlanAware,
      vlans: says('bridge-vids', { in: 'link', as: vlanWords }),
      mtu: mtu('bridge'),
    },
  },
  arrange: arrangeSingle({
    // A list without a name in it. The usual `none` is the name of a member to it, and in two bonds an error at boot.
    bond: { unless: 'bond-slaves', name: 'bond-slaves', value: 'noglob' },
    bridge: { unless: 'bridge-ports', name: 'bridge-ports', value: 'none' },
  }),
  recognise: recogniser({
    hooked: driverNames(Object.keys(lines)),
    aliases: { 'bond-ports': 'bond-slaves' },
    underscores: /^(?:bond|bridge|vlan)_/,
    vlanName: /^(?:vlan|(?<link>[^.]+(?:\.\d+)?)\.)0*(?<id>[1-9]\d*)$/,
    vlanNameAlone: /^$/,
    patterns: true,
    bareAddress: 'host',
  }),
}
