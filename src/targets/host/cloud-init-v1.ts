// cloud-init, network configuration of version 1: a list of devices, bond parameters by the names of ifenslave. Dashes, not
// the underscores of the schema: they are what every renderer finds (net/sysconfig.py, net/netplan.py).

import { yaml } from '../../dialects/yaml.ts'
import {
  networkdValues,
  newer,
  noFilter,
  noParameter,
  noTargets,
  perPort,
  zeroIsDropped,
} from '../families/cloud-init.ts'
import { mtu, unicast } from '../families/networkd.ts'
import { cannot, oneZero, respelled, says } from '../stance.ts'
import type { Target } from '../target.ts'
import { arrange, recognise } from './cloud-init-v1-recognise.ts'
import { acceptRa, addresses, dhcp, nameservers, routes } from './cloud-init-v1-shapes.ts'

/** Names are read with underscores as well, as the schema and older examples have them. */
const parameter = (name: string, options: Parameters<typeof says>[1] = {}) => {
  const full = `bond-${name}`
  const also = [full.replaceAll('-', '_'), `bond-${name.replaceAll('-', '_')}`]
  return says(full, { in: 'params', also: also.filter(one => one !== full), ...options })
}

const carried = {
  mtu: says('mtu', { as: mtu }),
  mac: says('mac_address', { as: unicast }),
  dhcp4: dhcp('dhcp4'),
  dhcp6: dhcp('dhcp6'),
  'accept-ra': acceptRa,
  addresses,
  routes,
  nameservers,
  optional: cannot('version 1 has no such key'),
}

export const cloudInitV1: Target = {
  id: 'cloud-init-v1',
  title: 'cloud-init version 1',
  side: 'host',
  reader: 'cloud-init, network configuration version 1',
  versions: ['22.4', '25.1', '26.1'],
  proof: 'proven',
  dialect: yaml,
  files: [
    {
      path: 'etc/cloud/cloud.cfg.d/60-bondplan-network.cfg',
      template: 'network.cfg',
      mode: 0o600,
      per: 'host',
    },
  ],
  parts: { single: ['body', 'params'], several: [] },
  keepsMemberOrder: false,
  applied: [
    {
      command: 'cloud-init clean --reboot',
      bond: 'kept',
      because: 'it configures the network when an instance boots for the first time, and not again',
      gone: 'removed',
    },
  ],
  ignores: [],
  spellings: {
    port: { ...carried, prio: perPort, 'actor-port-prio': perPort, 'queue-id': perPort },
    bond: {
      members: says('bond_interfaces'),
      mode: parameter('mode'),
      miimon: parameter('miimon', { except: networkdValues.miimon }),
      updelay: parameter('updelay'),
      downdelay: parameter('downdelay'),
      'use-carrier': noParameter,
      'arp-interval': noTargets,
      'arp-ip-target': noTargets,
      'ns-ip6-target': noParameter,
      'arp-validate': parameter('arp-validate', { except: networkdValues['arp-validate'] }),
      'arp-all-targets': parameter('arp-all-targets', { since: newer }),
      'arp-missed-max': noParameter,
      'lacp-rate': parameter('lacp-rate'),
      'lacp-active': noParameter,
      'lacp-strict': noParameter,
      'ad-select': parameter('ad-select', { except: networkdValues['ad-select'] }),
      'ad-actor-sys-prio': noParameter,
      'ad-actor-system': noParameter,
      'ad-user-port-key': noParameter,
      'min-links': parameter('min-links', { except: zeroIsDropped }),
      'coupled-control': noParameter,
      'broadcast-neighbor': noParameter,
      'xmit-hash-policy': parameter('xmit-hash-policy', { except: networkdValues['xmit-hash-policy'] }),
      'packets-per-slave': parameter('packets-per-slave', { since: newer, except: zeroIsDropped }),
      'tlb-dynamic-lb': noParameter,
      'lp-interval': cannot('networkd sends it only together with an ARP interval, which this mode forbids'),
      'all-slaves-active': parameter('all-slaves-active', { since: newer, as: oneZero }),
      primary: parameter('primary'),
      'primary-reselect': parameter('primary-reselect'),
      'active-slave': cannot('it is an action of the moment, not configuration', 'say primary'),
      'fail-over-mac': parameter('fail-over-mac'),
      'num-grat-arp': parameter('num-grat-arp', { except: zeroIsDropped }),
      'peer-notif-delay': noParameter,
      'resend-igmp': noParameter,
      ...carried,
    },
    vlan: { id: says('vlan_id'), link: says('vlan_link'), ...carried },
    bridge: {
      ports: says('bridge_interfaces'),
      // Netplan's default is on, bridge-utils' is off.
      stp: says('bridge_stp', { in: 'params', as: respelled({ true: 'on', false: 'off' }), unset: true }),
      'forward-delay': says('bridge_fd', { in: 'params' }),
      'ageing-time': says('bridge_ageing', { in: 'params' }),
      'vlan-aware': noFilter,
      vlans: noFilter,
      ...carried,
    },
  },
  arrange,
  recognise,
}
