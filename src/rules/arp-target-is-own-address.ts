import { type Bond, bondsOf, devicesOf, type Host, partOf } from '../intent/intent.ts'
import { sameAddress } from '../intent/ip.ts'
import type { Finding, Rule } from './rule.ts'

export const rule: Rule = {
  id: 'arp-target-is-own-address',
  severity: 'error',
  about: { bond: ['arp-ip-target', 'ns-ip6-target'] },
  summary: 'A probe target is an address of this host.',
  why: `The host does not answer itself over the wire, so no reply ever arrives: every member is declared
dead.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_arp_send_all(); Documentation/networking/bonding.rst, arp_ip_target',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.10]
    #                   ^^^^^^^^^^ this host's own
        addresses: [192.0.2.10/24]
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        ns-ip6-target: ["2001:DB8:0::10"]
    #                   ^^^^^^^^^^^^^^^^ own
    vlans:
      bond0.10: {id: 10, link: bond0, addresses: ["2001:db8::10/64"]}
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
        addresses: [192.0.2.10/24]
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) yield* ownTargets(host, bond)
  },
}

function* ownTargets(host: Host, bond: Bond): Generator<Finding> {
  for (const id of ['arp-ip-target', 'ns-ip6-target'] as const) {
    for (const [index, target] of (bond.options[id] ?? []).entries()) {
      for (const device of devicesOf(host)) {
        const own = (device.options.addresses ?? []).findIndex(address => sameAddress(address, target))
        if (own < 0) continue
        yield {
          at: partOf(bond, id, index),
          message: `${target} is this host's own, on ${device.name}; nothing answers on the wire, and every member counts as dead`,
          help: 'name the router, or a neighbour',
          related: [{ message: 'the address', at: partOf(device, 'addresses', own) }],
        }
      }
    }
  }
}
