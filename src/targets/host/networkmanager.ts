// NetworkManager's keyfiles: a profile for each device. Names and values: nm-settings-keyfile(5) and nm-settings(5); what it
// refuses, and then it refuses the whole profile: libnm-core-impl, verify() of each setting. Bond options keep the kernel's
// names and numbers.

import { keyfile } from '../../dialects/keyfile.ts'
import { unicast } from '../families/networkd.ts'
import {
  arpInterval,
  arpIpTarget,
  arpValidate,
  delay,
  forwardDelay,
  zeroIsNotSent,
} from '../families/networkmanager.ts'
import { cannot, oneZero, says } from '../stance.ts'
import { others, type Target } from '../target.ts'
import { acceptRa, addresses, dhcp4, dhcp6, nameservers, routes } from './networkmanager-ip.ts'
import { arrange, recognise } from './networkmanager-recognise.ts'
import { bridgeVlans, knowsNs, nsIp6Target, ofPort, peerNotifDelay } from './networkmanager-shapes.ts'

const noKey = cannot(
  'it has no such bond option up to version 1.58',
  'the kernel takes it from ip once the bond is there',
)

const bonding = (name: string, options: Parameters<typeof says>[1] = {}) =>
  says(name, { in: 'Bond', ...options })

const carried = {
  mtu: says('mtu', { in: 'Ethernet' }),
  mac: says('cloned-mac-address', { in: 'Ethernet', as: unicast }),
  dhcp4,
  dhcp6,
  'accept-ra': acceptRa,
  addresses,
  routes,
  nameservers,
  optional: cannot(
    'its wait-online service waits for every profile that starts by itself, and no profile can be left out',
    'a port without a cable does not hold it up',
  ),
}

/** What stands above a port is named in the port's own profile. */
const above = (part: string) =>
  says('controller', {
    in: part,
    inverse: true,
    formerly: [{ before: '1.46', name: 'master' }],
    also: ['master'],
  })

export const networkmanager: Target = {
  id: 'networkmanager',
  title: 'NetworkManager',
  side: 'host',
  reader: 'NetworkManager, its keyfile plugin',
  versions: ['1.42', '1.44', '1.46', '1.52'],
  proof: 'proven',
  dialect: keyfile,
  files: [
    {
      path: 'etc/NetworkManager/system-connections/{device}.nmconnection',
      template: 'profile',
      // Any file that somebody else could read is left out.
      mode: 0o600,
      per: ['port', 'bond', 'vlan', 'bridge'],
    },
  ],
  parts: {
    single: [
      'Member',
      'Bridged',
      'Ethernet',
      'Bond',
      'BondPort',
      'Vlan',
      'Bridge',
      'BridgePort',
      'IPv4',
      'IPv6',
    ],
    several: [],
  },
  // Ports are attached as they become ready.
  keepsMemberOrder: false,
  applied: [
    {
      command: 'nmcli connection reload && nmcli connection up {bond}',
      bond: 'anew',
      because: 'a connection that comes up again goes down before',
    },
  ],
  ignores: [
    // How the family is configured follows from its addresses where nothing else has read it.
    { in: 'IPv4', name: 'method' },
    { in: 'IPv6', name: 'method' },
    // Read with the bridge; with a port they are written for it.
    { in: 'BridgePort', name: 'vlans' },
    { in: 'Connection', name: 'autoconnect', value: 'true' },
    { in: 'Connection', name: 'autoconnect-priority' },
    { in: 'Connection', name: 'autoconnect-ports' },
    { in: 'Connection', name: 'autoconnect-slaves' },
    { in: 'Connection', name: 'permissions' },
    { in: 'Connection', name: 'timestamp' },
    { in: 'Connection', name: 'zone' },
    // What is about other things than bonds and what stands on them.
    ...others(
      'Connection',
      'autoconnect-retries',
      'dns-over-tls',
      'gateway-ping-timeout',
      'lldp',
      'llmnr',
      'mdns',
      'metered',
      'mptcp-flags',
      'stable-id',
      'wait-device-timeout',
    ),
    ...others('proxy'),
    ...others('user'),
    ...others(
      'IPv4',
      'may-fail',
      'dhcp-client-id',
      'dhcp-timeout',
      'dhcp-send-hostname',
      'required-timeout',
      'link-local',
    ),
    ...others(
      'IPv6',
      'may-fail',
      'dhcp-client-id',
      'dhcp-timeout',
      'dhcp-send-hostname',
      'required-timeout',
      'link-local',
    ),
    { in: 'IPv6', name: 'addr-gen-mode' },
    { in: 'IPv6', name: 'ip6-privacy' },
    // The default: tags are reordered, as by the kernel itself.
    { in: 'Vlan', name: 'flags', value: '1' },
  ],
  spellings: {
    port: {
      ...carried,
      prio: ofPort('prio', '1.44'),
      'actor-port-prio': cannot('it has no such setting of a port up to version 1.58'),
      'queue-id': ofPort('queue-id', '1.34'),
    },
    bond: {
      members: above('Member'),
      // Mandatory.
      mode: bonding('mode', { always: true }),
      miimon: bonding('miimon', { unset: 100, yields: 'arp-interval' }),
      updelay: delay('Bond', 'updelay'),
      downdelay: delay('Bond', 'downdelay'),
      'use-carrier': bonding('use_carrier', { as: oneZero }),
      'arp-interval': arpInterval('Bond', knowsNs),
      'arp-ip-target': arpIpTarget('Bond', knowsNs),
      'ns-ip6-target': nsIp6Target,
      'arp-validate': arpValidate('Bond'),
      'arp-all-targets': bonding('arp_all_targets'),
      'arp-missed-max': bonding('arp_missed_max', { since: '1.44' }),
      'lacp-rate': bonding('lacp_rate'),
      'lacp-active': bonding('lacp_active', { since: '1.44' }),
      'lacp-strict': noKey,
      'ad-select': bonding('ad_select', {
        except: [
          {
            values: ['actor_port_prio'],
            because: 'NetworkManager knows stable, bandwidth and count up to version 1.58',
          },
        ],
      }),
      'ad-actor-sys-prio': bonding('ad_actor_sys_prio'),
      'ad-actor-system': bonding('ad_actor_system', { as: unicast }),
      'ad-user-port-key': bonding('ad_user_port_key'),
      'min-links': bonding('min_links'),
      'coupled-control': noKey,
      'broadcast-neighbor': noKey,
      'xmit-hash-policy': bonding('xmit_hash_policy'),
      'packets-per-slave': bonding('packets_per_slave', { except: zeroIsNotSent }),
      'tlb-dynamic-lb': bonding('tlb_dynamic_lb', { as: oneZero }),
      'lp-interval': bonding('lp_interval'),
      'all-slaves-active': bonding('all_slaves_active', { as: oneZero }),
      primary: bonding('primary', { also: ['active_slave'] }),
      'primary-reselect': bonding('primary_reselect'),
      'active-slave': cannot('it takes active_slave for another word for primary', 'say primary'),
      'fail-over-mac': bonding('fail_over_mac'),
      'num-grat-arp': bonding('num_grat_arp', { also: ['num_unsol_na'], except: zeroIsNotSent }),
      'peer-notif-delay': peerNotifDelay,
      'resend-igmp': bonding('resend_igmp'),
      ...carried,
    },
    vlan: {
      id: says('id', { in: 'Vlan' }),
      link: says('parent', { in: 'Vlan' }),
      ...carried,
    },
    bridge: {
      ports: above('Bridged'),
      stp: says('stp', { in: 'Bridge', unset: true }),
      'forward-delay': forwardDelay('Bridge', true),
      'ageing-time': says('ageing-time', { in: 'Bridge' }),
      'vlan-aware': says('vlan-filtering', { in: 'Bridge' }),
      vlans: bridgeVlans,
      ...carried,
    },
  },
  arrange,
  recognise,
}
