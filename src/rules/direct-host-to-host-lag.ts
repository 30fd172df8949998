import { valueOf } from '../intent/intent.ts'
import { coarsePolicy, exceedsPort, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'direct-host-to-host-lag',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'Two hosts are cabled to each other, and the hash sees no difference.',
  why: `Without a switch the policy of each host decides what the other receives. The peer is always the same, which is the
worst case of every policy that looks at addresses.`,
  source: 'linux Documentation/networking/bonding.rst, section 12.1.1: directly connected systems',
  bad: [
    `
    hosts:
      s1:
        ports:
          eth0: {speed: 1G, to: "s2:eth0"}
          eth1: {speed: 1G, to: "s2:eth1"}
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            addresses: [192.0.2.11/24]
            xmit-hash-policy: layer2+3
    #                         ^^^^^^^^ s1 bond0 is cabled to s2 alone
      s2:
        ports: {eth0: {speed: 10G}}
        bonds:
          bond0:
            mode: active-backup
            members: [eth0]
            addresses: [192.0.2.12/24]
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 2G}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports:
          eth0: {speed: 1G, to: "s2:eth0"}
          eth1: {speed: 1G, to: "s2:eth0"}
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            addresses: [192.0.2.11/24]
            xmit-hash-policy: layer3+4
      s2:
        ports: {eth0: {speed: 10G}}
        bonds:
          bond0:
            mode: active-backup
            members: [eth0]
            addresses: [192.0.2.12/24]
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 2G}
    `,
  ],
  *check(intent) {
    const told = new Set<unknown>()
    for (const hope of hopesOf(intent)) {
      const { from, to } = hope
      const policy = coarsePolicy(hope)
      if (from.bond === undefined || policy === undefined || !exceedsPort(hope, from)) continue
      if (!hope.direct || told.has(from.bond)) continue
      told.add(from.bond)
      yield {
        at: valueOf(from.bond, 'xmit-hash-policy'),
        message: `${titleOf(from)} is cabled to ${to.host.name} alone, so under ${policy} all takes one member, ${rate(from.portMbps ?? 0)}`,
        help: `say xmit-hash-policy: layer3+4; between two hosts balance-rr stripes even one stream, at the price of reordering`,
        related: [{ message: `${rate(hope.expectMbps)} is expected`, at: hope.at }],
      }
    }
  },
}
