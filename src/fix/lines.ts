// Changes of texts that are made of lines, `name value` or `name=value`: interfaces(5), unit files, keyfiles. A value
// changes in its place; a statement goes with its line and with nothing else; one that comes is indented and spaced as the
// statement above it. What is continued over lines with something between is refused.

import type { Dialect, Span } from '../dialects/dialect.ts'
import type { Change } from './change.ts'
import type { Spot, Touch } from './touch.ts'

/** `sign`: what stands between a name and its value where no neighbour shows it. */
export function lineChanges(
  text: string,
  dialect: Dialect,
  touches: readonly Touch[],
  sign: string,
): readonly Change[] | undefined {
  const changes: Change[] = []
  for (const touch of touches) {
    const change = changeOf(text, dialect, touch, sign)
    if (change === undefined) return undefined
    changes.push(change)
  }
  return changes
}

function changeOf(text: string, dialect: Dialect, touch: Touch, sign: string): Change | undefined {
  if (touch.kind === 'remove') return removal(text, touch.spot)
  const value = dialect.encode(touch.value)
  if (value === undefined) return undefined
  if (touch.kind === 'value') {
    const { key, at } = touch.spot
    // Without a value of its own there is no place for another.
    return at.start < key.end || hasBreak(text, at) ? undefined : { ...at, text: value }
  }
  return addition(text, touch.beside, touch.name, value, sign)
}

const isBreak = (text: string, at: number): boolean => text[at] === '\n' || text[at] === '\r'

const hasBreak = (text: string, { start, end }: Span): boolean => /[\r\n]/.test(text.slice(start, end))

function lineStart(text: string, offset: number): number {
  let at = offset
  while (at > 0 && !isBreak(text, at - 1)) at--
  return at
}

function lineEnd(text: string, offset: number): number {
  let at = offset
  while (at < text.length && !isBreak(text, at)) at++
  return at
}

/** The whole line of a statement without its break; undefined where something else stands in it. */
function lineOf(text: string, { key, at }: Spot): Span | undefined {
  const start = lineStart(text, key.start)
  const last = Math.max(key.end, at.end)
  const end = lineEnd(text, last)
  const alone = /^[\ufeff\t ]*$/.test(text.slice(start, key.start)) && /^[\t ]*$/.test(text.slice(last, end))
  return alone ? { start, end } : undefined
}

function removal(text: string, spot: Spot): Change | undefined {
  const line = lineOf(text, spot)
  if (line === undefined || hasBreak(text, line)) return undefined
  const { start, end } = line
  if (end === text.length) {
    // The last line without a break takes that of the line above with it.
    const before = text.slice(0, start).replace(/(?:\r\n|\r|\n)$/, '')
    return { start: before.length, end, text: '' }
  }
  return { start, end: text.startsWith('\r\n', end) ? end + 2 : end + 1, text: '' }
}

function addition(text: string, beside: Spot, name: string, value: string, sign: string): Change | undefined {
  const line = lineOf(text, beside)
  if (line === undefined) return undefined
  const { key, at } = beside
  const indent = text.slice(line.start, key.start).replace('\ufeff', '')
  const between = at.start >= key.end ? text.slice(key.end, at.start) : sign
  const shown = /^[\t ]*=?[\t ]*$/.test(between) && between !== '' ? between : sign
  const lineBreak = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n'
  return { start: line.end, end: line.end, text: `${lineBreak}${indent}${name}${shown}${value}` }
}
