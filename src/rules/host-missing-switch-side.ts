import { membersOf, nameOf } from '../intent/intent.ts'
import { neededBy, pairsOf, unsettled } from './pair.ts'
import type { Rule } from './rule.ts'
import { list } from './support.ts'

export const rule: Rule = {
  id: 'host-missing-switch-side',
  severity: 'error',
  summary: 'One end of a LAG is in the intent without its other end.',
  why: `A member whose cable is not said gets no port in the LAG of the switch, so it finds no partner there. A LAG that
no bond and no port stands for is left over, or waits for a host that was forgotten.`,
  source: 'Batfish, layer-1 edges; IEEE 802.1AX, clause 6.4.14, selection logic',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {speed: 1G}}
    #                                ^^^^ where eth1 leads is not said
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1]}}
    switches: {sw1: {platform: aruba-aos-s}}
    `,
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "2": {mode: passive}
    #     ^^^ LAG 2 of sw1 is nobody's
    `,
  ],
  good: [
    `
    # The intent may say nothing of the other end at all.
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds:
          bond0: { mode: 802.3ad, members: [eth0, eth1] }
          bond1: { mode: 802.3ad, members: [eth2, eth3] }
    switches: { sw1: { platform: aruba-aos-s } }
    `,
    `
    # The ports of the LAG say it.
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    switches:
      sw1: { platform: aruba-aos-s, lags: { "1": { ports: ["1", "2"] } } }
    `,
  ],
  *check(intent) {
    const { byBond } = pairsOf(intent)
    for (const [bond, pairings] of byBond) {
      const [first] = pairings
      if (first === undefined || neededBy(bond) === 'plain') continue
      const members = membersOf(first.host, bond)
      const ports = pairings.reduce((sum, { lag }) => sum + lag.ports.length, 0)
      if (ports >= members.length) continue
      for (const member of members.filter(({ options }) => options.to === undefined)) {
        const boxes = list(pairings.map(({ box }) => box.name))
        yield {
          at: nameOf(member),
          message: `where ${member.name} leads is not said, so the LAG of ${first.host.name} ${bond.name} on ${boxes} goes without it`,
          help: `say to: "${first.box.name}:PORT" for ${member.name}`,
        }
      }
    }
    for (const finding of unsettled(intent, 'lag-without-ports')) {
      yield { ...finding, help: 'name its ports, give it the number of a bond, or take it out' }
    }
  },
}
