import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'lacp-strict-without-min-links',
  severity: 'warning',
  about: { bond: ['lacp-strict'] },
  summary: 'lacp-strict without min-links leaves the carrier on.',
  why: `lacp-strict keeps a port out of use until a partner has negotiated. The bond itself loses its
carrier only when fewer ports than min-links are left, and with min-links 0 that never happens: the bond
looks up and carries nothing.`,
  source: 'linux drivers/net/bonding/bond_3ad.c, bond_3ad_set_carrier()',
  bad: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        lacp-strict: on
    #                ^^ the bond keeps its carrier
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        lacp-strict: on
        min-links: 1
    `,
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lacp-strict: off } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const { 'lacp-strict': strict, 'min-links': minLinks = 0 } = bond.options
      if (modeOf(bond) !== '802.3ad' || strict !== 'on' || minLinks > 0) continue
      yield {
        at: valueOf(bond, 'lacp-strict'),
        message: 'without min-links the bond keeps its carrier although no partner has negotiated',
        help: 'write min-links: 1',
        ...fixed(false, 'set min-links 1', setting(bond, 'min-links', 1)),
      }
    }
  },
}
