import { valueOf } from '../intent/intent.ts'
import { neededBy, pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'channel-id-mismatch',
  severity: 'error',
  summary: 'Members of one bond end in different LAGs of one switch.',
  why: `Each LAG of a switch has a key of its own, and ports with different keys never aggregate: the host sees two
partners and uses the ports of one of them.`,
  source: 'IEEE 802.1AX, clause 6.3.5; linux drivers/net/bonding/bond_3ad.c, ad_port_selection_logic()',
  bad: [
    `
    hosts:
      s1:
        ports:
          eth0: {to: "sw1:1"}
          eth1: {to: "sw1:2"}
    #                ^^^^^^^ eth1 ends at 2, in LAG 2 of sw1, and the LAG of s1 bond0 is 1
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {ports: ["1"]}
          "2": {ports: ["2"]}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1 } }
    switches:
      sw1: { platform: aruba-aos-s, lags: { "1": { ports: ["1", "2"] } } }
    `,
  ],
  *check(intent) {
    const { pairings, seats } = pairsOf(intent)
    for (const { host, bond, box, lag, cables } of pairings) {
      if (neededBy(bond) === 'plain') continue
      for (const { device, port, at } of cables) {
        const seat = seats.get(box.name)?.get(port)
        // The LAG of another bond: cross-cabled-members.
        if (seat === undefined || seat === lag || seat.bond !== undefined) continue
        yield {
          at,
          message: `${device.name} ends at ${port}, in LAG ${seat.number} of ${box.name}, and the LAG of ${host.name} ${bond.name} is ${lag.number}: they never aggregate`,
          help: `put ${port} into LAG ${lag.number}`,
          related: [{ message: `LAG ${seat.number}`, at: valueOf(seat, 'ports') }],
        }
      }
    }
  },
}
