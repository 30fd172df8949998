import { bondsOf, membersOf, valueOf } from '../intent/intent.ts'
import { fixed, removing, setting } from './fixes.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'mtu-on-member-only',
  severity: 'warning',
  about: { port: ['mtu'] },
  summary: 'Members have an MTU, and the bond has none.',
  why: `A port that joins is given the MTU of the bond, and a bond that says none has 1500. What the members
said before is overwritten.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_enslave(): dev_set_mtu()',
  bad: [
    `
    ports:
      eth0: {mtu: 9000}
    #             ^^^^ bond0 says no mtu
      eth1: {mtu: 9000}
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1]}
    `,
  ],
  good: [
    `
    ports: { eth0: { mtu: 9000 }, eth1: { mtu: 9000 } }
    bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], mtu: 9000 } }
    `,
    `
    ports: { eth0: { mtu: 1500 }, eth2: { mtu: 9000 } }
    bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      if (bond.options.mtu !== undefined) continue
      const said = membersOf(host, bond).filter(({ options: { mtu } }) => mtu !== undefined && mtu !== 1500)
      const [first] = said
      if (first === undefined) continue
      const mtus = said.map(({ options }) => options.mtu ?? 0)
      const largest = Math.max(...mtus)
      yield {
        at: valueOf(first, 'mtu'),
        message: `${bond.name} says no mtu, so its members get 1500, whatever they say`,
        help: `write mtu: ${largest} for ${bond.name}`,
        related: said.slice(1).map(port => ({ message: 'and this one', at: valueOf(port, 'mtu') })),
        ...fixed(
          false,
          `set mtu ${largest} of ${bond.name}`,
          setting(bond, 'mtu', largest),
          ...said.map(port => removing(port, 'mtu')),
        ),
      }
    }
  },
}
