import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, removing, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf, withActiveMember } from './support.ts'

export const rule: Rule = {
  id: 'active-slave-not-lasting',
  severity: 'warning',
  about: { bond: ['active-slave'] },
  summary: 'active-slave is an action of the moment, not a setting.',
  why: `It makes a member active now, if that member is attached and has link; when the bond is made it has
neither, and a netlink request that holds it is refused whole. The next failover forgets it. What lasts is
primary.`,
  source: 'linux drivers/net/bonding/bond_options.c, bond_option_active_slave_set(): EINVAL',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        active-slave: eth1
    #                 ^^^^ the next failover forgets
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], primary: eth1 }
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const { 'active-slave': name, primary } = bond.options
      if (name === undefined || !withActiveMember.includes(modeOf(bond))) continue
      const remove = removing(bond, 'active-slave')
      yield {
        at: valueOf(bond, 'active-slave'),
        message: `active-slave ${name} works on a running bond only, and the next failover forgets it`,
        help: primary === undefined ? `write primary: ${name}` : `remove it; the primary is ${primary}`,
        ...(primary === undefined
          ? fixed(false, `make ${name} the primary`, setting(bond, 'primary', name), remove)
          : fixed(true, 'remove active-slave', remove)),
      }
    }
  },
}
