import { partOf, valueOf } from '../intent/intent.ts'
import { arePair, pairsOf, saidBySwitch } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'mlag-system-id-differs',
  severity: 'error',
  about: { switch: ['mlag'] },
  summary: 'The switches of a pair do not present themselves as one LACP system.',
  why: `A host puts ports together that lead to one system with one key. With different domains the pair does not form
at all, with different keys or priorities the host sees two partners and uses the ports to one of them.`,
  source: 'IEEE 802.1AX-2014, clause 9; linux drivers/net/bonding/bond_3ad.c, ad_port_selection_logic()',
  bad: [
    `
    switches:
      sw1: {platform: cisco-nxos, mlag: {peer: sw2, domain: 10}}
      sw2:
        platform: cisco-nxos
        mlag: {peer: sw1, domain: 20}
    #                             ^^ sw2 is in domain 20, and its peer sw1 in 10
    `,
    `
    hosts:
      s1:
        ports: {eth0: {to: "sw1:Ethernet1"}, eth1: {to: "sw2:Ethernet1"}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1], lag: 1}}
    switches:
      sw1: {platform: arista-eos, mlag: {peer: sw2}, lags: {"1": {key: 100}}}
      sw2:
        platform: arista-eos
        mlag: {peer: sw1}
        lags:
          "1": {key: 200}
    #                ^^^ key 200 on sw2 and 100 on sw1
    `,
  ],
  good: [
    `
    switches:
      sw1: { platform: cisco-nxos, mlag: { peer: sw2, domain: 10 } }
      sw2: { platform: cisco-nxos, mlag: { peer: sw1, domain: 10 } }
    `,
  ],
  *check(intent) {
    const { boxes, byBond } = pairsOf(intent)
    const seen = new Set<string>()
    for (const box of boxes.values()) {
      seen.add(box.name)
      const other = boxes.get(box.options.mlag?.peer ?? '')
      if (other === undefined || !arePair(box, other) || !seen.has(other.name)) continue
      const [here, there] = [box.options.mlag?.domain, other.options.mlag?.domain]
      if (here === undefined || there === undefined || here === there) continue
      yield {
        at: partOf(box, 'mlag', 'domain'),
        message: `${box.name} is in domain ${here}, and its peer ${other.name} in ${there}: they are no pair`,
        help: 'say the same domain for both',
        related: [{ message: 'the peer', at: partOf(other, 'mlag', 'domain') }],
      }
    }
    for (const [bond, [first, ...rest]] of byBond) {
      if (first === undefined) continue
      for (const { host, box, lag } of rest) {
        if (!arePair(first.box, box)) continue
        for (const id of ['key', 'system-priority'] as const) {
          const [here, there] = [lag.options[id], first.lag.options[id]]
          if (here === there || !saidBySwitch(here === undefined ? first.lag : lag, id)) continue
          const at = here === undefined ? valueOf(first.lag, id) : valueOf(lag, id)
          yield {
            at,
            message: `the LAG of ${host.name} ${bond.name} has ${id} ${here ?? 'unset'} on ${box.name} and ${there ?? 'unset'} on ${first.box.name}: the host sees two partners`,
            help: 'say the same on both switches',
          }
        }
      }
    }
  },
}
