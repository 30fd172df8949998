import type { Check } from './check.ts'
import { bundlesOf, hasLink } from './support.ts'

const unused = (count: number): string =>
  count === 1 ? 'its one member is not used' : `none of its ${count} members is used`

export const check: Check = {
  id: 'bond-down',
  severity: 'error',
  summary: 'A bond or a LAG is down.',
  why: `Nothing passes. Either somebody has switched it off, or it has no member, or no member has a link, or it has links and does not
use them: with ARP monitoring because no target answers, with LACP because too few have come to terms.`,
  source: 'linux drivers/net/bonding/bond_main.c, bond_set_carrier(); seen on 5.10 to 7.2',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    MII Status: down
    #           ^^^^ h1 bond0 is down: it has no member
    `,
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: fault-tolerance (active-backup)
    Currently Active Slave: None
    MII Status: down
    #           ^^^^ h1 bond0 is down: its one member is not used, as no target of its ARP monitoring answers
    ARP Polling Interval (ms): 500
    ARP IP target/s (n.n.n.n form): 192.0.2.1
    Slave Interface: eth0
    MII Status: going back
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: fault-tolerance (active-backup)
    Currently Active Slave: eth0
    MII Status: up
    Slave Interface: eth0
    MII Status: up
    `,
    `
    # min-links-unmet says it better.
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    MII Status: down
    Min links: 2
    Slave Interface: eth0
    MII Status: up
    `,
  ],
  *check(observed) {
    for (const { machine, bundle, title } of bundlesOf(observed)) {
      const { up, enabled, members, arpTargets, arpIntervalMs, minLinks, mode } = bundle
      if (enabled?.value === false) {
        yield {
          at: enabled.at,
          message: `${title} is switched off`,
          help: `ip link set ${bundle.name} up`,
        }
        continue
      }
      if (up?.value !== false) continue
      const linked = members.filter(hasLink)
      if (mode?.value === '802.3ad' && linked.length > 0 && linked.length < (minLinks?.value ?? 0)) continue
      const probes = (arpIntervalMs?.value ?? 0) > 0
      yield {
        // A LAG without ports on a switch is what is left of one, more often than not.
        ...(machine.kind === 'switch' && members.length === 0 && { severity: 'note' as const }),
        at: up.at,
        message: `${title} is down: ${
          members.length === 0
            ? 'it has no member'
            : probes
              ? `${unused(members.length)}, as no target of its ARP monitoring answers`
              : linked.length === 0
                ? `it has ${members.length === 1 ? 'one member' : `${members.length} members`}, and no link`
                : `${unused(linked.length)}, though ${linked.length === 1 ? 'it has' : 'they have'} a link`
        }`,
        help:
          machine.kind === 'switch'
            ? 'look at its ports, and at the host: whether it is up and speaks as the LAG does'
            : members.length === 0
              ? `attach members: ip link set PORT master ${bundle.name}; and see why the configuration did not`
              : probes
                ? 'see whether the targets answer, from the VLAN and with an address that they can reach; targets in another network need a route'
                : 'look at the members, each of which has its own finding',
        ...(probes &&
          arpTargets !== undefined && { related: [{ message: 'the targets', region: arpTargets.at }] }),
      }
    }
  },
}
