import type { Bundle, Member } from '../observed.ts'
import { pairsOf } from '../pairs.ts'
import type { Check } from './check.ts'
import { bitOf, bundlesOf, hasLink, hearsNobody, speaksLacp } from './support.ts'

export const check: Check = {
  id: 'lacp-rates-differ',
  severity: 'note',
  summary: 'One end of a LAG asks for LACPDUs every second and the other every 30 s.',
  why: `Each end says how often it wants to hear from the other. With fast here the silence of the switch is noticed after 3 s; the
switch that asks for slow needs 90 s to notice ours, and sends into the dead link for as long. Both ends agree all the same.`,
  source: 'IEEE 802.1AX-2014, 6.4.2.3 l), LACP_Timeout, and 6.4.4; measured on 6.1: 3 s and 94 s',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    LACP rate: fast
    Slave Interface: eth0
    MII Status: up
    details actor lacp pdu:
        port state: 63
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        port state: 61
    #               ^^ h1 bond0 asks for LACPDUs every second and its partner for one every 30 s
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    LACP rate: slow
    Slave Interface: eth0
    MII Status: up
    details actor lacp pdu:
        port state: 61
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        port state: 61
    `,
  ],
  *check(observed) {
    const told = new Set<Bundle>()
    const pairs = pairsOf(observed).filter(({ assumed }) => !assumed)
    for (const { machine, bundle, title } of bundlesOf(observed)) {
      const unlike = unlikeIn(bundle)
      if (unlike?.partner.state === undefined || told.has(bundle)) continue
      // The other end would say the same.
      for (const { a, b } of pairs) if (a.bundle === bundle) told.add(b.bundle)
      const fast = bitOf(unlike.actor, 'timeout') === true
      yield {
        at: unlike.partner.state.at,
        message: fast
          ? `${title} asks for LACPDUs every second and its partner for one every 30 s: it takes 90 s until the partner notices that this end is silent`
          : `${title} asks for a LACPDU every 30 s and its partner for one every second: it takes 90 s until this end notices that the partner is silent`,
        help: fast
          ? 'set LACP rate fast (short timeout) at the other end'
          : machine.kind === 'switch'
            ? 'set LACP rate fast (short timeout) here'
            : `set lacp_rate fast here: echo fast > /sys/class/net/${bundle.name}/bonding/lacp_rate, while the bond is down`,
      }
    }
  },
}

/** A member whose ends ask for different rates. */
function unlikeIn(bundle: Bundle): Member | undefined {
  if (!speaksLacp(bundle)) return undefined
  return bundle.members.find(member => {
    const [own, other] = [bitOf(member.actor, 'timeout'), bitOf(member.partner, 'timeout')]
    const settled =
      hasLink(member) && hearsNobody(member) === false && bitOf(member.actor, 'expired') !== true
    return settled && own !== undefined && other !== undefined && own !== other
  })
}
