import { settle } from '../intent/effective.ts'
import type { Bond } from '../intent/intent.ts'
import { nameOf, valueOf } from '../intent/intent.ts'
import { coarseSwitches, type End, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'
import { choosesByHash, distinct } from './support.ts'

export const rule: Rule = {
  id: 'hash-policy-egress-only',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'The switch, left at its default, sends all that a host receives over one port.',
  why: `xmit-hash-policy chooses the member for what its host sends. What a host receives is placed by the switch, with a
setting of its own: the two are independent. Many switches look at addresses alone unless they are told otherwise,
and between two hosts there is one pair of addresses.`,
  source:
    'linux Documentation/networking/bonding.rst, 802.3ad; IEEE 802.1AX, clause 6.2.4; Server Fault question 569060',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {speed: 1G, to: "sw1:1"}, eth1: {speed: 1G, to: "sw1:2"}}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
            addresses: [192.0.2.11/24]
      s2:
        ports: {eth0: {speed: 1G, to: "sw1:3"}, eth1: {speed: 1G, to: "sw1:4"}}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
            addresses: [192.0.2.12/24]
    switches:
      sw1:
    # ^^^ sw1 chooses where s2 bond0 receives, by L3-based unless told otherwise
        platform: aruba-aos-s
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 2G}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: {eth0: {speed: 1G, to: "sw1:1"}, eth1: {speed: 1G, to: "sw1:2"}}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
            addresses: [192.0.2.11/24]
      s2:
        ports: {eth0: {speed: 1G, to: "sw1:3"}, eth1: {speed: 1G, to: "sw1:4"}}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
            addresses: [192.0.2.12/24]
    switches: {sw1: {platform: aruba-aos-s, load-balance: layer3+4}}
    traffic: [{from: s1, to: s2, streams: 16, expect: 2G}]
    `,
    `
    hosts:
      s1:
        ports: {eth0: {speed: 1G, to: "sw1:1"}, eth1: {speed: 1G, to: "sw1:2"}}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
            addresses: [192.0.2.11/24]
      s2:
        ports: {eth0: {speed: 1G, to: "sw1:3"}, eth1: {speed: 1G, to: "sw1:4"}}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
            addresses: [192.0.2.12/24]
    # What is not hoped for is not missed.
    switches: {sw1: {platform: aruba-aos-s}}
    traffic: [{from: s1, to: s2, streams: 16, expect: 1G}]
    `,
  ],
  *check(intent) {
    const told = new Set<string>()
    for (const hope of hopesOf(intent)) {
      const { from, to } = hope
      for (const { pairing, seen, over, better } of coarseSwitches(intent, hope)) {
        const { box, bond } = pairing
        const once = JSON.stringify([box.name, bond.path])
        if (seen.said || told.has(once)) continue
        told.add(once)
        const hosts = [from, to].flatMap(policyOf)
        const policies = distinct(hosts.map(({ policy }) => policy))
        const names = hosts.map(({ end }) => end.host.name).join(' and ')
        const own =
          policies.length === 0
            ? 'no setting of a host decides it'
            : `xmit-hash-policy ${policies.join(', ')} of ${names} governs only what they send`
        // Where the sources do not say what it looks at, nothing can be promised.
        const arrives = seen.sees.length === 0 ? 'may arrive' : 'arrives'
        yield {
          at: nameOf(box),
          message: `${box.name} chooses where ${titleOf(to)} receives, by ${seen.words} unless told otherwise: all that ${from.host.name} sends ${arrives} over ${over}; ${own}`,
          help:
            better === undefined
              ? `${box.platform.product} has no load-balance that tells the streams apart: use several addresses`
              : `say load-balance: ${better} for ${box.name}`,
          related: [
            { message: `${rate(hope.expectMbps)} is expected`, at: hope.at },
            ...hosts.map(({ bond, end }) => ({
              message: `what ${end.host.name} sends`,
              at: valueOf(bond, 'xmit-hash-policy'),
            })),
          ],
        }
      }
    }
  },
}

function policyOf(end: End): readonly { readonly end: End; readonly bond: Bond; readonly policy: string }[] {
  const { bond } = end
  if (bond === undefined || !choosesByHash(bond)) return []
  return [{ end, bond, policy: settle(bond.options)['xmit-hash-policy'] }]
}
