// What bondplan has to say about an intent or a file, as a value. This module knows nothing else of the
// program: who found it, how it is shown and where the text stands are other rooms.

import type { Region } from './region.ts'

/** A key or an index on the way from the root of the intent to a spot in it. */
export type Step = string | number
export type Path = readonly Step[]

/**
 * A spot in the intent by meaning, not by text: `part` says whether the key or the value at `path` is meant.
 * The reader that made the intent keeps an Origin that knows where each path stands in a file.
 */
export interface Place {
  readonly path: Path
  readonly part: 'key' | 'value'
}

export type Severity = 'error' | 'warning' | 'note'

/** One more spot that belongs to a complaint, such as the other definition of a name. */
export interface Related {
  readonly message: string
  readonly at?: Place
  /** Where it stands, for text that is no part of an intent. */
  readonly region?: Region
}

/** A change of the intent that would settle the complaint. `safe`: it means the same to the driver. */
export interface Fix {
  readonly safe: boolean
  readonly title: string
  readonly edits: readonly Edit[]
}

/** `set` replaces (or adds) the value at a path, `rename` the key, `remove` takes the entry away. */
export type Edit =
  | { readonly kind: 'set'; readonly path: Path; readonly value: unknown }
  | { readonly kind: 'rename'; readonly path: Path; readonly key: string }
  | { readonly kind: 'remove'; readonly path: Path }

export interface Diagnostic {
  /** Stable for ever, scripts filter on it. */
  readonly code: string
  readonly severity: Severity
  /** One sentence that names the thing, its value and the consequence. */
  readonly message: string
  /** Undefined for what concerns a whole file or the whole run. */
  readonly at?: Place
  /** Where it stands, for text that is no part of an intent; it goes before `at`. */
  readonly region?: Region
  /** What would be right, as an instruction. */
  readonly help?: string
  readonly related?: readonly Related[]
  readonly fix?: Fix
  /** Of what is lost on the way to a target: the reason alone. */
  readonly because?: string
  /** Of a reader: codes of what a rule may find in the same machine and would say again, or cannot know. */
  readonly covers?: readonly string[]
}

/** The outcome of a function that may find trouble and goes on as far as it can. */
export interface Outcome<T> {
  readonly value: T
  readonly diagnostics: readonly Diagnostic[]
}

/** The key at a path. */
export const keyAt = (...path: Step[]): Place => ({ path, part: 'key' })

/** The value at a path. */
export const valueAt = (...path: Step[]): Place => ({ path, part: 'value' })

const rank: Record<Severity, number> = { error: 0, warning: 1, note: 2 }

/** -1, 0 or 1 as `a` is more severe, equally, or less severe than `b`. */
export const bySeverity = (a: Severity, b: Severity): number => Math.sign(rank[a] - rank[b])
