import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { distinct, modeOf } from './support.ts'

export const rule: Rule = {
  id: 'slow-lacp-detection',
  severity: 'note',
  about: { bond: ['mode'] },
  summary: 'lacp-rate is not said, so a silent partner is noticed after 90 s.',
  why: `A pulled cable is seen by miimon at once. A switch that has hung, or a converter in between that
keeps the link up, is noticed only when LACPDUs stop: after three of them, 90 s at the slow rate and 3 s at
the fast one. The switch notices a silent host by its own setting.`,
  source:
    'IEEE 802.1AX, clause 6.4.4, Long_Timeout_Time; linux drivers/net/bonding/bond_3ad.c, AD_LONG_TIMEOUT_TIME',
  bad: [
    `
    bonds:
      bond0:
        mode: 802.3ad
    #         ^^^^^^^ after 90 s
        members: [eth0, eth1]
    `,
  ],
  good: [
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lacp-rate: fast } }',
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lacp-rate: slow } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (modeOf(bond) !== '802.3ad' || bond.options['lacp-rate'] !== undefined) continue
      if (distinct(bond.options.members ?? []).length < 2) continue
      yield {
        at: valueOf(bond, 'mode'),
        message:
          'a partner that falls silent while the link is up is noticed after 90 s, at the default rate slow',
        help: 'write lacp-rate: fast for 3 s, or slow if that is meant; the switch has a setting of its own',
        ...fixed(false, 'set lacp-rate fast', setting(bond, 'lacp-rate', 'fast')),
      }
    }
  },
}
