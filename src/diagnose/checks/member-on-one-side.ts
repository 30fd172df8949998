import { portOf } from '../cables.ts'
import type { Bundle, Member } from '../observed.ts'
import { pairsOf } from '../pairs.ts'
import type { Check } from './check.ts'
import { type Bundled, hasLink, hearsNobody } from './support.ts'

/** Members of one end that no member of any other end is at the other end of, as far as both show it. */
function strangersOf(own: Bundle, fars: readonly Bundle[]): readonly Member[] {
  const others = fars.flatMap(({ members }) => members)
  const actors = new Set(others.flatMap(({ actor }) => portOf(actor) ?? []))
  const partners = new Set(others.flatMap(({ partner }) => portOf(partner) ?? []))
  return own.members.filter(member => {
    if (!hasLink(member) || hearsNobody(member) !== false) return false
    const [met, self] = [portOf(member.partner), portOf(member.actor)]
    const answers = [
      ...(met === undefined || actors.size === 0 ? [] : [actors.has(met)]),
      ...(self === undefined || partners.size === 0 ? [] : [partners.has(self)]),
    ]
    return answers.length > 0 && !answers.includes(true)
  })
}

export const check: Check = {
  id: 'member-on-one-side',
  severity: 'error',
  summary: 'A port is in the LAG at one end, and its other end is not in that LAG.',
  why: `Both ends tell in LACP which port they are, and record which port they have met. A member that has a partner, and whose partner
is no port of the LAG that the others lead to, was cabled to another LAG or put into another group.`,
  source: 'IEEE 802.1AX-2014, 6.4.2.3 (Actor_Port and Partner_Port); linux drivers/net/bonding/bond_3ad.c',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    System MAC address: 52:54:00:00:00:0a
    Slave Interface: eth0
    MII Status: up
    details actor lacp pdu:
        system mac address: 52:54:00:00:00:0a
        port number: 1
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:0b
        port number: 1
    Slave Interface: eth1
    #                ^^^^ eth1 of h1 bond0 leads to port 9 of 52:54:00:00:00:0b, which is not in sw1 bond10
    MII Status: up
    details actor lacp pdu:
        system mac address: 52:54:00:00:00:0a
        port number: 2
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:0b
        port number: 9
    sw1# ovs-appctl lacp/show
    ---- bond10 ----
      status: active negotiated
    member: p1: current attached
      actor sys_id: 52:54:00:00:00:0b
      actor port_id: 1
      partner sys_id: 52:54:00:00:00:0a
      partner port_id: 1
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    details actor lacp pdu:
        system mac address: 52:54:00:00:00:0a
        port number: 1
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:0b
        port number: 1
    sw1# ovs-appctl lacp/show
    ---- bond10 ----
      status: active negotiated
    member: p1: current attached
      actor sys_id: 52:54:00:00:00:0b
      actor port_id: 1
      partner sys_id: 52:54:00:00:00:0a
      partner port_id: 1
    `,
  ],
  *check(observed) {
    const ends = new Map<Bundled, Bundled[]>()
    for (const { a, b, assumed } of pairsOf(observed)) {
      if (assumed) continue
      for (const [own, far] of [
        [a, b],
        [b, a],
      ] as const) {
        const fars = ends.get(own)
        if (fars === undefined) ends.set(own, [far])
        else fars.push(far)
      }
    }
    for (const [own, fars] of ends) {
      const [far] = fars
      if (far === undefined) continue
      for (const { name, at, partner } of strangersOf(
        own.bundle,
        fars.map(({ bundle }) => bundle),
      )) {
        const port = partner.portNumber === undefined ? 'a port' : `port ${partner.portNumber.value}`
        yield {
          at,
          message: `${name} of ${own.title} leads to ${port} of ${partner.system?.value ?? 'its partner'}, which is not in ${far.title} where the others lead`,
          help: `put the port at the other end of ${name} into ${far.bundle.name}, or cable ${name} to one that is`,
          related: [{ message: far.title, region: far.bundle.at }],
        }
      }
    }
  },
}
