import { bondsOf, membersOf, nameOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf, slowerOf } from './support.ts'

export const rule: Rule = {
  id: 'no-primary-with-unequal-members',
  severity: 'note',
  about: { port: ['speed'] },
  summary: 'Members of different speed in active-backup, and none of them preferred.',
  why: `The first member that has link carries the traffic, and after a failure the other one does until it
fails too. Whether that is the fast or the slow one is left to chance.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_find_best_slave(); Documentation/networking/bonding.rst, primary',
  bad: [
    `
    ports:
      eth0: {speed: 1G}
      eth1: {speed: 10G}
    bonds:
      bond0: {mode: active-backup, members: [eth0, eth1], miimon: 100}
    # ^^^^^ bond0 may run on eth0 with 1G although eth1 has 10G
    `,
  ],
  good: [
    `
    ports: { eth0: { speed: 1G }, eth1: { speed: 10G } }
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], primary: eth1 }
    `,
    `
    ports: { eth0: { speed: 1G }, eth1: { speed: 10G, prio: 1 } }
    bonds: { bond0: { mode: active-backup, members: [eth0, eth1] } }
    `,
    `
    ports: { eth0: { speed: 1G }, eth1: { speed: 1G } }
    bonds: { bond0: { mode: active-backup, members: [eth0, eth1] } }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      if (modeOf(bond) !== 'active-backup' || bond.options.primary !== undefined) continue
      const ports = membersOf(host, bond)
      if (ports.some(port => (port.options.prio ?? 0) !== 0)) continue
      const [slow] = slowerOf(ports)
      if (slow === undefined) continue
      const { fastest } = slow
      yield {
        at: nameOf(bond),
        message: `${bond.name} may run on ${slow.port.name} with ${slow.speed} although ${fastest.name} has ${fastest.speed}`,
        help: `write primary: ${fastest.name}`,
        ...fixed(false, `set primary ${fastest.name}`, setting(bond, 'primary', fastest.name)),
      }
    }
  },
}
