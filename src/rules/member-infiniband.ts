import { bondsOf, partOf } from '../intent/intent.ts'
import { isInfiniband } from './port-names.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'member-infiniband',
  severity: 'error',
  about: { bond: ['members'] },
  summary: 'InfiniBand ports outside active-backup, or together with Ethernet.',
  why: `An IPoIB device cannot change its address. The driver attaches such ports in active-backup only,
where it turns fail-over-mac to active, and never beside ports of another type.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_enslave(): ARPHRD_INFINIBAND, and devices of different type',
  bad: [
    `
    bonds:
      bond0: {mode: 802.3ad, members: [ib0, ib1]}
    #                                  ^^^ only active-backup
    #                                       ^^^ only active-backup
      bond1: {mode: active-backup, members: [ib2, eth0], miimon: 100}
    #                                        ^^^ beside eth0
    `,
  ],
  good: ['bonds: { bond0: { mode: active-backup, members: [ib0, ib1], miimon: 100 } }'],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      const members = bond.options.members ?? []
      const other = members.find(name => !isInfiniband(name))
      for (const [index, name] of members.entries()) {
        if (!isInfiniband(name)) continue
        const at = partOf(bond, 'members', index)
        if (modeOf(bond) !== 'active-backup') {
          yield {
            at,
            message: `${name} is InfiniBand, by its name; only active-backup takes it`,
            help: 'write mode: active-backup',
          }
        } else if (other !== undefined) {
          yield {
            at,
            message: `${name} is InfiniBand, by its name; the driver attaches none beside ${other}`,
            help: 'put them into a bond of their own',
          }
        }
      }
    }
  },
}
