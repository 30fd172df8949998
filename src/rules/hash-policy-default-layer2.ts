import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { choosesByHash, modeOf } from './support.ts'

export const rule: Rule = {
  id: 'hash-policy-default-layer2',
  severity: 'note',
  about: { bond: ['mode'] },
  summary: 'A bond that hashes says no xmit-hash-policy, so it gets layer2.',
  why: `layer2 sees MAC addresses only: all that goes to one host, or through one router, leaves by one
member. It is the usual cause of "only one link is used".`,
  source:
    'linux drivers/net/bonding/bond_options.c, bond_xmit_hashtype_tbl; Documentation/networking/bonding.rst',
  bad: [
    `
    bonds:
      bond0:
        mode: 802.3ad
    #         ^^^^^^^ the default layer2
        members: [eth0, eth1]
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: 802.3ad, members: [eth0, eth1], xmit-hash-policy: layer2 }
    `,
    'bonds: { bond0: { mode: active-backup, members: [eth0, eth1] } }',
    'bonds: { bond0: { mode: balance-tlb, members: [eth0, eth1] } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (!choosesByHash(bond) || bond.options['xmit-hash-policy'] !== undefined) continue
      if ((bond.options.members ?? []).length < 2) continue
      yield {
        at: valueOf(bond, 'mode'),
        message: `${modeOf(bond)} with the default layer2 sends all traffic to one host or one router by one member`,
        help: 'write xmit-hash-policy: layer3+4, or layer2 if that is meant',
        ...fixed(false, 'set xmit-hash-policy layer3+4', setting(bond, 'xmit-hash-policy', 'layer3+4')),
      }
    }
  },
}
