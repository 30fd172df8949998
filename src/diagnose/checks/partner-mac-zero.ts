import type { Bundle, Machine, Member } from '../observed.ts'
import type { Check } from './check.ts'
import { bitOf, bundlesOf, hasLink, hearsNobody, names, speaksLacp } from './support.ts'

function helpFor(kind: Machine['kind'], bundle: Bundle, deaf: readonly Member[], all: boolean): string {
  if (kind === 'switch')
    return `let the other end of ${names(deaf)} speak LACP: on a host mode 802.3ad, with all these ports in one bond`
  if (deaf.some(({ actor }) => bitOf(actor, 'expired') === true))
    return 'something was heard and dropped (Expired is set): take the state again after 10 s, and where it stays, see whether dmesg says "illegal loopback": then members are cabled to each other'
  if (bundle.lacpActive?.value === false)
    return 'this end is passive and waits: set lacp_active on, or LACP active at the other end'
  if (all)
    return 'set LACP, active, on the ports of the switch; where it must be a static group, use balance-xor here'
  return `put the port${deaf.length === 1 ? '' : 's'} at the other end of ${names(deaf)} into the same LACP group as the others, and look for what stands between them`
}

export const check: Check = {
  id: 'partner-mac-zero',
  severity: 'error',
  summary: 'A member has a link and has heard no LACPDU of the other end.',
  why: `The address of the partner is all zero until the first LACPDU comes. A member without a partner is in an aggregator
of its own; where no member has one, the driver uses a single member all the same and the bond has carrier, so it looks as if it
worked. A switch with a static group goes on sending on all its ports, and what it sends to the others is lost.

LACPDUs are not forwarded by a bridge, so a switch, a media converter or a hypervisor in between eats them. Members of one bond
that are cabled to each other look the same, because the driver drops what it has sent itself: the kernel's log then has
"An illegal loopback occurred".`,
  source:
    'linux drivers/net/bonding/bond_3ad.c, ad_rx_machine(), __record_default() and ad_agg_selection_logic(); seen on 5.10 to 7.2',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    details partner lacp pdu:
        system mac address: 00:00:00:00:00:00
    #                       ^^^^^^^^^^^^^^^^^ no member of h1 bond0 hears a partner
    Slave Interface: eth1
    MII Status: up
    details partner lacp pdu:
        system mac address: 00:00:00:00:00:00
    `,
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
    Slave Interface: eth1
    MII Status: up
    details partner lacp pdu:
        system mac address: 00:00:00:00:00:00
    #                       ^^^^^^^^^^^^^^^^^ eth1 of h1 bond0 hears no partner, and the others do
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
    Slave Interface: eth1
    MII Status: down
    details partner lacp pdu:
        system mac address: 00:00:00:00:00:00
    `,
  ],
  *check(observed) {
    for (const { machine, bundle, title } of bundlesOf(observed)) {
      if (!speaksLacp(bundle)) continue
      const linked = bundle.members.filter(hasLink)
      const deaf = linked.filter(member => hearsNobody(member) === true)
      const [first, ...more] = deaf
      if (first === undefined) continue
      const placeOf = (member: typeof first) => (member.partner.system ?? member.actor.state)?.at ?? member.at
      const related = more.map(member => ({ message: `${member.name} as well`, region: placeOf(member) }))
      const all = deaf.length === linked.length
      yield {
        at: placeOf(first),
        message: all
          ? `no member of ${title} hears a partner: no LACPDU comes${linked.length > 1 ? `, and one member carries alone of ${linked.length} that have a link` : ''}`
          : `${names(deaf)} of ${title} hear${deaf.length === 1 ? 's' : ''} no partner, and the others do, so ${deaf.length === 1 ? 'it stands' : 'they stand'} aside`,
        help: helpFor(machine.kind, bundle, deaf, all),
        ...(related.length > 0 && { related }),
      }
    }
  },
}
