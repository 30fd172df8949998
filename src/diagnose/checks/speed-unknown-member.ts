import type { Check } from './check.ts'
import { hasLink, membersOf, speaksLacp } from './support.ts'

export const check: Check = {
  id: 'speed-unknown-member',
  severity: 'warning',
  summary: 'A member with a link reports no speed or no duplex.',
  why: `Speed and duplex are what the LACP key is made of. A driver that reports none, as those of virtual machines may, leaves
the port with a key of its own or as an individual link, and the bond with one member.`,
  source: 'linux drivers/net/bonding/bond_3ad.c, __get_link_speed() and __get_duplex()',
  bad: [
    `
    vm1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: ens3
    MII Status: up
    Speed: Unknown
    #      ^^^^^^^ ens3 of vm1 bond0 has a link and no known speed
    Duplex: Unknown
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: down
    Speed: Unknown
    Duplex: Unknown
    `,
  ],
  *check(observed) {
    for (const { bundle, member, title } of membersOf(observed)) {
      const { name, speedMbps, duplex } = member
      if (!speaksLacp(bundle) || !hasLink(member)) continue
      const unknown =
        speedMbps?.value === 'unknown' ? speedMbps : duplex?.value === 'unknown' ? duplex : undefined
      if (unknown === undefined) continue
      yield {
        at: unknown.at,
        message: `${name} of ${title} has a link and no known ${unknown === speedMbps ? 'speed' : 'duplex'}, of which its LACP key is made`,
        help: `set it: ethtool -s ${name} speed 10000 duplex full; inside a virtual machine use active-backup`,
      }
    }
  },
}
