// wicked of SUSE: an ifcfg file of another dialect for each device, ifroute files for routes, ifsysctl files for what the
// kernel is told by itself. Keys: ifcfg(5), ifcfg-bonding(5), ifcfg-vlan(5), ifcfg-bridge(5), ifroute(5); what is refused:
// wicked's client/suse/compat-suse.c and src/bonding.c.

import { shell } from '../../dialects/shell.ts'
import { allModes, bonding, type Mode } from '../../options/index.ts'
import { recogniser } from '../families/ifcfg.ts'
import { unicast } from '../families/networkd.ts'
import { cannot, type Exception, oneZero, respelled, type Spelling, says } from '../stance.ts'
import type { Target } from '../target.ts'
import {
  acceptRa,
  addresses,
  arpInterval,
  arpTargets,
  arpValidate,
  delay,
  dhcp,
  forwardDelay,
  members,
  ports,
  readRoute,
  readSysctl,
  routes,
} from './wicked-shapes.ts'

type Options = Parameters<typeof says>[1]

/** A word of BONDING_MODULE_OPTS, which is the kernel's name of the option. */
const word = (id: keyof typeof bonding, options: Options = {}) =>
  says(bonding[id].kernel?.name ?? id, { in: 'Bond', ...options })

const onlyIn = (...modes: readonly Mode[]): Exception => ({
  modes: allModes.filter(mode => !modes.includes(mode)),
  because: `wicked refuses a bond that says it in another mode than ${modes.join(', ')}`,
})

const noWord = cannot(
  'wicked has no such bond option, and would refuse the whole bond',
  'write it to the driver by a POST_UP_SCRIPT',
)
const perPort = cannot('it has no settings for a port of a bond')
const noFilter = cannot('its bridges do not filter VLANs', 'make one bridge for each VLAN device')

const onOff = respelled({ true: 'on', false: 'off' })
/** Words for a truth, as its files have them. */
const stp: Spelling = {
  write: onOff.write,
  read: native => ({ on: true, yes: true, off: false, no: false })[String(native).toLowerCase()],
}
const above0: Spelling = { write: value => (value === 0 ? undefined : value), read: native => native }

const carried = {
  mtu: says('MTU', { in: 'File' }),
  mac: says('LLADDR', { in: 'File', as: unicast }),
  dhcp4: dhcp('dhcp4'),
  dhcp6: dhcp('dhcp6'),
  'accept-ra': acceptRa,
  addresses,
  routes,
  nameservers: cannot(
    'resolvers are those of the whole host',
    'say NETCONFIG_DNS_STATIC_SERVERS in /etc/sysconfig/network/config',
  ),
  optional: cannot(
    'the boot waits for all devices alike, for WAIT_FOR_INTERFACES seconds',
    'say how long in /etc/sysconfig/network/config',
  ),
}

const folder = 'etc/sysconfig/network'
const devices = ['port', 'bond', 'vlan', 'bridge'] as const

export const wicked: Target = {
  id: 'wicked',
  title: 'wicked (SUSE)',
  side: 'host',
  reader: 'wicked of SUSE and openSUSE',
  versions: ['0.6.77'],
  proof: 'documented',
  dialect: shell,
  files: [
    { path: `${folder}/ifcfg-{device}`, template: 'ifcfg', mode: 0o644, per: devices },
    { path: `${folder}/ifroute-{device}`, template: 'ifroute', mode: 0o644, per: devices, when: ['Route'] },
    {
      path: `${folder}/ifsysctl-{device}`,
      template: 'ifsysctl',
      mode: 0o644,
      per: devices,
      when: ['Sysctl'],
    },
  ],
  parts: {
    single: ['Mode', 'Bond', 'Slaves', 'Attached', 'Boot', 'File', 'Sysctl'],
    several: ['Route'],
  },
  // Members are attached as they become ready.
  keepsMemberOrder: false,
  ignores: [
    ...['BONDING_MASTER', 'BRIDGE', 'VLAN', 'STARTMODE', 'NAME', 'USERCONTROL', 'FIREWALL', 'ZONE'],
    ...[
      'ETHTOOL_OPTIONS',
      'BROADCAST',
      'NETWORK',
      'REMOTE_IPADDR',
      'MTU_REQUIRED',
      'DHCLIENT_SET_DEFAULT_ROUTE',
    ],
  ]
    .map((name): Target['ignores'][number] => ({ in: 'File', name }))
    .concat(
      { in: 'Boot', name: 'BOOTPROTO', value: 'none' },
      { in: 'Boot', name: 'BOOTPROTO', value: 'static' },
    ),
  spellings: {
    port: { ...carried, prio: perPort, 'actor-port-prio': perPort, 'queue-id': perPort },
    bond: {
      members,
      mode: word('mode', { in: 'Mode', always: true }),
      // A bond that says no monitor is refused, even in modes in which the driver polls by itself.
      miimon: word('miimon', {
        always: true,
        as: above0,
        except: [{ values: [0], because: 'wicked refuses a bond that says a miimon of 0' }],
      }),
      updelay: delay('updelay'),
      downdelay: delay('downdelay'),
      'use-carrier': word('use-carrier', { as: oneZero }),
      'arp-interval': arpInterval,
      'arp-ip-target': arpTargets,
      'ns-ip6-target': noWord,
      'arp-validate': arpValidate,
      'arp-all-targets': word('arp-all-targets'),
      'arp-missed-max': noWord,
      'lacp-rate': word('lacp-rate'),
      'lacp-active': noWord,
      'lacp-strict': noWord,
      'ad-select': word('ad-select', {
        except: [
          { values: ['actor_port_prio'], because: 'wicked knows stable, bandwidth and count' },
          onlyIn('802.3ad'),
        ],
      }),
      'ad-actor-sys-prio': word('ad-actor-sys-prio'),
      'ad-actor-system': word('ad-actor-system', { as: unicast }),
      'ad-user-port-key': word('ad-user-port-key'),
      'min-links': word('min-links', { except: [onlyIn('802.3ad')] }),
      'coupled-control': noWord,
      'broadcast-neighbor': noWord,
      'xmit-hash-policy': word('xmit-hash-policy', {
        except: [
          { values: ['vlan+srcmac'], because: 'wicked has no such policy' },
          onlyIn('balance-xor', '802.3ad'),
        ],
      }),
      'packets-per-slave': word('packets-per-slave'),
      'tlb-dynamic-lb': word('tlb-dynamic-lb', { as: oneZero, except: [onlyIn('balance-tlb')] }),
      'lp-interval': word('lp-interval'),
      'all-slaves-active': word('all-slaves-active', { as: oneZero }),
      primary: word('primary'),
      'primary-reselect': word('primary-reselect', {
        except: [onlyIn('active-backup', 'balance-tlb', 'balance-alb')],
      }),
      'active-slave': cannot(
        'it says which is active at one moment, and a file holds at every boot',
        'say primary',
      ),
      'fail-over-mac': word('fail-over-mac', { except: [onlyIn('active-backup')] }),
      'num-grat-arp': word('num-grat-arp', { also: ['num_unsol_na'], except: [onlyIn('active-backup')] }),
      'peer-notif-delay': noWord,
      'resend-igmp': word('resend-igmp', {
        except: [onlyIn('balance-rr', 'active-backup', 'balance-tlb', 'balance-alb')],
      }),
      ...carried,
    },
    vlan: {
      id: says('VLAN_ID', { in: 'File' }),
      link: says('ETHERDEVICE', { in: 'File' }),
      ...carried,
    },
    bridge: {
      ports,
      stp: says('BRIDGE_STP', { in: 'File', as: stp, always: true }),
      'forward-delay': forwardDelay,
      'ageing-time': says('BRIDGE_AGEINGTIME', { in: 'File' }),
      'vlan-aware': noFilter,
      vlans: noFilter,
      ...carried,
    },
  },
  recognise: recogniser({
    packed: { BONDING_MODULE_OPTS: { in: 'Bond', apart: { mode: 'Mode' } } },
    parts: [
      { key: /^BOOTPROTO$/, in: 'Boot' },
      { key: /^BONDING_SLAVE/, in: 'Slaves' },
    ],
    names: [{ key: /^(?:ETHERDEVICE|BRIDGE_PORTS|BONDING_SLAVE.*)$/, is: undefined }],
    subjects: [
      { key: 'BONDING_MASTER', value: /^yes$/i, is: 'bond' },
      { key: 'BRIDGE', value: /^yes$/i, is: 'bridge' },
      { key: 'ETHERDEVICE', is: 'vlan' },
    ],
    vlan: { link: 'ETHERDEVICE', id: 'VLAN_ID', in: 'File' },
    beside: [
      { file: /(?:^|\/)ifroute-([^/]+)$/, in: 'Routes', name: 'route', read: readRoute },
      { file: /(?:^|\/)ifsysctl-([^/]+)$/, in: 'Sysctl', name: 'accept_ra', read: readSysctl },
    ],
  }),
}
