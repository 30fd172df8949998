import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf, polledEveryMs, probing } from './support.ts'

export const rule: Rule = {
  id: 'monitoring-implicit',
  severity: 'note',
  about: { bond: ['mode'] },
  summary: 'miimon is not said, and the driver chooses 100 ms.',
  why: `802.3ad, balance-tlb and balance-alb do not work without carrier polling, so choosing such a mode
sets miimon to 100 where it was 0. Readers of the file cannot see it, and tools show 0 or nothing.`,
  source: 'linux drivers/net/bonding/bond_options.c, bond_option_mode_set(): BOND_DEFAULT_MIIMON',
  bad: [
    `
    bonds:
      bond0:
        mode: 802.3ad
    #         ^^^^^^^ polls every 100 ms without being told
        members: [eth0, eth1]
    `,
  ],
  good: [
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], miimon: 100 } }',
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], miimon: 0 } }',
    'bonds: { bond0: { mode: active-backup, members: [eth0, eth1] } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (bond.options.miimon !== undefined || probing.includes(modeOf(bond))) continue
      const everyMs = polledEveryMs(bond)
      yield {
        at: valueOf(bond, 'mode'),
        message: `${modeOf(bond)} polls every ${everyMs} ms without being told`,
        help: `write miimon: ${everyMs}`,
        ...fixed(true, `set miimon ${everyMs}`, setting(bond, 'miimon', everyMs)),
      }
    }
  },
}
