import type { Check } from './check.ts'
import { bitOf, hasLink, hearsNobody, membersOf, speaksLacp } from './support.ts'

export const check: Check = {
  id: 'partner-individual',
  severity: 'warning',
  summary: 'The partner of a member calls its link individual.',
  why: `Without Aggregation in its state the other end says that this link may not be joined with others. Linux joins it all the
same; the switch works with a port alone, and frames of one conversation may come back on a link that the switch does not count
to the LAG.`,
  source: 'IEEE 802.1AX-2014, 6.4.2.3 l); that the driver aggregates it was seen on 6.1',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        port state: 59
    #               ^^ calls its link individual
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        port state: 63
    `,
  ],
  *check(observed) {
    for (const { bundle, member, title } of membersOf(observed)) {
      const { state } = member.partner
      if (!speaksLacp(bundle) || !hasLink(member) || hearsNobody(member) !== false) continue
      if (state === undefined || bitOf(member.partner, 'aggregation') !== false) continue
      yield {
        at: state.at,
        message: `the partner of ${member.name} of ${title} calls its link individual (Aggregation is not set): it does not count it to its LAG`,
        help: 'look at duplex and LACP settings of the port at the other end, and whether it stands alone there',
      }
    }
  },
}
