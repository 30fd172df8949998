import type { Place } from '../diagnostics/diagnostic.ts'
import { valueOf } from '../intent/intent.ts'
import { linksOf, neededBy, pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'passive-passive',
  severity: 'error',
  summary: 'Both ends of a LAG wait for the other to begin with LACP.',
  why: `A passive end only answers. With two of them no LACPDU is ever sent and the LAG never forms; the host keeps
one port in use. One active end is enough, and Linux is active unless lacp-active is off.`,
  source:
    'IEEE 802.1AX, clause 6.4.1, LACP_Activity; linux Documentation/networking/bonding.rst, lacp_active',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds:
          bond0:
            mode: 802.3ad
            lacp-active: off
    #                    ^^^ both s1 bond0 and LAG 1 of sw1 wait
            members: [eth0, eth1]
            lag: 1
    switches:
      sw1: {platform: aruba-aos-s, lags: {"1": {mode: passive}}}
    `,
    `
    switches:
      sw1:
        platform: aruba-aos-s
        lags: {"24": {ports: ["23", "24"], to: "sw2:24", mode: passive}}
    #                                                          ^^^^^^^ both LAG 24 of sw1 and LAG 24 of sw2 wait
      sw2:
        platform: aruba-aos-s
        lags: {"24": {ports: ["23", "24"], to: "sw1:24", mode: passive}}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1 } }
    switches:
      sw1: { platform: aruba-aos-s, lags: { "1": { mode: passive } } }
    `,
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds:
          bond0: { mode: 802.3ad, lacp-active: off, members: [eth0, eth1] }
    switches: { sw1: { platform: aruba-aos-s } }
    `,
  ],
  *check(intent) {
    const pairs = pairsOf(intent)
    for (const { host, bond, box, lag } of pairs.pairings) {
      if (neededBy(bond) !== 'active' || bond.options['lacp-active'] !== 'off') continue
      if (lag.options.mode !== 'passive') continue
      yield waiting(
        `${host.name} ${bond.name}`,
        valueOf(bond, 'lacp-active'),
        `LAG ${lag.number} of ${box.name}`,
        valueOf(lag, 'mode'),
        'leave lacp-active out, or say mode: active for the LAG',
      )
    }
    for (const { box, lag, other, end } of linksOf(pairs)) {
      if (lag.options.mode !== 'passive' || end?.options.mode !== 'passive') continue
      yield waiting(
        `LAG ${lag.number} of ${box.name}`,
        valueOf(lag, 'mode'),
        `LAG ${end.number} of ${other.name}`,
        valueOf(end, 'mode'),
        'say mode: active for one of them',
      )
    }
  },
}

const waiting = (one: string, at: Place, other: string, there: Place, help: string) => ({
  at,
  message: `both ${one} and ${other} wait for the other to begin, so the LAG never forms`,
  help,
  related: [{ message: 'the other end', at: there }],
})
