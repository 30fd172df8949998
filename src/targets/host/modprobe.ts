// Parameters of the bonding module, for hosts so old that nothing else reaches the driver when it makes its bonds. What
// they can say is little: the options of all bonds alike, and nothing of members, addresses or anything above a bond.
// Versions are those of the kernel. Names and what is dropped: bond_main.c, module_param() and bond_check_params().

import { shell } from '../../dialects/shell.ts'
import type { Mode } from '../../options/index.ts'
import { cannot, joined, oneZero } from '../stance.ts'
import { countsMembers, type Target } from '../target.ts'
import { arrangeHost, recognise } from './modprobe-recognise.ts'
import {
  needsPolling,
  parameter,
  polledAnyway,
  unnamed,
  unprobed,
  validTargets,
  withPrimary,
} from './modprobe-shapes.ts'

const noParameter = cannot(
  'the driver has no such parameter',
  'write it to its file below /sys/class/net once the bond is there',
)
const later = cannot(
  'the driver is told when it is there',
  'attach them by ifenslave, or by ip link set master',
)
const alone = cannot('the file is about the driver alone', 'use the iproute2 target beside it')

const carried = {
  mtu: alone,
  mac: alone,
  dhcp4: alone,
  dhcp6: alone,
  'accept-ra': alone,
  addresses: alone,
  routes: alone,
  nameservers: alone,
  optional: alone,
}

const hashModes: readonly Mode[] = ['balance-xor', '802.3ad', 'balance-tlb']

export const modprobe: Target = {
  id: 'modprobe',
  title: 'modprobe.d',
  side: 'host',
  reader: 'modprobe, which hands the parameters to the bonding driver',
  versions: ['3.10', '4.19', '6.1', '7.2'],
  proof: 'proven',
  dialect: shell,
  // Who the members are is said elsewhere.
  exempt: countsMembers,
  // Behind systemd.conf, which says max_bonds=0: the last one holds.
  files: [{ path: 'etc/modprobe.d/zz-bondplan.conf', template: 'options', mode: 0o644, per: 'host' }],
  parts: { single: ['Parameters'], several: [] },
  keepsMemberOrder: true,
  knows: ['bond'],
  unnamed,
  ignores: [
    { in: 'Parameters', name: 'max_bonds' },
    { in: 'Parameters', name: 'tx_queues' },
  ],
  spellings: {
    port: { ...carried, prio: later, 'actor-port-prio': later, 'queue-id': later },
    bond: {
      members: later,
      mode: parameter('mode'),
      miimon: parameter('miimon', { against: polledAnyway }),
      updelay: parameter('updelay', { against: needsPolling }),
      downdelay: parameter('downdelay', { against: needsPolling }),
      'use-carrier': parameter('use-carrier', { as: oneZero, values: { off: { before: '6.18' } } }),
      'arp-interval': parameter('arp-interval', { against: (_: number, common) => unprobed(common) }),
      'arp-ip-target': parameter('arp-ip-target', { as: joined(','), against: validTargets }),
      'ns-ip6-target': noParameter,
      'arp-validate': parameter('arp-validate', {
        against: (value: string, common) => (value === 'none' ? undefined : unprobed(common)),
      }),
      'arp-all-targets': parameter('arp-all-targets', { since: '3.11' }),
      'arp-missed-max': noParameter,
      'lacp-rate': parameter('lacp-rate'),
      'lacp-active': noParameter,
      'lacp-strict': noParameter,
      'ad-select': parameter('ad-select', { values: { actor_port_prio: { since: '6.18' } } }),
      'ad-actor-sys-prio': noParameter,
      'ad-actor-system': noParameter,
      'ad-user-port-key': noParameter,
      'min-links': parameter('min-links'),
      'coupled-control': noParameter,
      'broadcast-neighbor': noParameter,
      'xmit-hash-policy': parameter('xmit-hash-policy', {
        values: {
          'encap2+3': { since: '3.13' },
          'encap3+4': { since: '3.13' },
          'vlan+srcmac': { since: '5.12' },
        },
        against: (_: string, { mode = 'balance-rr' }) =>
          hashModes.includes(mode) ? undefined : `the driver passes it over in mode ${mode}`,
      }),
      'packets-per-slave': parameter('packets-per-slave', { since: '3.14' }),
      'tlb-dynamic-lb': noParameter,
      'lp-interval': parameter('lp-interval', { since: '3.13' }),
      'all-slaves-active': parameter('all-slaves-active', { as: oneZero }),
      primary: parameter('primary'),
      'primary-reselect': parameter('primary-reselect', {
        against: withPrimary,
      }),
      'active-slave': later,
      'fail-over-mac': parameter('fail-over-mac'),
      'num-grat-arp': parameter('num-grat-arp'),
      'peer-notif-delay': noParameter,
      'resend-igmp': parameter('resend-igmp'),
      ...carried,
    },
    vlan: { id: alone, link: alone, ...carried },
    bridge: {
      ports: alone,
      stp: alone,
      'forward-delay': alone,
      'ageing-time': alone,
      'vlan-aware': alone,
      vlans: alone,
      ...carried,
    },
  },
  arrangeHost,
  recognise,
}
