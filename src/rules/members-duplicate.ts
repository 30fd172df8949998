import { bondsOf, partOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { distinct } from './support.ts'

export const rule: Rule = {
  id: 'members-duplicate',
  severity: 'error',
  about: { bond: ['members'] },
  summary: 'A member is named twice.',
  why: 'A port is attached once. The reader of the file counts a link that does not exist.',
  source: 'linux drivers/net/bonding/bond_main.c, bond_enslave(): EBUSY',
  bad: [
    `
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1, eth0]}
    #                                              ^^^^ eth0 is a member already
    `,
  ],
  good: ['bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }'],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const members = bond.options.members ?? []
      for (const [index, name] of members.entries()) {
        const first = members.indexOf(name)
        if (first === index) continue
        yield {
          at: partOf(bond, 'members', index),
          message: `${name} is a member already; ${bond.name} has one link less than it seems`,
          help: 'name it once',
          related: [{ message: 'the first mention', at: partOf(bond, 'members', first) }],
          ...fixed(true, `name ${name} once`, setting(bond, 'members', distinct(members))),
        }
      }
    }
  },
}
