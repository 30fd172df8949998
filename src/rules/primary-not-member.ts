import { nearest } from '../diagnostics/nearest.ts'
import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { list, modeOf, withActiveMember } from './support.ts'

export const rule: Rule = {
  id: 'primary-not-member',
  severity: 'error',
  about: { bond: ['primary', 'active-slave'] },
  summary: 'The primary, or the active-slave, is no member of the bond.',
  why: `The driver keeps the name and waits for a member that never comes, so the bond has no primary. A
name that is no device at all is refused over netlink, and the bond with it.`,
  source:
    'linux drivers/net/bonding/bond_options.c, bond_option_primary_set() and bond_option_active_slave_set()',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        primary: eth2
    #            ^^^^ eth2 is no member
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], primary: eth1 }
    `,
    'bonds: { bond0: { mode: active-backup, members: [eth0, eth1] } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const members = bond.options.members ?? []
      if (members.length === 0 || !withActiveMember.includes(modeOf(bond))) continue
      for (const id of ['primary', 'active-slave'] as const) {
        const name = bond.options[id]
        if (name === undefined || members.includes(name)) continue
        const meant = nearest(name, members)
        yield {
          at: valueOf(bond, id),
          message: `${name} is no member of ${bond.name}, so it never becomes active`,
          help: `name one of its members: ${list(members)}`,
          ...(meant === undefined ? {} : fixed(false, `set ${id} ${meant}`, setting(bond, id, meant))),
        }
      }
    }
  },
}
