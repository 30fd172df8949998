import type { Check } from './check.ts'
import { bundlesOf } from './support.ts'

export const check: Check = {
  id: 'lacp-loop',
  severity: 'error',
  summary: 'A machine hears its own LACPDUs.',
  why: `Two of its ports are cabled to each other, directly or through something that passes LACPDUs on; or two machines have one
LACP system address, which is the MAC address of the bond and the same on a cloned machine. Linux drops what carries its own address
and says so in the kernel's log alone: in /proc the member then has no partner.`,
  source: 'linux drivers/net/bonding/bond_3ad.c, ad_rx_machine(), "illegal loopback"; seen on 7.2',
  bad: [
    `
    h1# dmesg
    [  12.345678] bond0: (slave eth0): An illegal loopback occurred on slave
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ eth0 of h1 bond0 hears LACPDUs of its own system
    `,
    `
    sw1# ovs-appctl lacp/show
    ---- bond10 ----
      status: active negotiated
    member: p0: current attached
      actor sys_id: 52:54:00:00:00:01
      partner sys_id: 52:54:00:00:00:01
    #                 ^^^^^^^^^^^^^^^^^ p0 of sw1 bond10 has its own machine as its partner
    `,
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    System MAC address: 52:54:00:00:00:01
    Slave Interface: eth0
    MII Status: up
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:02
    #                       ^^^^^^^^^^^^^^^^^ eth0 of h1 bond0 is cabled to bond1 of the same machine
    h1# cat /proc/net/bonding/bond1
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    System MAC address: 52:54:00:00:00:02
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: IEEE 802.3ad Dynamic link aggregation
    System MAC address: 52:54:00:00:00:01
    Slave Interface: eth0
    MII Status: up
    details partner lacp pdu:
        system mac address: 52:54:00:00:00:02
    `,
  ],
  *check(observed) {
    for (const machine of observed.machines) {
      const told = new Set<string>()
      for (const { kind, bundle, member, at } of machine.events) {
        const what = `${member === undefined ? '' : `${member} of `}${machine.name} ${bundle}`
        if (kind !== 'loopback' || told.has(what)) continue
        told.add(what)
        yield {
          at,
          message: `${what} hears LACPDUs of its own system: a cable leads back to this machine, or another has the same address`,
          help: 'follow the cable; where it ends at another machine, that one has the same LACP system address: change the MAC address of its bond',
        }
      }
    }
    const bySystem = new Map(
      observed.machines.map(machine => [
        machine,
        new Map(
          machine.bundles.flatMap(bundle => (bundle.system ? [[bundle.system.value, bundle] as const] : [])),
        ),
      ]),
    )
    for (const { machine, bundle, title } of bundlesOf(observed)) {
      for (const { name, actor, partner } of bundle.members) {
        const own = actor.system ?? bundle.system
        const { system } = partner
        if (system === undefined) continue
        if (own !== undefined && system.value === own.value) {
          yield {
            at: system.at,
            message: `${name} of ${title} has its own machine as its partner: a cable leads back, or another machine has the same LACP system address`,
            help: 'follow the cable; where it ends at another machine, change the MAC address of its bond',
            related: [{ message: 'the address of this end', region: own.at }],
          }
          continue
        }
        const other = bySystem.get(machine)?.get(system.value)
        if (other?.system === undefined || other === bundle || machine.kind === 'switch') continue
        yield {
          at: system.at,
          message: `${name} of ${title} is cabled to ${other.name} of the same machine`,
          help: 'follow the cable: both ends are on this machine',
          related: [{ message: `the address of ${other.name}`, region: other.system.at }],
        }
      }
    }
  },
}
