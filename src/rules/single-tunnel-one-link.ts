import { valueOf } from '../intent/intent.ts'
import { coarsePolicy, exceedsPort, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'single-tunnel-one-link',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'All that goes through a tunnel takes one member.',
  why: `Around a tunnel are two addresses that never differ, and GRE has no ports. encap3+4 looks at what is inside; nothing
can look into an encrypted tunnel, so there several are needed.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_flow_dissect(); Documentation/networking/bonding.rst, encap3+4',
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
            xmit-hash-policy: layer3+4
    #                         ^^^^^^^^ a GRE tunnel has one pair of addresses and no ports
      s2:
        ports: {eth0: {speed: 10G}}
        bonds:
          bond0:
            mode: active-backup
            members: [eth0]
            addresses: [192.0.2.12/24]
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 2G, protocol: gre}
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
            xmit-hash-policy: encap3+4
      s2:
        ports: {eth0: {speed: 10G}}
        bonds:
          bond0:
            mode: active-backup
            members: [eth0]
            addresses: [192.0.2.12/24]
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 2G, protocol: gre}
    `,
  ],
  *check(intent) {
    const told = new Set<unknown>()
    for (const hope of hopesOf(intent)) {
      const { from, to } = hope
      const policy = coarsePolicy(hope)
      if (from.bond === undefined || policy === undefined || !exceedsPort(hope, from)) continue
      if (
        policy !== 'layer3+4' ||
        hope.protocol !== 'gre' ||
        hope.streams === 1 ||
        hope.direct ||
        told.has(from.bond)
      )
        continue
      told.add(from.bond)
      yield {
        at: valueOf(from.bond, 'xmit-hash-policy'),
        message: `from ${titleOf(from)} to ${to.host.name} a GRE tunnel has one pair of addresses and no ports, so under ${policy} it takes one member, ${rate(from.portMbps ?? 0)}`,
        help: 'say xmit-hash-policy: encap3+4, which looks into the tunnel',
        related: [{ message: `${rate(hope.expectMbps)} is expected`, at: hope.at }],
      }
    }
  },
}
