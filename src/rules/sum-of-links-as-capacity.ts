import type { Intent } from '../intent/intent.ts'
import {
  coarsePolicy,
  coarseSwitches,
  type End,
  type Hope,
  hopesOf,
  rate,
  streamMbps,
  streamsOf,
  titleOf,
} from './hope.ts'
import type { Finding, Rule } from './rule.ts'
import { choosesByHash, modeOf } from './support.ts'

/** From so many streams for each member on, chance evens out. */
const enoughPerMember = 8

export const rule: Rule = {
  id: 'sum-of-links-as-capacity',
  severity: 'warning',
  about: { traffic: ['expect'] },
  summary: 'The sum of the members is expected, and will not be reached.',
  why: `A hash places streams as dice would. Of k members, N streams use k (1 - (1 - 1/k)^N) on average: two streams on
two members meet on one every other time. With eight streams and more for each member, all are used nearly always.
In active-backup one member carries all.`,
  source: 'arithmetic of uniform placement; linux Documentation/networking/bonding.rst, xmit_hash_policy',
  bad: [
    `
    hosts:
      s1:
        ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
      s2:
        ports: {eth0: {speed: 10G}}
      s3:
        ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
        bonds: {bond0: {mode: active-backup, members: [eth0, eth1]}}
    traffic:
      - {from: s1, to: s2, streams: 2, expect: 2G}
    #                                          ^^ 2 TCP streams use 1.5 of the 2 members of s1 bond0 on average, about 1.5G
      - {from: s1, to: s2, streams: 100, expect: 3G}
    #                                            ^^ s1 bond0 carries 2G in sum, and 3G is expected
      - {from: s2, to: s3, streams: 100, expect: 2G}
    #                                            ^^ s3 bond0 uses one member at a time, 1G, and 2G is expected
    `,
  ],
  good: [
    `
    hosts:
      s1:
        ports: { eth0: { speed: 1G }, eth1: { speed: 1G } }
        bonds:
          bond0:
            mode: 802.3ad
            xmit-hash-policy: layer3+4
            members: [eth0, eth1]
      s2:
        ports: { eth0: { speed: 10G } }
    traffic:
      - { from: s1, to: s2, streams: 16, expect: 2G }
      - { from: s1, to: s2, streams: 4, expect: 1G }
    `,
  ],
  *check(intent) {
    for (const hope of hopesOf(intent)) {
      const { from, to, streams, expectMbps } = hope
      const eachMbps = streamMbps(hope)
      const striped = from.bond !== undefined && modeOf(from.bond) === 'balance-rr'
      // One stream less than hoped for is single-flow-expectation.
      if (eachMbps !== undefined && !striped && expectMbps > streams * eachMbps) continue
      const finding = beyond(hope, from) ?? (receivesOnOne(to) ? undefined : beyond(hope, to))
      if (finding !== undefined) yield finding
      else yield* byChance(intent, hope)
    }
  },
}

/** What balance-tlb and balance-alb receive has rules of its own. */
const receivesOnOne = ({ bond }: End): boolean =>
  bond !== undefined && ['balance-tlb', 'balance-alb'].includes(modeOf(bond))

/** Too few streams for the members of either end; where a hash tells them not apart at all, other rules say so. */
function* byChance(intent: Intent, hope: Hope): Generator<Finding> {
  const { from, to } = hope
  const sends = from.bond !== undefined && choosesByHash(from.bond) && coarsePolicy(hope) === undefined
  const receives = !hope.direct && receivesByHash(to) && coarseSwitches(intent, hope).length === 0
  const finding = (sends ? scarce(hope, from) : undefined) ?? (receives ? scarce(hope, to) : undefined)
  if (finding !== undefined) yield finding
}

/** Whether another's hash chooses where an end receives. */
const receivesByHash = ({ bond }: End): boolean =>
  bond !== undefined && ['802.3ad', 'balance-xor', 'balance-rr'].includes(modeOf(bond))

function beyond({ at, expectMbps }: Hope, end: End): Finding | undefined {
  const { bond, sumMbps } = end
  if (bond === undefined || sumMbps === undefined || expectMbps <= sumMbps) return undefined
  const one = modeOf(bond) === 'active-backup' || modeOf(bond) === 'broadcast'
  const carries = one ? `uses one member at a time, ${rate(sumMbps)}` : `carries ${rate(sumMbps)} in sum`
  return {
    at,
    message: `${titleOf(end)} ${carries}, and ${rate(expectMbps)} is expected`,
    help: `expect ${rate(sumMbps)} at most, or use faster ports`,
    related: [{ message: 'its members', at: { path: [...bond.path, 'members'], part: 'value' } }],
  }
}

function scarce(hope: Hope, end: End): Finding | undefined {
  const { at, streams, expectMbps } = hope
  const { portMbps, sumMbps } = end
  if (portMbps === undefined || sumMbps === undefined) return undefined
  const members = Math.round(sumMbps / portMbps)
  if (members < 2) return undefined
  const used = members * (1 - (1 - 1 / members) ** streams)
  if (streams >= enoughPerMember * members) return undefined
  if (expectMbps < sumMbps && expectMbps <= used * portMbps) return undefined
  const shown = Math.min(used, members - 0.01)
    .toFixed(2)
    .replace(/0$/, '')
  return {
    at,
    message: `${streamsOf(hope)} use ${shown} of the ${members} members of ${titleOf(end)} on average, about ${rate(used * portMbps)}, and ${rate(expectMbps)} is expected`,
    help: `expect less, or send ${enoughPerMember * members} streams or more`,
  }
}
