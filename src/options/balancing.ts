// How frames are spread over the members that may carry.

import { choice, toggle, whole } from './kind.ts'
import { option } from './row.ts'

const loads = ['balance-tlb', 'balance-alb'] as const

export const hashPolicyKind = choice({
  layer2: 0,
  'layer3+4': 1,
  'layer2+3': 2,
  'encap2+3': 3,
  'encap3+4': 4,
  'vlan+srcmac': 5,
})

export type HashPolicy = keyof typeof hashPolicyKind.numbers

export const balancing = {
  'xmit-hash-policy': option({
    summary:
      'Which header fields choose the member for what this host sends; what it receives is chosen by the switch.',
    kind: hashPolicyKind,
    unset: 'layer2',
    modes: ['balance-xor', '802.3ad', 'balance-tlb', 'balance-alb'],
    elsewhere: 'ignored',
    kernel: 'xmit_hash_policy',
    valuesSince: { 'vlan+srcmac': '5.12' },
    codes: { value: 'hash-policy-unknown', mode: 'hash-policy-no-effect' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_xmit_hashtype_tbl; bond_main.c, bond_xmit_hash()',
  }),
  'packets-per-slave': option({
    summary:
      'How many packets balance-rr sends on one member before it takes the next; 0 takes one at random each time.',
    kind: whole({ min: 0, max: 65535, unit: 'packets' }),
    unset: 1,
    modes: ['balance-rr'],
    kernel: 'packets_per_slave',
    codes: { value: 'packets-per-slave-range', mode: 'packets-per-slave-mode' },
    source: 'linux drivers/net/bonding/bond_options.c, bond_pps_tbl; bond_main.c, bond_rr_gen_slave_id()',
  }),
  'tlb-dynamic-lb': option({
    summary: 'Whether flows move between members by measured load; off chooses by xmit-hash-policy.',
    kind: toggle,
    unset: 'on',
    modes: loads,
    kernel: 'tlb_dynamic_lb',
    change: 'down',
    codes: { mode: 'tlb-dynamic-lb-mode' },
    source:
      'linux drivers/net/bonding/bond_options.c, bond_option_tlb_dynamic_lb_set(); bond_option_mode_set()',
  }),
  'lp-interval': option({
    summary: 'How often, in s, learning packets are sent to the switches from each member.',
    kind: whole({ min: 1, max: 2147483647, unit: 's' }),
    unset: 1,
    modes: loads,
    elsewhere: 'ignored',
    kernel: 'lp_interval',
    codes: { mode: 'lp-interval-mode' },
    source: 'linux drivers/net/bonding/bond_alb.c, bond_alb_monitor(); bond_options.c, bond_lp_interval_tbl',
  }),
  'all-slaves-active': option({
    summary: 'Whether frames that arrive on an inactive member are delivered (on) or dropped (off).',
    kind: toggle,
    unset: 'off',
    modes: ['active-backup', '802.3ad', ...loads],
    elsewhere: 'ignored',
    kernel: 'all_slaves_active',
    source:
      'linux drivers/net/bonding/bond_options.c, bond_all_slaves_active_tbl; bond_main.c, bond_should_deliver_exact_match()',
  }),
}

/** Traffic steering of one port. */
export const balancingPort = {
  'queue-id': option({
    summary: 'The transmit queue whose traffic leaves by this port; 0 is none.',
    kind: whole({ min: 0, max: 65535 }),
    unset: 0,
    elsewhere: 'ignored',
    kernel: 'queue_id',
    sysfs: false,
    source: 'linux drivers/net/bonding/bond_options.c, bond_option_queue_id_set()',
  }),
}
