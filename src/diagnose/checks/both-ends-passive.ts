import type { Check } from './check.ts'
import { bitOf, bundlesOf, hearsNobody, speaksLacp } from './support.ts'

export const check: Check = {
  id: 'both-ends-passive',
  severity: 'error',
  summary: 'Both ends of a LAG are passive in LACP.',
  why: `A passive end answers and never begins, so two of them need not find each other. Two Linux bonds do, because the driver
also speaks when its state changes, and then lose each other again and again: the LAG flaps.`,
  source: 'IEEE 802.1AX-2014, 6.4.12 (Periodic Transmission machine, NO_PERIODIC); seen on 6.1 and 7.2',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    LACP active: off
    Slave Interface: eth0
    MII Status: up
    details actor lacp pdu:
        port state: 62
    #               ^^ h1 bond0 and its partner are both passive
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        port state: 62
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    LACP active: off
    Slave Interface: eth0
    MII Status: up
    details actor lacp pdu:
        port state: 62
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        port state: 63
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      if (!speaksLacp(bundle)) continue
      const passive = bundle.members.find(
        member =>
          hearsNobody(member) === false &&
          bitOf(member.actor, 'activity') === false &&
          bitOf(member.partner, 'activity') === false,
      )
      if (passive?.actor.state === undefined) continue
      yield {
        at: passive.actor.state.at,
        message: `${title} and its partner are both passive (Activity is not set at either end of ${passive.name}): neither needs to begin, and what works now is lost at the next silence`,
        help: 'set lacp_active on here, or LACP active at the other end',
        ...(passive.partner.state !== undefined && {
          related: [{ message: 'the other end', region: passive.partner.state.at }],
        }),
      }
    }
  },
}
