import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'

/** Below this, in ms, polling costs more than it finds. */
const lowestMs = 10

export const rule: Rule = {
  id: 'miimon-too-low',
  severity: 'warning',
  about: { bond: ['miimon'] },
  summary: 'The carrier is polled more often than every 10 ms.',
  why: `The link is no sooner known: hardware and driver report it after some milliseconds themselves. A 1
is most often meant as a second, and polls a thousand times as often.`,
  source:
    'linux Documentation/networking/bonding.rst, miimon: 100 is a good start; netplan, examples/bonding_router.yaml',
  bad: [
    `
    bonds:
      bond0: {mode: active-backup, members: [eth0, eth1], miimon: 1}
    #                                                             ^ a thousand times a second
    `,
  ],
  good: [
    'bonds: { bond0: { mode: active-backup, members: [eth0, eth1], miimon: 10 } }',
    'bonds: { bond0: { mode: active-backup, members: [eth0, eth1], miimon: 0 } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const { miimon = 0 } = bond.options
      if (miimon === 0 || miimon >= lowestMs) continue
      const often = miimon === 1 ? 'a thousand times' : `${Math.round(1000 / miimon)} times`
      yield {
        at: valueOf(bond, 'miimon'),
        message: `miimon ${miimon} polls every member ${often} a second; the unit is milliseconds`,
        help: 'write miimon: 100',
        ...fixed(false, 'set miimon 100', setting(bond, 'miimon', 100)),
      }
    }
  },
}
