import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf, probedEveryMs } from './support.ts'

export const rule: Rule = {
  id: 'arp-all-targets-without-validate',
  severity: 'error',
  about: { bond: ['arp-all-targets'] },
  summary: 'All targets must answer, and no answer is counted.',
  why: `With arp-all-targets all a member lives by the oldest answer of any target, and answers are counted
only on members that arp-validate looks at. Members that it does not look at never have one and are declared
dead, all of them where it is not set.`,
  source:
    'linux include/net/bonding.h, slave_last_rx(); bond_main.c, bond_rcv_validate(); a 6.1 kernel takes the bond down',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1, 192.0.2.2]
        arp-all-targets: all
    #                    ^^^ every member is declared dead
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1, 192.0.2.2]
        arp-validate: active
        arp-all-targets: all
    #                    ^^^ every backup member is declared dead
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1]
        arp-validate: all
        arp-all-targets: all
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1]
        arp-all-targets: any
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const { 'arp-all-targets': targets, 'arp-validate': validate = 'none' } = bond.options
      if (modeOf(bond) !== 'active-backup' || probedEveryMs(bond) === 0) continue
      if (targets !== 'all' || validate === 'all') continue
      const who =
        validate === 'active' || validate === 'filter_active' ? 'every backup member' : 'every member'
      yield {
        at: valueOf(bond, 'arp-all-targets'),
        message: `with arp-validate ${validate}, ${who} is declared dead: the answers that must all come are not counted`,
        help: 'write arp-validate: all',
        ...fixed(false, 'set arp-validate all', setting(bond, 'arp-validate', 'all')),
      }
    }
  },
}
