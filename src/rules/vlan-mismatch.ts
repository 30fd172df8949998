import { valueOf } from '../intent/intent.ts'
import { crossing, vlanIds } from '../intent/partner-vlans.ts'
import { linksOf, pairsOf, saidBySwitch } from './pair.ts'
import type { Rule } from './rule.ts'
import { vlansOn } from './support.ts'

export const rule: Rule = {
  id: 'vlan-mismatch',
  severity: 'error',
  summary: 'The switch does not pass the VLANs that the host uses, or passes them otherwise.',
  why: `LACP is fine and the LAG is up, but frames of a VLAN that the switch does not allow are dropped, and a VLAN that
is tagged on one end and untagged on the other does not meet.`,
  source: 'IEEE 802.1Q, clauses 6.9 and 8.8: acceptable frame types, PVID, member set',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}}
        vlans:
          bond0.10: {id: 10, link: bond0}
          bond0.30: {id: 30, link: bond0}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {vlans: [10-20]}
    #                  ^^^^^^^ does not pass VLAN 30, which s1 bond0 uses
    `,
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds:
          bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1, dhcp4: true}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {vlans: [10], untagged: false}
    #                                  ^^^^^ passes no untagged frames, and s1 bond0 sends them
    `,
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}}
        vlans:
          bond0.10: {id: 10, link: bond0}
          bond0.20: {id: 20, link: bond0}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {native: 10}
    #                   ^^ sends VLAN 10 untagged, and s1 bond0.10 has it tagged
    `,
    `
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "24": {ports: ["23", "24"], to: "sw2:24", vlans: [10], native: 5}
    #                                                                    ^ VLAN 5 untagged, and LAG 24 of sw2 has VLAN 1
      sw2:
        platform: aruba-aos-s
        lags: {"24": {ports: ["23", "24"], vlans: [10], native: 1}}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:1" }, eth1: { to: "sw1:2" } }
        bonds:
          bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1, dhcp4: true }
        vlans: { bond0.10: { id: 10, link: bond0 } }
    switches:
      sw1:
        platform: aruba-aos-s
        lags: { "1": { vlans: [10-20], native: 5 } }
    `,
  ],
  *check(intent) {
    const pairs = pairsOf(intent)
    for (const { host, bond, box, lag } of pairs.pairings) {
      const across = crossing(host, bond)
      const { vlans, native, untagged } = lag.options
      const who = `LAG ${lag.number} of ${box.name}`
      const used = across.taggedAt
      if (saidBySwitch(lag, 'vlans')) {
        const passed = new Set(vlanIds([...vlans, { from: native, to: native }]))
        const missing = vlanIds(across.tagged).filter(id => !passed.has(id))
        if (missing.length > 0) {
          yield {
            at: valueOf(lag, 'vlans'),
            message: `${who} does not pass VLAN ${missing.join(', ')}, which ${host.name} ${bond.name} uses`,
            help: 'add it, or leave vlans out: it follows from what stands on the bond',
            ...(used && { related: [{ message: 'in use here', at: { path: used, part: 'value' } }] }),
          }
        }
      }
      if (saidBySwitch(lag, 'untagged') && !untagged && across.untagged) {
        yield {
          at: valueOf(lag, 'untagged'),
          message: `${who} passes no untagged frames, and ${host.name} ${bond.name} sends them`,
          help: 'leave untagged out, or put the address on a VLAN',
        }
      }
      const twin = vlansOn(host, bond.name).find(vlan => vlan.options.id === native)
      if (twin !== undefined) {
        const place = saidBySwitch(lag, 'native') ? valueOf(lag, 'native') : valueOf(twin, 'id')
        yield {
          at: place,
          message: `${who} sends VLAN ${native} untagged, and ${host.name} ${twin.name} has it tagged: they do not meet`,
          help: 'say another native VLAN for the LAG, or put the address on the bond itself',
          related: [{ message: 'tagged here', at: valueOf(twin, 'id') }],
        }
      }
    }
    for (const { box, lag, other, end } of linksOf(pairs)) {
      if (end === undefined || !saidBySwitch(lag, 'native') || !saidBySwitch(end, 'native')) continue
      if (lag.options.native === end.options.native) continue
      yield {
        at: valueOf(lag, 'native'),
        message: `LAG ${lag.number} of ${box.name} has VLAN ${lag.options.native} untagged, and LAG ${end.number} of ${other.name} has VLAN ${end.options.native}: the two are joined`,
        help: 'say the same native VLAN for both',
        related: [{ message: 'the other end', at: valueOf(end, 'native') }],
      }
    }
  },
}
