import type { StateBit } from '../../simulate/lacp/lacpdu.ts'
import type { Check } from './check.ts'
import { bitOf, hasLink, hearsNobody, inUse, membersOf, speaksLacp } from './support.ts'

/** What it means that the partner does not set a bit, the first that is missing first. */
const missing: readonly {
  readonly name: StateBit
  readonly word: string
  readonly means: string
  readonly help: string
}[] = [
  {
    name: 'synchronization',
    word: 'Synchronization',
    means: 'the other end has not taken the port into its LAG',
    help: 'read the LAG at the other end: the port has other VLANs, speed or settings than the LAG, the LAG is full, or below its minimum',
  },
  {
    name: 'collecting',
    word: 'Collecting',
    means: 'the other end does not receive on the port, and what is sent there is lost',
    help: 'read the LAG at the other end: the port may be kept as standby, or its hardware is not ready yet',
  },
  {
    name: 'distributing',
    word: 'Distributing',
    means: 'the other end does not send on the port',
    help: 'read the LAG at the other end: it may wait for more links, or keep the port in reserve',
  },
]

export const check: Check = {
  id: 'partner-not-ready',
  severity: 'error',
  summary: 'The partner of a member has not set Synchronization, Collecting or Distributing.',
  why: `A LACPDU carries what its sender does with the port: in the right aggregator (Synchronization), receiving (Collecting),
sending (Distributing). A partner that leaves one of them out has answered, so LACP runs, and still keeps the port out. The
reason stands at that end only.`,
  source:
    'IEEE 802.1AX-2014, 6.4.2.3 l) and 6.4.15 (Mux machine); linux drivers/net/bonding/bond_3ad.c, ad_mux_machine()',
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
        port state: 63
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:01
        port state: 7
    #               ^ without Synchronization: the other end has not taken the port into its LAG
    `,
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
        port state: 15
    #               ^^ without Collecting: the other end does not receive on the port
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
        port state: 61
    `,
  ],
  *check(observed) {
    for (const { bundle, member, title } of membersOf(observed)) {
      // A member that stands aside, or whose partner has gone silent, has a reason of its own.
      if (!speaksLacp(bundle) || !hasLink(member) || hearsNobody(member) !== false) continue
      if (inUse(bundle, member) === false || bitOf(member.actor, 'expired') === true) continue
      const { state } = member.partner
      const lacks = missing.find(({ name }) => bitOf(member.partner, name) === false)
      if (state === undefined || lacks === undefined) continue
      yield {
        at: state.at,
        message: `the partner of ${member.name} of ${title} answers without ${lacks.word}: ${lacks.means}`,
        help: lacks.help,
      }
    }
  },
}
