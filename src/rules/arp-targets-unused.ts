import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, removing } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf, probedEveryMs, probing } from './support.ts'

export const rule: Rule = {
  id: 'arp-targets-unused',
  severity: 'warning',
  about: { bond: ['arp-ip-target', 'ns-ip6-target'] },
  summary: 'Targets are given, and nothing probes them.',
  why: 'Targets are asked every arp-interval. Without one they are stored and never asked.',
  source: 'linux drivers/net/bonding/bond_main.c, bond_open(): arp_work runs with arp_interval only',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        arp-ip-target: [192.0.2.1]
    #                  ^^^^^^^^^^^ never asked
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
        miimon: 100
        arp-ip-target: []
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (!probing.includes(modeOf(bond)) || probedEveryMs(bond) > 0) continue
      for (const id of ['arp-ip-target', 'ns-ip6-target'] as const) {
        if ((bond.options[id] ?? []).length === 0) continue
        yield {
          at: valueOf(bond, id),
          message: `without arp-interval the targets in ${id} are never asked`,
          help: bond.options.miimon
            ? 'remove them; miimon is the monitor'
            : 'write arp-interval: 250, or remove them',
          ...fixed(true, `remove ${id}`, removing(bond, id)),
        }
      }
    }
  },
}
