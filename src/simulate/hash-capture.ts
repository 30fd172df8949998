// How captured traffic spreads over the members of a bond under each policy, in bytes, frames and flows, and which
// policy spreads it best. Frames are taken one by one and not kept; memory is bounded by the table of flows. The reader
// of files is pcap.ts.
//
// What is counted is what this host would send through a hashing bond (balance-xor, 802.3ad). A capture does not tell
// whether a packet carried a flow hash (encap3+4), nor whether a tag was beside the frame; both are options.

import { capturedWords, directionOf, flowIdentity, linkTypeLacks } from './frame-capture.ts'
import type { Unpredictable } from './frame-flow.ts'
import type { FrameWords } from './frame-words.ts'
import { type HashPolicy, xmitHash } from './hash.ts'
import { type Era, newestEra } from './hash-eras.ts'
import { flowSet } from './hash-flowset.ts'
import type { CapturedFrame } from './pcap-parts.ts'

export interface SpreadOptions {
  /** Numbers of members to try, each 1 to 256. */
  readonly members: readonly number[]
  readonly era?: Era
  /** See `HashQuestion`. */
  readonly flowHash?: 'absent' | 'possible'
  /** See `CaptureReading`. */
  readonly tags?: 'beside' | 'inside'
  /** `sent`: frames that the capture says were received do not count. Absent: sent. */
  readonly count?: 'sent' | 'all'
  /** The most flows that are told apart; absent: 1,048,576, for which 32 MB are enough. */
  readonly flowLimit?: number
}

export interface Amount {
  readonly frames: number
  /** Lengths on the wire, without preamble, checksum and gap. */
  readonly bytes: number
}

export interface Share extends Amount {
  /** Flows whose first counted frame went this way. */
  readonly flows: number
}

export interface PolicySpread {
  readonly policy: HashPolicy
  /** By index of the member. */
  readonly members: readonly Share[]
  /** What could not be placed, in all, and frames by reason. */
  readonly unplaced: Amount & { readonly why: Readonly<Partial<Record<Unpredictable, number>>> }
  /**
   * How many members' worth of rate the traffic gets before one member is full: all bytes over those of the busiest
   * member, 1 to the number of members. What could not be placed counts as if it all went to the busiest; 0 when
   * nothing was counted.
   */
  readonly worth: number
}

/** Policies for one number of members, best first; `simplest` says how equals are ordered. */
export interface Ranking {
  readonly members: number
  readonly policies: readonly PolicySpread[]
}

export interface CaptureSpread {
  readonly counted: Amount
  /** Not counted: received, sent by the ports themselves (LACP), and of link types that are not read. */
  readonly left: { readonly received: Amount; readonly slowProtocols: Amount; readonly unreadable: Amount }
  /** Link types met (64 at most), and what captures of them lack. */
  readonly linkTypes: readonly {
    readonly linkType: number
    readonly lacks: ReturnType<typeof linkTypeLacks>
  }[]
  readonly flows: {
    readonly told: number
    readonly limit: number
    /** Frames of flows first met when the table was full: their bytes are counted, their flows are not. */
    readonly beyond: Amount
  }
  /** From the earliest to the latest frame counted; undefined where no frame has a time. */
  readonly lastedMs: number | undefined
  readonly rankings: readonly Ranking[]
}

/**
 * Equals are ordered so that those come first that keep all frames of one conversation on one member, so that none
 * overtakes another (a fragment has no ports), and among them those that read less.
 */
export const simplest: readonly HashPolicy[] = [
  'layer2',
  'layer2+3',
  'vlan+srcmac',
  'encap2+3',
  'layer3+4',
  'encap3+4',
]

interface Counter {
  frames: number
  bytes: number
}

const counter = (): Counter => ({ frames: 0, bytes: 0 })

function addTo(count: Counter, frame: CapturedFrame): void {
  count.frames++
  count.bytes += frame.wholeLength
}

/** One policy: what could not be placed, and for each number of members who got what. */
interface Tally {
  readonly policy: HashPolicy
  readonly unplaced: Counter & { why: Partial<Record<Unpredictable, number>> }
  readonly shares: readonly (readonly (Counter & { flows: number })[])[]
}

const tallyOf = (policy: HashPolicy, counts: readonly number[]): Tally => ({
  policy,
  unplaced: { ...counter(), why: {} },
  shares: counts.map(members => Array.from({ length: members }, () => ({ ...counter(), flows: 0 }))),
})

function place(
  tally: Tally,
  frame: CapturedFrame,
  words: FrameWords,
  isNew: boolean,
  options: SpreadOptions,
): void {
  const { era = newestEra, flowHash = 'possible' } = options
  const answer = xmitHash({ policy: tally.policy, era, flowHash }, words)
  if (!answer.known) {
    addTo(tally.unplaced, frame)
    tally.unplaced.why[answer.why] = (tally.unplaced.why[answer.why] ?? 0) + 1
    return
  }
  for (const members of tally.shares) {
    const share = members[answer.hash % members.length]
    if (!share) continue
    addTo(share, frame)
    if (isNew) share.flows++
  }
}

function worthOf(members: readonly Share[], unplaced: Amount): number {
  const placed = members.reduce((sum, { bytes }) => sum + bytes, 0)
  const busiest = Math.max(...members.map(({ bytes }) => bytes)) + unplaced.bytes
  return busiest === 0 ? 0 : (placed + unplaced.bytes) / busiest
}

function rank(tallies: readonly Tally[], index: number, members: number): Ranking {
  const policies = tallies.map(({ policy, unplaced, shares }) => {
    const share = (shares[index] ?? []).map(each => ({ ...each }))
    return { policy, members: share, unplaced: { ...unplaced }, worth: worthOf(share, unplaced) }
  })
  return { members, policies: policies.toSorted((a, b) => b.worth - a.worth) }
}

export interface SpreadCounter {
  add(frame: CapturedFrame): void
  /** What has been counted so far. */
  result(): CaptureSpread
}

/** Counts how captured frames would spread. */
export function captureSpread(options: SpreadOptions): SpreadCounter {
  const { members, era = newestEra, tags = 'beside', count = 'sent' } = options
  const tallies = simplest.filter(policy => era.policies.has(policy)).map(policy => tallyOf(policy, members))
  const flows = flowSet(options.flowLimit ?? 2 ** 20)
  const counted = counter()
  const left = { received: counter(), slowProtocols: counter(), unreadable: counter() }
  const beyond = counter()
  const linkTypes = new Set<number>()
  let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

  function countFrame(frame: CapturedFrame, words: FrameWords): void {
    addTo(counted, frame)
    firstMs = Math.min(firstMs, frame.timeMs ?? firstMs)
    lastMs = Math.max(lastMs, frame.timeMs ?? lastMs)
    const meeting = flows.meet(flowIdentity(frame))
    if (meeting === 'full') addTo(beyond, frame)
    for (const tally of tallies) place(tally, frame, words, meeting === 'new', options)
  }

  return {
    add(frame) {
      if (linkTypes.size < 64) linkTypes.add(frame.linkType)
      const words = capturedWords(frame, { era, tags })
      if (!words) addTo(left.unreadable, frame)
      else if (count === 'sent' && directionOf(frame) === 'in') addTo(left.received, frame)
      else if (words.traits.slowProtocol) addTo(left.slowProtocols, frame)
      else countFrame(frame, words)
    },
    result: () => ({
      counted: { ...counted },
      left: {
        received: { ...left.received },
        slowProtocols: { ...left.slowProtocols },
        unreadable: { ...left.unreadable },
      },
      linkTypes: [...linkTypes].map(linkType => ({ linkType, lacks: linkTypeLacks(linkType) })),
      flows: { told: flows.size(), limit: flows.limit, beyond: { ...beyond } },
      lastedMs: lastMs >= firstMs ? lastMs - firstMs : undefined,
      rankings: members.map((number, index) => rank(tallies, index, number)),
    }),
  }
}
