import { bondsOf, valueOf } from '../intent/intent.ts'
import { bonding } from '../options/index.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf, polledEveryMs } from './support.ts'

export const rule: Rule = {
  id: 'delays-not-multiple',
  severity: 'warning',
  about: { bond: ['updelay', 'downdelay', 'peer-notif-delay'] },
  summary: 'A delay that is not a whole number of miimon polls is rounded down.',
  why: `The driver keeps a delay as a count of polls. 250 ms at miimon 100 becomes two polls, 200 ms, and 99
ms becomes none; the only trace is a line in the kernel log.`,
  source: 'linux drivers/net/bonding/bond_options.c, _bond_option_delay_set()',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        updelay: 250
    #            ^^^ updelay 250 ms becomes 200 ms
        downdelay: 99
    #              ^^ downdelay 99 ms becomes 0 ms
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        updelay: 200
        downdelay: 0
    `,
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], updelay: 300 } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const everyMs = polledEveryMs(bond)
      if (everyMs === 0) continue
      for (const id of ['updelay', 'downdelay', 'peer-notif-delay'] as const) {
        const saidMs = bond.options[id] ?? 0
        if (saidMs % everyMs === 0 || !bonding[id].modes.includes(modeOf(bond))) continue
        const keptMs = saidMs - (saidMs % everyMs)
        yield {
          at: valueOf(bond, id),
          message: `${id} ${saidMs} ms becomes ${keptMs} ms, whole polls of ${everyMs} ms`,
          help: `write ${id}: ${keptMs}, or ${keptMs + everyMs}`,
          ...fixed(true, `write ${keptMs}`, setting(bond, id, keptMs)),
        }
      }
    }
  },
}
