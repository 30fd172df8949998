import { bondsOf, membersOf, valueOf } from '../intent/intent.ts'
import { pollingWithout } from './fixes.ts'
import type { Rule } from './rule.ts'
import { distinct, modeOf, probedEveryMs } from './support.ts'

export const rule: Rule = {
  id: 'arp-monitor-hash-modes',
  severity: 'warning',
  about: { bond: ['arp-interval'] },
  summary: 'Probes in a mode whose answers the switch sends to one member.',
  why: `balance-rr and balance-xor want the ports grouped on the switch, and the switch chooses one port of
the group for the answers of a target. The other members hear nothing and are declared dead, though they
work.`,
  source: 'linux Documentation/networking/bonding.rst, arp_interval',
  bad: [
    `
    bonds:
      bond0:
        mode: balance-xor
        members: [eth0, eth1]
        arp-interval: 250
    #                 ^^^ the switch sends the answers to one member
        arp-ip-target: [192.0.2.1]
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1]
    `,
    `
    ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw2:1" } }
    bonds:
      bond0:
        mode: balance-rr
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1]
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      const mode = modeOf(bond)
      if ((mode !== 'balance-rr' && mode !== 'balance-xor') || probedEveryMs(bond) === 0) continue
      const ports = membersOf(host, bond)
      const boxes = ports.flatMap(port => port.options.to?.node ?? [])
      // Each member on a switch of its own: no group, and the answers come back the way the probes went.
      const apart = boxes.length === ports.length && distinct(boxes).length === ports.length
      if (ports.length < 2 || apart) continue
      yield {
        at: valueOf(bond, 'arp-interval'),
        message: `in ${mode} the switch sends the answers to one member, and the others count as dead`,
        help: 'write miimon: 100 instead',
        ...pollingWithout(bond),
      }
    }
  },
}
