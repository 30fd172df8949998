import { bondsOf, valueOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { distinct, modeOf } from './support.ts'

export const rule: Rule = {
  id: 'min-links-equals-members',
  severity: 'warning',
  about: { bond: ['min-links'] },
  summary: 'min-links is the number of members, so one cable takes the bond down.',
  why: `Whoever bonds links wants to lose one and go on. With min-links equal to the members the first link
that fails takes all of them out of service. That is right only where routing knows another way.`,
  source: 'linux drivers/net/bonding/bond_3ad.c, bond_3ad_set_carrier(); SONiC issue 600',
  bad: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        min-links: 2
    #              ^ the first link that fails takes the whole bond down
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: 802.3ad, members: [eth0, eth1, eth2], min-links: 2 }
    `,
    'bonds: { bond0: { mode: 802.3ad, members: [eth0], min-links: 1 } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const members = distinct(bond.options.members ?? []).length
      if (modeOf(bond) !== '802.3ad' || members < 2 || bond.options['min-links'] !== members) continue
      yield {
        at: valueOf(bond, 'min-links'),
        message: `min-links ${members} of ${members} members: the first link that fails takes the whole bond down`,
        help: `write min-links: ${members - 1}, unless routing has another way`,
      }
    }
  },
}
