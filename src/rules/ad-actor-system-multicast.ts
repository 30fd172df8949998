import { bondsOf, valueOf } from '../intent/intent.ts'
import { isMulticast } from './mac.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'ad-actor-system-multicast',
  severity: 'error',
  about: { bond: ['ad-actor-system'] },
  summary: 'The LACP system id is a multicast address.',
  why: `A system id names one system. The driver refuses an address with the group bit, and with it the
whole bond; systemd-networkd ignores it.`,
  source: 'linux drivers/net/bonding/bond_options.c, bond_option_ad_actor_system_set(): EINVAL',
  bad: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        ad-actor-system: "01:80:c2:00:00:01"
    #                    ^^^^^^^^^^^^^^^^^^^ a multicast address
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        ad-actor-system: "02:00:00:00:00:01"
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const { 'ad-actor-system': system } = bond.options
      if (modeOf(bond) !== '802.3ad' || system === undefined || !isMulticast(system)) continue
      yield {
        at: valueOf(bond, 'ad-actor-system'),
        message: `${system} is a multicast address; the driver refuses it, and with it the whole bond`,
        help: 'use an address whose second digit is 2, 6, a or e',
      }
    }
  },
}
