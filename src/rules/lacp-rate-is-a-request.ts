import { valueOf } from '../intent/intent.ts'
import { pairsOf, saidBySwitch } from './pair.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'lacp-rate-is-a-request',
  severity: 'note',
  about: { bond: ['lacp-rate'] },
  summary: 'Host and switch ask each other for different LACP rates.',
  why: `lacp-rate says how often the other end is to send, and so how soon this end notices its silence.
Rates may differ. Then one end notices the other after 3 s and the other way it takes 90 s.`,
  source: 'IEEE 802.1AX, clause 6.4.2.3, LACP_Timeout; linux Documentation/networking/bonding.rst, lacp_rate',
  bad: [
    `
    hosts:
      s1:
        ports:
          eth0: {to: "sw1:1/1/1"}
          eth1: {to: "sw1:1/1/2"}
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            lacp-rate: fast
    #                  ^^^^ sw1 is told slow
            lag: 1
    switches:
      sw1:
        platform: aruba-aos-cx
        lags:
          "1": {lacp-rate: slow}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1/1/1" }, eth1: { to: "sw1:1/1/2" } }
        bonds:
          bond0: { mode: 802.3ad, members: [eth0, eth1], lacp-rate: fast }
    switches:
      sw1:
        platform: aruba-aos-cx
        lags: { "7": { ports: [1/1/1, 1/1/2], lacp-rate: fast } }
    `,
  ],
  *check(intent) {
    for (const { bond, box, lag, host } of pairsOf(intent).pairings) {
      const { 'lacp-rate': rate } = bond.options
      const { 'lacp-rate': other } = lag.options
      if (modeOf(bond) !== '802.3ad' || rate === undefined || !saidBySwitch(lag, 'lacp-rate')) continue
      if (other === undefined || other === rate) continue
      const [sooner, later] = rate === 'fast' ? [host.name, box.name] : [box.name, host.name]
      yield {
        at: valueOf(bond, 'lacp-rate'),
        message: `${bond.name} asks for ${rate} and ${box.name} is told ${other}: ${sooner} notices silence after 3 s, ${later} after 90 s`,
        help: 'say fast on both ends',
        related: [{ message: 'the other end', at: valueOf(lag, 'lacp-rate') }],
      }
    }
  },
}
