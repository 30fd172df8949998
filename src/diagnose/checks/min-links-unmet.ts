import type { Check } from './check.ts'
import { bundlesOf, hasLink, inUse } from './support.ts'

export const check: Check = {
  id: 'min-links-unmet',
  severity: 'error',
  summary: 'A bond is down because fewer links are in its aggregator than min_links asks for.',
  why: `min_links is for a host that had rather be gone than slow: the carrier of the bond goes off, and with it every route over it,
while single members still have a link. It counts the links of the aggregator in use, so members that stand aside do not help.`,
  source: 'linux drivers/net/bonding/bond_3ad.c, bond_3ad_set_carrier(); seen on 6.1 and 7.2',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    MII Status: down
    Min links: 2
    #          ^ h1 bond0 is down: min_links asks for 2 links in one aggregator, and there is 1
    Active Aggregator Info:
    \tAggregator ID: 1
    Slave Interface: eth0
    MII Status: up
    Aggregator ID: 1
    Slave Interface: eth1
    MII Status: down
    Aggregator ID: 1
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    MII Status: up
    Min links: 1
    Slave Interface: eth0
    MII Status: up
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      const { up, minLinks, members, mode } = bundle
      if (up?.value !== false || mode?.value !== '802.3ad' || minLinks === undefined || minLinks.value === 0)
        continue
      const counted = members.filter(member => hasLink(member) && inUse(bundle, member) !== false)
      if (counted.length >= minLinks.value) continue
      yield {
        at: minLinks.at,
        message: `${title} is down: min_links asks for ${minLinks.value} links in one aggregator, and there ${counted.length === 1 ? 'is 1' : `are ${counted.length}`}`,
        help: `bring the other members back, or lower it: echo ${Math.max(1, counted.length)} > /sys/class/net/${bundle.name}/bonding/min_links`,
        related: [{ message: 'down', region: up.at }],
      }
    }
  },
}
