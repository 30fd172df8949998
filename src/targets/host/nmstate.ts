// nmstate: one YAML file that says the state a host shall have, which NetworkManager then makes. Keys and values:
// rust/src/lib/ifaces/*.rs, ip.rs, route.rs, dns.rs of nmstate; what NetworkManager refuses it refuses here as well. An
// unknown key makes it refuse the whole file.

import { yaml } from '../../dialects/yaml.ts'
import { unicast } from '../families/networkd.ts'
import {
  arpInterval,
  arpIpTarget,
  arpValidate,
  delay,
  forwardDelay,
  zeroIsNotSent,
} from '../families/networkmanager.ts'
import { cannot, respelled, says, trueFalse } from '../stance.ts'
import { others, type Target } from '../target.ts'
import { arrange, recognise } from './nmstate-recognise.ts'
import {
  acceptRa,
  addresses,
  bridgePorts,
  bridgeVlans,
  dhcp4,
  dhcp6,
  mac,
  members,
  nameservers,
  prio,
  queueId,
  routes,
  vlanAware,
} from './nmstate-shapes.ts'

const noKey = cannot('it has no such bond option up to version 2.2.38')

const bonding = (name: string, options: Parameters<typeof says>[1] = {}) =>
  says(name, { in: 'options', ...options })

const knowsNs = (): boolean => false

const carried = {
  mtu: says('mtu'),
  mac,
  dhcp4,
  dhcp6,
  'accept-ra': acceptRa,
  addresses,
  routes,
  nameservers,
  optional: cannot(
    'it says the state of a host, and nothing of when a boot goes on',
    'NetworkManager waits for every profile that starts by itself',
  ),
}

export const nmstate: Target = {
  id: 'nmstate',
  title: 'nmstate',
  side: 'host',
  reader: 'nmstatectl apply, or nmstate.service, with NetworkManager',
  versions: ['2.2.9', '2.2.17', '2.2.38'],
  proof: 'documented',
  dialect: yaml,
  files: [{ path: 'etc/nmstate/bondplan.yml', template: 'bondplan.yml', mode: 0o600, per: 'host' }],
  parts: {
    single: [
      'body',
      'ipv4',
      'ipv6',
      'aggregation',
      'options',
      'vlan-of',
      'bridge-of',
      'bridge-options',
      'stp',
      'routes',
      'further',
      'resolver',
    ],
    several: [],
  },
  // It sorts them by name.
  keepsMemberOrder: false,
  applied: [
    {
      command: 'nmstatectl apply',
      bond: 'anew',
      because: 'it activates the connection of NetworkManager again, which takes the bond down',
      gone: {
        command: 'nmcli connection delete {device}',
        first: false,
        because: 'nmstate leaves alone what its document does not name',
      },
    },
  ],
  ignores: [
    { in: 'body', name: 'state', value: 'up' },
    { in: 'ipv4', name: 'enabled' },
    { in: 'ipv6', name: 'enabled' },
    // What is about other things than bonds and what stands on them.
    ...others(
      'body',
      'description',
      'ethernet',
      'ethtool',
      'identifier',
      'lldp',
      'mptcp',
      'profile-name',
      'wait-ip',
    ),
  ],
  spellings: {
    port: {
      ...carried,
      prio,
      'actor-port-prio': cannot('it has no such setting of a port up to version 2.2.38'),
      'queue-id': queueId,
    },
    bond: {
      members,
      // Mandatory for a new bond.
      mode: says('mode', { in: 'aggregation', always: true }),
      // NetworkManager polls where nothing is said.
      miimon: bonding('miimon', { unset: 100, yields: 'arp-interval' }),
      updelay: delay('options', 'updelay'),
      downdelay: delay('options', 'downdelay'),
      'use-carrier': bonding('use_carrier', { as: trueFalse }),
      'arp-interval': arpInterval('options', knowsNs),
      'arp-ip-target': arpIpTarget('options', knowsNs),
      'ns-ip6-target': noKey,
      'arp-validate': arpValidate('options'),
      'arp-all-targets': bonding('arp_all_targets'),
      'arp-missed-max': bonding('arp_missed_max', { since: '2.2.13' }),
      'lacp-rate': bonding('lacp_rate'),
      'lacp-active': noKey,
      'lacp-strict': noKey,
      'ad-select': bonding('ad_select', {
        except: [{ values: ['actor_port_prio'], because: 'nmstate knows stable, bandwidth and count' }],
      }),
      'ad-actor-sys-prio': bonding('ad_actor_sys_prio'),
      'ad-actor-system': bonding('ad_actor_system', { as: unicast }),
      'ad-user-port-key': bonding('ad_user_port_key'),
      'min-links': bonding('min_links'),
      'coupled-control': noKey,
      'broadcast-neighbor': noKey,
      'xmit-hash-policy': bonding('xmit_hash_policy'),
      'packets-per-slave': bonding('packets_per_slave', { except: zeroIsNotSent }),
      'tlb-dynamic-lb': bonding('tlb_dynamic_lb', { as: trueFalse }),
      'lp-interval': bonding('lp_interval'),
      'all-slaves-active': bonding('all_slaves_active', {
        as: respelled({ on: 'delivered', off: 'dropped' }),
      }),
      primary: bonding('primary'),
      'primary-reselect': bonding('primary_reselect'),
      'active-slave': cannot('it is an action of the moment, not a state to be kept', 'say primary'),
      'fail-over-mac': bonding('fail_over_mac'),
      'num-grat-arp': bonding('num_grat_arp', { also: ['num_unsol_na'], except: zeroIsNotSent }),
      'peer-notif-delay': noKey,
      'resend-igmp': bonding('resend_igmp'),
      ...carried,
    },
    vlan: {
      id: says('id', { in: 'vlan-of' }),
      link: says('base-iface', { in: 'vlan-of' }),
      ...carried,
    },
    bridge: {
      ports: bridgePorts,
      // NetworkManager's default.
      stp: says('enabled', { in: 'stp', unset: true }),
      'forward-delay': forwardDelay('stp', false),
      'ageing-time': says('mac-ageing-time', { in: 'bridge-options' }),
      'vlan-aware': vlanAware,
      vlans: bridgeVlans,
      ...carried,
    },
  },
  arrange,
  recognise,
}
