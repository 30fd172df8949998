import type { Check } from './check.ts'
import { hasLink, membersOf, speaksLacp } from './support.ts'

export const check: Check = {
  id: 'half-duplex-member',
  severity: 'error',
  summary: 'A member has negotiated half duplex.',
  why: `LACP is for full duplex alone: a port with half duplex is an individual link and never shares an aggregator. In every
mode it is a fraction of the rate, with collisions: mostly one end negotiates and the other is set to a fixed speed.`,
  source:
    'linux drivers/net/bonding/bond_3ad.c, ad_update_actor_keys() and ad_port_selection_logic(); seen on 7.2',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    Duplex: half
    #       ^^^^ eth0 of h1 bond0 has half duplex, so LACP leaves it out
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    Duplex: full
    `,
  ],
  *check(observed) {
    for (const { bundle, member, title } of membersOf(observed)) {
      if (member.duplex?.value !== 'half' || !hasLink(member)) continue
      yield {
        at: member.duplex.at,
        message: `${member.name} of ${title} has half duplex${speaksLacp(bundle) ? ', so LACP leaves it out' : ''}`,
        help: `let both ends of ${member.name} negotiate, or set both to the same speed and full duplex`,
      }
    }
  },
}
