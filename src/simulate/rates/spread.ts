// What flows get where some of their choices of a link are not known. A hash that is known by its fields only throws
// each class of equal fields on one of n links, all links alike and each class for itself: a draw. Here every outcome of
// all draws is gone through with its probability, never a sample of them: flows that draw alike are counted, not told
// apart, so that K flows over W ways are C(K+W-1, W-1) outcomes and not W^K. Past a stated number of outcomes bounds are
// given instead. How flows get their ways, and what is drawn, is the caller's; the fair share is max-min.ts's.

import { type FlowClass, maxMin } from './max-min.ts'

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

/** 8 flows over 8 ways are 6435 outcomes, 16 are 245157. */
export const usualOutcomes = 250_000

/** Goes through all outcomes, or bounds them. */
export function spread(question: Question): Spread {
  const { groups, maxOutcomes = usualOutcomes } = question
  const explored = groups.map(group => explore(group, new Map()))
  const ways = explored.map(({ likely }) => likely)
  const shared = new Map<string, number>()
  for (const { draws } of explored) for (const { key, size, own } of draws) if (!own) shared.set(key, size)
  const combinations = [...shared.values()].reduce((product, size) => product * size, 1)
  if (combinations > maxOutcomes || explored.some(({ whole }) => !whole))
    return bounds(question, ways, combinations)
  const cases: Case[] = []
  let outcomes = 0
  for (const fixed of assignments([...shared])) {
    const left = groups.map(group => explore(group, fixed).likely)
    const sets = alike(question, left)
    const number = sets.reduce(
      (product, set) => product * compositions(countOf(groups, set), left[set[0] ?? 0]?.length ?? 1),
      1,
    )
    outcomes += number
    if (outcomes > maxOutcomes)
      return bounds(question, ways, Math.round(outcomes * (combinations / (cases.length + 1))))
    cases.push({ ways: left, sets })
  }
  const tally = new Tally(question)
  for (const one of cases) tally.count(one, 1 / combinations)
  return tally.result(outcomes, ways)
}

/** One assignment of the shared draws. */
interface Case {
  readonly ways: readonly (readonly Likely[])[]
  /** Groups, by index, whose flows are counted together. */
  readonly sets: readonly (readonly number[])[]
}

/** How many ways there are to put `flows` into `ways` classes. */
function compositions(flows: number, ways: number): number {
  let number = 1
  for (let at = 1; at < ways; at++) number = (number * (flows + at)) / at
  return Math.round(number)
}

const countOf = (groups: readonly Group[], set: readonly number[]): number =>
  set.reduce((sum, index) => sum + (groups[index]?.count ?? 0), 0)

/** Single flows that can go the same ways, each by its own draws, are counted and not told apart. */
function alike(
  { groups, sums }: Question,
  ways: readonly (readonly Likely[])[],
): readonly (readonly number[])[] {
  const sets = new Map<string, number[]>()
  // A sum over some of them would depend on which ones; over one it is the flow's, over all it is the set's.
  const partial = groups.map((): number[] => [])
  for (const [at, sum] of sums.entries())
    if (sum.length > 1) for (const index of new Set(sum)) partial[index]?.push(at)
  for (const [index, { count, payload, limit }] of groups.entries()) {
    const name =
      count === 1
        ? `${payload} ${limit} ${partial[index]?.join()} ${JSON.stringify(ways[index])}`
        : `group ${index}`
    const known = sets.get(name)
    if (known === undefined) sets.set(name, [index])
    else known.push(index)
  }
  return [...sets.values()]
}

/** More leaves than this, and even a single flow's ways are not gone through. */
const maxLeaves = 20_000

interface Explored {
  readonly likely: readonly Likely[]
  readonly draws: readonly Draw[]
  readonly whole: boolean
}

/** Every way that a flow may take when `fixed` draws are decided, equal ways joined. */
function explore(group: Group, fixed: ReadonlyMap<string, number>): Explored {
  const found = new Map<string, { way: Way; probability: number }>()
  const draws = new Map<string, Draw>()
  let script: { draw: Draw; value: number }[] = []
  for (let leaves = 0; leaves < maxLeaves; leaves++) {
    const made: { draw: Draw; value: number }[] = []
    const drawn = new Map<string, number>()
    const way = group.way(draw => {
      const known = fixed.get(draw.key) ?? drawn.get(draw.key)
      if (known !== undefined) return known
      const value = script[made.length]?.value ?? 0
      made.push({ draw, value })
      drawn.set(draw.key, value)
      draws.set(draw.key, draw)
      return value
    })
    const probability = made.reduce((product, { draw }) => product / draw.size, 1)
    const name = JSON.stringify(way)
    const known = found.get(name)
    if (known === undefined) found.set(name, { way, probability })
    else known.probability += probability
    while (made.length > 0 && (made.at(-1)?.value ?? 0) + 1 >= (made.at(-1)?.draw.size ?? 1)) made.pop()
    const last = made.at(-1)
    if (last === undefined) return { likely: [...found.values()], draws: [...draws.values()], whole: true }
    last.value++
    script = made
  }
  return { likely: [...found.values()], draws: [...draws.values()], whole: false }
}

/** Every assignment of the shared draws. */
function* assignments(
  shared: readonly (readonly [string, number])[],
): Generator<ReadonlyMap<string, number>> {
  const values = shared.map(() => 0)
  for (;;) {
    yield new Map(shared.map(([key], at) => [key, values[at] ?? 0]))
    let at = 0
    while (at < shared.length) {
      const next = (values[at] ?? 0) + 1
      if (next < (shared[at]?.[1] ?? 1)) {
        values[at] = next
        break
      }
      values[at] = 0
      at++
    }
    if (at === shared.length) return
  }
}

/** Every way to put `flows` into classes of these probabilities, with its own (the multinomial distribution). */
function* occupations(
  flows: number,
  probabilities: readonly number[],
): Generator<{ readonly counts: readonly number[]; readonly probability: number }> {
  const counts = probabilities.map(() => 0)
  function* place(at: number, left: number, probability: number): Generator<number> {
    if (at === counts.length - 1) {
      counts[at] = left
      yield probability * (probabilities[at] ?? 1) ** left
      return
    }
    let factor = probability
    for (let here = 0; here <= left; here++) {
      counts[at] = here
      yield* place(at + 1, left - here, factor)
      factor *= ((left - here) / (here + 1)) * (probabilities[at] ?? 0)
    }
  }
  for (const probability of place(0, flows, 1)) yield { counts, probability }
}

class Range {
  least = Number.POSITIVE_INFINITY
  expected = 0
  most = 0

  add(value: number, probability: number): void {
    if (value < this.least) this.least = value
    if (value > this.most) this.most = value
    this.expected += value * probability
  }

  figures(): Figures {
    const least = this.least === Number.POSITIVE_INFINITY ? 0 : this.least
    // The sum of the probabilities is 1 but for rounding.
    return { least, expected: Math.min(this.most, Math.max(least, this.expected)), most: this.most }
  }
}

interface Placed extends FlowClass {
  count: number
  readonly set: number
  readonly lost: boolean
}

/** Collects least, expected and most over the outcomes. */
class Tally {
  readonly #question: Question
  readonly #flows: readonly Range[]
  readonly #sums: readonly Range[]
  readonly #links: readonly Range[]
  readonly #loads: Float64Array
  /** By group, the sums that are over it alone. */
  readonly #alone = new Map<number, number[]>()

  constructor(question: Question) {
    this.#question = question
    for (const [at, [only, ...more]] of question.sums.entries())
      if (only !== undefined && more.length === 0)
        this.#alone.set(only, [...(this.#alone.get(only) ?? []), at])
    this.#flows = question.groups.map(() => new Range())
    this.#sums = question.sums.map(() => new Range())
    this.#links = question.capacities.map(() => new Range())
    this.#loads = new Float64Array(question.capacities.length)
  }

  /** All outcomes of one assignment of the shared draws. */
  count({ ways, sets }: Case, probability: number): void {
    const { groups } = this.#question
    const classes: Placed[] = []
    const parts = sets.map((set, at) => {
      const first = set[0] ?? 0
      const { limit } = groups[first] ?? {}
      const likely = ways[first] ?? []
      const own = likely.map(({ way }): Placed => {
        const links = way.lost ? [] : way.hops.flatMap(hop => hop.links)
        const shares = way.lost ? [] : way.hops.flatMap(hop => hop.shares)
        return { count: 0, links, shares, set: at, lost: way.lost, ...(limit !== undefined && { limit }) }
      })
      classes.push(...own)
      return { own, flows: countOf(groups, set), probabilities: likely.map(one => one.probability) }
    })
    const walk = (at: number, chance: number): void => {
      const part = parts[at]
      if (part === undefined) {
        this.#outcome(classes, sets, chance)
        return
      }
      for (const occupied of occupations(part.flows, part.probabilities)) {
        for (const [index, one] of part.own.entries()) one.count = occupied.counts[index] ?? 0
        walk(at + 1, chance * occupied.probability)
      }
    }
    walk(0, probability)
  }

  #outcome(classes: readonly Placed[], sets: readonly (readonly number[])[], probability: number): void {
    const { groups, capacities, sums } = this.#question
    const rates = maxMin(
      classes.map(one => (one.lost ? { ...one, count: 0 } : one)),
      capacities,
    )
    const payloads = new Float64Array(sets.length)
    const onLinks = new Float64Array(capacities.length)
    for (const [index, one] of classes.entries()) {
      if (one.count === 0) continue
      const set = sets[one.set] ?? []
      const payload = groups[set[0] ?? 0]?.payload ?? 1
      const rate = one.lost ? 0 : (rates[index] ?? 0)
      const flows = countOf(groups, set)
      for (const group of set) this.#flows[group]?.add(rate * payload, (probability * one.count) / flows)
      if (set.length > 1) this.#singles(set, rate * payload, (probability * one.count) / flows)
      payloads[one.set] = (payloads[one.set] ?? 0) + one.count * rate * payload
      for (const [at, link] of one.links.entries()) {
        const amount = one.count * rate * (one.shares[at] ?? 1)
        onLinks[link] = (onLinks[link] ?? 0) + amount * payload
        this.#loads[link] = (this.#loads[link] ?? 0) + (probability * amount) / (capacities[link] ?? 1)
      }
    }
    for (const [link, range] of this.#links.entries()) range.add(onLinks[link] ?? 0, probability)
    const setOf = new Map(sets.flatMap((set, index) => set.map(group => [group, index] as const)))
    for (const [at, range] of this.#sums.entries()) {
      const wanted = sums[at] ?? []
      const inside = [...new Set(wanted.flatMap(group => setOf.get(group) ?? []))].sort((a, b) => a - b)
      if (wanted.length === 1 && inside.some(index => (sets[index]?.length ?? 0) > 1)) continue
      range.add(
        inside.reduce((sum, index) => sum + (payloads[index] ?? 0), 0),
        probability,
      )
    }
  }

  /** The sums over one flow alone, of flows that are counted together. */
  #singles(set: readonly number[], rate: number, probability: number): void {
    for (const group of set)
      for (const at of this.#alone.get(group) ?? []) this.#sums[at]?.add(rate, probability)
  }

  result(outcomes: number, ways: readonly (readonly Likely[])[]): Spread {
    return {
      how: outcomes === 1 ? 'certain' : 'exact',
      outcomes,
      flows: this.#flows.map(range => range.figures()),
      sums: this.#sums.map(range => range.figures()),
      links: this.#links.map(range => range.figures()),
      loads: this.#loads,
      ways,
    }
  }
}

/** What holds whatever the draws give: see `Spread.how`. */
function bounds(
  { groups, capacities, sums }: Question,
  ways: readonly (readonly Likely[])[],
  outcomes: number,
): Spread {
  const pressure = new Float64Array(capacities.length)
  const use = groups.map((group, at) => usesOf(group, ways[at] ?? []))
  for (const { most } of use)
    for (const [link, amount] of most) pressure[link] = (pressure[link] ?? 0) + amount
  const flows = groups.map((group, at): Figures => {
    const rates = (ways[at] ?? []).map(({ way, probability }) => {
      const links = way.hops.flatMap(hop =>
        hop.links.map((link, on) => ({ link, share: hop.shares[on] ?? 1 })),
      )
      const alone = Math.min(
        group.limit ?? Number.POSITIVE_INFINITY,
        ...links.map(({ link, share }) => (capacities[link] ?? 0) / share),
      )
      // Max-min never gives a flow less than an equal part of its fullest link.
      const crowded = Math.min(
        group.limit ?? Number.POSITIVE_INFINITY,
        ...links.map(({ link }) => (capacities[link] ?? 0) / (pressure[link] ?? 1)),
      )
      return way.lost ? { alone: 0, crowded: 0, probability } : { alone, crowded, probability }
    })
    const most = Math.max(0, ...rates.map(({ alone }) => alone)) * group.payload
    const least = Math.min(...rates.map(({ crowded }) => crowded)) * group.payload
    const mean = rates.reduce((sum, { alone, probability }) => sum + alone * probability, 0) * group.payload
    const together = sumBound(use[at], group, capacities)
    return { least, most, expected: Math.max(least, Math.min(mean, together.expected / group.count)) }
  })
  const all = sums.map((set): Figures => {
    const parts = set.map(index => {
      const { least = 0, expected = 0, most = 0 } = flows[index] ?? {}
      const { count = 0 } = groups[index] ?? {}
      const bound = groups[index] === undefined ? undefined : sumBound(use[index], groups[index], capacities)
      return {
        least: least * count,
        expected: Math.min(expected * count, bound?.expected ?? Number.POSITIVE_INFINITY),
        most: Math.min(most * count, bound?.most ?? Number.POSITIVE_INFINITY),
      }
    })
    const plus = (key: keyof Figures): number => parts.reduce((sum, part) => sum + part[key], 0)
    // Several groups share their links as well: their first and last hops together bound the sum.
    const common = commonBound(set, use, groups, capacities)
    return {
      least: plus('least'),
      expected: Math.min(plus('expected'), common.expected),
      most: Math.min(plus('most'), common.most),
    }
  })
  const payloads = new Float64Array(capacities.length)
  const unused = new Float64Array(capacities.length).fill(1)
  for (const [at, { payload, count }] of groups.entries())
    for (const [link, chance] of use[at]?.chance ?? []) {
      payloads[link] = Math.max(payloads[link] ?? 0, payload)
      unused[link] = (unused[link] ?? 1) * (1 - chance) ** count
    }
  const links = capacities.map((capacity, link): Figures => {
    const most = capacity * (payloads[link] ?? 0)
    return { least: 0, expected: most * (1 - (unused[link] ?? 1)), most }
  })
  const loads = Float64Array.from(links.map(({ expected, most }) => (most === 0 ? 0 : expected / most)))
  return { how: 'bounds', outcomes, flows, sums: all, links, loads, ways }
}

interface Uses {
  /** How much of a link's rate all flows of the group take when all of them are on it. */
  readonly most: ReadonlyMap<number, number>
  /** With which probability one flow is on a link, dropped ones left out. */
  readonly chance: ReadonlyMap<number, number>
  /** The links that may be taken at each hop that every way has. */
  readonly stages: readonly ReadonlyMap<number, number>[]
}

function usesOf({ count }: Group, likely: readonly Likely[]): Uses {
  const most = new Map<number, number>()
  const chance = new Map<number, number>()
  const alive = likely.filter(({ way }) => !way.lost)
  const depth = Math.min(...alive.map(({ way }) => way.hops.length))
  const stages = Array.from({ length: alive.length === 0 ? 0 : depth }, () => new Map<number, number>())
  for (const { way, probability } of alive) {
    for (const [at, hop] of way.hops.entries()) {
      for (const [on, link] of hop.links.entries()) {
        const share = hop.shares[on] ?? 1
        most.set(link, Math.max(most.get(link) ?? 0, share * count))
        chance.set(link, (chance.get(link) ?? 0) + probability)
        stages[at]?.set(link, Math.max(stages[at]?.get(link) ?? 0, 1 / share))
      }
    }
  }
  return { most, chance, stages }
}

/** What the links of the narrowest hop can carry, in payload; in expectation only those count that a flow is on. */
function sumBound(
  use: Uses | undefined,
  group: Group,
  capacities: readonly number[],
): { expected: number; most: number } {
  if (use === undefined || use.stages.length === 0) return { expected: 0, most: 0 }
  const each = use.stages.map(stage => {
    let most = 0
    let expected = 0
    for (const [link, perShare] of stage) {
      // Of copies only one counts; of packets dealt in turn each link carries others.
      const capacity = (capacities[link] ?? 0) * Math.min(1, perShare)
      most += capacity
      expected += capacity * (1 - (1 - Math.min(1, use.chance.get(link) ?? 0)) ** group.count)
    }
    return { most, expected }
  })
  return {
    most: Math.min(...each.map(({ most }) => most)) * group.payload,
    expected: Math.min(...each.map(({ expected }) => expected)) * group.payload,
  }
}

/** The same for several groups: what their first hops, and what their last hops, carry together. */
function commonBound(
  set: readonly number[],
  use: readonly Uses[],
  groups: readonly Group[],
  capacities: readonly number[],
): { expected: number; most: number } {
  const payload = Math.max(0, ...set.map(index => groups[index]?.payload ?? 0))
  const ends = [0, -1].map(end => {
    const unused = new Map<number, number>()
    for (const index of set) {
      const { stages = [], chance = new Map<number, number>() } = use[index] ?? {}
      for (const link of stages.at(end)?.keys() ?? []) {
        const free = (1 - Math.min(1, chance.get(link) ?? 0)) ** (groups[index]?.count ?? 0)
        unused.set(link, (unused.get(link) ?? 1) * free)
      }
    }
    let most = 0
    let expected = 0
    for (const [link, free] of unused) {
      most += (capacities[link] ?? 0) * payload
      expected += (capacities[link] ?? 0) * payload * (1 - free)
    }
    return { most, expected }
  })
  return {
    most: Math.min(...ends.map(({ most }) => most)),
    expected: Math.min(...ends.map(({ expected }) => expected)),
  }
}
