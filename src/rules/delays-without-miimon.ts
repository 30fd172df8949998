import { bondsOf, valueOf } from '../intent/intent.ts'
import { fixed, removing, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { polledEveryMs, probedEveryMs } from './support.ts'

export const rule: Rule = {
  id: 'delays-without-miimon',
  severity: 'error',
  about: { bond: ['updelay', 'downdelay', 'peer-notif-delay'] },
  summary: 'A delay is said without the polling that it counts.',
  why: `Delays are kept as a number of miimon polls. Without miimon the driver refuses them, even a delay of
0, and over netlink the whole bond with it.`,
  source:
    'linux drivers/net/bonding/bond_options.c, _bond_option_delay_set(): EPERM; a 6.1 kernel refuses 0 as well',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1]
        updelay: 0
    #            ^ the driver refuses updelay without miimon
    `,
    `
    bonds:
      bond0: {mode: balance-xor, members: [eth0, eth1], downdelay: 200}
    #                                                              ^^^ the driver refuses downdelay
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        updelay: 200
    `,
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], updelay: 200 } }',
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (polledEveryMs(bond) > 0) continue
      const probed = probedEveryMs(bond) > 0
      for (const id of ['updelay', 'downdelay', 'peer-notif-delay'] as const) {
        if (bond.options[id] === undefined) continue
        yield {
          at: valueOf(bond, id),
          message: `the driver refuses ${id} without miimon, and with it the whole bond`,
          help: probed ? 'remove it; probes have arp-missed-max' : 'write miimon: 100',
          ...(probed
            ? fixed(true, `remove ${id}`, removing(bond, id))
            : fixed(false, 'set miimon 100', setting(bond, 'miimon', 100))),
        }
      }
    }
  },
}
