import type { Check } from './check.ts'
import { bundlesOf } from './support.ts'

export const check: Check = {
  id: 'member-down',
  severity: 'error',
  summary: 'A member has no link.',
  why: `The bond does without it. What it carried is on the other members now, and where the mode has one active member only,
there is nothing left to fail over to.

"going back" is a link that is there and waits for updelay, or that ARP monitoring has only just heard of; "going down" waits for
downdelay or for the next missing answer.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_miimon_inspect() and bond_slave_link_status()',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: fault-tolerance (active-backup)
    Slave Interface: eth0
    MII Status: up
    Slave Interface: eth1
    MII Status: down
    #           ^^^^ eth1 of h1 bond0 has no link
    `,
    `
    h1# ip -d link
    2: eth0: <BROADCAST,MULTICAST,SLAVE> mtu 1500 qdisc noop master bond0 state DOWN mode DEFAULT
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^ eth0 of h1 bond0 is switched off
        bond_slave state BACKUP mii_status DOWN link_failure_count 1
    3: bond0: <BROADCAST,MULTICAST,MASTER,UP> mtu 1500 qdisc noqueue state UP mode DEFAULT
        bond mode active-backup miimon 100
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: fault-tolerance (active-backup)
    Slave Interface: eth0
    MII Status: up
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      for (const { name, at, link, enabled, failures, standing } of bundle.members) {
        const often =
          failures !== undefined && failures.value > 1 ? `, for the ${ordinal(failures.value)} time` : ''
        if (enabled?.value === false) {
          yield {
            at: enabled.at,
            message: `${name} of ${title} is switched off on this machine${often}`,
            help: `ip link set ${name} up`,
          }
        } else if (link === undefined && standing?.value === 'down') {
          yield {
            at,
            message: `${name} of ${title} has no link`,
            help: 'look at cable and optic, whether the port is shut, and whether the host is on',
          }
        } else if (link !== undefined && link.value !== 'up') {
          const waits = link.value !== 'down'
          yield {
            ...(waits && { severity: 'warning' as const }),
            at: link.at,
            message: `${name} of ${title} ${waits ? `is ${link.value}` : 'has no link'}${often}`,
            help: waits
              ? 'take the state again after some seconds; where it stays, look at updelay and at the targets of ARP monitoring'
              : `look at cable, optic and the port at the other end of ${name}: whether it is shut, and what its counters say`,
          }
        }
      }
    }
  },
}

const ordinal = (count: number): string => {
  const teens = count % 100 > 10 && count % 100 < 14
  return `${count}${teens ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')}`
}
