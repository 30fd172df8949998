import { type Bond, bondsOf, type Host, partOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'member-type-unsuitable',
  severity: 'error',
  about: { bond: ['members'] },
  summary: 'A member is a bridge, the loopback, or a VLAN in an LACP bond.',
  why: `A bond wants ports whose link it can see. A bridge is up while any of its ports is, and does not
pass LACP. A VLAN tags the LACPDUs that it sends, a switch looks for untagged ones, and the bond has no
partner. The loopback cannot be attached.`,
  source:
    'IEEE 802.1AX, clause 6.2.9; linux drivers/net/bonding/bond_main.c, bond_enslave(); with VLANs as members a 6.1 kernel finds no partner',
  bad: [
    `
    bonds:
      bond0: {mode: 802.3ad, members: [eth0.5, eth1.5]}
    #                                  ^^^^^^ tagged LACPDUs
    #                                          ^^^^^^ tagged LACPDUs
      bond1: {mode: active-backup, members: [br0, lo], miimon: 100}
    #                                        ^^^ br0 is a bridge
    #                                             ^^ lo is the loopback
    vlans:
      eth0.5: {id: 5, link: eth0}
      eth1.5: {id: 5, link: eth1}
    bridges:
      br0: {ports: [eth2]}
    `,
  ],
  good: [
    'bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }',
    `
    bonds:
      bond0: { mode: active-backup, members: [eth0.5, eth1.5], miimon: 100 }
    vlans: { eth0.5: { id: 5, link: eth0 }, eth1.5: { id: 5, link: eth1 } }
    `,
  ],
  *check(intent) {
    for (const { host, bond } of bondsOf(intent)) {
      for (const [index, name] of (bond.options.members ?? []).entries()) {
        const reason = unsuitable(host, bond, name)
        if (reason === undefined) continue
        yield { at: partOf(bond, 'members', index), message: reason, help: 'use ports that have a cable' }
      }
    }
  },
}

function unsuitable(host: Host, bond: Bond, name: string): string | undefined {
  if (name === 'lo') return 'lo is the loopback and cannot be attached'
  if (host.bridges.some(bridge => bridge.name === name))
    return `${name} is a bridge: it is up while any of its ports is, and passes no LACP`
  if (modeOf(bond) === '802.3ad' && host.vlans.some(vlan => vlan.name === name))
    return `${name} is a VLAN and would send tagged LACPDUs, which no switch looks for`
  return undefined
}
