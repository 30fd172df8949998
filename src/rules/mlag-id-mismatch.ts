import { valueOf } from '../intent/intent.ts'
import { arePair, neededBy, pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'mlag-id-mismatch',
  severity: 'error',
  about: { switch: ['mlag'] },
  summary: 'The LAG of one bond has different numbers on the two switches of a pair.',
  why: `The switches of a pair know by the number which of their LAGs belong together. With two numbers they are two
LAGs, and the host uses one of them.`,
  source: 'Arista EOS User Manual, MLAG; Cisco Nexus 9000 Interfaces Configuration Guide, vPC',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:Ethernet1"}, eth1: {to: "sw2:Ethernet1"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1]}}
    switches:
      sw1:
        platform: arista-eos
        mlag: {peer: sw2}
        lags:
          "1": {ports: [Ethernet1]}
      sw2:
        platform: arista-eos
        mlag: {peer: sw1}
        lags:
          "2": {ports: [Ethernet1]}
    #     ^^^ the LAG of s1 bond0 is 2 on sw2 and 1 on sw1
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { to: "sw1:Ethernet1" }, eth1: { to: "sw2:Ethernet7" } }
        bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1] } }
    switches:
      sw1: { platform: arista-eos, mlag: { peer: sw2 } }
      sw2: { platform: arista-eos, mlag: { peer: sw1 } }
    `,
  ],
  *check(intent) {
    for (const [bond, [first, ...rest]] of pairsOf(intent).byBond) {
      if (first === undefined || neededBy(bond) === 'plain') continue
      for (const { host, box, lag } of rest) {
        if (!arePair(first.box, box) || lag.number === first.lag.number) continue
        yield {
          at: { path: lag.path, part: 'key' },
          message: `the LAG of ${host.name} ${bond.name} is ${lag.number} on ${box.name} and ${first.lag.number} on ${first.box.name}: they are not one`,
          help: `say lag: ${first.lag.number} for ${bond.name}, and the same number on both switches`,
          related: [{ message: `on ${first.box.name}`, at: valueOf(first.lag, 'ports') }],
        }
      }
    }
  },
}
