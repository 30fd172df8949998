// In the modes that announce nothing, the walk over the rows reports the same codes.

import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, removing } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

const announcing = {
  'num-grat-arp': 'num-grat-arp-mode',
  'peer-notif-delay': 'peer-notif-delay-mode',
} as const

export const rule: Rule = {
  id: 'num-grat-arp-mode',
  severity: 'note',
  codes: { 'peer-notif-delay-mode': 'note' },
  about: { bond: ['num-grat-arp', 'peer-notif-delay'] },
  summary: 'Announcements are asked for where the driver makes none.',
  why: `After a failover active-backup tells the network where its addresses are now. An LACP bond keeps its
address on all ports and has nothing to tell, unless broadcast-neighbor is on.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_change_active_slave(); bond_3ad.c, broadcast_neighbor',
  bad: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        num-grat-arp: 5
    #                 ^ num-grat-arp does nothing
        peer-notif-delay: 200
    #                     ^^^ peer-notif-delay does nothing
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], num-grat-arp: 5 }
    `,
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        broadcast-neighbor: on
        num-grat-arp: 5
    `,
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], num-grat-arp: 1 } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (modeOf(bond) !== '802.3ad' || bond.options['broadcast-neighbor'] === 'on') continue
      for (const id of ['num-grat-arp', 'peer-notif-delay'] as const) {
        const value = bond.options[id]
        if (value === undefined || value === (id === 'num-grat-arp' ? 1 : 0)) continue
        yield {
          code: announcing[id],
          at: valueOf(bond, id),
          message: `${id} does nothing in mode 802.3ad without broadcast-neighbor`,
          help: 'remove it',
          ...fixed(true, `remove ${id}`, removing(bond, id)),
        }
      }
    }
  },
}
