import { bondsOf, valueOf } from '../intent/intent.ts'
import { pollingWithout } from './fixes.ts'
import type { Rule } from './rule.ts'
import { probedEveryMs } from './support.ts'

export const rule: Rule = {
  id: 'miimon-and-arp',
  severity: 'error',
  about: { bond: ['arp-interval', 'miimon'] },
  summary: 'Carrier polling and probing at once.',
  why: `A bond has one monitor. Over netlink a request with both is refused, and there is no bond. Written
to sysfs one after the other, the last one wins, and which that is depends on the tool.`,
  source:
    'linux drivers/net/bonding/bond_netlink.c, bond_changelink(); bond_options.c, bond_option_miimon_set()',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        arp-interval: 250
    #                 ^^^ excludes miimon 100
        arp-ip-target: [192.0.2.1]
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 0
        arp-interval: 250
        arp-ip-target: [192.0.2.1]
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        arp-interval: 0
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const { miimon = 0 } = bond.options
      const intervalMs = probedEveryMs(bond)
      if (miimon === 0 || intervalMs === 0) continue
      const validated = (bond.options['arp-validate'] ?? 'none') !== 'none'
      yield {
        at: valueOf(bond, 'arp-interval'),
        message: `arp-interval ${intervalMs} excludes miimon ${miimon}: asked for both, the driver makes no bond`,
        help: 'keep one; miimon sees a dead cable, arp-interval also what lies behind the switch',
        related: [
          { message: 'the other monitor', at: valueOf(bond, 'miimon') },
          ...(validated ? [{ message: 'goes with it', at: valueOf(bond, 'arp-validate') }] : []),
        ],
        ...pollingWithout(bond),
      }
    }
  },
}
