import { bondsOf, partOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'member-is-bond',
  severity: 'error',
  about: { bond: ['members'] },
  summary: 'A member is itself a bond.',
  why: `The driver takes it, and little else does: an LACP bond inside another has no partner to talk to,
each of the two monitors has its own idea of what is up, and most configuration systems refuse it.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_enslave(): a bond is the one master that is let in; VyOS, interfaces_bonding.py refuses it',
  bad: [
    `
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1]}
      bond1: {mode: active-backup, members: [bond0, eth2]}
    #                                        ^^^^^ bond0 is itself a bond
    `,
  ],
  good: [
    `
    bonds:
      bond0: { mode: 802.3ad, members: [eth0, eth1] }
      bond1: { mode: active-backup, members: [eth2, eth3] }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      for (const [index, name] of (bond.options.members ?? []).entries()) {
        if (!host.bonds.some(other => other.name === name)) continue
        yield {
          at: partOf(bond, 'members', index),
          message: `${name} is itself a bond; a bond of bonds has two monitors that disagree, and LACP inside has no partner`,
          help: 'put the ports into one bond; 802.3ad keeps those of a second switch in reserve by itself',
        }
      }
    }
  },
}
