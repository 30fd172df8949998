import { bondsOf } from '../intent/intent.ts'
import { moved } from './fixes.ts'
import type { Rule } from './rule.ts'
import { addressing, addressingOf, at, bridgesOver } from './support.ts'

export const rule: Rule = {
  id: 'address-on-bridged-bond',
  severity: 'error',
  about: { bond: addressing },
  summary: 'A bond is the port of a bridge and has addresses of its own.',
  why: `The bridge takes what arrives. IPv6 and DHCP on the bond get no answer at all; IPv4 does only as
long as the host answers for addresses of any interface (arp_ignore 0) and rp_filter is not strict.`,
  source:
    'linux net/bridge/br_input.c, br_handle_frame(); a 6.1 kernel answers no IPv6, and no IPv4 with rp_filter 1',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        addresses: [192.0.2.10/24]
    #              ^^^^^^^^^^^^^^^ vmbr0 takes what arrives
    bridges:
      vmbr0: {ports: [bond0]}
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], dhcp4: false }
    bridges: { vmbr0: { ports: [bond0], addresses: [192.0.2.10/24] } }
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        addresses: [192.0.2.10/24]
    vlans: { bond0.10: { id: 10, link: bond0 } }
    bridges: { vmbr0: { ports: [bond0.10] } }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      const over = bridgesOver(host, bond).find(({ port }) => port === bond.name)
      if (over === undefined) continue
      for (const id of addressingOf(bond)) {
        yield {
          at: at(bond, id),
          message: `${bond.name} is a port of ${over.bridge.name}, and ${over.bridge.name} takes what arrives for its ${id}`,
          help: `say it of ${over.bridge.name}`,
          related: [{ message: 'the port', at: over.at }],
          ...moved(bond, over.bridge, id),
        }
      }
    }
  },
}
