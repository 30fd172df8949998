import { valueOf } from '../intent/intent.ts'
import { exceedsPort, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'rr-reordering',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'TCP is expected to be faster over balance-rr than one member.',
  why: `Packets of one stream leave over several members and arrive out of order. TCP takes that for loss, sends again and
slows down; a larger tcp_reordering helps, and the sum of the members is still not reached.`,
  source: 'linux Documentation/networking/bonding.rst, section 12.1.1, balance-rr; ip-sysctl, tcp_reordering',
  bad: [
    `
    hosts:
      s1:
        ports:
          eth0: {speed: 1G, to: "s2:eth0"}
          eth1: {speed: 1G, to: "s2:eth1"}
        bonds:
          bond0: {miimon: 100, members: [eth0, eth1], mode: balance-rr}
    #                                                       ^^^^^^^^^^ what s1 bond0 stripes arrives out of order
      s2:
        ports:
          eth0: {speed: 1G, to: "s1:eth0"}
          eth1: {speed: 1G, to: "s1:eth1"}
        bonds: {bond0: {miimon: 100, members: [eth0, eth1], mode: balance-rr}}
    traffic: [{from: s1, to: s2, expect: 2G}]
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
    traffic:
      - {from: s1, to: s2, protocol: udp, expect: 2G}
      - {from: s1, to: s2, expect: 1G}
    `,
  ],
  *check(intent) {
    const told = new Set<unknown>()
    for (const hope of hopesOf(intent)) {
      const { from, to, expectMbps } = hope
      if (from.bond === undefined || modeOf(from.bond) !== 'balance-rr' || hope.protocol !== 'tcp') continue
      if (!exceedsPort(hope, from) || told.has(from.bond)) continue
      told.add(from.bond)
      yield {
        at: valueOf(from.bond, 'mode'),
        message: `what ${titleOf(from)} stripes arrives out of order at ${to.host.name}: TCP slows down, and stays below ${rate(expectMbps)}`,
        help: 'say mode: 802.3ad with xmit-hash-policy: layer3+4 and send several streams, or expect less',
        related: [{ message: `${rate(expectMbps)} is expected`, at: hope.at }],
      }
    }
  },
}
