import { unsettled } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'port-channel-id-used-twice',
  severity: 'error',
  summary: 'Two bonds have the same LAG number on one switch.',
  why: 'One number is one LAG: the ports of both would stand in it together, and only one host would be its partner.',
  source: 'Arista AVD: duplicate port-channel ids; IEEE 802.1AX, clause 6.3.5',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 7}}
      s2:
        ports: {eth0: {to: "sw1:3"}, eth1: {to: "sw1:4"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 7}}
    #                                                              ^ LAG 7 of sw1 would be both
    switches: {sw1: {platform: aruba-aos-s}}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 7 } }
      s2:
        ports: { eth0: { to: "sw1:3" }, eth1: { to: "sw1:4" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 8 } }
    switches: { sw1: { platform: aruba-aos-s } }
    `,
  ],
  *check(intent) {
    yield* unsettled(intent, 'lag-number-clash')
  },
}
