import { type Bond, bondsOf, type Host, partOf } from '../intent/intent.ts'
import { isHostAddress, within } from '../intent/ip.ts'
import { familyOf } from '../options/kind.ts'
import type { Rule } from './rule.ts'
import { list, probedEveryMs, stackOn } from './support.ts'

export const rule: Rule = {
  id: 'arp-target-off-subnet',
  severity: 'warning',
  about: { bond: ['arp-ip-target', 'ns-ip6-target'] },
  summary: 'A probe target lies in none of the networks of the bond.',
  why: `ARP asks the link, not a router. A target that is not on a network of the bond, or of what stands on
it, has no address that it could be asked from, and hardly anything answers a question from 0.0.0.0. With
arp-validate no answer counts at all.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_arp_send_all(): a route of link scope, or no sender',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1, 203.0.113.1]
    #                              ^^^^^^^^^^^ on no network of bond0
        addresses: [192.0.2.10/24]
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1, 198.51.100.1]
        ns-ip6-target: ["fe80::1"]
    vlans:
      bond0.10: { id: 10, link: bond0, addresses: [198.51.100.10/24] }
    bridges:
      br0: { ports: [bond0], addresses: [192.0.2.10/24, "2001:db8::10/64"] }
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1]
        dhcp4: true
        addresses: [198.51.100.10/24]
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1]
        addresses: [198.51.100.10/24]
        routes: [{ to: 192.0.2.0/24 }]
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      if (probedEveryMs(bond) === 0) continue
      for (const id of ['arp-ip-target', 'ns-ip6-target'] as const) {
        for (const [index, target] of (bond.options[id] ?? []).entries()) {
          // What no host can have is told of by arp-target-refused.
          if (!isHostAddress(target)) continue
          const networks = networksOn(host, bond, familyOf(target))
          if (networks.length === 0 || networks.some(network => within(network, target))) continue
          yield {
            at: partOf(bond, id, index),
            message: `${target} is on no network of ${bond.name}, so there is no address to ask from`,
            help: `name a neighbour within ${list(networks)}`,
          }
        }
      }
    }
  },
}

/** The networks that are on the link, of one family; none where some come by DHCP or router advertisement. */
function networksOn(host: Host, bond: Bond, family: 'inet' | 'inet6'): readonly string[] {
  const stack = stackOn(host, bond)
  const learned = ({ dhcp4, dhcp6, 'accept-ra': ra }: Bond['options']): boolean | undefined =>
    family === 'inet' ? dhcp4 : dhcp6 || ra
  if (stack.some(({ options }) => learned(options as Bond['options']))) return []
  const said = stack.flatMap(({ options: { addresses = [], routes = [] } }) => [
    ...addresses,
    ...routes.flatMap(({ to, via }) => (via === undefined && to !== 'default' ? [to] : [])),
  ])
  const known = said.filter(network => familyOf(network) === family)
  return known.length > 0 && family === 'inet6' ? [...known, 'fe80::/10'] : known
}
