// The physical level of interfaces(5): what ifupdown's get_line() makes of a text. Blank and comment lines are gone,
// continued lines are one, outer blanks are cut off; every character still knows where it stood. Words and their
// meaning are eni.ts.

import type { Span } from './dialect.ts'

/** One logical line. */
export interface Line {
  readonly text: string
  /** The stretches of `text`, in order: where each begins in it, and where in the file. More than one if continued. */
  readonly froms: readonly number[]
  readonly starts: readonly number[]
}

/** A word of a line, or the rest of one. */
export interface Word {
  readonly text: string
  readonly span: Span
}

/** isspace(3) of the C locale, in which ifupdown reads. */
const blank = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code === 0x20 || (code >= 0x09 && code <= 0x0d)
}

/**
 * The logical lines of a text. A comment is a line whose first character is #, and only where it begins a logical
 * line: after a backslash it belongs to what it continues. Where comments stand is added to `comments`. The backslash must be the very last character of its line.
 */
export function linesOf(text: string, comments: Span[] = []): readonly Line[] {
  const lines: Line[] = []
  let at = 0
  while (at < text.length) {
    const end = endOfLine(text, at)
    let start = at
    while (start < end && blank(text, start)) start += 1
    at = end + 1
    if (text[start] === '#' && start < end) {
      comments.push({ start, end })
      continue
    }
    const line = new Stretches(text, start, end)
    while (line.takeBackslash()) {
      if (at >= text.length) continue
      const next = endOfLine(text, at)
      line.add(at, next)
      at = next + 1
    }
    const whole = line.parts.join('')
    let cut = whole.length
    while (cut > 0 && blank(whole, cut - 1)) cut -= 1
    if (cut > 0) lines.push({ text: whole.slice(0, cut), froms: line.froms, starts: line.starts })
  }
  return lines
}

/** A line that is being put together. */
class Stretches {
  readonly parts: string[] = []
  readonly froms: number[] = []
  readonly starts: number[] = []
  readonly #text: string
  #length = 0

  constructor(text: string, start: number, end: number) {
    this.#text = text
    this.add(start, end)
  }

  add(start: number, end: number): void {
    this.parts.push(this.#text.slice(start, end))
    this.froms.push(this.#length)
    this.starts.push(start)
    this.#length += end - start
  }

  /**
   * Whether the line goes on: takes the backslash away that says so. It is the last character of all so far, so that
   * of two in a row the second one joins an empty line, and the first the one after that.
   */
  takeBackslash(): boolean {
    while (this.parts.length > 1 && this.parts.at(-1) === '') {
      this.parts.pop()
      this.froms.pop()
      this.starts.pop()
    }
    const last = this.parts.length - 1
    const part = this.parts[last] ?? ''
    if (!part.endsWith('\\')) return false
    this.parts[last] = part.slice(0, -1)
    this.#length -= 1
    return true
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** Where characters `from` to `to` (exclusive) of a line stand in the file. */
export function spanIn(line: Line, from: number, to: number): Span {
  return { start: placeOf(line, from), end: to > from ? placeOf(line, to - 1) + 1 : placeOf(line, from) }
}

function placeOf({ froms, starts }: Line, at: number): number {
  const stretch = lastAtMost(froms, at)
  return (starts[stretch] ?? 0) + at - (froms[stretch] ?? 0)
}

/** The index of the last of some rising numbers that is not above another; 0 where all are. */
export function lastAtMost(rising: readonly number[], most: number): number {
  let low = 0
  let high = rising.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((rising[middle] ?? 0) <= most) low = middle
    else high = middle
  }
  return low
}

/** The first word of a line from a character on, and where the next one begins; undefined at its end. */
export function wordAt(line: Line, from: number): { readonly word: Word; readonly next: number } | undefined {
  const { text } = line
  let start = from
  while (start < text.length && blank(text, start)) start += 1
  if (start === text.length) return undefined
  let end = start
  while (end < text.length && !blank(text, end)) end += 1
  let next = end
  while (next < text.length && blank(text, next)) next += 1
  return { word: { text: text.slice(start, end), span: spanIn(line, start, end) }, next }
}

/** All words of a line from a character on. */
export function wordsFrom(line: Line, from: number): readonly Word[] {
  const words: Word[] = []
  for (let found = wordAt(line, from); found !== undefined; found = wordAt(line, found.next))
    words.push(found.word)
  return words
}

/** What a line holds from a character on, as one text; undefined where that is nothing. */
export function restFrom(line: Line, from: number): Word | undefined {
  return from < line.text.length
    ? { text: line.text.slice(from), span: spanIn(line, from, line.text.length) }
    : undefined
}
