// Simulated time. Things to do are kept by their millisecond and, within one, in the order they were asked for;
// nothing here looks at a clock.

export interface Agenda {
  /** The present, in simulated ms. */
  now(): number
  /** Does `action` at `atMs`, or at once (but after what is already due) where that has passed. */
  at(atMs: number, action: () => void): void
  /** Does everything that is due up to and including `untilMs`; `settled` is called after each millisecond. */
  run(untilMs: number, settled: () => void): void
}

interface Entry {
  readonly atMs: number
  readonly order: number
  readonly action: () => void
}

const before = (a: Entry, b: Entry): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)

/** An agenda that stands at 0 ms, kept as a binary heap. */
export function createAgenda(): Agenda {
  const heap: Entry[] = []
  let nowMs = 0
  let order = 0

  const push = (entry: Entry): void => {
    let hole = heap.length
    while (hole > 0) {
      const above = (hole - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || !before(entry, parent)) break
      heap[hole] = parent
      hole = above
    }
    heap[hole] = entry
  }

  const pop = (): Entry | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let hole = 0
    for (;;) {
      const left = heap[2 * hole + 1]
      if (left === undefined) break
      const right = heap[2 * hole + 2]
      const child = right !== undefined && before(right, left) ? right : left
      if (!before(child, last)) break
      heap[hole] = child
      hole = 2 * hole + (child === left ? 1 : 2)
    }
    heap[hole] = last
    return first
  }

  return {
    now: () => nowMs,
    at(atMs, action) {
      push({ atMs: Math.max(atMs, nowMs), order: order++, action })
    },
    run(untilMs, settled) {
      for (let next = heap[0]; next !== undefined && next.atMs <= untilMs; next = heap[0]) {
        nowMs = next.atMs
        while (heap[0]?.atMs === nowMs) pop()?.action()
        settled()
      }
      nowMs = Math.max(nowMs, untilMs)
    },
  }
}

/** A source of whole numbers from 0 to `below` - 1 that depends on the seed alone (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
