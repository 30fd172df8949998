// What is said to and of the LACP partner; the driver listens in 802.3ad only.

import { choice, macAddress, toggle, whole } from './kind.ts'
import { option } from './row.ts'

const lacpOnly = ['802.3ad'] as const

export const lacp = {
  'lacp-rate': option({
    summary: 'How often we ask the partner to send LACPDUs: every 30 s or every second.',
    kind: choice({ slow: 0, fast: 1 }),
    unset: 'slow',
    modes: lacpOnly,
    side: 'both',
    kernel: 'lacp_rate',
    change: 'down',
    codes: { mode: 'lacp-rate-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_lacp_rate_tbl',
  }),
  'lacp-active': option({
    summary: 'Whether LACPDUs are sent unasked (on), or only to a partner that sends them (off, passive).',
    kind: toggle,
    unset: 'on',
    modes: lacpOnly,
    side: 'both',
    kernel: 'lacp_active',
    since: '5.15',
    change: 'down',
    codes: { mode: 'lacp-active-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_lacp_active',
  }),
  'lacp-strict': option({
    summary:
      'Whether the bond loses its carrier while no port has negotiated a partner; needs min-links of at least 1.',
    kind: toggle,
    unset: 'off',
    modes: lacpOnly,
    kernel: 'lacp_strict',
    sysfs: false,
    since: '7.1',
    codes: { mode: 'lacp-strict-mode' },
    source: 'linux drivers/net/bonding/bond_3ad.c, bond_3ad_set_carrier()',
  }),
  'ad-select': option({
    summary:
      'Which aggregator is active when ports fall into several: the first that works, the fastest, or the one with most ports.',
    kind: choice({ stable: 0, bandwidth: 1, count: 2, actor_port_prio: 3 }),
    unset: 'stable',
    modes: lacpOnly,
    elsewhere: 'ignored',
    kernel: 'ad_select',
    valuesSince: { actor_port_prio: '6.18' },
    change: 'down',
    codes: { mode: 'ad-select-mode' },
    source:
      'linux drivers/net/bonding/bond_options.c, bond_ad_select_tbl; bond_3ad.c, ad_agg_selection_logic()',
  }),
  'ad-actor-sys-prio': option({
    summary: 'Our LACP system priority; the lower one decides which ports stand by.',
    kind: whole({ min: 1, max: 65535 }),
    unset: 65535,
    modes: lacpOnly,
    kernel: 'ad_actor_sys_prio',
    codes: { value: 'ad-actor-sys-prio-range', mode: 'ad-actor-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_ad_actor_sys_prio_tbl',
  }),
  'ad-actor-system': option({
    summary: 'Our LACP system id; all zero means the MAC address of the bond.',
    kind: macAddress,
    unset: '00:00:00:00:00:00',
    modes: lacpOnly,
    kernel: 'ad_actor_system',
    codes: { mode: 'ad-actor-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_ad_actor_system_set()',
  }),
  'ad-user-port-key': option({
    summary: 'The upper ten bits of the key in our LACPDUs; ports with different keys do not aggregate.',
    kind: whole({ min: 0, max: 1023 }),
    unset: 0,
    modes: lacpOnly,
    kernel: 'ad_user_port_key',
    change: 'down',
    codes: { value: 'ad-user-port-key-range', mode: 'ad-actor-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_ad_user_port_key_tbl',
  }),
  'min-links': option({
    summary: 'How many ports of the active aggregator must have link for the bond to have carrier.',
    kind: whole({ min: 0, max: 2147483647, unit: 'ports' }),
    unset: 0,
    modes: lacpOnly,
    elsewhere: 'ignored',
    kernel: 'min_links',
    codes: { mode: 'min-links-mode' },
    source: 'linux drivers/net/bonding/bond_3ad.c, bond_3ad_set_carrier()',
  }),
  'coupled-control': option({
    summary:
      'Whether collecting and distributing begin together; off waits with sending until the partner collects.',
    kind: toggle,
    unset: 'on',
    modes: lacpOnly,
    kernel: 'coupled_control',
    sysfs: false,
    since: '6.9',
    // ChangeLog-6.1.149: came along with a correction of the mux machine.
    backports: ['6.1.149'],
    change: 'down',
    codes: { mode: 'coupled-control-mode' },
    source: 'linux drivers/net/bonding/bond_3ad.c, ad_mux_machine(); bond_options.c, bond_coupled_control',
  }),
  'broadcast-neighbor': option({
    summary:
      'Whether ARP and neighbour discovery are sent on every active member, for switch pairs that do not share their tables.',
    kind: toggle,
    unset: 'off',
    modes: lacpOnly,
    kernel: 'broadcast_neighbor',
    sysfs: false,
    since: '6.17',
    // ChangeLog-6.1.175 and ChangeLog-6.12.95 have it as well, but without an attribute by which it could be told.
    codes: { mode: 'broadcast-neighbor-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_broadcast_neigh_set()',
  }),
}

/** LACP settings of one port. */
export const lacpPort = {
  'actor-port-prio': option({
    summary:
      'The LACP priority of this port; the lower one is used first by a partner that limits the links.',
    kind: whole({ min: 0, max: 65535 }),
    unset: 255,
    modes: lacpOnly,
    kernel: 'actor_port_prio',
    sysfs: false,
    since: '6.18',
    // ChangeLog-6.1.175 and ChangeLog-6.12.95: came along with a correction of the aggregators' RCU.
    backports: ['6.1.175', '6.12.95'],
    codes: { mode: 'actor-port-prio-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_actor_port_prio_set()',
  }),
}
