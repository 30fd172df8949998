import type { Check } from './check.ts'
import { bitOf, hasLink, hearsNobody, membersOf, speaksLacp } from './support.ts'

export const check: Check = {
  id: 'partner-silent',
  severity: 'error',
  summary: 'The partner of a member was there, and its LACPDUs have stopped while the link is up.',
  why: `Expired is set when no LACPDU has come for three times the period that was asked for: 3 s at fast, 90 s at slow. The member
is taken out, and 3 s later it counts as one without a partner. A link that is up shows that the other end has power, not that
its control plane works: a switch that restarts or is overloaded, or something in between that drops LACPDUs.`,
  source: 'linux drivers/net/bonding/bond_3ad.c, ad_rx_machine(), AD_RX_EXPIRED; IEEE 802.1AX-2014, 6.4.12',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    details actor lacp pdu:
        port state: 143
    #               ^^^ the partner of eth0 of h1 bond0 has fallen silent
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        port state: 55
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
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
      if (!speaksLacp(bundle) || !hasLink(member) || hearsNobody(member) !== false) continue
      if (state === undefined || bitOf(member.actor, 'expired') !== true) continue
      yield {
        at: state.at,
        message: `the partner of ${member.name} of ${title} has fallen silent: the link is up and no LACPDU comes`,
        help: 'take the state again; where it lasts, look at the control plane of the other end, and at what stands between the two',
      }
    }
  },
}
