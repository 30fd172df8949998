import { bondsOf, partOf } from '../intent/intent.ts'
import type { Mode } from '../options/index.ts'
import { isUsb } from './port-names.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

const spreading: readonly Mode[] = ['balance-rr', 'balance-xor', '802.3ad']

export const rule: Rule = {
  id: 'member-usb-nic',
  severity: 'warning',
  about: { bond: ['members'] },
  summary: 'A USB adapter in a bond that spreads traffic.',
  why: `USB adapters report their speed late or wrongly, and come back under a new device after a reset. In
a mode that spreads, each time is a link that flaps and flows that move.`,
  source: 'Realtek r8152 driver, issue 381; linux drivers/net/bonding/bond_3ad.c, __get_link_speed()',
  bad: [
    `
    bonds:
      bond0: {mode: 802.3ad, members: [eno1, enp0s20u2]}
    #                                        ^^^^^^^^^ enp0s20u2 is a USB adapter
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: active-backup, members: [eno1, enp0s20u2], primary: eno1 }
    `,
    'bonds: { bond0: { mode: 802.3ad, members: [enp2s0f0, enp2s0f1] } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (!spreading.includes(modeOf(bond))) continue
      for (const [index, name] of (bond.options.members ?? []).entries()) {
        if (!isUsb(name)) continue
        yield {
          at: partOf(bond, 'members', index),
          message: `${name} is a USB adapter, by its name; when it resets, its share of the flows is lost and moves`,
          help: 'use active-backup with the other port as primary',
        }
      }
    }
  },
}
