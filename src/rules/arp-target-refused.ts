import { bondsOf, partOf } from '../intent/intent.ts'
import { isHostAddress } from '../intent/ip.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'arp-target-refused',
  severity: 'error',
  about: { bond: ['arp-ip-target', 'ns-ip6-target'] },
  summary: 'A probe target that is no address of a host.',
  why: `A probe asks one host. The driver refuses 0.0.0.0 and 255.255.255.255, and of IPv6 the unspecified
address, the loopback and multicast; over netlink the whole bond with it.`,
  source: 'linux include/net/bonding.h, bond_is_ip_target_ok() and bond_is_ip6_target_ok()',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [0.0.0.0, 192.0.2.1]
    #                   ^^^^^^^ no host has 0.0.0.0
        ns-ip6-target: ["ff02::1"]
    #                   ^^^^^^^^^ no host has ff02::1
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
        ns-ip6-target: ["fe80::1"]
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      for (const id of ['arp-ip-target', 'ns-ip6-target'] as const) {
        for (const [index, target] of (bond.options[id] ?? []).entries()) {
          if (isHostAddress(target)) continue
          yield {
            at: partOf(bond, id, index),
            message: `no host has ${target}; the driver refuses it as a target, and with it the whole bond`,
            help: 'name the address of a router or a neighbour',
          }
        }
      }
    }
  },
}
