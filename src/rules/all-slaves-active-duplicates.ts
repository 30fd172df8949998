import { bondsOf, valueOf } from '../intent/intent.ts'
import type { Mode } from '../options/index.ts'
import { fixed, removing } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

/** Modes in which members can be inactive; an aggregator of 802.3ad that is not the active one is. */
const withInactive: readonly Mode[] = ['active-backup', '802.3ad', 'balance-tlb', 'balance-alb']

export const rule: Rule = {
  id: 'all-slaves-active-duplicates',
  severity: 'warning',
  about: { bond: ['all-slaves-active'] },
  summary: 'Frames that arrive on an inactive member are delivered too.',
  why: `What the switch sends out of every port (broadcasts, unknown addresses) arrives once on each member.
Members that are not in use drop it, so that the host has it once; all-slaves-active ends that.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_should_deliver_exact_match(); bonding.h, bond_set_slave_inactive_flags()',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        all-slaves-active: on
    #                      ^^ broadcasts arrive once for each member
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        all-slaves-active: off
    `,
    `
    bonds:
      bond0: { mode: balance-xor, members: [eth0, eth1], all-slaves-active: on }
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (bond.options['all-slaves-active'] !== 'on' || !withInactive.includes(modeOf(bond))) continue
      yield {
        at: valueOf(bond, 'all-slaves-active'),
        message: 'inactive members deliver what they hear, so broadcasts arrive once for each member',
        help: 'remove it, unless a capture is to see every member',
        ...fixed(false, 'remove all-slaves-active', removing(bond, 'all-slaves-active')),
      }
    }
  },
}
