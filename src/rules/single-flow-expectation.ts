import { exceedsPort, hopesOf, rate, streamMbps, streamsOf, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

/** Speeds that ports come in, in Mbit/s (IEEE 802.3). */
const portSpeedsMbps = [2500, 5000, 10000, 25000, 40000, 50000, 100000, 200000, 400000, 800000]

export const rule: Rule = {
  id: 'single-flow-expectation',
  severity: 'error',
  about: { traffic: ['expect'] },
  summary: 'A stream is expected to be faster than one member.',
  why: `Whatever the policy, all frames of one stream take the same member, or they would arrive out of order: one copy,
one mount, one VM that moves is one stream. A bond makes more streams faster together, and none faster alone. Only
balance-rr stripes a stream, and pays with reordering. More streams (nconnect of NFS, multichannel of SMB, several
transfers at once) use more members; one faster port needs neither.`,
  source:
    'IEEE 802.1AX, clause 6.2.4: frame order of a conversation; linux Documentation/networking/bonding.rst, xmit_hash_policy',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
      s2:
        ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
    traffic:
      - {from: s1, to: s2, expect: 2G}
    #                              ^^ one TCP stream from s1 bond0 to s2 bond0 takes one member all the way: 2G is expected, and it gets 1G
      - {from: s1, to: s2:bond0, protocol: udp, streams: 2, expect: 5G}
    #                                                               ^^ 2 UDP streams from s1 bond0 to s2 bond0 take one member each: 5G is expected, and they get 2G at most
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { speed: 1G }, eth1: { speed: 1G } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
      s2:
        ports: { eth0: { speed: 10G }, eth1: { speed: 10G } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    traffic:
      - { from: s1, to: s2, expect: 1G }
      - { from: s1, to: s2 }
      - { from: s2, to: elsewhere, expect: 40G }
    `,
  ],
  *check(intent) {
    for (const hope of hopesOf(intent)) {
      const { at, from, to, streams, expectMbps } = hope
      const eachMbps = streamMbps(hope)
      // What balance-rr stripes is another matter: rr-through-one-switch, rr-reordering.
      if (eachMbps === undefined || (from.bond && modeOf(from.bond) === 'balance-rr')) continue
      const gotMbps = streams * eachMbps
      if (expectMbps <= gotMbps) continue
      const take =
        streams === 1
          ? `takes one member all the way: ${rate(expectMbps)} is expected, and it gets ${rate(gotMbps)}`
          : `take one member each: ${rate(expectMbps)} is expected, and they get ${rate(gotMbps)} at most`
      const faster = portSpeedsMbps.find(mbps => mbps * streams >= expectMbps)
      const port = faster === undefined ? '' : `, or use a port of ${rate(faster)}`
      const narrow = exceedsPort(hope, to) ? to : from
      yield {
        at,
        message: `${streamsOf(hope)} from ${titleOf(from)} to ${titleOf(to)} ${take}`,
        help: `expect ${rate(gotMbps)}, send more streams at once${port}`,
        related: narrow.ports.slice(0, 1).map(port => ({
          message: `a port of ${rate(eachMbps)}`,
          at: { path: [...port.path, 'speed'], part: 'value' },
        })),
      }
    }
  },
}
