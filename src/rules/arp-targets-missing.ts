import { bondsOf, valueOf } from '../intent/intent.ts'
import { pollingWithout } from './fixes.ts'
import type { Rule } from './rule.ts'
import { probedEveryMs } from './support.ts'

export const rule: Rule = {
  id: 'arp-targets-missing',
  severity: 'error',
  about: { bond: ['arp-interval'] },
  summary: 'arp-interval has nothing to probe.',
  why: `The monitor runs and asks nobody. It goes by whatever traffic happens to arrive: on a quiet network
members are declared dead, and on a busy one a dead path is not noticed.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_arp_send_all(); bond_options.c, bond_option_arp_interval_set()',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
    #                 ^^^ probes nobody
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
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        ns-ip6-target: ["2001:db8::1"]
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 0
        miimon: 100
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const { 'arp-ip-target': v4 = [], 'ns-ip6-target': v6 = [] } = bond.options
      if (probedEveryMs(bond) === 0 || v4.length + v6.length > 0) continue
      yield {
        at: valueOf(bond, 'arp-interval'),
        message: `arp-interval ${probedEveryMs(bond)} probes nobody; members live and die by chance`,
        help: 'write arp-ip-target: with the addresses of one or two neighbours, or use miimon: 100 instead',
        ...pollingWithout(bond),
      }
    }
  },
}
