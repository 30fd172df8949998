import { valueOf } from '../intent/intent.ts'
import { exceedsPort, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'alb-receive-limits',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'More is expected to arrive from one host in balance-alb than one member carries.',
  why: `balance-alb tells each IPv4 neighbour the address of one member, so that different neighbours send to different
members. One neighbour sends to one; a router is one neighbour, and IPv6 neighbours are not spread at all.`,
  source:
    'linux drivers/net/bonding/bond_alb.c, rlb_choose_channel(); Documentation/networking/bonding.rst, balance-alb',
  bad: [
    `
    hosts:
      s1: {ports: {eth0: {speed: 10G}}}
      s2:
        ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
        bonds:
          bond0:
            mode: balance-alb
            members: [eth0, eth1]
            addresses: [192.0.2.12/24]
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 2G}
    #                                           ^^ s2 bond0 in balance-alb receives on one member
    `,
  ],
  good: [
    `
    hosts:
      s1: {ports: {eth0: {speed: 10G}}}
      s2:
        ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
        bonds:
          bond0:
            mode: balance-alb
            members: [eth0, eth1]
            addresses: [192.0.2.12/24]
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 1G}
    `,
    `
    hosts:
      s1: {ports: {eth0: {speed: 10G}}}
      s2:
        ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            addresses: [192.0.2.12/24]
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 2G}
    `,
  ],
  *check(intent) {
    for (const hope of hopesOf(intent)) {
      const { at, from, to, expectMbps } = hope
      if (to.bond === undefined || modeOf(to.bond) !== 'balance-alb' || !exceedsPort(hope, to)) continue
      yield {
        at,
        message: `${titleOf(to)} in balance-alb receives on one member what one neighbour such as ${from.host.name} sends, ${rate(to.portMbps ?? 0)}, and ${rate(expectMbps)} is expected`,
        help: 'say mode: 802.3ad and form a LAG on the switch, or expect less',
        related: [{ message: 'its mode', at: valueOf(to.bond, 'mode') }],
      }
    }
  },
}
