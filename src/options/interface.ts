// What any device can carry, be it a port, a bond, a VLAN or a bridge, and what is said of ports alone.

import {
  destination,
  deviceName,
  domainName,
  flag,
  ipAddress,
  ipPrefix,
  listOf,
  macAddress,
  portRef,
  record,
  speed,
  whole,
} from './kind.ts'
import { option } from './row.ts'

export const routeKind = record(
  {
    to: { kind: destination, summary: 'Where it leads: default, or a prefix.', required: true },
    via: { kind: ipAddress, summary: 'The next hop; left out where the destination is on the link.' },
    metric: { kind: whole({ min: 0, max: 4294967295 }), summary: 'The lower one is preferred.' },
    table: { kind: whole({ min: 1, max: 4294967295 }), summary: 'The routing table; 254 is the main one.' },
  },
  'a route such as {to: default, via: 192.0.2.1}',
)

export const nameserversKind = record(
  {
    addresses: { kind: listOf(ipAddress), summary: 'The resolvers to ask, in order.' },
    search: { kind: listOf(domainName), summary: 'The domains in which short names are tried.' },
  },
  'nameservers such as {addresses: [192.0.2.53], search: [example.net]}',
)

export type Route = NonNullable<ReturnType<typeof routeKind.read>>
export type Nameservers = NonNullable<ReturnType<typeof nameserversKind.read>>

export const carried = {
  mtu: option({
    summary: 'The largest packet, in bytes without the Ethernet header; a bond gives its own to its members.',
    kind: whole({ min: 68, max: 65535, unit: 'bytes' }),
    side: 'both',
    codes: { value: 'mtu-range' },
    source: 'linux net/core/dev.c, dev_validate_mtu(); bond_main.c, bond_change_mtu()',
  }),
  mac: option({
    summary: 'The MAC address that the device is given.',
    kind: macAddress,
    source: 'linux net/core/dev.c, dev_set_mac_address()',
  }),
  dhcp4: option({
    summary: 'Whether an IPv4 address is asked for by DHCP.',
    kind: flag,
    unset: false,
    ifLost: 'error',
    source: 'RFC 2131',
  }),
  dhcp6: option({
    summary: 'Whether an IPv6 address is asked for by DHCPv6.',
    kind: flag,
    unset: false,
    ifLost: 'error',
    source: 'RFC 8415',
  }),
  'accept-ra': option({
    summary: 'Whether router advertisements configure addresses and routes.',
    kind: flag,
    source: 'RFC 4861; linux Documentation/networking/ip-sysctl.rst, accept_ra',
  }),
  addresses: option({
    summary: 'The addresses with the lengths of their prefixes, the first of each family the main one.',
    kind: listOf(ipPrefix, { unique: true }),
    unset: [],
    ifLost: 'error',
    source: 'RFC 4632 and RFC 4291',
  }),
  routes: option({
    summary: 'Routes that leave by this device.',
    kind: listOf(routeKind),
    unset: [],
    ifLost: 'error',
    source: 'ip-route(8)',
  }),
  nameservers: option({
    summary: 'Resolvers and search domains that hold while this device is up.',
    kind: nameserversKind,
    source: 'resolv.conf(5)',
  }),
  optional: option({
    summary: 'Whether the boot goes on without waiting for this device.',
    kind: flag,
    unset: false,
    source: 'systemd-networkd-wait-online.service(8); netplan YAML reference, optional',
  }),
}

/** Facts of a port. Its options in a bond (prio, queue-id, actor-port-prio) stand with their concern. */
export const portFacts = {
  speed: option({
    summary: 'How fast the port is, as the link negotiates it.',
    kind: speed,
    fact: true,
    side: 'both',
    source: 'linux drivers/net/bonding/bond_3ad.c, __get_link_speed()',
  }),
  to: option({
    summary: "The cable's other end: a switch, a colon, that switch's own name for the port.",
    kind: portRef,
    fact: true,
    source: 'bondplan: the switch side is derived from it',
  }),
  mac: option({
    summary: 'The address that is burnt into the port; it identifies the port and is not set.',
    kind: macAddress,
    fact: true,
    source: 'linux include/linux/netdevice.h, perm_addr',
  }),
}

export const vlan = {
  id: option({
    summary: 'The VLAN number in the tag.',
    kind: whole({ min: 1, max: 4094 }),
    ifLost: 'error',
    change: 'anew',
    source: 'IEEE 802.1Q, clause 9.6, VID; linux net/8021q/vlan_netlink.c, vlan_changelink() takes no id',
  }),
  link: option({
    summary: 'The device that the VLAN stands on.',
    kind: deviceName,
    ifLost: 'error',
    change: 'anew',
    source: 'ip-link(8), type vlan',
  }),
}
