import type { Region } from '../../diagnostics/region.ts'
import { noSystem } from '../../simulate/lacp/lacpdu.ts'
import type { Bundle } from '../observed.ts'
import type { Check } from './check.ts'
import { bundlesOf, hearsNobody, membersOf } from './support.ts'

export const check: Check = {
  id: 'address-used-twice',
  severity: 'error',
  summary: 'Two ports were built with one MAC address, or two hosts have one LACP system address.',
  why: `Cloned virtual machines and careless templates give an address away twice. A switch sees it now here, now there; LACP takes two
hosts with one system address for one, and puts links to both into one LAG.

Two switches that are an MLAG pair have one address on purpose: their LAGs lead to one partner with one key, and nothing is said of them.`,
  source:
    'IEEE 802.1AX-2014, 6.3.2 (System Identifier); linux drivers/net/bonding/bond_3ad.c, bond_3ad_initialize()',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: fault-tolerance (active-backup)
    Slave Interface: eth0
    Permanent HW addr: 52:54:00:00:00:0a
    Slave Interface: eth1
    Permanent HW addr: 52:54:00:00:00:0a
    #                  ^^^^^^^^^^^^^^^^^ eth1 of h1 bond0 was built with the address of eth0 of h1 bond0
    `,
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    System MAC address: 52:54:00:00:00:0a
    h2# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    System MAC address: 52:54:00:00:00:0a
    #                   ^^^^^^^^^^^^^^^^^ h2 bond0 has the LACP system address of h1 bond0
    `,
  ],
  good: [
    `
    # An MLAG pair of two switches that run Linux.
    sw1# cat /proc/net/bonding/bond1
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    System MAC address: 44:38:39:ff:00:01
    Slave Interface: swp1
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:0a
        oper key: 15
    sw2# cat /proc/net/bonding/bond1
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    System MAC address: 44:38:39:ff:00:01
    Slave Interface: swp1
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:0a
        oper key: 15
    `,
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: fault-tolerance (active-backup)
    Slave Interface: eth0
    Permanent HW addr: 52:54:00:00:00:0a
    Slave Interface: eth1
    Permanent HW addr: 52:54:00:00:00:0b
    `,
  ],
  *check(observed) {
    const ports = new Map<string, { readonly what: string; readonly at: Region }>()
    for (const { member, title } of membersOf(observed)) {
      const { mac, name } = member
      if (mac === undefined || mac.value === noSystem) continue
      const what = `${name} of ${title}`
      const first = ports.get(mac.value)
      if (first === undefined) ports.set(mac.value, { what, at: mac.at })
      else
        yield {
          at: mac.at,
          message: `${what} was built with the address of ${first.what}`,
          help: 'give one of the two another MAC address; of virtual machines, where they are defined',
          related: [{ message: first.what, region: first.at }],
        }
    }
    const systems = new Map<
      string,
      {
        readonly what: string
        readonly machine: string
        readonly at: Region
        readonly leadsTo: string | undefined
      }
    >()
    for (const { machine, bundle, title } of bundlesOf(observed)) {
      const { system } = bundle
      if (machine.kind === 'switch' || system === undefined || system.value === noSystem) continue
      const leadsTo = leadsToOf(bundle)
      const first = systems.get(system.value)
      if (first === undefined)
        systems.set(system.value, { what: title, machine: machine.name, at: system.at, leadsTo })
      else if (first.machine !== machine.name && (leadsTo === undefined || leadsTo !== first.leadsTo))
        yield {
          at: system.at,
          message: `${title} has the LACP system address of ${first.what}: a switch takes both for one host`,
          help: 'give one of the bonds another MAC address',
          related: [{ message: first.what, region: first.at }],
        }
    }
  },
}

/** The partner and its key that a bond leads to; undefined: there is none, or it is not shown. */
function leadsToOf({ members }: Bundle): string | undefined {
  const known = members.find(member => hearsNobody(member) === false && member.partner.key !== undefined)
  return known && `${known.partner.system?.value} ${known.partner.key?.value}`
}
