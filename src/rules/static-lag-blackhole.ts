import { valueOf } from '../intent/intent.ts'
import { hopesOf, rate, titleOf } from './hope.ts'
import { pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'static-lag-blackhole',
  severity: 'note',
  about: { traffic: ['expect'] },
  summary: 'A rate is expected over a static LAG, which does not notice a link that is half dead.',
  why: `Without LACP nobody asks the other end. A link that works in one direction only, a media converter that keeps its
light on, a cable in the wrong port: each goes on getting its share of the traffic, and loses it.`,
  source: 'IEEE 802.1AX, clause 6.3.1; linux Documentation/networking/bonding.rst, balance-xor',
  bad: [
    `
    hosts:
      s1: {ports: {eth0: {speed: 10G}}}
      s2:
        ports: {eth0: {speed: 1G, to: "sw1:3"}, eth1: {speed: 1G, to: "sw1:4"}}
        bonds:
          bond0: {members: [eth0, eth1], mode: balance-xor}
    #                                          ^^^^^^^^^^^ LAG 3 of sw1 is static
    switches: {sw1: {platform: aruba-aos-s}}
    traffic: [{from: s1, to: s2, expect: 1G}]
    `,
  ],
  good: [
    `
    hosts:
      s1: {ports: {eth0: {speed: 10G}}}
      s2:
        ports: {eth0: {speed: 1G, to: "sw1:3"}, eth1: {speed: 1G, to: "sw1:4"}}
        bonds: {bond0: {members: [eth0, eth1], mode: balance-xor}}
    switches: {sw1: {platform: aruba-aos-s}}
    `,
  ],
  *check(intent) {
    const { byBond } = pairsOf(intent)
    const told = new Set<unknown>()
    for (const hope of hopesOf(intent)) {
      for (const end of [hope.from, hope.to]) {
        if (end.bond === undefined || told.has(end.bond)) continue
        const lag = byBond.get(end.bond)?.find(one => one.lag.options.mode === 'static')
        if (lag === undefined) continue
        told.add(end.bond)
        yield {
          at: valueOf(end.bond, 'mode'),
          message: `LAG ${lag.lag.number} of ${lag.box.name} is static: a link that is half dead keeps its share of the ${rate(hope.expectMbps)} for ${titleOf(end)}, and loses it`,
          help: 'say mode: 802.3ad, which asks the other end',
        }
      }
    }
  },
}
