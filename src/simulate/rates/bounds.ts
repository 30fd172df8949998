// What holds of rates where there are too many outcomes to go through them: bounds from what each link can carry.

import type { Figures, Group, Likely, Question, Spread } from './question.ts'

/** What holds whatever the draws give: see `Spread.how`. */
export function bounds(
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
