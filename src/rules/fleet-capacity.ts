import type { Bond } from '../intent/intent.ts'
import { valueOf } from '../intent/intent.ts'
import { type End, type Hope, hopesOf, rate, titleOf } from './hope.ts'
import type { Rule } from './rule.ts'
import { modeOf } from './support.ts'

export const rule: Rule = {
  id: 'fleet-capacity',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'What is expected of a bond in sum is more than its members carry.',
  why: `Each row of traffic may be possible alone. Together they share the members of the bond that they have in common,
and each direction has its own sum.`,
  source: 'arithmetic; linux Documentation/networking/bonding.rst, section 12',
  bad: [
    `
    hosts:
      store:
        ports: {eth0: {speed: 10G}, eth1: {speed: 10G}}
        bonds:
          bond0: {mode: 802.3ad, members: [eth0, eth1]}
    #                                     ^^^^^^^^^^^^ store bond0 carries 20G in sum, and 24G is expected to leave by it
      s1: {ports: {eth0: {speed: 25G}}}
      s2: {ports: {eth0: {speed: 25G}}}
    traffic:
      - {from: store, to: s1, streams: 100, expect: 12G}
      - {from: store, to: s2, streams: 100, expect: 12G}
    `,
  ],
  good: [
    `
    # One leaves, the other arrives.
    hosts:
      store:
        ports: {eth0: {speed: 10G}, eth1: {speed: 10G}}
        bonds: {bond0: {mode: 802.3ad, members: [eth0, eth1]}}
      s1: {ports: {eth0: {speed: 25G}}}
      s2: {ports: {eth0: {speed: 25G}}}
    traffic:
      - {from: store, to: s1, streams: 100, expect: 12G}
      - {from: s2, to: store, streams: 100, expect: 12G}
    `,
  ],
  *check(intent) {
    for (const way of ['from', 'to'] as const) {
      const sums = new Map<Bond, { readonly end: End; readonly hopes: Hope[] }>()
      for (const hope of hopesOf(intent)) {
        const end = hope[way]
        if (end.bond === undefined) continue
        const sum = sums.get(end.bond) ?? { end, hopes: [] }
        sum.hopes.push(hope)
        sums.set(end.bond, sum)
      }
      for (const [bond, { end, hopes }] of sums) {
        const carriedMbps = carried(end, way)
        const sumMbps = hopes.reduce((sum, { expectMbps }) => sum + expectMbps, 0)
        if (carriedMbps === undefined || sumMbps <= carriedMbps) continue
        // What is too much alone is sum-of-links-as-capacity.
        if (hopes.some(({ expectMbps }) => expectMbps > carriedMbps)) continue
        yield {
          at: valueOf(bond, 'members'),
          message: `${titleOf(end)} carries ${rate(carriedMbps)} in sum, and ${rate(sumMbps)} is expected to ${way === 'from' ? 'leave by it' : 'arrive by it'}`,
          help: 'expect less, or use more or faster members',
          related: hopes.slice(0, 4).map(({ at, expectMbps }) => ({ message: rate(expectMbps), at })),
        }
      }
    }
  },
}

/** balance-tlb receives on one member. */
const carried = ({ bond, portMbps, sumMbps }: End, way: 'from' | 'to'): number | undefined =>
  way === 'to' && bond !== undefined && modeOf(bond) === 'balance-tlb' ? portMbps : sumMbps
