import { bondsOf, valueOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { bridgesOver, vlansOn } from './support.ts'

export const rule: Rule = {
  id: 'vlan-on-bond-and-bridge',
  severity: 'warning',
  about: { bridge: ['vlan-aware', 'vlans'] },
  summary: 'A VLAN stands on a bond, and the bridge on that bond carries it too.',
  why: `A VLAN device takes its frames before the bridge sees them, whichever of the two was made first.
Guests of the bridge in that VLAN can send and never hear an answer.`,
  source:
    'linux net/core/dev.c, __netif_receive_skb_core(): vlan_do_receive() comes before rx_handler; seen on a 6.1 kernel',
  bad: [
    `
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1]}
    vlans:
      bond0.10: {id: 10, link: bond0}
    #                ^^ takes VLAN 10 away from vmbr0
    bridges:
      vmbr0: {ports: [bond0], vlan-aware: true, vlans: [5-20]}
    `,
  ],
  good: [
    `
    bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    vlans:
      vmbr0.10: { id: 10, link: vmbr0 }
      bond0.30: { id: 30, link: bond0 }
    bridges: { vmbr0: { ports: [bond0], vlan-aware: true, vlans: [10, 20] } }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      for (const { bridge, port } of bridgesOver(host, bond)) {
        if (port !== bond.name || bridge.options['vlan-aware'] !== true) continue
        for (const vlan of vlansOn(host, bond.name)) {
          const { id } = vlan.options
          if (id === undefined || !bridge.options.vlans?.some(({ from, to }) => from <= id && id <= to))
            continue
          yield {
            at: valueOf(vlan, 'id'),
            message: `${vlan.name} takes VLAN ${id} away from ${bridge.name}: the bridge receives none of it`,
            help: `put the VLAN on ${bridge.name} (link: ${bridge.name}), or take ${id} out of its vlans`,
            related: [{ message: 'carried here', at: valueOf(bridge, 'vlans') }],
          }
        }
      }
    }
  },
}
