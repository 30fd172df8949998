import type { Check } from './check.ts'
import { bitOf, hasLink, hearsNobody, inUse, membersOf, speaksLacp } from './support.ts'

export const check: Check = {
  id: 'lacp-churned',
  severity: 'warning',
  summary: 'An end of a member could not get in sync within 60 s, and nothing else that is shown says why.',
  why: `The driver watches each end for a minute. "churned" is an end that was not in sync when the minute was over. Mostly the reason
is another finding: no partner, or an aggregator that is not in use; this one is for what is left, and for a reader who is not root
and sees only this.`,
  source: 'linux drivers/net/bonding/bond_3ad.c, ad_churn_machine(); IEEE 802.1AX-2014, 6.4.17',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    Aggregator ID: 1
    Actor Churn State: none
    Partner Churn State: churned
    #                    ^^^^^^^ the partner of eth0 of h1 bond0 was not in sync for 60 s
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    Aggregator ID: 1
    Actor Churn State: none
    Partner Churn State: none
    `,
  ],
  *check(observed) {
    for (const { bundle, member, title } of membersOf(observed)) {
      if (!speaksLacp(bundle) || !hasLink(member)) continue
      // Without a partner, aside, or while the partner refuses, it cannot be otherwise, and other checks say so.
      if (hearsNobody(member) === true || inUse(bundle, member) === false) continue
      if (bitOf(member.partner, 'synchronization') === false) continue
      const { actorChurn, partnerChurn } = member
      const own = actorChurn?.value === 'churned'
      const churned = own ? actorChurn : partnerChurn?.value === 'churned' ? partnerChurn : undefined
      if (churned === undefined) continue
      yield {
        at: churned.at,
        message: `${own ? member.name : `the partner of ${member.name}`} of ${title} was not in sync for 60 s`,
        help: 'see at both ends whether the port is in the LAG; as root the state of both ends is shown',
      }
    }
  },
}
