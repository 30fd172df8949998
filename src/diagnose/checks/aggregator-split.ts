import type { Region } from '../../diagnostics/region.ts'
import type { Bundle, Member } from '../observed.ts'
import type { Check } from './check.ts'
import { bundlesOf, groupBy, hasLink, hearsNobody, names, rate, speaksLacp } from './support.ts'

/** What sets two members apart, the first difference in the order in which the driver asks. */
function difference(
  used: Member,
  other: Member,
): { readonly words: string; readonly help: string; readonly at: Region } | undefined {
  const { system, key, systemPriority } = other.partner
  if (system !== undefined && used.partner.system !== undefined && system.value !== used.partner.system.value)
    return {
      words: `${other.name} leads to the system ${system.value} and ${used.name} to ${used.partner.system.value}`,
      help: 'let both switches stand as one (MLAG, vPC, stack), or cable all members to one of them; for failover alone use active-backup',
      at: system.at,
    }
  if (
    systemPriority !== undefined &&
    used.partner.systemPriority !== undefined &&
    systemPriority.value !== used.partner.systemPriority.value
  )
    return {
      words: `the system at ${other.name} has the priority ${systemPriority.value} and that at ${used.name} ${used.partner.systemPriority.value}`,
      help: 'give both switches of the pair the same LACP system priority',
      at: systemPriority.at,
    }
  if (key !== undefined && used.partner.key !== undefined && key.value !== used.partner.key.value)
    return {
      words: `the switch has ${other.name} under key ${key.value} and ${used.name} under key ${used.partner.key.value}: they are in two port-channels`,
      help: 'put both ports into one port-channel; on an MLAG pair give it the same number on both switches',
      at: key.at,
    }
  return ownDifference(used, other)
}

function ownDifference(used: Member, other: Member) {
  const { duplex, speedMbps } = other
  if (duplex !== undefined && duplex.value !== 'full')
    return {
      words: `${other.name} has ${duplex.value} duplex, and only full duplex takes part`,
      help: `let both ends of ${other.name} negotiate speed and duplex`,
      at: duplex.at,
    }
  if (speedMbps !== undefined && used.speedMbps !== undefined && speedMbps.value !== used.speedMbps.value)
    return {
      words: `${other.name} has ${speedWords(speedMbps.value)} and ${used.name} ${speedWords(used.speedMbps.value)}`,
      help: 'give all members the same speed: look at optic, cable and negotiation of the slower one',
      at: speedMbps.at,
    }
  return undefined
}

const speedWords = (speed: number | 'unknown'): string =>
  speed === 'unknown' ? 'an unknown speed' : rate(speed)

/** A member of the aggregator in use; where that is not shown, of the largest. */
function usedOf({ aggregator, members }: Bundle): Member | undefined {
  const inIt = members.find(
    member => aggregator !== undefined && member.aggregator?.value === aggregator.value,
  )
  if (inIt !== undefined) return inIt
  const groups = groupBy(members, member => String(member.aggregator?.value))
  return [...groups].sort((a, b) => b.length - a.length)[0]?.[0]
}

const choosing: readonly (string | undefined)[] = ['bandwidth', 'count', 'actor_port_prio']

export const check: Check = {
  id: 'aggregator-split',
  severity: 'error',
  summary: 'The members of a bond are in several aggregators, of which one is used.',
  why: `A member joins those with the same partner system, the same key of the partner and the same key of its own, which is
made of speed and duplex. Whatever differs in one of them is an aggregator of its own, and one aggregator carries at a time: the
other members stand by, and the bond has that much less.`,
  source:
    'linux drivers/net/bonding/bond_3ad.c, ad_port_selection_logic() and ad_agg_selection_logic(); seen on 5.10 to 7.2',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Active Aggregator Info:
    \tAggregator ID: 1
    Slave Interface: eth0
    MII Status: up
    Aggregator ID: 1
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        oper key: 15
    Slave Interface: eth1
    MII Status: up
    Aggregator ID: 2
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:02
    #                       ^^^^^^^^^^^^^^^^^ h1 bond0 is split: eth1 leads to the system 52:54:00:00:00:02
        oper key: 15
    `,
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Active Aggregator Info:
    \tAggregator ID: 1
    Slave Interface: eth0
    MII Status: up
    Aggregator ID: 1
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        oper key: 10
    Slave Interface: eth1
    MII Status: up
    Aggregator ID: 2
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        oper key: 11
    #             ^^ they are in two port-channels
    `,
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    Speed: 10000 Mbps
    Aggregator ID: 1
    Slave Interface: eth1
    MII Status: up
    Speed: 1000 Mbps
    #      ^^^^^^^^^ eth1 has 1G and eth0 10G
    Aggregator ID: 2
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    Aggregator ID: 1
    Slave Interface: eth1
    MII Status: up
    Aggregator ID: 1
    Slave Interface: eth2
    MII Status: down
    Aggregator ID: 2
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      if (!speaksLacp(bundle)) continue
      const used = usedOf(bundle)
      const apart = bundle.members.filter(
        member =>
          hasLink(member) &&
          hearsNobody(member) !== true &&
          member.aggregator !== undefined &&
          member.aggregator.value !== used?.aggregator?.value,
      )
      if (used === undefined) continue
      // Members that stand aside for one reason are one finding.
      const reasons = apart.map(member => ({ member, why: difference(used, member) }))
      for (const alike of groupBy(
        reasons,
        ({ member, why }) => why?.words.replaceAll(member.name, '') ?? '',
      )) {
        const [first, ...more] = alike
        if (first?.member.aggregator === undefined) continue
        const aside = alike.map(({ member }) => member)
        // With such a policy the second aggregator is there to fail over to.
        const chosen =
          first.member.partner.system?.value !== used.partner.system?.value &&
          choosing.includes(bundle.adSelect?.value)
        yield {
          ...(chosen && { severity: 'note' }),
          at: first.why?.at ?? first.member.aggregator.at,
          message: `${title} is split: ${first.why?.words ?? `${names(aside)} ${aside.length === 1 ? 'is' : 'are'} in another aggregator than ${used.name}`}, so ${names(aside)} stand${aside.length === 1 ? 's' : ''} by`,
          help:
            first.why?.help ??
            'compare partner address, key, speed and duplex of the members: name /proc/net/bonding as root sees it',
          related: [
            {
              message: `${used.name} is in use`,
              region: (used.partner.system ?? used.aggregator)?.at ?? used.at,
            },
            ...more.map(({ member, why }) => ({
              message: `${member.name} as well`,
              region: why?.at ?? member.at,
            })),
          ],
        }
      }
    }
  },
}
