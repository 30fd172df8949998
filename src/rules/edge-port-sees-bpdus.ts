import { valueOf } from '../intent/intent.ts'
import { pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'
import { bridgesOver } from './support.ts'

export const rule: Rule = {
  id: 'edge-port-sees-bpdus',
  severity: 'warning',
  about: { bridge: ['stp'] },
  summary: 'The switch takes for an end station what speaks spanning tree.',
  why: `An edge port forwards at once, because nothing behind it can close a loop. A bridge with spanning tree behind
it sends BPDUs: with a guard the port is shut at the first of them, without one it stops being an edge port, and until
then a loop goes round.`,
  source: 'IEEE 802.1Q, clause 13.27, AdminEdge and AutoEdge; linux net/bridge/br_stp.c',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:Ethernet1"}, eth1: {to: "sw1:Ethernet2"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}}
        bridges:
          br0: {ports: [bond0], stp: true}
    #                                ^^^^ sends BPDUs to LAG 1 of sw1, which is an edge port
    switches:
      sw1: {platform: arista-eos}
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:Ethernet1" }, eth1: { to: "sw1:Ethernet2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1 } }
        bridges: { br0: { ports: [bond0], stp: true } }
    switches: { sw1: { platform: arista-eos, lags: { "1": { edge: false } } } }
    `,
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:Ethernet1" }, eth1: { to: "sw1:Ethernet2" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], lag: 1 } }
        bridges: { br0: { ports: [bond0] } }
    switches: { sw1: { platform: arista-eos } }
    `,
  ],
  *check(intent) {
    for (const { host, bond, box, lag } of pairsOf(intent).pairings) {
      if (!lag.options.edge) continue
      for (const { bridge } of bridgesOver(host, bond)) {
        if (bridge.options.stp !== true) continue
        yield {
          at: valueOf(bridge, 'stp'),
          message: `${host.name} ${bridge.name} sends BPDUs to LAG ${lag.number} of ${box.name}, which is an edge port`,
          help: 'say edge: false for the LAG, or stp: false for the bridge where it can close no loop',
          related: [{ message: 'the LAG', at: valueOf(lag, 'edge') }],
        }
      }
    }
  },
}
