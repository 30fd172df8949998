import { bondsOf, membersOf, valueOf } from '../intent/intent.ts'
import { fixed, removing } from './fixes.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'mtu-differs-between-members',
  severity: 'warning',
  about: { port: ['mtu'], bond: ['mtu'] },
  summary: 'A member says another MTU than its bond.',
  why: `Members are given the MTU of the bond when they join, and again whenever it changes. Another number
in the file describes a state that does not come about.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_enslave() and bond_change_mtu()',
  bad: [
    `
    ports:
      eth0: {mtu: 9000}
      eth1: {mtu: 1500}
    #             ^^^^ eth1 gets 9000 from bond0
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1], mtu: 9000}
    `,
  ],
  good: [
    `
    ports: { eth0: { mtu: 9000 } }
    bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], mtu: 9000 } }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      const { mtu } = bond.options
      if (mtu === undefined) continue
      for (const port of membersOf(host, bond)) {
        if (port.options.mtu === undefined || port.options.mtu === mtu) continue
        yield {
          at: valueOf(port, 'mtu'),
          message: `${port.name} gets ${mtu} from ${bond.name} when it joins, not ${port.options.mtu}`,
          help: 'remove it here',
          related: [{ message: 'the one that counts', at: valueOf(bond, 'mtu') }],
          ...fixed(true, `remove mtu of ${port.name}`, removing(port, 'mtu')),
        }
      }
    }
  },
}
