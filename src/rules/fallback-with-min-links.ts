import { valueOf } from '../intent/intent.ts'
import { pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'fallback-with-min-links',
  severity: 'warning',
  about: { lag: ['fallback', 'min-links'] },
  summary: 'A LAG with fallback asks for more than one link.',
  why: `While the host is silent one port works alone. One port does not satisfy min-links, so the LAG stays down and
the host cannot boot over it: what fallback is for.`,
  source: 'sonic-net/sonic-swss issue 951; vendors: lacp fallback',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:Ethernet1"}, eth1: {to: "sw1:Ethernet2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}}
    switches:
      sw1:
        platform: arista-eos
        lags:
          "1": {fallback: on, min-links: 2}
    #                                    ^ the one port that works while the host is silent is not 2 links
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:Ethernet1" }, eth1: { to: "sw1:Ethernet2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1 } }
    switches:
      sw1:
        platform: arista-eos
        lags: { "1": { fallback: on, min-links: 1 } }
    `,
  ],
  *check(intent) {
    for (const { name, lags } of pairsOf(intent).boxes.values()) {
      for (const lag of lags) {
        const { fallback, mode, 'min-links': minLinks = 1 } = lag.options
        if (fallback !== 'on' || minLinks < 2 || (mode !== 'active' && mode !== 'passive')) continue
        yield {
          at: valueOf(lag, 'min-links'),
          message: `LAG ${lag.number} of ${name}: the one port that works while the host is silent is not ${minLinks} links, so it stays down`,
          help: 'say min-links: 1, or leave fallback out',
          related: [{ message: 'fallback', at: valueOf(lag, 'fallback') }],
        }
      }
    }
  },
}
