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

export interface Statements {
  readonly statements: readonly Statement[]
  /** What could not be read at all; each with a region. */
  readonly diagnostics: readonly Diagnostic[]
}

export interface Dialect {
  readonly id: string
  /** The text of a value. Undefined: this dialect cannot write it. */
  encode(value: Value): Encoded | undefined
  /** Takes a file apart. `file` is for regions only. Never throws. */
  statements(text: string, file: string): Statements
}
