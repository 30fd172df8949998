import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'

/** Above this, in ms, a failure is seen by people before it is seen by the bond. */
const highestMs = 1000

export const rule: Rule = {
  id: 'miimon-too-high',
  severity: 'warning',
  about: { bond: ['miimon'] },
  summary: 'The carrier is polled less often than once a second.',
  why: `A dead member keeps its share of the traffic until the next poll. Such a number is most often a
mistake of unit: miimon is in milliseconds.`,
  source: 'linux Documentation/networking/bonding.rst, miimon',
  bad: [
    `
    bonds:
      bond0: {mode: active-backup, members: [eth0, eth1], miimon: 100000}
    #                                                             ^^^^^^ goes unseen for up to 100 s
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], miimon: 1000 }
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const { miimon = 0 } = bond.options
      if (miimon <= highestMs) continue
      yield {
        at: valueOf(bond, 'miimon'),
        message: `with miimon ${miimon} a dead member goes unseen for up to ${miimon / 1000} s`,
        help: 'write miimon: 100',
        ...fixed(false, 'set miimon 100', setting(bond, 'miimon', 100)),
      }
    }
  },
}
