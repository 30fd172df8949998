// The lines of a running configuration, each with the lines that open the blocks it stands in. No meaning yet.

import type { Span, Statement } from '../dialects/dialect.ts'
import type { ScannedFile } from './target.ts'

export interface ScannedLine {
  /** The lines around it, outermost first. */
  readonly heads: readonly string[]
  readonly text: string
  readonly file: string
  readonly span: Span
  /** Whether it opens a block: others stand inside. */
  readonly opens: boolean
}

export type Scanned = readonly ScannedLine[]

/**
 * As many lines as a text may stand for that says in one place what holds in others. No switch has so many; a hostile text
 * would take all the room there is. What would be more stays as it is written, and is reported.
 */
export const mostInherited = 50_000

/** Every line of the files in order. */
export const scanLines = (files: readonly ScannedFile[]): Scanned =>
  files.flatMap(({ path, statements }) => statements.flatMap(statement => linesIn(statement, [], path)))

/** A head by the name that a table has for it, with words of it that the table has as lines of the block. */
export interface Reheaded {
  readonly head: string
  readonly words: readonly string[]
}

/** Gives blocks other heads, where a head says more than which LAG or port it opens. `of`: undefined leaves a line as it is. */
export const reheaded = (read: Scanned, of: (text: string) => Reheaded | undefined): Scanned =>
  read.flatMap(line => {
    const [outer, ...inner] = line.heads
    const to = of(outer ?? line.text)
    if (to === undefined) return [line]
    if (outer !== undefined) return [{ ...line, heads: [to.head, ...inner] }]
    const words = to.words.map(text => ({ ...line, heads: [to.head], text, opens: false }))
    return [{ ...line, text: to.head, opens: true }, ...words]
  })

function linesIn(statement: Statement, heads: readonly string[], file: string): readonly ScannedLine[] {
  const own: ScannedLine = {
    heads,
    text: statement.name,
    file,
    span: { start: statement.key.start, end: Math.max(statement.key.end, statement.at.end) },
    opens: statement.inside.length > 0,
  }
  return [own, ...statement.inside.flatMap(inner => linesIn(inner, [...heads, statement.name], file))]
}
