import { valueOf } from '../intent/intent.ts'
import { exceedsPort, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'tlb-receive-one-link',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'More is expected to arrive in balance-tlb than one member carries.',
  why: `balance-tlb spreads what the host sends. It receives everything on the active member, as all others know only that
member's address.`,
  source: 'linux Documentation/networking/bonding.rst, balance-tlb',
  bad: [
    `
    hosts:
      s1: {ports: {eth0: {speed: 10G}}}
      s2:
        ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
        bonds:
          bond0:
            mode: balance-tlb
            members: [eth0, eth1]
            addresses: [192.0.2.12/24]
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 2G}
    #                                           ^^ s2 bond0 in balance-tlb receives on one member
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
            mode: balance-tlb
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
      if (to.bond === undefined || modeOf(to.bond) !== 'balance-tlb' || !exceedsPort(hope, to)) continue
      yield {
        at,
        message: `${titleOf(to)} in balance-tlb receives on one member what ${from.host.name} sends, ${rate(to.portMbps ?? 0)}, and ${rate(expectMbps)} is expected`,
        help: 'say mode: 802.3ad and form a LAG on the switch, or expect less',
        related: [{ message: 'its mode', at: valueOf(to.bond, 'mode') }],
      }
    }
  },
}
