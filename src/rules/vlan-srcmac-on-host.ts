import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { addressingOf, bridgesOver, choosesByHash, vlansOn } from './support.ts'

export const rule: Rule = {
  id: 'vlan-srcmac-on-host',
  severity: 'warning',
  about: { bond: ['xmit-hash-policy'] },
  summary: 'vlan+srcmac on a bond whose frames all have one VLAN and one sender.',
  why: `vlan+srcmac looks at the VLAN tag and the sender's MAC address and at nothing else. It spreads the
guests of a bridge. Without a bridge the sender is always the bond itself, so each VLAN has one member,
whatever the host sends.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_vlan_srcmac_hash()',
  bad: [
    `
    bonds:
      bond0:
        mode: balance-xor
        members: [eth0, eth1]
        xmit-hash-policy: vlan+srcmac
    #                     ^^^^^^^^^^^ everything leaves by one member
        addresses: [192.0.2.10/24]
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        xmit-hash-policy: vlan+srcmac
    bridges: { vmbr0: { ports: [bond0] } }
    `,
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        xmit-hash-policy: vlan+srcmac
    vlans:
      bond0.10: { id: 10, link: bond0 }
      bond0.20: { id: 20, link: bond0 }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      if (bond.options['xmit-hash-policy'] !== 'vlan+srcmac' || !choosesByHash(bond)) continue
      if (bridgesOver(host, bond).length > 0) continue
      const untagged = addressingOf(bond).length > 0 ? 1 : 0
      if (vlansOn(host, bond.name).length + untagged > 1) continue
      yield {
        at: valueOf(bond, 'xmit-hash-policy'),
        message: 'one VLAN and one sender make one hash, so everything leaves by one member',
        help: 'write xmit-hash-policy: layer3+4; vlan+srcmac is for bridges with many guests',
        ...fixed(false, 'set xmit-hash-policy layer3+4', setting(bond, 'xmit-hash-policy', 'layer3+4')),
      }
    }
  },
}
