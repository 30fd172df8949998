import { bondsOf, membersOf } from '../intent/intent.ts'
import { moved } from './fixes.ts'
import type { Rule } from './rule.ts'
import { addressing, addressingOf, at } from './support.ts'

export const rule: Rule = {
  id: 'member-has-address',
  severity: 'error',
  about: { port: addressing },
  summary: 'A member has addresses, routes or DHCP of its own.',
  why: `What arrives on a member is handed to the bond, so nothing answers for the member's address, and a
DHCP client on it hears no offer. What is sent from it leaves by this port even while another one is
active.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_handle_frame(); a 6.1 kernel answers neither IPv4 nor IPv6 there',
  bad: [
    `
    ports:
      eth0: {addresses: [192.0.2.10/24]}
    #                   ^^^^^^^^^^^^^^^ eth0 is a member of bond0
      eth1: {dhcp4: true}
    #               ^^^^ nothing answers
    bonds:
      bond0: {mode: active-backup, members: [eth0, eth1], miimon: 100}
    `,
  ],
  good: [
    `
    ports: { eth0: { dhcp4: false, accept-ra: false }, eth2: { dhcp4: true } }
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        dhcp4: true
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      for (const port of membersOf(host, bond)) {
        for (const id of addressingOf(port)) {
          yield {
            at: at(port, id),
            message: `${port.name} is a member of ${bond.name}, so nothing answers for its own ${id}`,
            help: `say it of ${bond.name}`,
            ...moved(port, bond, id),
          }
        }
      }
    }
  },
}
