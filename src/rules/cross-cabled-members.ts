import { valueOf } from '../intent/intent.ts'
import { neededBy, pairsOf, saidBySwitch } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'cross-cabled-members',
  severity: 'error',
  summary: 'A cable ends in the LAG of somebody else.',
  why: `The port gets the VLANs and the mode of the other LAG. Under LACP it stays out of both; a static LAG sends
there what is meant for the other host.`,
  source: 'IEEE 802.1AX, clause 6.4.14, selection logic',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:3"}}
    #                                           ^^^^^^^ eth1 ends at 3 of sw1, which is in the LAG of s2 bond0
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}}
      s2:
        ports: {eth0: {to: "sw1:2"}, eth1: {to: "sw1:4"}}
    #                      ^^^^^^^ eth0 ends at 2 of sw1, which is in the LAG of s1 bond0
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 2}}
    switches:
      sw1:
        platform: aruba-aos-s
        lags: {"1": {ports: ["1", "2"]}, "2": {ports: ["3", "4"]}}
    `,
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:3"}, ipmi0: {to: "sw1:2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1]}}
    switches:
      sw1:
        platform: aruba-aos-s
        lags:
          "1": {ports: ["1", "2", "3"]}
    #                        ^^^ 2 of sw1 is in the LAG of s1 bond0 and leads to s1 ipmi0
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports:
          eth0: { to: "sw1:1" }
          eth1: { to: "sw1:2" }
          ipmi0: { to: "sw1:3" }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    switches:
      sw1: { platform: aruba-aos-s, lags: { "1": { ports: ["1", "2"] } } }
    `,
  ],
  *check(intent) {
    const { pairings, seats, cables: ofBox } = pairsOf(intent)
    for (const { host, bond, box, lag, cables } of pairings) {
      if (neededBy(bond) === 'plain') continue
      for (const { device, port, at } of cables) {
        const seat = seats.get(box.name)?.get(port)
        if (seat?.bond === undefined || seat === lag) continue
        yield {
          at,
          message: `${device.name} ends at ${port} of ${box.name}, which is in the LAG of ${seat.bond.host} ${seat.bond.name}`,
          help: 'move the cable, or correct what the intent says of it',
          related: [{ message: `LAG ${seat.number}`, at: valueOf(seat, 'ports') }],
        }
      }
      if (!saidBySwitch(lag, 'ports')) continue
      for (const { name, at } of lag.ports) {
        const cable = ofBox.get(box.name)?.get(name)
        if (cable === undefined || cable.bond === bond) continue
        // The member of another LAG is told of above, from its own end.
        if (cable.bond !== undefined && neededBy(cable.bond) !== 'plain') continue
        yield {
          at,
          message: `${name} of ${box.name} is in the LAG of ${host.name} ${bond.name} and leads to ${cable.host.name} ${cable.device.name}`,
          help: `take ${name} out of the LAG, or correct where its cable leads`,
          related: [{ message: 'the cable', at: cable.at }],
        }
      }
    }
  },
}
