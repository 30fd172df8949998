import type { Bundle } from '../observed.ts'
import { pairsOf } from '../pairs.ts'
import type { Check } from './check.ts'
import { type Bundled, grouped, speaksLacp } from './support.ts'

/** How an end forms its LAG, and where it says so. */
function manner({ mode, protocol }: Bundle): 'lacp' | 'static' | 'plain' | undefined {
  if (mode !== undefined) {
    if (mode.value === '802.3ad') return 'lacp'
    return grouped.includes(mode.value) ? 'static' : 'plain'
  }
  return protocol === undefined ? undefined : protocol.value === 'static' ? 'static' : 'lacp'
}

const words = {
  lacp: 'speaks LACP',
  static: 'has a static group',
  plain: 'uses its ports one by one',
} as const

const follows = (one: 'lacp' | 'static' | 'plain', other: 'lacp' | 'static' | 'plain'): string =>
  one === 'plain' || other === 'plain'
    ? 'the group spreads its frames over ports that do not all listen'
    : 'the end with LACP hears nobody and uses one port at most, and the other sends on all of them'

export const check: Check = {
  id: 'ends-disagree',
  severity: 'error',
  summary: 'One end of a LAG speaks LACP and the other has a static group, or no group at all.',
  why: `A static group needs a static group at the other end, LACP needs LACP, and active-backup, balance-tlb and balance-alb need ordinary
ports. Everything else seems to work, as one port carries, and loses what the other end sends on the rest.

Which LAG is the other end is known by what LACP has recorded. Where there is nothing on record, a host and a switch that show
one LAG each are taken for the two ends.`,
  source: 'linux Documentation/networking/bonding.rst, section 11 and Switch Configuration; seen on 7.2',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ h1 bond0 speaks LACP and sw1 Po10 has a static group
    Slave Interface: eth0
    MII Status: up
    sw1#show etherchannel summary
    Group  Port-channel  Protocol    Ports
    10     Po10(SU)         -        Gi1/0/1(P)     Gi1/0/2(P)
    `,
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: fault-tolerance (active-backup)
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ h1 bond0 uses its ports one by one and sw1 Po10 has a static group
    Slave Interface: eth0
    MII Status: up
    sw1#show etherchannel summary
    Group  Port-channel  Protocol    Ports
    10     Po10(SU)         -        Gi1/0/1(P)     Gi1/0/2(P)
    `,
  ],
  good: [
    `
    # Two hosts need not be each other's ends.
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    Slave Interface: eth0
    MII Status: up
    h2# cat /proc/net/bonding/bond0
    Bonding Mode: fault-tolerance (active-backup)
    Slave Interface: eth0
    MII Status: up
    `,
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: load balancing (xor)
    Slave Interface: eth0
    MII Status: up
    sw1#show etherchannel summary
    Group  Port-channel  Protocol    Ports
    10     Po10(SU)         -        Gi1/0/1(P)     Gi1/0/2(P)
    `,
  ],
  *check(observed) {
    for (const { a, b, assumed } of pairsOf(observed)) {
      const [one, other] = [manner(a.bundle), manner(b.bundle)]
      if (one === undefined || other === undefined || one === other) continue
      const at = placeOf(a)
      yield {
        at,
        message: `${a.title} ${words[one]} and ${b.title} ${words[other]}: ${follows(one, other)}${assumed ? ' (that they are the two ends is taken from there being no others)' : ''}`,
        help:
          one === 'plain' || other === 'plain'
            ? 'take the ports of the switch out of the group, or use mode 802.3ad here and LACP there'
            : 'set LACP at both ends: mode 802.3ad on the host, mode active on the ports of the switch',
        related: [{ message: b.title, region: placeOf(b) }],
      }
    }
  },
}

const placeOf = ({ bundle }: Bundled) =>
  (bundle.mode ?? (speaksLacp(bundle) ? bundle.lacpActive : undefined) ?? bundle.protocol)?.at ?? bundle.at
