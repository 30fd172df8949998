import type { Check } from './check.ts'
import { bitOf, bundlesOf } from './support.ts'

export const check: Check = {
  id: 'lacp-not-shown',
  severity: 'note',
  summary: 'The state of LACP was collected by somebody who may not see it.',
  why: `The kernel shows system addresses, keys and states of both ends to an administrator alone (CAP_NET_ADMIN). Without them it cannot
be said whether a partner answers, who it is, and whether it uses the port; that nothing is found is then no sign that all is well.`,
  source: 'linux drivers/net/bonding/bond_procfs.c, capable(CAP_NET_ADMIN); seen on 5.10 to 7.2',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Ethernet Channel Bonding Driver: v6.1.0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ what LACP of h1 bond0 has agreed is not shown
    Slave Interface: eth0
    MII Status: up
    Aggregator ID: 1
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Ethernet Channel Bonding Driver: v6.1.0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    System MAC address: 52:54:00:00:00:0a
    Slave Interface: eth0
    MII Status: up
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      const { mode, hidden, members } = bundle
      if (mode?.value !== '802.3ad' || !hidden || members.length === 0) continue
      const states = members.every(({ actor }) => bitOf(actor, 'activity') !== undefined)
      yield {
        at: mode.at,
        message: states
          ? `what LACP of ${title} has agreed is not shown whole: there are states, and no addresses and keys, so it cannot be said who the partner is`
          : `what LACP of ${title} has agreed is not shown, so it cannot be judged whether a partner answers`,
        help: `collect it as root: sudo cat /proc/net/bonding/${bundle.name}; ip -d -j link shows the states to everybody`,
      }
    }
  },
}
