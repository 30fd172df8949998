import { valueOf } from '../intent/intent.ts'
import { coarsePolicy, exceedsPort, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'single-peer-layer23',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'All that a host sends to one address takes one member under layer2+3.',
  why: `layer2+3 looks at MAC and IP addresses. Between two hosts with one address each there is one pair of both, and so one
member.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_xmit_hash(); Documentation/networking/bonding.rst, layer2+3',
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
            xmit-hash-policy: layer2+3
    #                         ^^^^^^^^ all that s1 bond0 sends to s2 has one pair of addresses
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
            xmit-hash-policy: layer2+3
      s2:
        ports: {eth0: {speed: 10G}}
        bonds:
          bond0:
            mode: active-backup
            members: [eth0]
            addresses: [192.0.2.12/24, 192.0.2.13/24]
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
      if ((policy !== 'layer2+3' && policy !== 'encap2+3') || hope.direct || told.has(from.bond)) continue
      told.add(from.bond)
      yield {
        at: valueOf(from.bond, 'xmit-hash-policy'),
        message: `all that ${titleOf(from)} sends to ${to.host.name} has one pair of addresses, so under ${policy} it takes one member, ${rate(from.portMbps ?? 0)}`,
        help: 'say xmit-hash-policy: layer3+4, or give the hosts several addresses',
        related: [{ message: `${rate(hope.expectMbps)} is expected`, at: hope.at }],
      }
    }
  },
}
