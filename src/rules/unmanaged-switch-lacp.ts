import { valueOf } from '../intent/intent.ts'
import { neededBy, pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'unmanaged-switch-lacp',
  severity: 'error',
  summary: 'A bond whose mode needs a LAG ends at ports that are none.',
  why: `Without a LAG the switch sees one address on several ports and moves it from one to the other, and in 802.3ad
the host finds no partner and keeps one port in use. Modes that need nothing of the switch are active-backup,
balance-tlb and balance-alb.`,
  source: 'linux Documentation/networking/bonding.rst, section 5: switch configuration',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds:
          bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {mode: plain}
    #                 ^^^^^ finds no partner and uses one port
    `,
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds:
          bond0: {mode: balance-xor, members: [eth0, eth1], lag: 1}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {mode: plain}
    #                 ^^^^^ sees one address on 2 ports
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds: { bond0: { mode: active-backup, members: [eth0, eth1], lag: 1 } }
    switches: { sw1: { platform: aruba-aos-s, lags: { "1": { mode: plain } } } }
    `,
  ],
  *check(intent) {
    for (const { host, bond, box, lag, cables } of pairsOf(intent).pairings) {
      const needed = neededBy(bond)
      // One port of a static mode on each of several networks is how broadcast and balance-rr may be meant.
      const apart = needed === 'static' && cables.length < 2
      if (lag.options.mode !== 'plain' || needed === 'plain' || apart) continue
      const follows =
        needed === 'active'
          ? `${bond.name} finds no partner and uses one port`
          : `${box.name} sees one address on ${cables.length} ports and moves it between them`
      yield {
        at: valueOf(lag, 'mode'),
        message: `${box.name} has plain ports where ${host.name} ${bond.name} in ${modeOf(bond)} needs a LAG: ${follows}`,
        help: `say mode: ${needed} here, or mode: active-backup for ${bond.name}`,
        related: [{ message: 'the other end', at: valueOf(bond, 'mode') }],
      }
    }
  },
}
