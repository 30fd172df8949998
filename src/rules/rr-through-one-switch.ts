import { hopesOf, rate, streamsOf, titleOf } from './hope.ts'
import { pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'rr-through-one-switch',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'balance-rr stripes a stream, and the switch puts it together again.',
  why: `The host sends a stream over all members in turn. The switch does not: towards the receiver it chooses one port of
the LAG by its hash, as for any stream. What arrives is never faster than one port.`,
  source: 'linux Documentation/networking/bonding.rst, section 12.1.1, balance-rr',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {speed: 1G, to: "sw1:1"}, eth1: {speed: 1G, to: "sw1:2"}}
        bonds:
          bond0: {miimon: 100, members: [eth0, eth1], mode: balance-rr}
      s2:
        ports: {eth0: {speed: 1G, to: "sw1:3"}, eth1: {speed: 1G, to: "sw1:4"}}
        bonds: {bond0: {miimon: 100, members: [eth0, eth1], mode: balance-rr}}
    switches: {sw1: {platform: aruba-aos-s}}
    traffic:
      - {from: s1, to: s2, expect: 2G}
    #                              ^^ sw1 sends one TCP stream to s2 bond0 over one port: 2G is expected, and 1G arrives at most
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports:
          eth0: {speed: 1G, to: "s2:eth0"}
          eth1: {speed: 1G, to: "s2:eth1"}
        bonds:
          bond0: {miimon: 100, members: [eth0, eth1], mode: balance-rr}
      s2:
        ports:
          eth0: {speed: 1G, to: "s1:eth0"}
          eth1: {speed: 1G, to: "s1:eth1"}
        bonds: {bond0: {miimon: 100, members: [eth0, eth1], mode: balance-rr}}
    traffic: [{from: s1, to: s2, expect: 2G}]
    `,
  ],
  *check(intent) {
    const { byBond } = pairsOf(intent)
    for (const hope of hopesOf(intent)) {
      const { at, from, to, streams, expectMbps } = hope
      if (from.bond === undefined || modeOf(from.bond) !== 'balance-rr' || to.portMbps === undefined) continue
      const last = (to.bond && byBond.get(to.bond))?.find(({ cables }) => cables.length > 1)
      const gotMbps = streams * to.portMbps
      if (last === undefined || expectMbps <= gotMbps) continue
      yield {
        at,
        message: `${last.box.name} sends ${streamsOf(hope)} to ${titleOf(to)} over one port${streams === 1 ? '' : ' each'}: ${rate(expectMbps)} is expected, and ${rate(gotMbps)} arrives at most`,
        help: `expect ${rate(gotMbps)}, or lead each member to a switch of its own`,
      }
    }
  },
}
