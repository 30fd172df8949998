// Changes of a text: stretches and what stands there afterwards. What they mean is not known here.

/** One stretch of a text, in UTF-16 units from its start, and what stands there afterwards; an empty one inserts. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Changes in the order of the text, those that touch as one. What is inserted at one offset keeps its order. Undefined
 * where two overlap.
 */
export function settled(changes: readonly Change[]): readonly Change[] | undefined {
  const ordered = [...changes].sort(
    (a, b) => a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start),
  )
  const joined: Change[] = []
  for (const change of ordered) {
    const last = joined.at(-1)
    if (last === undefined || change.start > last.end) joined.push(change)
    else if (change.start < last.end) return undefined
    else joined.splice(-1, 1, { start: last.start, end: change.end, text: last.text + change.text })
  }
  return joined
}

/** The text after changes that are in order and do not overlap. */
export function applied(text: string, changes: readonly Change[]): string {
  const parts: string[] = []
  let at = 0
  for (const change of changes) {
    parts.push(text.slice(at, change.start), change.text)
    at = change.end
  }
  parts.push(text.slice(at))
  return parts.join('')
}
