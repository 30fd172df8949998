// Goes through all outcomes of one assignment of shared draws, each with its probability, and keeps the least, the expected
// and the most of every figure.

import { type FlowClass, maxMin } from './max-min.ts'
import { countOf, type Figures, type Likely, type Question, type Spread } from './question.ts'

/** One assignment of the shared draws. */
export interface Case {
  readonly ways: readonly (readonly Likely[])[]
  /** Groups, by index, whose flows are counted together. */
  readonly sets: readonly (readonly number[])[]
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
export class Tally {
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
