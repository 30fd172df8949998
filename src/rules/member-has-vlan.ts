import { bondsOf, membersOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { vlansOn } from './support.ts'

export const rule: Rule = {
  id: 'member-has-vlan',
  severity: 'error',
  about: { vlan: ['link'] },
  summary: 'A VLAN stands on a member instead of the bond.',
  why: `Its frames go by this port alone and never take another. What the switch sends to another port of
the group is lost, and when this port fails the VLAN is gone although the bond is up.`,
  source: 'linux net/core/dev.c, __netif_receive_skb_core(): a VLAN takes its frames before the bond does',
  bad: [
    `
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1]}
    vlans:
      eth0.10: {id: 10, link: eth0}
    #                         ^^^^ eth0 is a member of bond0
    `,
  ],
  good: [
    `
    bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    vlans:
      bond0.10: { id: 10, link: bond0 }
      eth2.10: { id: 10, link: eth2 }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      for (const port of membersOf(host, bond)) {
        for (const vlan of vlansOn(host, port.name)) {
          yield {
            at: valueOf(vlan, 'link'),
            message: `${port.name} is a member of ${bond.name}; ${vlan.name} uses this one port and is gone when it fails`,
            help: `write link: ${bond.name}`,
            ...fixed(false, `put ${vlan.name} on ${bond.name}`, setting(vlan, 'link', bond.name)),
          }
        }
      }
    }
  },
}
