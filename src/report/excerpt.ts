// The offending text with its line numbers, underlined. Knows columns, tabs, wide characters and long lines;
// nothing of severities and messages.

import type { Region } from '../diagnostics/located.ts'
import { visibleParts } from './escape.ts'
import type { Paint, Style } from './terminal.ts'
import { displayWidth, graphemes } from './width.ts'

export interface ExcerptOptions {
  /** Digits of the widest line number beside which this excerpt shall be aligned. */
  readonly gutter: number
  readonly width: number
  readonly mark: '^' | '-'
  readonly style: Style
  readonly paint: Paint
}

const tabStop = 4
const ellipsis = '…'
/** A region of more lines is shown by its first and its last ones. */
const mostLines = 6
const headLines = 3
const tailLines = 2

interface Cell {
  /** Offset in UTF-16 units of what the cell shows, in the part of the line that was cut out. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly columns: number
}

/** One cell per grapheme, with tabs as spaces to the next stop and everything unprintable as an escape. */
function cellsOf(line: string): Cell[] {
  const cells: Cell[] = []
  let start = 0
  let column = 0
  const parts = graphemes(line)
  const shown = visibleParts(line, parts)
  for (const [index, grapheme] of parts.entries()) {
    const text = grapheme === '\t' ? ' '.repeat(tabStop - (column % tabStop)) : (shown[index] ?? '')
    const columns = displayWidth(text)
    cells.push({ start, end: start + grapheme.length, text, columns })
    start += grapheme.length
    column += columns
  }
  return cells
}

interface Shown {
  readonly text: string
  /** Columns from the start of `text` to the first marked one, and to the one after the last. */
  readonly left: number
  readonly right: number
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/**
 * The part of `line` that fits into `room` columns and shows the units from `from` up to `to` (0-based, end
 * exclusive), with an ellipsis where something was left out. An empty stretch is marked with one column.
 */
export function show(line: string, from: number, to: number, room: number): Shown {
  // A line may be megabytes long: only what could be visible is taken apart.
  let base = Math.max(0, from - 8 * room)
  if (isLowSurrogate(line.charCodeAt(base))) base--
  const limit = Math.min(line.length, Math.max(from, 0) + 16 * room)
  const cells = cellsOf(line.slice(base, limit))

  const found = cells.findIndex(cell => cell.end > from - base)
  const first = found < 0 ? cells.length : found
  const after = cells.findIndex(cell => cell.start >= to - base)
  const last = Math.max(first + 1, after < 0 ? cells.length : after)

  const [begin, end] = frame(cells, first, last, room, base > 0, limit < line.length)
  const cutLeft = base > 0 || begin > 0
  const cutRight = limit < line.length || end < cells.length
  const columns = (a: number, b: number) => cells.slice(a, b).reduce((sum, cell) => sum + cell.columns, 0)
  const left = (cutLeft ? 1 : 0) + columns(begin, first)
  return {
    text: `${cutLeft ? ellipsis : ''}${cells
      .slice(begin, end)
      .map(cell => cell.text)
      .join('')}${cutRight ? ellipsis : ''}`,
    left,
    right: left + Math.max(1, columns(first, Math.min(last, end))),
  }
}

/** Which cells to show: all if they fit, else a frame around the marked ones, not wider than `room`. */
function frame(
  cells: readonly Cell[],
  first: number,
  last: number,
  room: number,
  moreLeft: boolean,
  moreRight: boolean,
): [begin: number, end: number] {
  const total = cells.reduce((sum, cell) => sum + cell.columns, 0)
  const marksEnd = first >= cells.length ? 1 : 0
  if (!moreLeft && !moreRight && total + marksEnd <= room) return [0, cells.length]
  const space = room - 2 - marksEnd
  let begin = first
  let end = first
  let used = 0
  const takeRight = (limit: number) => {
    while (end < limit && used + (cells[end]?.columns ?? 0) <= space) used += cells[end++]?.columns ?? 0
  }
  takeRight(Math.min(last, cells.length))
  // What stands before helps the reader more than what follows, but both are shown.
  const before = used + Math.ceil(((space - used) * 2) / 3)
  while (begin > 0 && used + (cells[begin - 1]?.columns ?? 0) <= before) used += cells[--begin]?.columns ?? 0
  takeRight(cells.length)
  while (begin > 0 && used + (cells[begin - 1]?.columns ?? 0) <= space) used += cells[--begin]?.columns ?? 0
  return [begin, end]
}

/** Lines `first` to `last` (from 1) and the units marked on them (from 0), mended if the text is shorter. */
function extent(region: Region, lines: readonly string[]) {
  const first = region.line
  let last = Math.min(Math.max(region.endLine, first), first + lines.length - 1)
  const lengthOf = (line: number) => lines[line - first]?.length ?? 0
  let to = last < region.endLine ? lengthOf(last) : region.endColumn - 1
  // A region that ends before the first character of a line ends with the line above.
  if (last > first && to <= 0) {
    last--
    to = lengthOf(last)
  }
  const from = Math.min(Math.max(region.column - 1, 0), lengthOf(first))
  return { first, last, from, to: last === first ? Math.max(from, to) : to }
}

/**
 * The lines of `region`, numbered and marked; the first and the last line are always there. `lines` are the
 * whole lines that the region touches, without their line breaks.
 */
export function excerpt(region: Region, lines: readonly string[], options: ExcerptOptions): string[] {
  const { gutter, paint, style, mark } = options
  const source = lines.map(line => line.replace(/\r$/, ''))
  const { first, last, from, to } = extent(region, source)
  const lineAt = (line: number) => source[line - first] ?? ''
  const room = Math.max(12, options.width - gutter - 3)
  const marked = (text: string) => paint[style](text)
  const row = (line: number | undefined, text: string) =>
    `${paint.place(`${String(line ?? '').padStart(gutter)} |`)}${text === '' ? '' : ` ${text}`}`

  if (first === last) {
    const shown = show(lineAt(first), from, to, room)
    const marks = mark.repeat(shown.right - shown.left)
    return [row(first, shown.text.trimEnd()), row(undefined, ' '.repeat(shown.left) + marked(marks))]
  }

  // Several lines hang on a bar at their left, which begins at the first mark and ends at the last.
  const inside = room - 2
  const head = show(lineAt(first), from, from + 1, inside)
  const opensAtText = lineAt(first).slice(0, from).trim() === ''
  const out = opensAtText
    ? [row(first, `${marked('/')} ${head.text.trimEnd()}`)]
    : [row(first, `  ${head.text.trimEnd()}`), row(undefined, ` ${marked('_'.repeat(head.left + 1) + mark)}`)]
  for (const line of following(first, last)) {
    if (line === undefined) {
      out.push(`${paint.place('...'.padEnd(gutter + 3))}${marked('|')}`)
      continue
    }
    const focus = line === last ? Math.max(0, to - 1) : 0
    const shown = show(lineAt(line), focus, focus + 1, inside)
    out.push(row(line, `${marked('|')} ${shown.text}`.trimEnd()))
    if (line === last) out.push(row(undefined, marked(`|${'_'.repeat(shown.right)}${mark}`)))
  }
  return out
}

/** The lines after the first that are shown; undefined stands for those left out. */
function following(first: number, last: number): (number | undefined)[] {
  const all = Array.from({ length: last - first }, (_, index) => first + 1 + index)
  if (all.length < mostLines) return all
  return [...all.slice(0, headLines - 1), undefined, ...all.slice(-tailLines)]
}
