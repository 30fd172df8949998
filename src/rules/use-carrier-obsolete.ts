import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, removing } from './fixes.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'use-carrier-obsolete',
  severity: 'warning',
  about: { bond: ['use-carrier'] },
  summary: 'use-carrier off is refused by kernels from 6.18.',
  why: `It asked old drivers for their link by ioctl. From Linux 6.18 the link is always read from the
device, off is refused, and a netlink request that holds it makes no bond.`,
  source:
    'linux drivers/net/bonding/bond_options.c, bond_use_carrier_tbl; Documentation/networking/bonding.rst, use_carrier',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        use-carrier: off
    #                ^^^ from Linux 6.18
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
        miimon: 100
        use-carrier: on
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (bond.options['use-carrier'] !== 'off') continue
      yield {
        at: valueOf(bond, 'use-carrier'),
        message: 'use-carrier off is refused from Linux 6.18, and with it the whole bond',
        help: 'remove it: every driver of today tells its carrier',
        ...fixed(false, 'remove use-carrier', removing(bond, 'use-carrier')),
      }
    }
  },
}
