import { bondsOf, valueOf } from '../intent/intent.ts'
import { isInfiniband } from './port-names.ts'
import type { Rule } from './rule.ts'
import { vlansOn } from './support.ts'

export const rule: Rule = {
  id: 'vlan-challenged-member',
  severity: 'error',
  about: { vlan: ['link'] },
  summary: 'A VLAN on a bond whose members cannot carry VLANs.',
  why: `IPoIB has no Ethernet header to put a tag in. With such a member the bond refuses VLANs, and with
VLANs on it the member is refused.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_enslave(): NETIF_F_VLAN_CHALLENGED',
  bad: [
    `
    bonds:
      bond0: {mode: active-backup, members: [ib0, ib1], miimon: 100}
    vlans:
      bond0.10: {id: 10, link: bond0}
    #                          ^^^^^ ib0
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], miimon: 100 }
    vlans: { bond0.10: { id: 10, link: bond0 } }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      const member = bond.options.members?.find(isInfiniband)
      if (member === undefined) continue
      for (const vlan of vlansOn(host, bond.name)) {
        yield {
          at: valueOf(vlan, 'link'),
          message: `${member} is InfiniBand, by its name, and carries no VLANs, so ${bond.name} refuses ${vlan.name}`,
          help: 'use a partition key of InfiniBand, or Ethernet ports',
        }
      }
    }
  },
}
