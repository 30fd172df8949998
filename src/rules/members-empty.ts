import { bondsOf, nameOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'members-empty',
  severity: 'error',
  summary: 'A bond has no members.',
  why: 'Without a member the bond has no carrier; whatever waits for it at boot runs into its timeout.',
  source: 'linux drivers/net/bonding/bond_main.c, bond_set_carrier()',
  bad: [
    `
    bonds:
      bond0: {mode: active-backup, miimon: 100, dhcp4: true}
    # ^^^^^ bond0 has no members
    `,
    `
    bonds:
      bond0: {mode: 802.3ad, members: []}
    # ^^^^^ bond0 has no members
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
      if ((bond.options.members ?? []).length > 0) continue
      yield {
        at: nameOf(bond),
        message: `${bond.name} has no members, so it never has carrier`,
        help: 'name its ports: members: [eth0, eth1]',
      }
    }
  },
}
