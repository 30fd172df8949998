import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { distinct, modeOf } from './support.ts'

export const rule: Rule = {
  id: 'min-links-too-high',
  severity: 'error',
  about: { bond: ['min-links'] },
  summary: 'min-links asks for more ports than the bond has.',
  why: 'The bond has carrier only while so many ports have link. With fewer members that is never.',
  source: 'linux drivers/net/bonding/bond_3ad.c, bond_3ad_set_carrier()',
  bad: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        min-links: 3
    #              ^ never has carrier
    `,
  ],
  good: [
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], min-links: 1 } }',
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], min-links: 2 } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const members = distinct(bond.options.members ?? []).length
      const { 'min-links': minLinks = 0 } = bond.options
      if (modeOf(bond) !== '802.3ad' || members === 0 || minLinks <= members) continue
      // One less than all, so that a cable may be pulled.
      const enough = Math.max(members - 1, 1)
      yield {
        at: valueOf(bond, 'min-links'),
        message: `a bond of ${members} members never has carrier with min-links ${minLinks}`,
        help: `write min-links: ${enough}`,
        ...fixed(false, `set min-links ${enough}`, setting(bond, 'min-links', enough)),
      }
    }
  },
}
