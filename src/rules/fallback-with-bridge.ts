import { valueOf } from '../intent/intent.ts'
import { pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'
import { bridgesOver } from './support.ts'

export const rule: Rule = {
  id: 'fallback-with-bridge',
  severity: 'warning',
  about: { lag: ['fallback'] },
  summary: 'A LAG with fallback leads to a host that bridges.',
  why: `While the host sends no LACPDUs its ports work alone, and the switch forwards by each of them. A host that boots
and bridges over its ports before the bond stands joins two of them: guests are learned at the wrong port, or a loop
goes round.`,
  source: 'vendors: lacp fallback, no suspend-individual; IEEE 802.1AX, clause 6.3.5, Individual ports',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:Ethernet1"}, eth1: {to: "sw1:Ethernet2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}}
        bridges: {br0: {ports: [bond0]}}
    switches:
      sw1:
        platform: arista-eos
        lags:
          "1": {fallback: on}
    #                     ^^ s1 br0 bridges over what works alone
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:Ethernet1" }, eth1: { to: "sw1:Ethernet2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1 } }
    switches: { sw1: { platform: arista-eos, lags: { "1": { fallback: on } } } }
    `,
  ],
  *check(intent) {
    for (const { host, bond, box, lag } of pairsOf(intent).pairings) {
      const { fallback, mode } = lag.options
      if (fallback !== 'on' || (mode !== 'active' && mode !== 'passive')) continue
      const [bridging] = bridgesOver(host, bond)
      if (bridging === undefined) continue
      yield {
        at: valueOf(lag, 'fallback'),
        message: `LAG ${lag.number} of ${box.name}: while ${host.name} is silent, ${host.name} ${bridging.bridge.name} bridges over what works alone`,
        help: 'leave fallback out where the host does not boot over the network',
        related: [{ message: 'the bridge', at: bridging.at }],
      }
    }
  },
}
