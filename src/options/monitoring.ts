// How a bond notices that a member has died: by its carrier (mii) or by probing (arp, ns).

import { choice, ipv4, ipv6, listOf, milliseconds, toggle, whole } from './kind.ts'
import { option } from './row.ts'

const probing = ['balance-rr', 'active-backup', 'balance-xor', 'broadcast'] as const

export const monitoring = {
  miimon: option({
    summary:
      'How often, in ms, the carrier of each member is polled; 0 is never. Modes 802.3ad, balance-tlb and balance-alb use 100 when neither monitor is set.',
    kind: milliseconds(),
    unset: 0,
    ifLost: 'error',
    kernel: 'miimon',
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_miimon_set() and bond_option_mode_set()',
  }),
  updelay: option({
    summary:
      'How long, in ms, a member must have carrier again before it is used; rounded down to whole miimon polls.',
    kind: milliseconds(),
    unset: 0,
    kernel: 'updelay',
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_updelay_set()',
  }),
  downdelay: option({
    summary:
      'How long, in ms, a member may be without carrier before it is given up; rounded down to whole miimon polls.',
    kind: milliseconds(),
    unset: 0,
    kernel: 'downdelay',
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_downdelay_set()',
  }),
  'use-carrier': option({
    summary:
      'Whether the carrier is read from the device state; off asks the driver by ioctl. Only on exists from 6.18.',
    kind: toggle,
    unset: 'on',
    ifLost: 'note',
    kernel: 'use_carrier',
    valuesUntil: { off: '6.18' },
    codes: { value: 'value-not-allowed' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_use_carrier_tbl',
  }),
  'arp-interval': option({
    summary: 'How often, in ms, members are checked by ARP or neighbour probes; 0 is never. Excludes miimon.',
    kind: milliseconds(),
    unset: 0,
    modes: probing,
    ifLost: 'error',
    kernel: 'arp_interval',
    codes: { mode: 'arp-monitor-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_arp_interval_set()',
  }),
  'arp-ip-target': option({
    summary: 'The IPv4 addresses, at most 16, that are probed every arp-interval.',
    kind: listOf(ipv4, { max: 16, unique: true }),
    unset: [],
    modes: probing,
    elsewhere: 'ignored',
    ifLost: 'error',
    kernel: 'arp_ip_target',
    codes: { value: 'arp-target-not-ipv4', mode: 'arp-monitor-mode' },
    source:
      'linux drivers/net/bonding/bond_options.c, _bond_option_arp_ip_target_add(); BOND_MAX_ARP_TARGETS',
  }),
  'ns-ip6-target': option({
    summary: 'The IPv6 addresses, at most 16, that are probed every arp-interval.',
    kind: listOf(ipv6, { max: 16, unique: true }),
    unset: [],
    modes: probing,
    elsewhere: 'ignored',
    ifLost: 'error',
    kernel: 'ns_ip6_target',
    sysfs: false,
    since: '5.18',
    codes: { mode: 'arp-monitor-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_ns_ip6_targets_set(); BOND_MAX_NS_TARGETS',
  }),
  'arp-validate': option({
    summary:
      'Whether the replies to probes are checked, on which members, and whether other ARP traffic counts.',
    kind: choice({ none: 0, active: 1, backup: 2, all: 3, filter: 4, filter_active: 5, filter_backup: 6 }),
    unset: 'none',
    modes: probing,
    kernel: 'arp_validate',
    codes: { mode: 'arp-monitor-mode' },
    source:
      'linux drivers/net/bonding/bond_options.c, bond_arp_validate_tbl and bond_option_arp_validate_set()',
  }),
  'arp-all-targets': option({
    summary: 'Whether any or all targets must answer for a member to count as up; only with arp-validate.',
    kind: choice({ any: 0, all: 1 }),
    unset: 'any',
    modes: ['active-backup'],
    elsewhere: 'ignored',
    kernel: 'arp_all_targets',
    codes: { mode: 'arp-all-targets-mode' },
    source:
      'linux drivers/net/bonding/bond_main.c, bond_slave_last_rx callers; bond_options.c, bond_arp_all_targets_tbl',
  }),
  'arp-missed-max': option({
    summary: 'How many probe intervals may go unanswered before a member counts as down.',
    kind: whole({ min: 1, max: 255, unit: 'probe intervals' }),
    unset: 2,
    modes: probing,
    kernel: 'arp_missed_max',
    since: '5.17',
    codes: { mode: 'arp-monitor-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_missed_max_tbl',
  }),
}
