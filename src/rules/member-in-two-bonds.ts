import type { Rule } from './rule.ts'
import { type Claim, claimsOf } from './support.ts'

export const rule: Rule = {
  id: 'member-in-two-bonds',
  severity: 'error',
  about: { bond: ['members'] },
  summary: 'A port is in two bonds, or in a bond and a bridge.',
  why: `A device has one master. The second attachment is refused, or takes the port away from the first,
and which of them gets it depends on the order at boot.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_enslave(): EBUSY; net/core/rtnetlink.c, do_set_master()',
  bad: [
    `
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1]}
      bond1: {mode: 802.3ad, members: [eth1, eth2]}
    #                                  ^^^^ eth1 belongs to bond0 already
    `,
    `
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1]}
    bridges:
      br0: {ports: [eth0, bond0]}
    #               ^^^^ eth0 belongs to bond0 already
    `,
  ],
  good: [
    `
    bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    bridges: { br0: { ports: [bond0] } }
    `,
    `
    hosts:
      s1: { bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } } }
      s2: { bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } } }
    `,
  ],
  *check({ hosts }) {
    for (const host of hosts) {
      const first = new Map<string, Claim>()
      for (const claim of claimsOf(host)) {
        const earlier = first.get(claim.port)
        if (earlier === undefined) {
          first.set(claim.port, claim)
          continue
        }
        // Two bridges and no bond are none of our business.
        if (earlier.master.subject === 'bridge') continue
        yield {
          at: claim.at,
          message: `${claim.port} belongs to ${earlier.master.name} already; one of the two goes without it`,
          help: 'keep it in one of them',
          related: [{ message: `in ${earlier.master.name}`, at: earlier.at }],
        }
      }
    }
  },
}
