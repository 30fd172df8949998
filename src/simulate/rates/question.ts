// What flows, links and choices are to spread.ts, and what comes of them.

/** A choice that is not known: one of `size` values, each as likely. */
export interface Draw {
  /** Draws with one key are one draw: they fall alike. */
  readonly key: string
  readonly size: number
  /** Whether each flow of a group draws for itself; else all that use the key share it. */
  readonly own: boolean
}

export type Decide = (draw: Draw) => number

/** The links that a flow takes at one node. */
export interface Hop {
  readonly links: readonly number[]
  /** What one unit of the flow's rate takes of each (max-min.ts). */
  readonly shares: readonly number[]
}

/** How a flow goes once all draws are decided. */
export interface Way {
  readonly hops: readonly Hop[]
  /** Whether its frames are dropped on the way. */
  readonly lost: boolean
}

/** Flows that differ in nothing but what they draw. */
export interface Group {
  /** 1 or more. */
  readonly count: number
  /** Pure: the same decisions give the same way. */
  way(decide: Decide): Way
  /** Payload per unit of line rate, which all figures of flows are multiplied with. */
  readonly payload: number
  readonly limit?: number
}

export interface Figures {
  readonly least: number
  readonly expected: number
  readonly most: number
}

export interface Spread {
  /**
   * `certain`: there is one outcome. `exact`: least, expected and most of all outcomes. `bounds`: least and most are
   * bounds, and expected is one that the expectation does not exceed.
   */
  readonly how: 'certain' | 'exact' | 'bounds'
  /** How many outcomes there are, flows that draw alike not told apart. */
  readonly outcomes: number
  /** Of one flow of each group. */
  readonly flows: readonly Figures[]
  /** Of all flows of a set of groups. */
  readonly sums: readonly Figures[]
  /** Payload on each link. */
  readonly links: readonly Figures[]
  /** The expected part of each link's line rate that is in use, 0 to 1; may reach above under `bounds`. */
  readonly loads: Float64Array
  /** Of each group, the ways that one of its flows may take, with their probabilities. */
  readonly ways: readonly (readonly Likely[])[]
}

export interface Likely {
  readonly way: Way
  readonly probability: number
}

export interface Question {
  readonly groups: readonly Group[]
  readonly capacities: readonly number[]
  /** Sets of groups, by index, whose sum is asked for. */
  readonly sums: readonly (readonly number[])[]
  /** Above this many outcomes bounds are given; default `usualOutcomes`. */
  readonly maxOutcomes?: number
}

/** How many flows some groups are together. */
export const countOf = (groups: readonly Group[], set: readonly number[]): number =>
  set.reduce((sum, index) => sum + (groups[index]?.count ?? 0), 0)
