import { valueOf } from '../intent/intent.ts'
import { modeWords, neededBy, pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'switchless-mode-on-lag',
  severity: 'error',
  summary: 'A bond that needs plain ports ends at a LAG.',
  why: `In active-backup, balance-tlb and balance-alb the host decides which member receives. A static LAG spreads
over all ports what it sends, and the host drops what arrives on an inactive one; an LACP LAG waits for LACPDUs that
these modes never send.`,
  source:
    'linux Documentation/networking/bonding.rst, section 5; bond_main.c, bond_should_deliver_exact_match()',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds:
          bond0: {mode: active-backup, members: [eth0, eth1], lag: 1}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {mode: static}
    #                 ^^^^^^ what arrives on the inactive member is dropped
    `,
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds: {bond0: {mode: balance-alb, members: [eth0, eth1]}}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "7": {ports: ["1", "2"], mode: active}
    #                                    ^^^^^^ waits for LACPDUs that never come
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds: { bond0: { mode: active-backup, members: [eth0, eth1] } }
    switches: { sw1: { platform: aruba-aos-s } }
    `,
  ],
  *check(intent) {
    for (const { host, bond, box, lag, cables } of pairsOf(intent).pairings) {
      const { mode } = lag.options
      // A static LAG of one port is as good as the port.
      if (neededBy(bond) !== 'plain' || mode === 'plain' || (mode === 'static' && cables.length < 2)) continue
      const follows =
        mode !== 'static'
          ? `${box.name} waits for LACPDUs that never come`
          : modeOf(bond) === 'active-backup'
            ? `${box.name} sends over all ports, and what arrives on the inactive member is dropped`
            : `${box.name} sends over all ports, whichever member the host has asked for`
      yield {
        at: valueOf(lag, 'mode'),
        message: `LAG ${lag.number} of ${box.name} is ${modeWords[mode]}, and ${host.name} ${bond.name} in ${modeOf(bond)} needs plain ports: ${follows}`,
        help: `say mode: plain here, or mode: ${mode === 'static' ? 'balance-xor' : '802.3ad'} for ${bond.name}`,
        related: [{ message: 'the other end', at: valueOf(bond, 'mode') }],
      }
    }
  },
}
