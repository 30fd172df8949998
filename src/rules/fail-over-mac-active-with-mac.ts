import { bondsOf, valueOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'fail-over-mac-active-with-mac',
  severity: 'error',
  about: { bond: ['fail-over-mac', 'mac'] },
  summary: 'A fixed MAC address on a bond that takes that of its active member.',
  why: `With fail-over-mac active the bond has the address of whichever member is active. The one that is
set is gone with the first member, and setting it again is answered with success and does nothing:
reservations in DHCP and port security wait for an address that never comes.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_do_fail_over_mac() and bond_set_mac_address(); a 6.1 kernel does so',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        fail-over-mac: active
        mac: "02:00:00:00:00:10"
    #        ^^^^^^^^^^^^^^^^^^^ bond0 takes the address of its active member
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        mac: "02:00:00:00:00:10"
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        fail-over-mac: active
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const { mac, 'fail-over-mac': policy } = bond.options
      if (modeOf(bond) !== 'active-backup' || mac === undefined || policy !== 'active') continue
      yield {
        at: valueOf(bond, 'mac'),
        message: `${bond.name} takes the address of its active member, so ${mac} is lost`,
        help: 'remove mac, or write fail-over-mac: none',
        related: [{ message: 'by this', at: valueOf(bond, 'fail-over-mac') }],
      }
    }
  },
}
