import { valueOf } from '../intent/intent.ts'
import { arePair, linksOf, neededBy, pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'
import { list, modeOf } from './support.ts'

export const rule: Rule = {
  id: 'two-switches-without-mlag',
  severity: 'error',
  summary: 'A bond ends at several switches that do not stand as one.',
  why: `Each switch is an LACP system of its own. The ports fall into one aggregator for each, and only one of them is
in use. Without LACP the switches see one address now here, now there.`,
  source:
    'linux Documentation/networking/bonding.rst, section 11.2 and ad_select; IEEE 802.1AX, clause 6.3.2',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw2:1"}}
        bonds:
          bond0: {mode: 802.3ad, members: [eth0, eth1]}
    #                                     ^^^^^^^^^^^^ only the ports to one of them are in use
    switches:
      sw1: {platform: aruba-aos-s}
      sw2: {platform: aruba-aos-s}
    `,
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw2:1"}}
        bonds:
          bond0: {mode: balance-xor, members: [eth0, eth1]}
    #                                         ^^^^^^^^^^^^ they see one address now here, now there
    switches:
      sw1: {platform: aruba-aos-s}
      sw2: {platform: aruba-aos-s}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:Ethernet1" }, eth1: { to: "sw2:Ethernet1" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    switches:
      sw1: { platform: arista-eos, mlag: { peer: sw2 } }
      sw2: { platform: arista-eos, mlag: { peer: sw1 } }
    `,
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw2:1" } }
        bonds: { bond0: { mode: active-backup, members: [eth0, eth1] } }
    switches: { sw1: { platform: aruba-aos-s }, sw2: { platform: aruba-aos-s } }
    `,
    `
    # Two networks that do not meet: what broadcast is for, and where
    # balance-rr may stripe.
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw2:1" } }
        bonds: { bond0: { mode: broadcast, members: [eth0, eth1] } }
      s2:
        ports: { eth0: { to: "sw1:2" }, eth1: { to: "sw2:2" } }
        bonds: { bond0: { mode: balance-rr, members: [eth0, eth1] } }
    switches: { sw1: { platform: aruba-aos-s }, sw2: { platform: aruba-aos-s } }
    `,
  ],
  *check(intent) {
    const pairs = pairsOf(intent)
    const joined = new Set(
      linksOf(pairs).flatMap(({ box, other }) => [`${box.name} ${other.name}`, `${other.name} ${box.name}`]),
    )
    for (const [bond, pairings] of pairs.byBond) {
      const [first, ...rest] = pairings
      const mode = modeOf(bond)
      if (first === undefined || neededBy(bond) === 'plain' || mode === 'broadcast') continue
      const apart = rest.find(({ box }) => !arePair(first.box, box))
      if (apart === undefined) continue
      if (mode === 'balance-rr' && !joined.has(`${first.box.name} ${apart.box.name}`)) continue
      const names = list(
        pairings.map(({ box }) => box.name),
        'and',
      )
      const chosen = mode === '802.3ad' && ['bandwidth', 'count'].includes(bond.options['ad-select'] ?? '')
      yield {
        // With such an ad-select the second aggregator is there to fail over to.
        ...(chosen && { severity: 'note' }),
        at: valueOf(bond, 'members'),
        message:
          mode === '802.3ad'
            ? `${first.host.name} ${bond.name} ends at ${names}, which are no pair: only the ports to one of them are in use at a time`
            : `${first.host.name} ${bond.name} ends at ${names}, which are no pair: they see one address now here, now there`,
        help: `say mlag: {peer: ...} for both switches where they are a pair, or mode: active-backup for ${bond.name}`,
        related: [first, apart].flatMap(({ box, cables }) =>
          cables.slice(0, 1).map(({ at }) => ({ message: `to ${box.name}`, at })),
        ),
      }
    }
  },
}
