// A dialect is a family of syntax. It owns the lexical level in both directions: what it encodes it reads back, and
// what it cannot encode it refuses with undefined, which becomes a diagnostic. It knows no option and no target.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Value } from '../options/kind.ts'

declare const encoded: unique symbol

/** Text that a dialect has made safe to stand in its files. Only dialects make it; only templates take it. */
export type Encoded = string & { readonly [encoded]: true }

/** For dialects, which answer for what they pass. */
export const asEncoded = (text: string): Encoded => text as Encoded

/** A stretch of a text, in UTF-16 units from its start; the end is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Printable text on one line; what it begins with cannot be a directive of an editor or a shell. */
const remark = /^[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff!][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*$/

/** Comments as lines behind a mark. A backslash at the end would take the next line in for some readers. */
export const commentsBehind =
  (mark: string) =>
  (text: string): Encoded | undefined =>
    remark.test(text) && text.isWellFormed() && !text.endsWith('\\')
      ? asEncoded(`${mark} ${text}`)
      : undefined

/** One comment, its marks cut off on the left. Undefined where it says nothing. */
export function commentIn(text: string, { start, end }: Span, marks: RegExp): Comment | undefined {
  const said = text.slice(start, end).replace(marks, '').trim()
  return said === '' ? undefined : { text: said, span: { start, end } }
}

/** One statement of a file: a name, perhaps a value, perhaps others inside. No meaning yet. */
export interface Statement {
  readonly name: string
  /** Text as it stands for line-based dialects, decoded; plain data for those that have types. */
  readonly value: Value | undefined
  readonly key: Span
  /** Where the value stands; the key's own span where there is none. */
  readonly at: Span
  readonly inside: readonly Statement[]
}

/** A remark for people. */
export interface Comment {
  /** Without the marks around it. */
  readonly text: string
  readonly span: Span
}

export interface Statements {
  readonly statements: readonly Statement[]
  /** In the order of the text; absent where the dialect has none. */
  readonly comments?: readonly Comment[]
  /** What could not be read at all; each with a region. */
  readonly diagnostics: readonly Diagnostic[]
}

export interface Dialect {
  readonly id: string
  /** The text of a value. Undefined: this dialect cannot write it. */
  encode(value: Value): Encoded | undefined
  /** A line that only people read. Undefined: the text cannot be one. Absent: the dialect has no such lines. */
  comment?(text: string): Encoded | undefined
  /** Lines that only lead to the one below: what people write above them is about that. */
  readonly heading?: RegExp
  /** Takes a file apart. `file` is for regions only. Never throws. */
  statements(text: string, file: string): Statements
}
