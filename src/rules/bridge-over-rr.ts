import { bondsOf, valueOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { bridgesOver, modeOf } from './support.ts'

export const rule: Rule = {
  id: 'bridge-over-rr',
  severity: 'error',
  about: { bridge: ['ports'] },
  summary: 'A bridge on a bond in balance-rr or broadcast.',
  why: `broadcast sends every frame of a guest on each member. Where the members meet, it comes back by
another one, and the bridge takes the guest for a station outside: it gets no traffic any more. In
balance-rr guests see their packets out of order, and the ports must be grouped on the switch.`,
  source:
    'RHEL 7 Virtualization Deployment Guide, bonding modes under a bridge; linux net/bridge/br_fdb.c, br_fdb_update(); a 6.1 kernel loses the guest',
  bad: [
    `
    bonds:
      bond0: {mode: broadcast, members: [eth0, eth1], miimon: 100}
      bond1: {mode: balance-rr, members: [eth2, eth3], miimon: 100}
    bridges:
      vmbr0: {ports: [bond0]}
    #                 ^^^^^ takes its own guests for stations outside
      vmbr1: {ports: [bond1.10]}
    #                 ^^^^^^^^ out of order
    vlans:
      bond1.10: {id: 10, link: bond1}
    `,
  ],
  good: [
    `
    bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    bridges: { vmbr0: { ports: [bond0] } }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      const mode = modeOf(bond)
      if (mode !== 'balance-rr' && mode !== 'broadcast') continue
      for (const { bridge, at } of bridgesOver(host, bond)) {
        const related = bond.options.mode ? [{ message: 'the mode', at: valueOf(bond, 'mode') }] : []
        yield mode === 'broadcast'
          ? {
              at,
              message: `${bridge.name} hears its frames again in mode broadcast, and takes its own guests for stations outside`,
              help: 'write mode: 802.3ad, or active-backup',
              related,
            }
          : {
              // With the ports grouped on the switch it does work.
              severity: 'warning',
              at,
              message: `the guests of ${bridge.name} send and receive their packets out of order in mode balance-rr`,
              help: 'write mode: 802.3ad, or balance-xor with the ports grouped on the switch',
              related,
            }
      }
    }
  },
}
