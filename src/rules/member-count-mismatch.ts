import { membersOf, valueOf } from '../intent/intent.ts'
import { neededBy, pairsOf, saidBySwitch } from './pair.ts'
import type { Rule } from './rule.ts'
import { list } from './support.ts'

export const rule: Rule = {
  id: 'member-count-mismatch',
  severity: 'error',
  summary: 'The ports of a LAG on the switch are not those that the members of the bond lead to.',
  why: `A member that ends outside the LAG has no partner, and carries nothing or makes a loop. A port of the LAG
without a member behind it stays suspended under LACP; a static LAG sends its share of the traffic there for nobody.`,
  source:
    'IEEE 802.1AX, clause 6.4.14, selection logic; linux drivers/net/bonding/bond_3ad.c, ad_port_selection_logic()',
  bad: [
    `
    hosts:
      s1:
        ports:
          eth0: {to: "sw1:1"}
          eth1: {to: "sw1:2"}
          eth2: {to: "sw1:3"}
    #                ^^^^^^^ eth2 ends at 3, and LAG 1 of sw1 has only 1 and 2
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1, eth2]}}
    switches:
      sw1: {platform: aruba-aos-s, lags: {"1": {ports: ["1", "2"]}}}
    `,
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1]}}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {ports: ["1", "2", "3"]}
    #                             ^^^ no member of s1 bond0 leads to it
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    switches:
      sw1: { platform: aruba-aos-s, lags: { "1": { ports: [1-2] } } }
    `,
    `
    # Where eth1 leads is not said.
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    switches:
      sw1: { platform: aruba-aos-s, lags: { "1": { ports: ["1", "2"] } } }
    `,
  ],
  *check(intent) {
    const { pairings, seats, cables: ofBox } = pairsOf(intent)
    for (const { host, bond, box, lag, cables } of pairings) {
      if (neededBy(bond) === 'plain' || !saidBySwitch(lag, 'ports')) continue
      const names = lag.ports.map(({ name }) => name)
      for (const { device, port, at } of cables) {
        // In another LAG: cross-cabled-members or channel-id-mismatch.
        if (seats.get(box.name)?.has(port)) continue
        yield {
          at,
          message: `${device.name} ends at ${port}, and LAG ${lag.number} of ${box.name} has only ${list(names, 'and')}`,
          help: `add ${port} to the ports of the LAG, or take ${device.name} out of ${bond.name}`,
          related: [{ message: 'the ports of the LAG', at: valueOf(lag, 'ports') }],
        }
      }
      const unknown = membersOf(host, bond).filter(({ options }) => options.to === undefined).length
      const empty = lag.ports.filter(({ name }) => !ofBox.get(box.name)?.has(name))
      if (empty.length <= unknown) continue
      for (const { name, at } of empty) {
        yield {
          at,
          message: `${name} is in LAG ${lag.number} of ${box.name}, and no member of ${host.name} ${bond.name} leads to it`,
          help: `take ${name} out of the LAG, or say which member it leads to`,
          related: [{ message: 'the members', at: valueOf(bond, 'members') }],
        }
      }
    }
  },
}
