import { valueOf } from '../intent/intent.ts'
import { coarsePolicy, exceedsPort, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'two-hosts-one-link-layer2',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'All that a host sends to one other takes one member under layer2.',
  why: `layer2 looks at the two MAC addresses and the type of the frame. Between two hosts neither ever differs, so the hash
is a constant: one member carries everything, however many streams there are.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_eth_hash(); Documentation/networking/bonding.rst, layer2',
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
    #                         ^^^^^^ all that s1 bond0 sends to s2 has one pair of MAC addresses
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
      if (policy !== 'layer2' || hope.routed || hope.direct || told.has(from.bond)) continue
      told.add(from.bond)
      yield {
        at: valueOf(from.bond, 'xmit-hash-policy'),
        message: `all that ${titleOf(from)} sends to ${to.host.name} has one pair of MAC addresses, so under layer2 it takes one member, ${rate(from.portMbps ?? 0)}`,
        help: 'say xmit-hash-policy: layer3+4',
        related: [{ message: `${rate(hope.expectMbps)} is expected`, at: hope.at }],
      }
    }
  },
}
