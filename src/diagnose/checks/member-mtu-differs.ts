import type { Check } from './check.ts'
import { bundlesOf } from './support.ts'

export const check: Check = {
  id: 'member-mtu-differs',
  severity: 'warning',
  summary: 'A member has another MTU than its bond.',
  why: `The driver gives each member the MTU of the bond when it is attached, so somebody has changed one of the two since. What the
bond hands to a member with a smaller MTU is dropped there: small frames pass and large transfers hang, on some flows only.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_enslave() and bond_change_mtu(); seen on 7.2',
  bad: [
    `
    h1# ip -d link
    2: eth0: <BROADCAST,MULTICAST,SLAVE,UP,LOWER_UP> mtu 1400 qdisc mq master bond0 state UP mode DEFAULT
    #                                                    ^^^^ eth0 of h1 bond0 has an MTU of 1400 and the bond 1500
        bond_slave state ACTIVE mii_status UP link_failure_count 0
    3: bond0: <BROADCAST,MULTICAST,MASTER,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT
        bond mode active-backup miimon 100
    `,
  ],
  good: [
    `
    h1# ip -d link
    2: eth0: <BROADCAST,MULTICAST,SLAVE,UP,LOWER_UP> mtu 9000 qdisc mq master bond0 state UP mode DEFAULT
        bond_slave state ACTIVE mii_status UP link_failure_count 0
    3: bond0: <BROADCAST,MULTICAST,MASTER,UP,LOWER_UP> mtu 9000 qdisc noqueue state UP mode DEFAULT
        bond mode active-backup miimon 100
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      if (bundle.mtu === undefined) continue
      for (const { name, mtu } of bundle.members) {
        if (mtu === undefined || mtu.value === bundle.mtu.value) continue
        yield {
          at: mtu.at,
          message: `${name} of ${title} has an MTU of ${mtu.value} and the bond ${bundle.mtu.value}${mtu.value < bundle.mtu.value ? ': larger frames are dropped there' : ''}`,
          help: `set it for the bond and all its members at once: ip link set ${bundle.name} mtu ${bundle.mtu.value}`,
          related: [{ message: 'the bond', region: bundle.mtu.at }],
        }
      }
    }
  },
}
