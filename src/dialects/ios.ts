// Indented command lines, as Cisco IOS and its many relatives print them: one statement a line, what belongs to a block
// stands deeper, `!` or `;` begins a comment. Values are words of a line; a text with spaces goes to the end of it.

import type { Value } from '../options/kind.ts'
import {
  asEncoded,
  commentIn,
  type Dialect,
  type Encoded,
  type Span,
  type Statement,
  type Statements,
} from './dialect.ts'

// Printable ASCII but for quotes and backslash, `?` (help at a console), `!` and `;` (comments), `|` (a filter), and what
// a shell or a template could take for its own.
const plain = /^[A-Za-z0-9 _.,:/@+#()[\]=*&<>~^%-]*$/

/** Text that no command line takes for a second line, a comment, a quote or a question. */
export function encodeWords(value: Value): Encoded | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return asEncoded(String(value))
  if (typeof value !== 'string' || !plain.test(value) || value.trim() !== value) return undefined
  return asEncoded(value)
}

/** One line of a text without its line break. */
export interface TextLine {
  readonly text: string
  readonly span: Span
  /** How deep it is indented, in columns. */
  readonly depth: number
}

/** The lines of a text; `span` leaves out the indent and what follows the last visible character. */
export function textLines(text: string): readonly TextLine[] {
  const lines: TextLine[] = []
  let start = 0
  for (const whole of text.split('\n')) {
    const shown = whole.trim()
    const depth = whole.length - whole.trimStart().length
    if (shown !== '')
      lines.push({ text: shown, span: { start: start + depth, end: start + depth + shown.length }, depth })
    start += whole.length + 1
  }
  return lines
}

interface Open {
  readonly depth: number
  readonly inside: Statement[]
}

/** How command lines of a family are laid out. */
export interface IndentedOptions {
  readonly id: string
  /** What begins a comment, at the beginning of a line. */
  readonly comments: readonly string[]
  /** Lines that leave a block and say nothing. */
  readonly leave: RegExp
  /** Lines that open a block although what follows is not indented. */
  readonly openers?: RegExp
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** A dialect of indented command lines. */
export function indented({ id, comments, leave, openers }: IndentedOptions): Dialect {
  function statements(text: string): Statements {
    const top: Statement[] = []
    const open: Open[] = [{ depth: -1, inside: top }]
    const remarks: Span[] = []
    for (const line of textLines(text)) {
      const isComment = comments.some(comment => line.text.startsWith(comment))
      while (open.length > 1 && (open.at(-1)?.depth ?? -1) >= line.depth) {
        // Where blocks are not indented, only their end or the next opener closes them.
        const flat = openers !== undefined && open.at(-1)?.depth === line.depth
        if (flat && !isComment && !openers.test(line.text)) break
        open.pop()
      }
      if (isComment) {
        remarks.push(line.span)
        continue
      }
      if (leave.test(line.text)) {
        if (open.length > 1 && openers !== undefined) open.pop()
        continue
      }
      const statement = {
        name: line.text,
        value: undefined,
        key: line.span,
        at: line.span,
        inside: [] as Statement[],
      }
      open.at(-1)?.inside.push(statement)
      if (openers === undefined || openers.test(line.text) || line.depth > 0) {
        open.push({ depth: line.depth, inside: statement.inside })
      }
    }
    const marks = new RegExp(`^(?:${comments.map(escaped).join('|')})+`)
    const said = remarks.flatMap(span => commentIn(text, span, marks) ?? [])
    return { statements: top, comments: said, diagnostics: [] }
  }
  return { id, encode: encodeWords, statements }
}

export const ios: Dialect = indented({
  id: 'ios',
  comments: ['!'],
  leave: /^(?:exit|end|exit-address-family)$/,
})
