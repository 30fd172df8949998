// Laying out text for a terminal: wrapping, colour, small tables and bars. Pure text to text; whether there
// is a terminal, how wide it is and whether it wants colour is for the caller to say.

import { displayWidth, graphemes, graphemeWidth } from './width.ts'

export { displayWidth } from './width.ts'

/** Select Graphic Rendition parameters, ECMA-48 8.3.117: only attributes and the eight basic colours. */
const styles = {
  error: '1;31',
  warning: '1;33',
  note: '1;36',
  help: '1;32',
  place: '1;34',
  strong: '1',
  dim: '2',
  added: '32',
  removed: '31',
} as const

export type Style = keyof typeof styles
export type Paint = Readonly<Record<Style, (text: string) => string>>

const paintWith = (apply: (text: string, parameters: string) => string): Paint =>
  Object.fromEntries(
    Object.entries(styles).map(([style, parameters]) => [style, (text: string) => apply(text, parameters)]),
  ) as Paint

const coloured = paintWith((text, parameters) => (text === '' ? '' : `\x1b[${parameters}m${text}\x1b[0m`))
const uncoloured = paintWith(text => text)

/** Named styles as functions; without colour they return the text as it is. One line of text at a time. */
export const paint = (colour: boolean): Paint => (colour ? coloured : uncoloured)

/** What may not be broken further: words, and the graphemes of a word that is wider than a line. */
function* pieces(
  paragraph: string,
  lineWidth: number,
): Generator<{ gap: string; text: string; columns: number }> {
  for (const [, gap = '', word = ''] of paragraph.matchAll(/( *)([^ ]+)/g)) {
    const columns = displayWidth(word)
    if (columns <= lineWidth) yield { gap, text: word, columns }
    else {
      for (const [index, text] of graphemes(word).entries()) {
        yield { gap: index === 0 ? gap : '', text, columns: graphemeWidth(text) }
      }
    }
  }
}

/**
 * Breaks `text` at spaces into lines of at most `width` columns; a word that is longer than a line is broken
 * between graphemes. A line break in `text` stays one. Lines after the first begin with `indent`, and `used`
 * is how many columns of the first are taken by what the caller puts before it: that line may come out empty.
 * Where not even one grapheme fits, a line holds one.
 */
export function wrap(text: string, width: number, indent = '', used = 0): string[] {
  const full = Math.max(1, width - displayWidth(indent))
  const lines: string[] = []
  let line = ''
  let room = width - used
  let empty = used === 0
  const newLine = () => {
    lines.push(line)
    line = indent
    room = full
    empty = true
  }
  for (const [number, paragraph] of text.split('\n').entries()) {
    if (number > 0) newLine()
    for (const piece of pieces(paragraph, full)) {
      let { gap } = piece
      if (gap.length + piece.columns > room) {
        if (!empty) newLine()
        gap = ''
      }
      line += gap + piece.text
      room -= gap.length + piece.columns
      empty = false
    }
  }
  lines.push(line)
  return lines.map(each => each.replace(/ +$/, ''))
}

export interface TableOptions {
  /** Columns of the terminal that the whole table may take. */
  readonly width: number
  readonly header?: readonly string[]
  /** Of each column; left where nothing is said. */
  readonly align?: readonly ('left' | 'right')[]
  /** Columns between two cells; 2 where nothing is said. */
  readonly gap?: number
  /** Colours one line of a cell after it was laid out; `row` is -1 for the header. */
  readonly style?: (text: string, row: number, column: number) => string
}

/** Below this a column is not squeezed, even if the table then overflows the terminal. */
const narrowestColumn = 6

/** Widths that fit: the widest columns give way first, down to a common width, and share the rest. */
function columnWidths(natural: readonly number[], available: number): number[] {
  const total = (cap: number) => natural.reduce((sum, columns) => sum + Math.min(columns, cap), 0)
  let cap = Math.max(0, ...natural)
  while (cap > narrowestColumn && total(cap) > available) cap--
  let spare = Math.max(0, available - total(cap))
  return natural.map(columns => {
    if (columns <= cap) return columns
    const extra = spare > 0 ? 1 : 0
    spare -= extra
    return cap + extra
  })
}

const pad = (text: string, columns: number, align: 'left' | 'right'): string => {
  const blank = ' '.repeat(Math.max(0, columns - displayWidth(text)))
  return align === 'right' ? blank + text : text + blank
}

/**
 * A small table with aligned columns and no rules, as lines of text. Cells are plain text without colour;
 * one that is too wide is wrapped inside its column. Lines have no trailing space.
 */
export function table(rows: readonly (readonly string[])[], options: TableOptions): string {
  const { header, align = [], gap = 2, style = (text: string) => text } = options
  const all = header === undefined ? rows : [header, ...rows]
  const count = all.reduce((most, row) => Math.max(most, row.length), 0)
  const natural = Array.from({ length: count }, (_, column) =>
    all.reduce((widest, row) => Math.max(widest, displayWidth(row[column] ?? '')), 0),
  )
  const widths = columnWidths(natural, options.width - gap * Math.max(0, count - 1))
  const offset = header === undefined ? 0 : 1
  return all
    .flatMap((row, index) => {
      const cells = widths.map((columns, column) => wrap(row[column] ?? '', columns))
      const height = cells.reduce((most, lines) => Math.max(most, lines.length), 1)
      return Array.from({ length: height }, (_, line) => {
        let text = ''
        let pending = ''
        for (const [column, columns] of widths.entries()) {
          const cell = cells[column]?.[line] ?? ''
          const padded = pad(cell, columns, align[column] ?? 'left')
          const bare = padded.replace(/ +$/, '')
          if (bare !== '') {
            text += pending + style(bare, index - offset, column)
            pending = ''
          }
          pending += ' '.repeat(padded.length - bare.length + gap)
        }
        return text
      })
    })
    .join('\n')
}

/** Left blocks by eighths of a column, U+258F to U+2589. */
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/**
 * A horizontal bar of `fraction` (0 to 1, cut where outside) and `width` columns, filled up with spaces.
 * More than nothing never looks like nothing, and less than all never like all.
 */
export function bar(fraction: number, width: number): string {
  const whole = width * 8
  const part = fraction > 0 ? Math.min(1, fraction) : 0
  const rounded = Math.round(part * whole)
  const filled = part > 0 && part < 1 ? Math.min(whole - 1, Math.max(1, rounded)) : rounded
  return ('█'.repeat(filled >> 3) + (eighths[filled & 7] ?? '')).padEnd(width)
}
