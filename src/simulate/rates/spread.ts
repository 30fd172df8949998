// What flows get where some of their choices of a link are not known. A hash that is known by its fields only throws
// each class of equal fields on one of n links, all links alike and each class for itself: a draw. Here every outcome of
// all draws is gone through with its probability, never a sample of them: flows that draw alike are counted, not told
// apart, so that K flows over W ways are C(K+W-1, W-1) outcomes and not W^K. Past a stated number of outcomes bounds are
// given instead. How flows get their ways, and what is drawn, is the caller's; the fair share is max-min.ts's.

import { bounds } from './bounds.ts'
import {
  countOf,
  type Draw,
  type Group,
  type Likely,
  type Question,
  type Spread,
  type Way,
} from './question.ts'
import { type Case, Tally } from './tally.ts'

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

/** How many ways there are to put `flows` into `ways` classes. */
function compositions(flows: number, ways: number): number {
  let number = 1
  for (let at = 1; at < ways; at++) number = (number * (flows + at)) / at
  return Math.round(number)
}

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
