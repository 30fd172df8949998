// Which flows have been met, in bounded memory: a set of 64-bit fingerprints. Two flows of a million fall together with
// a chance of about one in thirty million, which only makes a count of flows one too small.

/** Whether a flow is met for the first time or again; `full` when it is new and there is no room to remember it. */
export type Meeting = 'new' | 'known' | 'full'

export interface FlowSet {
  readonly limit: number
  size(): number
  /** `words` are what makes the flow itself; their order and number count. */
  meet(words: readonly number[]): Meeting
}

/** Mixes one word into a running 32-bit value (the steps of MurmurHash3 by Austin Appleby, public domain). */
function stir(state: number, word: number, first: number, second: number): number {
  const scrambled = Math.imul(word, first)
  const rotated = (scrambled << 15) | (scrambled >>> 17)
  const mixed = state ^ Math.imul(rotated, second)
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0
}

function finish(state: number, count: number): number {
  let mixed = state ^ count
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** A set of at most `limit` flows (1 or more). Its table grows to at most four times 8 bytes a flow. */
export function flowSet(limit: number): FlowSet {
  // Two words a slot, both 0 where it is free; never more than half full.
  let slots = 1024
  let table = new Uint32Array(slots * 2)
  let size = 0

  /** The slot of a fingerprint, or the free one where it belongs. */
  function slotOf(high: number, low: number): number {
    let slot = low & (slots - 1)
    while (table[slot * 2] !== 0 || table[slot * 2 + 1] !== 0) {
      if (table[slot * 2] === high && table[slot * 2 + 1] === low) break
      slot = (slot + 1) & (slots - 1)
    }
    return slot
  }

  function put(high: number, low: number): void {
    const slot = slotOf(high, low)
    table[slot * 2] = high
    table[slot * 2 + 1] = low
  }

  function grow(): void {
    const old = table
    slots *= 2
    table = new Uint32Array(slots * 2)
    for (let at = 0; at < old.length; at += 2) {
      const [high = 0, low = 0] = [old[at], old[at + 1]]
      if (high !== 0 || low !== 0) put(high, low)
    }
  }

  return {
    limit,
    size: () => size,
    meet(words) {
      let [one, other] = [0x2f0b4c47, 0x5bd1e995]
      for (const word of words) {
        one = stir(one, word, 0xcc9e2d51, 0x1b873593)
        other = stir(other, word, 0x239b961b, 0xab0e9789)
      }
      const high = finish(one, words.length) || 1
      const low = finish(other, words.length)
      const slot = slotOf(high, low)
      if (table[slot * 2] === high && table[slot * 2 + 1] === low) return 'known'
      if (size >= limit) return 'full'
      size++
      put(high, low)
      if (size * 2 > slots) grow()
      return 'new'
    },
  }
}
