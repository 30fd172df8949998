// FreeBSD: variables of rc.conf(5), whose values are words of ifconfig(8). Bonds are lagg(4), which knows less than the
// driver of Linux: what it does by itself, and what it cannot do at all, stand here with the reason.

import { shell } from '../../dialects/shell.ts'
import { options } from '../../options/index.ts'
import { unicast } from '../families/networkd.ts'
import { cannot, needless, only, says } from '../stance.ts'
import type { Target } from '../target.ts'
import { arrange, arrangeHost, recognise, unnamed } from './freebsd-recognise.ts'
import {
  acceptRa,
  addresses,
  bondMtu,
  dhcp4,
  each,
  forwardDelay,
  lagghash,
  mtu,
  routes,
  stp,
  vlanId,
  vlanLink,
} from './freebsd-shapes.ts'

const noProbes = cannot('lagg probes nobody', 'use LACP, which notices a silent partner')
const noDelay = cannot('lagg uses a port as soon as it has link, and drops it as soon as it has none')
const noWord = cannot('lagg has nothing like it')
const perPort = cannot('lagg has no settings for a port')
const noFilter = cannot('its bridges filter no VLANs before 15.0', 'make one bridge for each VLAN device')

const carried = {
  mtu,
  mac: says('ether ', { in: 'Words', as: unicast }),
  dhcp4,
  dhcp6: cannot('the system has no DHCPv6 client of its own', 'install dhcpcd or dual-dhclient'),
  'accept-ra': acceptRa,
  addresses,
  routes,
  nameservers: cannot('rc.conf knows no resolvers', 'write them to /etc/resolv.conf'),
  optional: cannot('the boot waits for no single device', 'netwait_enable waits for an address to answer'),
}

export const freebsd: Target = {
  id: 'freebsd',
  title: 'FreeBSD',
  side: 'host',
  reader: 'rc of FreeBSD, which hands the words to ifconfig and route',
  versions: ['13.5', '14.3'],
  proof: 'documented',
  dialect: shell,
  files: [{ path: 'etc/rc.conf.d/network', template: 'network', mode: 0o644, per: 'host' }],
  parts: {
    single: ['Proto', 'Words', 'MemberMtu', 'Aliases', 'Six', 'HasSix', 'Vlans', 'Create'],
    several: ['Route'],
  },
  keepsMemberOrder: true,
  // lagg(4) follows the link of its ports by itself, and a lagg of LACP has link only where a partner has negotiated.
  exempt: ['no-link-monitoring', 'monitoring-implicit', 'lacp-strict-without-min-links'],
  ignores: [
    ...['up', '-use_flowid', 'use_flowid', 'auto_linklocal', 'no_dad'].map(value => ({
      in: 'Words',
      name: '',
      value,
    })),
    { in: 'Six', name: '', value: 'auto_linklocal' },
    // The other kind is for InfiniBand.
    { in: 'Type', name: 'laggtype ', value: 'ethernet' },
    // Of a bond whose mode lagg has not.
    { in: 'Proto', name: 'laggproto ', value: 'none' },
    // Read with the bond, and with the VLAN.
    { in: 'MemberMtu', name: 'mtu ' },
    { in: 'Vlans', name: 'vlan' },
  ],
  unnamed,
  spellings: {
    port: { ...carried, prio: perPort, 'actor-port-prio': perPort, 'queue-id': perPort },
    bond: {
      members: each(options.bond.members.kind, 'Words', 'laggport '),
      // Failover is what a lagg does that is told nothing.
      mode: says('laggproto ', {
        in: 'Proto',
        values: {
          'balance-rr': 'roundrobin',
          'active-backup': 'failover',
          'balance-xor': 'loadbalance',
          '802.3ad': 'lacp',
        },
        except: [{ values: ['balance-tlb', 'balance-alb'], because: 'lagg has no such protocol' }],
        always: true,
      }),
      miimon: needless('lagg hears of a lost link from the driver at once, and polls nothing'),
      updelay: noDelay,
      downdelay: noDelay,
      'use-carrier': only('on', 'lagg goes by the state of the link'),
      'arp-interval': noProbes,
      'arp-ip-target': noProbes,
      'ns-ip6-target': noProbes,
      'arp-validate': noProbes,
      'arp-all-targets': noProbes,
      'arp-missed-max': noProbes,
      'lacp-rate': says('', {
        in: 'Words',
        values: { fast: 'lacp_fast_timeout', slow: '-lacp_fast_timeout' },
      }),
      'lacp-active': only('on', 'lagg sends LACPDUs unasked'),
      // Strict is what a lagg is that is told nothing (lagg(4), net.link.lagg.lacp.default_strict_mode).
      'lacp-strict': says('', {
        in: 'Words',
        values: { on: 'lacp_strict', off: '-lacp_strict' },
        unset: 'on',
      }),
      'ad-select': only('bandwidth', 'lagg uses the ports whose speeds sum up to most'),
      'ad-actor-sys-prio': noWord,
      'ad-actor-system': noWord,
      'ad-user-port-key': noWord,
      'min-links': noWord,
      'coupled-control': noWord,
      'broadcast-neighbor': noWord,
      'xmit-hash-policy': lagghash,
      'packets-per-slave': says('rr_limit ', {
        in: 'Words',
        except: [{ values: [0], because: 'lagg takes its ports in turn, never at random' }],
      }),
      'tlb-dynamic-lb': noWord,
      'lp-interval': noWord,
      'all-slaves-active': cannot(
        'it is said for all lagg devices at once',
        'say net.link.lagg.failover_rx_all in /etc/sysctl.conf',
      ),
      primary: cannot('in failover the first member is the primary, whatever else is said', 'name it first'),
      'primary-reselect': only('always', 'lagg goes back to the first port that has link'),
      'active-slave': cannot('in failover the first member that has link is active', 'name it first'),
      'fail-over-mac': only('none', 'all ports of a lagg have one address'),
      'num-grat-arp': noWord,
      'peer-notif-delay': noWord,
      'resend-igmp': noWord,
      ...carried,
      mtu: bondMtu,
    },
    vlan: { id: vlanId, link: vlanLink, ...carried },
    bridge: {
      ports: each(options.bridge.ports.kind, 'Words', 'addm '),
      stp,
      'forward-delay': forwardDelay,
      // if_bridge(4): 1200 s where nothing is said.
      'ageing-time': says('timeout ', { in: 'Words', unset: 1200 }),
      'vlan-aware': noFilter,
      vlans: noFilter,
      ...carried,
    },
  },
  arrange,
  arrangeHost,
  recognise,
}
