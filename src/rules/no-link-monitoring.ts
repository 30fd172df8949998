import { bondsOf, nameOf, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf, polledEveryMs, probedEveryMs } from './support.ts'

export const rule: Rule = {
  id: 'no-link-monitoring',
  severity: 'error',
  summary: 'Nothing tells the bond that a member is dead.',
  why: `Without miimon and without arp-interval the driver never looks. A member whose cable is pulled keeps
its share of the traffic, or stays the active one, until somebody notices. 802.3ad, balance-tlb and
balance-alb poll every 100 ms unless they are told not to; the other modes do not poll unless they are told
to.`,
  source:
    'linux drivers/net/bonding/bond_options.c, bond_option_mode_set(); bond_main.c, bond_mii_monitor(); Documentation/networking/bonding.rst, miimon',
  bad: [
    `
    bonds:
      bond0:
    # ^^^^^ nothing tells bond0 that a member is dead
        mode: active-backup
        members: [eth0, eth1]
    `,
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        miimon: 0
    #           ^ nothing tells bond0
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: active-backup, members: [eth0, eth1], miimon: 100 }
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1]
    `,
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (polledEveryMs(bond) > 0 || probedEveryMs(bond) > 0) continue
      const late = modeOf(bond) === '802.3ad' ? ' before LACP gives it up, after as much as 90 s' : ''
      yield {
        at: bond.options.miimon === undefined ? nameOf(bond) : valueOf(bond, 'miimon'),
        message: `nothing tells ${bond.name} that a member is dead${late}; it keeps its share of the traffic`,
        help: 'write miimon: 100',
        ...fixed(false, 'set miimon 100', setting(bond, 'miimon', 100)),
      }
    }
  },
}
