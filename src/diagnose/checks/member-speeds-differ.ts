import type { Check } from './check.ts'
import { bundlesOf, hasLink, hearsNobody, rate, speaksLacp } from './support.ts'

export const check: Check = {
  id: 'member-speeds-differ',
  severity: 'warning',
  summary: 'The members of a bond run at different speeds.',
  why: `Hash and round robin do not ask how fast a member is: the slower one gets as much as the faster, and is full first. In
active-backup a failover to it is a loss of rate. A member that has negotiated less than it can has a bad pair or a wrong setting.

With LACP the slower member stands in an aggregator of its own; where there is a partner, aggregator-split says that.`,
  source: 'linux Documentation/networking/bonding.rst; drivers/net/bonding/bond_main.c, bond_xmit_hash()',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: load balancing (xor)
    Slave Interface: eth0
    MII Status: up
    Speed: 1000 Mbps
    Slave Interface: eth1
    MII Status: up
    Speed: 100 Mbps
    #      ^^^^^^^^ eth1 of h1 bond0 runs at 100M, eth0 at 1G
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: load balancing (xor)
    Slave Interface: eth0
    MII Status: up
    Speed: 1000 Mbps
    Slave Interface: eth1
    MII Status: up
    Speed: 1000 Mbps
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      // With a partner, aggregator-split says what follows.
      if (speaksLacp(bundle) && !bundle.members.every(member => hearsNobody(member) === true)) continue
      const known = bundle.members.flatMap(({ speedMbps, ...member }) =>
        speedMbps !== undefined && speedMbps.value !== 'unknown' && hasLink(member)
          ? [{ name: member.name, mbps: speedMbps.value, at: speedMbps.at }]
          : [],
      )
      const [fastest] = [...known].sort((a, b) => b.mbps - a.mbps)
      for (const { name, mbps, at } of known) {
        if (fastest === undefined || mbps === fastest.mbps) continue
        yield {
          at,
          message: `${name} of ${title} runs at ${rate(mbps)}, ${fastest.name} at ${rate(fastest.mbps)}`,
          help: `look at cable and negotiation of ${name}; where it can do no more, use active-backup with primary ${fastest.name}`,
        }
      }
    }
  },
}
