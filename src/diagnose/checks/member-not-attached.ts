import type { Check } from './check.ts'
import { bitOf, hasLink, hearsNobody, inUse, membersOf, speaksLacp } from './support.ts'

export const check: Check = {
  id: 'member-not-attached',
  severity: 'warning',
  summary: 'The other end is ready, and this end does not send on the member.',
  why: `The member is in the aggregator in use, its partner is in sync, and Distributing is not set here. For some seconds that is how
every link begins: a bond waits 2 s to collect its ports, and up to 8 s where it was open before its first member came.`,
  source: 'linux drivers/net/bonding/bond_3ad.c, ad_mux_machine(), AD_AGGREGATOR_SELECTION_TIMER',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Active Aggregator Info:
    \tAggregator ID: 1
    Slave Interface: eth0
    MII Status: up
    Aggregator ID: 1
    details actor lacp pdu:
        port state: 7
    #               ^ eth0 of h1 bond0 does not send yet
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        port state: 63
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Active Aggregator Info:
    \tAggregator ID: 1
    Slave Interface: eth0
    MII Status: up
    Aggregator ID: 1
    details actor lacp pdu:
        port state: 63
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        port state: 63
    `,
  ],
  *check(observed) {
    for (const { bundle, member, title } of membersOf(observed)) {
      const { state } = member.actor
      if (!speaksLacp(bundle) || !hasLink(member) || hearsNobody(member) !== false || state === undefined)
        continue
      if (inUse(bundle, member) !== true || bitOf(member.actor, 'expired') === true) continue
      if (bitOf(member.actor, 'distributing') !== false || bitOf(member.partner, 'synchronization') !== true)
        continue
      yield {
        at: state.at,
        message: `${member.name} of ${title} does not send yet, though its partner is in sync`,
        help: 'take the state again after 10 s; where it lasts, look into the log of the kernel',
      }
    }
  },
}
