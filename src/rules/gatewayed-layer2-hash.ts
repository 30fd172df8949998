import { valueOf } from '../intent/intent.ts'
import { coarsePolicy, exceedsPort, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'gatewayed-layer2-hash',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'All that a host sends through its router takes one member under layer2.',
  why: `layer2 looks at MAC addresses, and whatever leaves the subnet has that of the router. However many hosts are behind
it, one member carries everything.`,
  source:
    'linux Documentation/networking/bonding.rst, xmit_hash_policy and section 12.1.1: gatewayed configurations',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            addresses: [192.0.2.11/24]
            xmit-hash-policy: layer2
    #                         ^^^^^^ what s1 bond0 sends to s2 goes to the MAC address of the router
      s2:
        ports: {eth0: {speed: 10G}}
        bonds:
          bond0:
            mode: active-backup
            members: [eth0]
            addresses: [198.51.100.12/24]
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 2G}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
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
            addresses: [198.51.100.12/24]
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
      if (policy !== 'layer2' || !hope.routed || hope.direct || told.has(from.bond)) continue
      told.add(from.bond)
      yield {
        at: valueOf(from.bond, 'xmit-hash-policy'),
        message: `what ${titleOf(from)} sends to ${to.host.name} goes to the MAC address of the router, so under layer2 it takes one member, ${rate(from.portMbps ?? 0)}`,
        help: 'say xmit-hash-policy: layer3+4, or layer2+3 where there are many such hosts',
        related: [{ message: `${rate(hope.expectMbps)} is expected`, at: hope.at }],
      }
    }
  },
}
