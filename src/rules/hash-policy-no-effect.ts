// In the modes where nothing ever hashes, the walk over the rows reports the same code.

import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, removing } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'hash-policy-no-effect',
  severity: 'warning',
  about: { bond: ['xmit-hash-policy'] },
  summary: 'An xmit-hash-policy is said where no hash chooses the member.',
  why: `balance-rr, active-backup and broadcast never hash. balance-alb does only with tlb-dynamic-lb off;
otherwise it moves flows by load, and finds them by the destination address alone.`,
  source: 'linux drivers/net/bonding/bond_alb.c, bond_xmit_alb_slave_get()',
  bad: [
    `
    bonds:
      bond0:
        mode: balance-alb
        members: [eth0, eth1]
        xmit-hash-policy: layer3+4
    #                     ^^^^^^^^ balance-alb goes by load
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: balance-alb
        members: [eth0, eth1]
        tlb-dynamic-lb: off
        xmit-hash-policy: layer3+4
    `,
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        xmit-hash-policy: layer3+4
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const { 'xmit-hash-policy': policy, 'tlb-dynamic-lb': dynamic } = bond.options
      if (modeOf(bond) !== 'balance-alb' || dynamic === 'off') continue
      if (policy === undefined || policy === 'layer2') continue
      yield {
        at: valueOf(bond, 'xmit-hash-policy'),
        message: `balance-alb goes by load, so xmit-hash-policy ${policy} does nothing`,
        help: 'remove it, or write tlb-dynamic-lb: off',
        ...fixed(true, 'remove xmit-hash-policy', removing(bond, 'xmit-hash-policy')),
      }
    }
  },
}
