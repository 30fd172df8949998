import { settle } from '../intent/effective.ts'
import { valueOf } from '../intent/intent.ts'
import { neededBy, pairsOf, saidBySwitch } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'min-links-both-sides',
  severity: 'warning',
  about: { bond: ['min-links'], lag: ['min-links'] },
  summary: 'Host and switch ask for different numbers of links.',
  why: `The end that asks for more takes its side down first. The other still counts the LAG as up and goes on sending
into it, instead of another way.`,
  source: 'linux drivers/net/bonding/bond_3ad.c, bond_3ad_set_carrier(); OpenConfig if-aggregate, min-links',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}, eth2: {to: "sw1:3"}}
        bonds:
          bond0:
            mode: 802.3ad
            min-links: 1
            members: [eth0, eth1, eth2]
            lag: 1
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {min-links: 2}
    #                      ^ asks for 2 links, and s1 bond0 for 1
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports:
          eth0: { to: "sw1:1" }
          eth1: { to: "sw1:2" }
          eth2: { to: "sw1:3" }
        bonds:
          bond0:
            mode: 802.3ad
            min-links: 2
            members: [eth0, eth1, eth2]
            lag: 1
    switches:
      sw1: { platform: aruba-aos-s, lags: { "1": { min-links: 2 } } }
    `,
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1 } }
    switches:
      sw1: { platform: aruba-aos-s, lags: { "1": { min-links: 1 } } }
    `,
  ],
  *check(intent) {
    for (const { host, bond, box, lag } of pairsOf(intent).pairings) {
      const { mode, mlag, 'min-links': there } = lag.options
      // Each switch of a pair counts its own ports alone.
      if (mlag || mode === 'plain' || mode === 'static' || !saidBySwitch(lag, 'min-links')) continue
      // None and one are the same: without a link there is no LAG.
      const here = Math.max(settle(bond.options)['min-links'], 1)
      if (neededBy(bond) !== 'active' || there === undefined || there === here) continue
      const [first, other] = there > here ? [box.name, host.name] : [host.name, box.name]
      yield {
        at: valueOf(lag, 'min-links'),
        message: `LAG ${lag.number} of ${box.name} asks for ${there} links, and ${host.name} ${bond.name} for ${here}: ${first} takes it down first, and ${other} goes on sending`,
        help: 'say the same number on both ends',
        related: [{ message: 'the other end', at: valueOf(bond, 'min-links') }],
      }
    }
  },
}
