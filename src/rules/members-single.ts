import { bondsOf, partOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { distinct } from './support.ts'

export const rule: Rule = {
  id: 'members-single',
  severity: 'warning',
  about: { bond: ['members'] },
  summary: 'A bond has one member.',
  why: `One member gives no second way and no second link's worth. It is right for a while, during a move,
or where the name bond0 is wanted and nothing else.`,
  source: 'linux Documentation/networking/bonding.rst, introduction',
  bad: [
    `
    bonds:
      bond0: {mode: active-backup, members: [eth0], miimon: 100}
    #                                        ^^^^ the only member of bond0
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], miimon: 100 }
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const [only, ...others] = distinct(bond.options.members ?? [])
      if (only === undefined || others.length > 0) continue
      yield {
        at: partOf(bond, 'members', 0),
        message: `${only} is the only member of ${bond.name}: nothing takes over when it fails`,
        help: 'add a second member',
      }
    }
  },
}
