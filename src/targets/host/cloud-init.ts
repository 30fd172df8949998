// cloud-init, network configuration of version 2: Netplan's words, as far as cloud-init hands them on to every renderer. It
// passes the text to Netplan as it stands where that is the renderer, and translates it key by key elsewhere.

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
import { around, cannot, says, trueFalse } from '../stance.ts'
import type { Target } from '../target.ts'
import { arrange, recognise } from './cloud-init-recognise.ts'
import { addresses, nameservers, routes, truth } from './cloud-init-shapes.ts'

const parameter = (name: string, options: Parameters<typeof says>[1] = {}) =>
  says(name, { in: 'parameters', ...options })

const onPorts = cannot('cloud-init hands it on for Ethernet ports alone')

const carried = {
  mtu: says('mtu', { as: mtu }),
  mac: says('macaddress', { as: unicast }),
  dhcp4: truth('dhcp4'),
  dhcp6: truth('dhcp6'),
  'accept-ra': onPorts,
  addresses,
  routes,
  nameservers,
  optional: onPorts,
}

export const cloudInit: Target = {
  id: 'cloud-init',
  title: 'cloud-init',
  side: 'host',
  reader: 'cloud-init, network configuration version 2',
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
  parts: { single: ['body', 'parameters'], several: [] },
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
    port: {
      ...carried,
      'accept-ra': truth('accept-ra'),
      optional: truth('optional'),
      prio: perPort,
      'actor-port-prio': perPort,
      'queue-id': perPort,
    },
    bond: {
      members: says('interfaces'),
      mode: parameter('mode'),
      // The schema wants text here, and only here.
      miimon: parameter('mii-monitor-interval', { as: around('', ''), except: networkdValues.miimon }),
      updelay: parameter('up-delay'),
      downdelay: parameter('down-delay'),
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
      'xmit-hash-policy': parameter('transmit-hash-policy', { except: networkdValues['xmit-hash-policy'] }),
      'packets-per-slave': parameter('packets-per-slave', { since: newer, except: zeroIsDropped }),
      'tlb-dynamic-lb': noParameter,
      'lp-interval': cannot('networkd sends it only together with an ARP interval, which this mode forbids'),
      'all-slaves-active': parameter('all-slaves-active', { since: newer, as: trueFalse }),
      primary: parameter('primary'),
      'primary-reselect': parameter('primary-reselect-policy'),
      'active-slave': cannot('it is an action of the moment, not configuration', 'say primary'),
      'fail-over-mac': parameter('fail-over-mac-policy'),
      'num-grat-arp': parameter('gratuitous-arp', { also: ['gratuitious-arp'], except: zeroIsDropped }),
      'peer-notif-delay': noParameter,
      'resend-igmp': noParameter,
      ...carried,
    },
    vlan: { id: says('id'), link: says('link'), ...carried },
    bridge: {
      ports: says('interfaces'),
      stp: parameter('stp', { unset: true }),
      'forward-delay': parameter('forward-delay'),
      'ageing-time': parameter('ageing-time'),
      'vlan-aware': noFilter,
      vlans: noFilter,
      ...carried,
    },
  },
  arrange,
  recognise,
}
