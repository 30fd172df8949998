// What people wrote beside what a machine reads: remarks as data with a place. A dialect finds the comments, the lines that
// they stand at join them with the options that were read there; import prints them and convert writes them again.

import type { Path } from '../diagnostics/diagnostic.ts'
import type { Comment } from '../dialects/dialect.ts'
import type { SourceText } from '../intent/text.ts'
import type { Spots } from './recall.ts'

/** Remarks by the paths of what they are about, joined with NUL; each in its lines. */
export type Remarks = ReadonlyMap<string, readonly string[]>

/** The remarks at a path. */
export const remarksAt = (remarks: Remarks, path: Path): readonly string[] =>
  remarks.get(path.join('\0')) ?? []

/** A comment with the lines that it may be about, the likeliest first. */
export interface Remark {
  readonly text: string
  readonly file: string
  readonly lines: readonly number[]
}

/** Lines that tell who wrote a file, and when, say nothing of what is in it. */
const banner =
  /^(?:Written by bondplan\b|Command: |Last (?:commit|configuration)|Version \d|Ver #|.*Configuration Editor|device: |Time: |boot system )/i

/**
 * The comments of a text as remarks: one behind something is about its line; one that stands alone is about the line
 * that follows the comments, or, where that is only a heading such as `auto bond0`, about the one after it.
 */
export function remarksIn(
  source: SourceText,
  comments: readonly Comment[],
  heading: RegExp | undefined,
): readonly Remark[] {
  const placed = comments.map(({ text, span: { start, end } }) => {
    const { line, column, endLine } = source.regionOf(start, end)
    const [own = ''] = source.linesOf(source.regionOf(start, start))
    return { text, line, endLine, alone: own.slice(0, column - 1).trim() === '' }
  })
  const below = (line: number): readonly number[] => {
    const [text = ''] = source.linesOf({ file: source.file, line, column: 1, endLine: line, endColumn: 1 })
    return heading?.test(text) ? [line + 1] : []
  }
  const alone = new Set(placed.filter(one => one.alone).map(({ line }) => line))
  return placed.flatMap(one => {
    if (banner.test(one.text)) return []
    let next = one.endLine + 1
    while (alone.has(next)) next += 1
    return [{ text: one.text, file: source.file, lines: one.alone ? [next, ...below(next)] : [one.line] }]
  })
}

/** Joins remarks with what was read at their lines; those beside nothing that was understood are left where they are. */
export function remarksOf(remarks: readonly Remark[], spots: Spots): Remarks {
  const joined = new Map<string, string[]>()
  if (remarks.length === 0) return joined
  const byLine = linesOf(spots)
  for (const { text, file, lines } of remarks) {
    const path = lines.flatMap(line => byLine.get(lineKey(file, line)) ?? [])[0]
    if (path === undefined) continue
    const known = joined.get(path)
    if (known === undefined)
      joined.set(
        path,
        text.split(/\r?\n/).map(line => line.trim()),
      )
    else known.push(...text.split(/\r?\n/).map(line => line.trim()))
  }
  return joined
}

const lineKey = (file: string, line: number): string => `${file}\0${line}`

/** What each line is about: the first thing in it, or the device that it stands in where the line begins that. */
function linesOf(spots: Spots): ReadonlyMap<string, string> {
  const all = new Map<string, { readonly path: string; readonly column: number }[]>()
  for (const [path, { key }] of spots) {
    const line = lineKey(key.file, key.line)
    const known = all.get(line)
    if (known === undefined) all.set(line, [{ path, column: key.column }])
    else known.push({ path, column: key.column })
  }
  return new Map(
    [...all].map(([line, found]) => {
      const first = found.reduce((a, b) => (b.column < a.column ? b : a))
      const around = found.find(({ path }) => first.path.startsWith(`${path}\0`))
      return [line, (around ?? first).path]
    }),
  )
}
