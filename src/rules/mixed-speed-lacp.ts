import { bondsOf, membersOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { at, modeOf, slowerOf } from './support.ts'

export const rule: Rule = {
  id: 'mixed-speed-lacp',
  severity: 'error',
  about: { port: ['speed'] },
  summary: 'Members of different speed in an LACP bond.',
  why: `The speed is part of the LACP key, and ports with different keys do not aggregate. They fall into
several aggregators, of which one is used: the ports of the others are up, and idle.`,
  source: 'IEEE 802.1AX, clause 6.3.5; linux drivers/net/bonding/bond_3ad.c, ad_update_actor_keys()',
  bad: [
    `
    ports:
      eth0: {speed: 10G}
      eth1: {speed: 1G}
    #               ^^ eth1 with 1G does not aggregate with eth0 at 10G
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1]}
    `,
  ],
  good: [
    `
    ports: { eth0: { speed: 10G }, eth1: { speed: 10000 } }
    bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1, eth2] } }
    `,
    `
    ports: { eth0: { speed: 10G }, eth1: { speed: 1G } }
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], primary: eth0 }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      if (modeOf(bond) !== '802.3ad') continue
      for (const { port, speed, fastest } of slowerOf(membersOf(host, bond))) {
        yield {
          at: at(port, 'speed'),
          message: `${port.name} with ${speed} does not aggregate with ${fastest.name} at ${fastest.speed}; one of the two is idle`,
          help: 'take ports of one speed, or mode: active-backup with the fast one as primary',
          related: [{ message: 'the faster one', at: at(fastest.port, 'speed') }],
        }
      }
    }
  },
}
