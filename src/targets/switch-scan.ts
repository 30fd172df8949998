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

/** Every line of the files in order. */
export const scanLines = (files: readonly ScannedFile[]): Scanned =>
  files.flatMap(({ path, statements }) => statements.flatMap(statement => linesIn(statement, [], path)))

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
