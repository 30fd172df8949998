import { bondsOf, valueOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { bridgesOver, modeOf } from './support.ts'

export const rule: Rule = {
  id: 'bridge-over-tlb-alb',
  severity: 'warning',
  about: { bridge: ['ports'] },
  summary: 'A bridge on a bond in balance-tlb or balance-alb.',
  why: `What a guest sends by another member than the active one leaves under that member's address, not the
guest's. A plain network delivers it all the same; port security, ARP inspection and filters by sender do not.
All that comes for guests arrives on one member: balance-alb spreads receiving for the host alone.`,
  source: 'linux drivers/net/bonding/bond_alb.c, bond_do_alb_xmit() and rlb_arp_xmit(); seen on a 6.1 kernel',
  bad: [
    `
    bonds:
      bond0: {mode: balance-alb, members: [eth0, eth1], miimon: 100}
    bridges:
      vmbr0: {ports: [bond0]}
    #                 ^^^^^ under the address of a member
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], miimon: 100 }
    bridges: { vmbr0: { ports: [bond0] } }
    `,
    'bonds: { bond0: { mode: balance-alb, members: [eth0, eth1], miimon: 100 } }',
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      const mode = modeOf(bond)
      if (mode !== 'balance-tlb' && mode !== 'balance-alb') continue
      for (const { bridge, at } of bridgesOver(host, bond)) {
        yield {
          at,
          message: `in ${mode} what the guests of ${bridge.name} send leaves partly under the address of a member, and port security drops it`,
          help: 'write mode: active-backup, or 802.3ad where the switch has it',
          related: [{ message: 'the mode', at: valueOf(bond, 'mode') }],
        }
      }
    }
  },
}
