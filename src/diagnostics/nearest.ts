// "Did you mean": the candidate that a mistyped word most likely stands for. Only spelling is compared; which
// candidates make sense is for the caller.

/**
 * How many mistakes a word may hold: none in one or two letters, one up to four, two up to eight, then three. Fewer and
 * slips are missed; more and unlike words are offered.
 */
const allowedMistakes = (length: number): number => (length < 3 ? 0 : length < 5 ? 1 : length < 9 ? 2 : 3)

/** Case and `_` against `-` are no mistakes, and the prefix that interfaces(5) and ifcfg files put before options. */
const plain = (word: string): string => {
  const lower = word.toLowerCase().replaceAll('_', '-')
  return lower.length > 5 && lower.startsWith('bond-') ? lower.slice(5) : lower
}

/**
 * The candidate nearest to `word`, or undefined where none is near. Counts insertions, deletions, replacements and
 * swaps of neighbours (Damerau-Levenshtein, optimal string alignment); of equally near ones the one that begins alike
 * for longer wins, then the first.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const sought = plain(word)
  let best: string | undefined
  let fewest = allowedMistakes(sought.length)
  let longest = -1
  for (const candidate of candidates) {
    const offered = plain(candidate)
    const most = Math.min(fewest, allowedMistakes(offered.length))
    const mistakes = mistakesBetween(sought, offered, most)
    if (mistakes > most) continue
    const alike = commonStart(sought, offered)
    if (mistakes === fewest && alike <= longest) continue
    best = candidate
    fewest = mistakes
    longest = alike
  }
  return best
}

function commonStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a.charCodeAt(length) === b.charCodeAt(length)) length++
  return length
}

/** The distance of two words, or `most` + 1 as soon as it is known to be more than `most`. */
function mistakesBetween(a: string, b: string, most: number): number {
  if (a === b) return 0
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    let least = row
    for (let column = 1; column <= b.length; column++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1)
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped =
        row > 1 &&
        column > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1)
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      current.push(cost)
      if (cost < least) least = cost
    }
    // A swap reaches back two rows, so one row above the bound is not the end yet; two are.
    if (least > most && Math.min(...above) > most) return most + 1
    before = above
    above = current
  }
  return above[b.length] ?? most + 1
}
