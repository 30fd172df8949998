import type { Check } from './check.ts'
import { bundlesOf, hasLink } from './support.ts'

export const check: Check = {
  id: 'link-flaps',
  severity: 'warning',
  summary: 'A member that has a link has lost it more often than the others.',
  why: `The driver counts for each member how often its link was lost since it was attached. A restart of the switch counts on
all of them alike; one that stands out has a cable, an optic or a port that is going bad, and every loss moves its flows.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_miimon_commit(), link_failure_count',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: load balancing (xor)
    Slave Interface: eth0
    MII Status: up
    Link Failure Count: 0
    Slave Interface: eth1
    MII Status: up
    Link Failure Count: 14
    #                   ^^ eth1 of h1 bond0 has lost its link 14 times, eth0 never
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: load balancing (xor)
    Slave Interface: eth0
    MII Status: up
    Link Failure Count: 2
    Slave Interface: eth1
    MII Status: up
    Link Failure Count: 2
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      const counted = bundle.members.filter(({ failures }) => failures !== undefined)
      const [least] = [...counted].sort((a, b) => (a.failures?.value ?? 0) - (b.failures?.value ?? 0))
      for (const member of counted) {
        const { name, failures } = member
        const fewest = least?.failures?.value ?? 0
        if (failures === undefined || least === undefined || !hasLink(member)) continue
        // One loss more is what a cable that was moved leaves behind.
        if (failures.value < fewest + 2) continue
        yield {
          at: failures.at,
          message: `${name} of ${title} has lost its link ${failures.value} times, ${least.name} ${fewest === 0 ? 'never' : fewest === 1 ? 'once' : `${fewest} times`}`,
          help: `exchange cable and optic of ${name}, and look at the error counters at both ends: ip -s link show ${name}`,
        }
      }
    }
  },
}
