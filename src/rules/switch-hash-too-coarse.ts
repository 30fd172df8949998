import { valueOf } from '../intent/intent.ts'
import { coarseSwitches, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'switch-hash-too-coarse',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'The load-balance of the switch does not tell the expected streams apart.',
  why: `Towards one host there is one MAC address, and from one host, or through one router, there is one more. A hash of
what never differs chooses one port, whatever the host does.`,
  source: 'IEEE 802.1AX, clause 6.2.4; manuals of the platforms, as named by bondplan targets',
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
        platform: aruba-aos-s
        load-balance: layer2
    #                 ^^^^^^ L2-based is the same for all that s1 sends to s2 bond0: it arrives over one port, 1G
    traffic:
      - {from: s1, to: s2, streams: 16, expect: 2G}
    `,
    `
    hosts:
      s1:
        ports:
          eth0: {speed: 10G, to: "sw1:Ethernet9"}
          eth1: {speed: 10G, to: "sw2:Ethernet9"}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
      s2:
        ports:
          eth0: {speed: 1G, to: "sw1:Ethernet1"}
          eth1: {speed: 1G, to: "sw1:Ethernet2"}
          eth2: {speed: 1G, to: "sw2:Ethernet1"}
          eth3: {speed: 1G, to: "sw2:Ethernet2"}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1, eth2, eth3]
    switches:
      sw1: {platform: arista-eos, mlag: {peer: sw2}, load-balance: layer3+4}
      sw2:
        platform: arista-eos
        mlag: {peer: sw1}
        load-balance: layer2
    #                 ^^^^^^ it arrives over one port of each switch, 2G
    traffic:
      - {from: s1, to: s2, streams: 64, expect: 4G}
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
    # Each switch of the pair has one port to s2, and s1 spreads over both.
    hosts:
      s1:
        ports:
          eth0: {speed: 1G, to: "sw1:Ethernet1"}
          eth1: {speed: 1G, to: "sw2:Ethernet1"}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
      s2:
        ports:
          eth0: {speed: 1G, to: "sw1:Ethernet2"}
          eth1: {speed: 1G, to: "sw2:Ethernet2"}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
    switches:
      sw1: {platform: arista-eos, load-balance: layer2, mlag: {peer: sw2}}
      sw2: {platform: arista-eos, load-balance: layer2, mlag: {peer: sw1}}
    traffic: [{from: s1, to: s2, streams: 16, expect: 2G}]
    `,
  ],
  *check(intent) {
    const told = new Set<string>()
    for (const hope of hopesOf(intent)) {
      for (const { pairing, seen, over, better } of coarseSwitches(intent, hope)) {
        const { box, bond } = pairing
        const once = JSON.stringify([box.name, bond.path])
        if (!seen.said || told.has(once)) continue
        told.add(once)
        yield {
          at: valueOf(box, 'load-balance'),
          message: `${seen.words} is the same for all that ${hope.from.host.name} sends to ${titleOf(hope.to)}: it arrives over ${over}`,
          help:
            better === undefined
              ? `${box.platform.product} has no load-balance that tells the streams apart: use several addresses`
              : `say load-balance: ${better}`,
          related: [{ message: `${rate(hope.expectMbps)} is expected`, at: hope.at }],
        }
      }
    }
  },
}
