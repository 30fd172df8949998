import { unsettled } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'switch-port-used-twice',
  severity: 'error',
  summary: 'Two cables end at one port of a switch.',
  why: 'A port has one cable. One of the two is wrong, and the configuration of the switch would contradict itself.',
  source: 'Arista AVD: duplicate connected endpoints',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1]}}
      s2:
        ports: {eth0: {to: "sw1:2"}, eth1: {to: "sw1:3"}}
    #                      ^^^^^^^ 2 of sw1 is used twice
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 2}}
    switches: {sw1: {platform: aruba-aos-s}}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    switches: { sw1: { platform: aruba-aos-s } }
    `,
  ],
  *check(intent) {
    yield* unsettled(intent, 'port-used-twice')
  },
}
