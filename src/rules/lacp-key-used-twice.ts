import { valueOf } from '../intent/intent.ts'
import type { PlannedLag } from '../intent/partner.ts'
import { pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'lacp-key-used-twice',
  severity: 'error',
  about: { lag: ['key'] },
  summary: 'Two LAGs of one switch have the same LACP key.',
  why: `Ports of one system with one key may aggregate. To a host that is cabled to both LAGs they are one, and the
switch takes its frames for those of two.`,
  source: 'IEEE 802.1AX, clause 6.3.5, capability identification',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:Ethernet1"}, eth1: {to: "sw1:Ethernet2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}}
      s2:
        ports: {eth0: {to: "sw1:Ethernet3"}, eth1: {to: "sw1:Ethernet4"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 2}}
    switches:
      sw1:
        platform: arista-eos
        lags:
          "1": {key: 7}
          "2": {key: 7}
    #                ^ LAG 1 and LAG 2 of sw1 have the key 7
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:Ethernet1" }, eth1: { to: "sw1:Ethernet2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1 } }
      s2:
        ports: { eth0: { to: "sw1:Ethernet3" }, eth1: { to: "sw1:Ethernet4" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 2 } }
    switches:
      sw1: { platform: arista-eos, lags: { "1": { key: 7 }, "2": { key: 8 } } }
    `,
  ],
  *check(intent) {
    for (const { name, lags } of pairsOf(intent).boxes.values()) {
      const keys = new Map<number, PlannedLag>()
      for (const lag of lags) {
        const { key, mode } = lag.options
        if (key === undefined || (mode !== 'active' && mode !== 'passive')) continue
        const earlier = keys.get(key)
        if (earlier === undefined) {
          keys.set(key, lag)
          continue
        }
        yield {
          at: valueOf(lag, 'key'),
          message: `LAG ${earlier.number} and LAG ${lag.number} of ${name} have the key ${key}: their ports may aggregate`,
          help: 'give each LAG a key of its own, or say none',
          related: [{ message: 'the other one', at: valueOf(earlier, 'key') }],
        }
      }
    }
  },
}
