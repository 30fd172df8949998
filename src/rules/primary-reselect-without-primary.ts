import { bondsOf, membersOf, valueOf } from '../intent/intent.ts'
import { fixed, removing } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf, withActiveMember } from './support.ts'

export const rule: Rule = {
  id: 'primary-reselect-without-primary',
  severity: 'warning',
  about: { bond: ['primary-reselect'] },
  summary: 'primary-reselect without a primary and without a prio.',
  why: `It says when the preferred member becomes active again. Without a primary, and without members that
differ in prio (Linux 6.0 and later), none is preferred: the member that took over stays active.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_choose_primary_or_current() and bond_miimon_commit()',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        primary-reselect: better
    #                     ^^^^^^ no member is preferred
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        primary: eth0
        primary-reselect: better
    `,
    `
    ports: { eth0: { prio: 10 } }
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        primary-reselect: failure
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      const { primary, 'primary-reselect': reselect } = bond.options
      if (primary !== undefined || reselect === undefined || reselect === 'always') continue
      if (!withActiveMember.includes(modeOf(bond))) continue
      if (membersOf(host, bond).some(port => (port.options.prio ?? 0) !== 0)) continue
      yield {
        at: valueOf(bond, 'primary-reselect'),
        message: `no member is preferred, so primary-reselect ${reselect} decides nothing`,
        help: 'name a primary, or remove it',
        // Not quite the same: from 6.0 the first member is preferred when another one is attached to a running bond.
        ...fixed(false, 'remove primary-reselect', removing(bond, 'primary-reselect')),
      }
    }
  },
}
