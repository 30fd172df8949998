// A shell script of ip and bridge commands, for systems that have nothing else, and for trying things out. It may be run
// again: what is there is left as it is. Words and their series: ip-link(8), iproute2 ip/iplink_bond.c,
// iplink_bond_slave.c and iplink_bridge.c.

import { shell } from '../../dialects/shell.ts'
import { bonding } from '../../options/index.ts'
import { unicast } from '../families/networkd.ts'
import { cannot, oneZero, says } from '../stance.ts'
import type { Target } from '../target.ts'
import { recognise } from './iproute2-recognise.ts'
import {
  acceptRa,
  addresses,
  ageingTime,
  arpInterval,
  arpValidate,
  bridgeVlans,
  delay,
  forwardDelay,
  members,
  mtu,
  ofMember,
  primary,
  routes,
  targets,
} from './iproute2-shapes.ts'

type Options = Parameters<typeof says>[1]

/** A word of `type bond`, which is the kernel's name of the option. */
const word = (id: keyof typeof bonding, options: Options = {}) =>
  says(bonding[id].kernel?.name ?? id, { in: 'Bond', ...options })

const noClient = cannot('ip asks no server for addresses', 'start a DHCP client behind the script')

const carried = {
  mtu,
  mac: says('address', { in: 'Link', as: unicast }),
  dhcp4: noClient,
  dhcp6: noClient,
  'accept-ra': acceptRa,
  addresses,
  routes,
  nameservers: cannot('ip knows no resolvers', 'write them to /etc/resolv.conf, or hand them to resolvconf'),
  optional: cannot('nothing waits for what a script does', 'order the unit that runs the script'),
}

export const iproute2: Target = {
  id: 'iproute2',
  title: 'iproute2',
  side: 'host',
  reader: 'sh, with ip and bridge of iproute2',
  versions: ['5.10', '6.1', '6.15', '7.2'],
  proof: 'proven',
  dialect: shell,
  files: [{ path: 'usr/local/sbin/bondplan-up', template: 'up', mode: 0o755, per: 'host' }],
  removal: [{ path: 'usr/local/sbin/bondplan-down', template: 'down', mode: 0o755, per: 'host' }],
  order: 'needs-first',
  parts: {
    single: [
      'Link',
      'Bond',
      'Member',
      'Attached',
      'BondPort',
      'Vlan',
      'On',
      'Bridge',
      'BridgePort',
      'BridgeVlan',
      'RA',
      'Address',
    ],
    several: ['Route'],
  },
  keepsMemberOrder: true,
  ignores: [
    { in: 'Attached', name: 'master' },
    // Read with the bridge that the port is in.
    { in: 'PortVlan', name: 'vid' },
    { in: 'State', name: 'up' },
    { in: 'State', name: 'down' },
  ],
  spellings: {
    port: {
      ...carried,
      prio: ofMember('prio', 'prio', { since: '6.0' }),
      'actor-port-prio': ofMember('actor-port-prio', 'actor_port_prio', { since: '6.18' }),
      'queue-id': ofMember('queue-id', 'queue_id', { limit: 16 }),
    },
    bond: {
      members,
      mode: word('mode', { always: true }),
      miimon: word('miimon'),
      updelay: delay('updelay', 'updelay'),
      downdelay: delay('downdelay', 'downdelay'),
      'use-carrier': word('use-carrier', {
        as: oneZero,
        except: [
          {
            values: ['off'],
            from: '6.18',
            because: 'the driver knows only on from Linux 6.18, and refuses the whole bond',
          },
        ],
      }),
      'arp-interval': arpInterval,
      'arp-ip-target': targets('arp-ip-target', 'arp_ip_target'),
      'ns-ip6-target': targets('ns-ip6-target', 'ns_ip6_target', '5.18'),
      'arp-validate': arpValidate,
      'arp-all-targets': word('arp-all-targets'),
      'arp-missed-max': word('arp-missed-max', { since: '5.17' }),
      'lacp-rate': word('lacp-rate'),
      'lacp-active': word('lacp-active', { since: '5.15' }),
      'lacp-strict': word('lacp-strict', { since: '7.2' }),
      'ad-select': word('ad-select', {
        except: [{ values: ['actor_port_prio'], before: '6.18', because: 'iproute2 has it from 6.18' }],
      }),
      'ad-actor-sys-prio': word('ad-actor-sys-prio'),
      'ad-actor-system': word('ad-actor-system', { as: unicast }),
      'ad-user-port-key': word('ad-user-port-key'),
      'min-links': word('min-links'),
      'coupled-control': word('coupled-control', { since: '6.9' }),
      'broadcast-neighbor': word('broadcast-neighbor', { since: '6.18' }),
      'xmit-hash-policy': word('xmit-hash-policy', {
        except: [{ values: ['vlan+srcmac'], before: '5.12', because: 'iproute2 has it from 5.12' }],
      }),
      'packets-per-slave': word('packets-per-slave'),
      'tlb-dynamic-lb': word('tlb-dynamic-lb', { as: oneZero }),
      'lp-interval': word('lp-interval'),
      'all-slaves-active': word('all-slaves-active', { as: oneZero }),
      primary,
      'primary-reselect': word('primary-reselect'),
      'active-slave': cannot(
        'the driver takes only a member that has link already, and a second run would undo a failover',
        'say primary',
      ),
      'fail-over-mac': word('fail-over-mac'),
      'num-grat-arp': word('num-grat-arp', { also: ['num_unsol_na'] }),
      'peer-notif-delay': delay('peer-notif-delay', 'peer_notify_delay'),
      'resend-igmp': word('resend-igmp'),
      ...carried,
    },
    vlan: {
      id: says('id', { in: 'Vlan' }),
      link: says('link', { in: 'On' }),
      ...carried,
    },
    bridge: {
      ports: says('master', { in: 'BridgePort', each: true }),
      stp: says('stp_state', { in: 'Bridge', values: { true: 1, false: 0 } }),
      'forward-delay': forwardDelay,
      'ageing-time': ageingTime,
      'vlan-aware': says('vlan_filtering', { in: 'Bridge', values: { true: 1, false: 0 } }),
      vlans: bridgeVlans,
      ...carried,
    },
  },
  recognise,
}
