import { nameOf, valueOf } from '../intent/intent.ts'
import type { SwitchPlan } from '../intent/partner.ts'
import { fieldsSeen } from './hope.ts'
import { type Link, linksOf, pairsOf } from './pair.ts'
import type { Rule } from './rule.ts'

export const rule: Rule = {
  id: 'hash-polarization',
  severity: 'note',
  about: { lag: ['to'] },
  summary: 'Two switches in a row choose by the same hash.',
  why: `Where a LAG ends at a pair, each switch of the pair gets only the flows that the first hash chose for it. If it
chooses by the same hash again, all of them fall on the same ports, and the others stay empty.`,
  source: 'sonic-net/sonic-buildimage issues 4185, 5681 and 19218',
  bad: [
    `
    switches:
      leaf:
        platform: arista-eos
        lags: {"1": {ports: [Ethernet1, Ethernet2], to: "spine1:1", mlag: true}}
      spine1:
    # ^^^^^^ leaf and spine1 choose by the same fields
        platform: arista-eos
        mlag: {peer: spine2}
        lags:
          "1": {ports: [Ethernet1]}
          "9": {ports: [Ethernet9, Ethernet10], to: "core:1"}
      spine2: {platform: arista-eos, mlag: {peer: spine1}}
      core: {platform: arista-eos, lags: {"1": {ports: [Ethernet1, Ethernet2]}}}
    `,
  ],
  good: [
    `
    switches:
      leaf:
        platform: arista-eos
        lags:
          "1": { ports: [Ethernet1, Ethernet2], to: "spine1:1", mlag: true }
      spine1:
        platform: arista-eos
        load-balance: layer2+3
        mlag: { peer: spine2 }
        lags:
          "1": { ports: [Ethernet1] }
          "9": { ports: [Ethernet9, Ethernet10], to: "core:1" }
      spine2: { platform: arista-eos, mlag: { peer: spine1 } }
      core:
        platform: arista-eos
        lags: { "1": { ports: [Ethernet1, Ethernet2] } }
    `,
    `
    # One switch sees all flows again.
    switches:
      leaf:
        platform: arista-eos
        lags: { "1": { ports: [Ethernet1, Ethernet2], to: "spine1:1" } }
      spine1:
        platform: arista-eos
        lags:
          "1": { ports: [Ethernet1, Ethernet2] }
          "9": { ports: [Ethernet9, Ethernet10], to: "core:1" }
      core:
        platform: arista-eos
        lags: { "1": { ports: [Ethernet1, Ethernet2] } }
    `,
  ],
  *check(intent) {
    const links = linksOf(pairsOf(intent))
    const onwards = new Map<string, Link>()
    for (const link of links) if (!onwards.has(link.box.name)) onwards.set(link.box.name, link)
    for (const { box, lag, other } of links) {
      const next = onwards.get(other.name)
      const paired = other.options.mlag !== undefined && other.options.mlag.peer !== box.name
      if (next === undefined || next.other === box || next.other.name === other.options.mlag?.peer) continue
      if (!paired || lag.ports.length < 2 || next.lag.ports.length < 2 || !alike(box, other)) continue
      yield {
        at: other.options['load-balance'] === undefined ? nameOf(other) : valueOf(other, 'load-balance'),
        message: `${box.name} and ${other.name} choose by the same fields: what LAG ${lag.number} of ${box.name} sends to ${other.name} may all fall on one port of LAG ${next.lag.number}`,
        help: 'say another load-balance for one of them, or give them different hash seeds',
        related: [{ message: 'the first choice', at: valueOf(lag, 'to') }],
      }
    }
  },
}

const alike = (a: SwitchPlan, b: SwitchPlan): boolean =>
  a.platform.id === b.platform.id &&
  [...fieldsSeen(a).sees].sort().join(' ') === [...fieldsSeen(b).sees].sort().join(' ') &&
  fieldsSeen(a).sees.length > 0
