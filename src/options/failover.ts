// Which member takes over, under which address, and who is told.

import { choice, deviceName, milliseconds, whole } from './kind.ts'
import { option } from './row.ts'

const withActiveMember = ['active-backup', 'balance-tlb', 'balance-alb'] as const

export const failover = {
  primary: option({
    summary: 'The member that is active whenever it can be, as primary-reselect has it.',
    kind: deviceName,
    unset: '',
    modes: withActiveMember,
    kernel: 'primary',
    codes: { mode: 'primary-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_primary_set()',
  }),
  'primary-reselect': option({
    summary:
      'When the primary becomes active again: always, only if it is better, or only on failure of the other.',
    kind: choice({ always: 0, better: 1, failure: 2 }),
    unset: 'always',
    modes: withActiveMember,
    elsewhere: 'ignored',
    kernel: 'primary_reselect',
    codes: { mode: 'primary-reselect-mode' },
    source:
      'linux drivers/net/bonding/bond_options.c, bond_primary_reselect_tbl; bond_main.c, bond_choose_primary_or_current()',
  }),
  'active-slave': option({
    summary:
      'The member that is made active once, now; lost at the next failover. For a lasting choice use primary.',
    kind: deviceName,
    unset: '',
    modes: withActiveMember,
    ifLost: 'warning',
    kernel: 'active_slave',
    codes: { mode: 'active-slave-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_active_slave_set()',
  }),
  'fail-over-mac': option({
    summary:
      'Whether all members carry one address (none), the bond takes that of the active member, or the address follows.',
    kind: choice({ none: 0, active: 1, follow: 2 }),
    unset: 'none',
    modes: ['active-backup'],
    elsewhere: 'ignored',
    kernel: 'fail_over_mac',
    change: 'empty',
    codes: { mode: 'fail-over-mac-mode' },
    source:
      'linux drivers/net/bonding/bond_options.c, bond_fail_over_mac_tbl; bond_main.c, bond_do_fail_over_mac()',
  }),
  'num-grat-arp': option({
    summary: 'How many gratuitous ARPs and unsolicited neighbour advertisements are sent after a failover.',
    kind: whole({ min: 0, max: 255, unit: 'packets' }),
    unset: 1,
    modes: ['active-backup', '802.3ad'],
    elsewhere: 'ignored',
    kernel: 'num_grat_arp',
    aliases: ['num-unsol-na'],
    codes: { value: 'num-grat-arp-range', mode: 'num-grat-arp-mode' },
    source:
      'linux drivers/net/bonding/bond_options.c, bond_num_peer_notif_tbl: one stored value with two names',
  }),
  'peer-notif-delay': option({
    summary:
      'The pause, in ms, between those announcements; 0 is one miimon poll. Rounded down to whole polls.',
    kind: milliseconds(300000),
    unset: 0,
    modes: ['active-backup', '802.3ad'],
    elsewhere: 'ignored',
    kernel: 'peer_notif_delay',
    since: '5.3',
    codes: { mode: 'peer-notif-delay-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_peer_notif_delay_tbl',
  }),
  'resend-igmp': option({
    summary: 'How many IGMP membership reports are sent after a failover, 200 ms apart.',
    kind: whole({ min: 0, max: 255, unit: 'reports' }),
    unset: 1,
    modes: ['balance-rr', 'active-backup', 'balance-tlb', 'balance-alb'],
    elsewhere: 'ignored',
    kernel: 'resend_igmp',
    codes: { mode: 'resend-igmp-mode' },
    source: 'linux Documentation/networking/bonding.rst, resend_igmp; bond_options.c, bond_resend_igmp_tbl',
  }),
}

/** How much one port is preferred. */
export const failoverPort = {
  prio: option({
    summary: 'How much this port is preferred as active member; the higher wins, after the primary.',
    kind: whole({ min: -2147483648, max: 2147483647 }),
    unset: 0,
    modes: withActiveMember,
    kernel: 'prio',
    sysfs: false,
    since: '6.0',
    codes: { mode: 'prio-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_prio_set()',
  }),
}
