import { bondsOf, membersOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { at, choosesByHash, modeOf, slowerOf } from './support.ts'

export const rule: Rule = {
  id: 'mixed-speed-hash',
  severity: 'warning',
  about: { port: ['speed'] },
  summary: 'Members of different speed that get equal shares.',
  why: `Taking turns and hashing give each member the same share, fast or slow. The slow member is full
while the fast one is mostly idle: 1G beside 10G gives 2G. Only balance-tlb and balance-alb look at load and
speed.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_rr_gen_slave_id() and bond_xmit_3ad_xor_slave_get()',
  bad: [
    `
    ports:
      eth0: {speed: 10G}
      eth1: {speed: 1G}
    #               ^^ the same share as eth0
    bonds:
      bond0: {mode: balance-xor, members: [eth0, eth1], miimon: 100}
    `,
  ],
  good: [
    `
    ports: { eth0: { speed: 10G }, eth1: { speed: 1G } }
    bonds: { bond0: { mode: balance-alb, members: [eth0, eth1] } }
    `,
    `
    ports: { eth0: { speed: 1G }, eth1: { speed: 1G } }
    bonds: { bond0: { mode: balance-rr, members: [eth0, eth1], miimon: 100 } }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      const mode = modeOf(bond)
      if (mode === '802.3ad' || !(mode === 'balance-rr' || choosesByHash(bond))) continue
      for (const { port, speed, fastest } of slowerOf(membersOf(host, bond))) {
        yield {
          at: at(port, 'speed'),
          message: `${port.name} with ${speed} gets the same share as ${fastest.name} with ${fastest.speed}, and holds it up`,
          help: 'take ports of one speed',
        }
      }
    }
  },
}
