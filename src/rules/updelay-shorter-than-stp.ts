import { valueOf } from '../intent/intent.ts'
import { pairsOf, saidBySwitch } from './pair.ts'
import type { Rule } from './rule.ts'
import { polledEveryMs } from './support.ts'

/** Listening and learning, with the standard's forward delay of 15 s each. */
const forwardingAfterMs = 30000

export const rule: Rule = {
  id: 'updelay-shorter-than-stp',
  severity: 'note',
  about: { bond: ['updelay'], lag: ['edge'] },
  summary: 'A returning link is used before spanning tree lets it forward.',
  why: `A port that is no edge port listens and learns for up to 30 s before it forwards. The host uses the link after
updelay, and what it sends in between is lost.`,
  source: 'IEEE 802.1D-2004, clause 17.14; linux Documentation/networking/bonding.rst, updelay',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds:
          bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1, updelay: 200}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {edge: false}
    #                 ^^^^^ s1 bond0 uses a returning link after 200 ms
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds:
          bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1, updelay: 200 }
    switches: { sw1: { platform: aruba-aos-s, lags: { "1": { edge: true } } } }
    `,
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            lag: 1
            updelay: 30000
    switches: { sw1: { platform: aruba-aos-s, lags: { "1": { edge: false } } } }
    `,
  ],
  *check(intent) {
    for (const { host, bond, box, lag } of pairsOf(intent).pairings) {
      const { updelay = 0 } = bond.options
      if (!saidBySwitch(lag, 'edge') || lag.options.edge) continue
      if (polledEveryMs(bond) === 0 || updelay >= forwardingAfterMs) continue
      yield {
        at: valueOf(lag, 'edge'),
        message: `${box.name} may take 30 s to forward on a port that is no edge port, and ${host.name} ${bond.name} uses a returning link after ${updelay} ms`,
        help: `leave edge out, or say updelay: ${forwardingAfterMs} for ${bond.name}`,
        related: [{ message: 'the host', at: valueOf(bond, 'updelay') }],
      }
    }
  },
}
