// Netplan: one YAML file. Its keys are its own words; with the networkd renderer a bare number of a delay is ms.

import { yaml } from '../../dialects/yaml.ts'
import { find } from '../families/netplan-find.ts'
import { backupOnly, handedOn, lacpOnly, leftover, mtu, probingOnly, unicast } from '../families/networkd.ts'
import { layered } from '../layers.ts'
import { cannot, says, trueFalse } from '../stance.ts'
import { others, type Recognised, type ScannedFile, type Target } from '../target.ts'
import { addresses, members, nameservers, optional, routes, truth } from './netplan-shapes.ts'

const noKey = cannot('its bond parameters have no such key', 'systemd-networkd and NetworkManager have one')
const perPort = cannot('it has no settings for a port of a bond')

const carried = {
  mtu: says('mtu', { as: mtu }),
  mac: says('macaddress', { as: unicast }),
  dhcp4: truth('dhcp4', false),
  dhcp6: truth('dhcp6', true),
  'accept-ra': truth('accept-ra', true),
  addresses,
  routes,
  nameservers,
  optional,
}

/** Bond parameters, nested below `parameters`. */
const parameter = (name: string, options: Parameters<typeof says>[1] = {}) =>
  says(name, { in: 'parameters', ...options })

const zeroIsDropped = (key: string) => [
  { values: [0], because: `it drops ${key}: 0 without a word, and the driver then uses its own default` },
]

export const netplan: Target = {
  id: 'netplan',
  title: 'Netplan',
  side: 'host',
  reader: 'netplan generate, with the networkd renderer',
  versions: ['0.106', '1.0', '1.1', '1.2'],
  proof: 'proven',
  dialect: yaml,
  files: [{ path: 'etc/netplan/60-bondplan.yaml', template: 'bondplan.yaml', mode: 0o600, per: 'host' }],
  parts: { single: ['body', 'parameters'], several: [] },
  keepsMemberOrder: true,
  // Apart from the mode and the rate it takes any word (parse.c), and networkd passes over what it does not know.
  unchecked: { code: 'netplan-unvalidated-value', severity: 'error' },
  applied: [
    {
      command: 'netplan apply',
      bond: 'kept',
      because: 'networkd before 257 leaves the options of a bond that is there as they are',
      silent: true,
      gone: leftover,
    },
    {
      since: '1.1',
      command: 'netplan apply',
      bond: 'changed',
      because: 'networkd from 257 on sends what the driver takes while the bond is up',
      silent: true,
      gone: leftover,
    },
  ],
  ignores: [
    { in: 'body', name: 'link-local' },
    // What is about other things than bonds and what stands on them.
    ...others(
      'body',
      'activation-mode',
      'critical',
      'dhcp-identifier',
      'dhcp4-overrides',
      'dhcp6-overrides',
      'emit-lldp',
      'generic-receive-offload',
      'generic-segmentation-offload',
      'ignore-carrier',
      'ipv6-privacy',
      'large-receive-offload',
      'networkmanager',
      'openvswitch',
      'receive-checksum-offload',
      'tcp-segmentation-offload',
      'tcp6-segmentation-offload',
      'transmit-checksum-offload',
      'wakeonlan',
    ),
    // Written for every member; see members.
    { in: 'body', name: 'optional' },
  ],
  deployment: {
    check: [['netplan', 'generate', '--root-dir', '{root}']],
    leave: [],
    // netplan/cli/commands/apply.py: writes networkd's files, restarts networkd, deletes devices that are defined no more.
    enter: [['netplan', 'apply']],
    // Its generator for systemd ran before, over the files as they were.
    boot: [['netplan', 'generate']],
  },
  spellings: {
    port: {
      ...carried,
      prio: perPort,
      'actor-port-prio': perPort,
      'queue-id': perPort,
    },
    bond: {
      members,
      mode: parameter('mode'),
      miimon: parameter('mii-monitor-interval', {
        as: handedOn,
        except: [
          {
            values: [0],
            modes: ['802.3ad', 'balance-tlb', 'balance-alb'],
            because: 'networkd does not send a 0, so the driver polls every 100 ms in this mode',
          },
        ],
      }),
      updelay: parameter('up-delay', { as: handedOn }),
      downdelay: parameter('down-delay', { as: handedOn }),
      'use-carrier': noKey,
      'arp-interval': parameter('arp-interval', { as: handedOn }),
      'arp-ip-target': parameter('arp-ip-targets', { except: [probingOnly] }),
      'ns-ip6-target': noKey,
      'arp-validate': parameter('arp-validate', {
        except: [
          {
            values: ['filter', 'filter_active', 'filter_backup'],
            because: 'networkd knows none, active, backup and all',
          },
        ],
      }),
      'arp-all-targets': parameter('arp-all-targets'),
      'arp-missed-max': noKey,
      'lacp-rate': parameter('lacp-rate'),
      'lacp-active': noKey,
      'lacp-strict': noKey,
      'ad-select': parameter('ad-select', {
        except: [
          { values: ['actor_port_prio'], because: 'networkd knows stable, bandwidth and count' },
          lacpOnly,
        ],
      }),
      'ad-actor-sys-prio': noKey,
      'ad-actor-system': noKey,
      'ad-user-port-key': noKey,
      'min-links': parameter('min-links', { except: zeroIsDropped('min-links') }),
      'coupled-control': noKey,
      'broadcast-neighbor': noKey,
      'xmit-hash-policy': parameter('transmit-hash-policy', {
        except: [
          { values: ['vlan+srcmac'], because: 'networkd has no such policy up to 262 and would keep layer2' },
        ],
      }),
      'packets-per-slave': parameter('packets-per-member', {
        formerly: [{ before: '0.106', name: 'packets-per-slave' }],
        also: ['packets-per-slave'],
        except: zeroIsDropped('packets-per-member'),
      }),
      'tlb-dynamic-lb': noKey,
      'lp-interval': cannot(
        'networkd sends learn-packet-interval only together with an ARP interval, which this mode forbids',
        'the NetworkManager and ifupdown-ng targets can say it',
      ),
      'all-slaves-active': parameter('all-members-active', {
        as: trueFalse,
        formerly: [{ before: '0.106', name: 'all-slaves-active' }],
        also: ['all-slaves-active'],
      }),
      primary: parameter('primary'),
      'primary-reselect': parameter('primary-reselect-policy'),
      'active-slave': cannot('it is an action of the moment, not configuration', 'say primary'),
      'fail-over-mac': parameter('fail-over-mac-policy', { except: [backupOnly] }),
      'num-grat-arp': parameter('gratuitous-arp', {
        also: ['gratuitious-arp'],
        except: zeroIsDropped('gratuitous-arp'),
      }),
      'peer-notif-delay': noKey,
      'resend-igmp': parameter('resend-igmp', { except: zeroIsDropped('resend-igmp') }),
      ...carried,
    },
    vlan: { id: says('id'), link: says('link'), ...carried },
    bridge: {
      ports: says('interfaces'),
      stp: parameter('stp', { unset: true }),
      'forward-delay': parameter('forward-delay'),
      'ageing-time': parameter('ageing-time'),
      'vlan-aware': cannot('its bridges do not filter VLANs', 'make one bridge for each VLAN device'),
      vlans: cannot('its bridges do not filter VLANs', 'make one bridge for each VLAN device'),
      ...carried,
    },
  },
  recognise,
}

/** Of files with one name that of /run goes before that of /etc; all are read in the order of their names. */
function recognise(files: readonly ScannedFile[]): Recognised {
  const { files: ordered, astray } = layered(files, [1, 0, 2, 3])
  const found = find(ordered, {
    roots: ({ statements }) => statements.find(({ name }) => name === 'network')?.inside ?? [],
    renames: true,
    refuses: true,
  })
  const others = ordered.flatMap(({ statements }) => statements.filter(({ name }) => name !== 'network'))
  return { ...found, outside: found.outside + others.length, astray: [...astray, ...(found.astray ?? [])] }
}
