import { type Bond, bondsOf, valueOf } from '../intent/intent.ts'
import { bonding } from '../options/index.ts'
import { fixed, removing } from './fixes.ts'
import type { Rule } from './rule.ts'
import { modeOf, polledEveryMs, probedEveryMs } from './support.ts'

const modifiers = ['arp-validate', 'arp-all-targets', 'arp-missed-max'] as const

export const rule: Rule = {
  id: 'arp-validate-without-arp',
  severity: 'warning',
  about: { bond: modifiers },
  summary: 'How probes are judged is said, and nothing probes.',
  why: `arp-validate, arp-all-targets and arp-missed-max say how answers to probes count. Without
arp-interval there are none. With miimon the driver refuses arp-validate, and over netlink the whole bond
with it.`,
  source:
    'linux drivers/net/bonding/bond_netlink.c, bond_changelink(); a 6.1 kernel refuses arp_validate beside miimon',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        arp-validate: all
    #                 ^^^ the driver refuses arp-validate beside miimon
        arp-missed-max: 4
    #                   ^ without arp-interval
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        arp-interval: 250
        arp-ip-target: [192.0.2.1]
        arp-validate: all
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        miimon: 100
        arp-validate: none
    `,
  ],
  *check(intent) {
    for (const { bond } of bondsOf(intent)) {
      if (probedEveryMs(bond) > 0) continue
      for (const id of modifiers) {
        if (!isIdle(bond, id)) continue
        const refused = id === 'arp-validate' && polledEveryMs(bond) > 0
        yield {
          ...(refused ? { severity: 'error' as const } : {}),
          at: valueOf(bond, id),
          message: refused
            ? 'the driver refuses arp-validate beside miimon, and with it the whole bond'
            : `without arp-interval there are no probes, and ${id} does nothing`,
          help: refused ? 'remove it' : 'remove it, or write arp-interval and targets',
          ...fixed(true, `remove ${id}`, removing(bond, id)),
        }
      }
    }
  },
}

/** Said, heard in this mode (the walk over the rows reports the others), and not what holds anyway. */
function isIdle(bond: Bond, id: (typeof modifiers)[number]): boolean {
  const value = bond.options[id]
  return value !== undefined && value !== bonding[id].unset && bonding[id].modes.includes(modeOf(bond))
}
