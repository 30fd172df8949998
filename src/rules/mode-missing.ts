import { type Bond, bondsOf, nameOf } from '../intent/intent.ts'
import { lacp } from '../options/lacp.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'mode-missing',
  severity: 'error',
  summary: 'A bond says no mode, so it gets balance-rr.',
  why: `balance-rr deals packets out over the members in turn. It wants the ports grouped on the switch, and
TCP sees its packets out of order. Few want that, and nobody should get it by leaving out a line.
active-backup works with any switch.`,
  source: 'linux drivers/net/bonding/bond_options.c, bond_mode_tbl: balance-rr is the default',
  bad: [
    `
    bonds:
      bond0:
    # ^^^^^ bond0 has no mode
        members: [eth0, eth1]
        miimon: 100
    `,
    `
    bonds:
      bond0: {members: [eth0, eth1], lacp-rate: fast}
    # ^^^^^ balance-rr
    `,
  ],
  good: [
    'bonds: { bond0: { mode: active-backup, members: [eth0, eth1] } }',
    `
    profiles: { lacp: { mode: 802.3ad } }
    bonds: { bond0: { use: lacp, members: [eth0, eth1] } }
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (bond.options.mode !== undefined) continue
      const meant = speaksLacp(bond) ? '802.3ad' : 'active-backup'
      const why = speaksLacp(bond) ? 'the LACP options ask for it' : 'it needs nothing from the switch'
      yield {
        at: nameOf(bond),
        message: `${bond.name} has no mode, so it gets balance-rr: packets out of order, and ports that the switch must group`,
        help: `write mode: ${meant} (${why})`,
        ...fixed(false, `set mode ${meant}`, setting(bond, 'mode', meant)),
      }
    }
  },
}

const speaksLacp = (bond: Bond): boolean =>
  Object.keys(lacp).some(id => bond.options[id as keyof typeof lacp] !== undefined)
