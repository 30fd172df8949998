// Statements of a text that is not ours, changed where they stand: a value becomes another, a statement goes, one comes
// beside another. How lines are changed is lines.ts's business, YAML is changed as intents are.

import type { Dialect, Span } from '../dialects/dialect.ts'
import type { SourceText } from '../intent/text.ts'
import type { Value } from '../options/kind.ts'
import { type Change, settled } from './change.ts'
import { lineChanges } from './lines.ts'
import { spanChanges } from './yaml-spans.ts'

/** A statement by where it stands. */
export interface Spot {
  readonly key: Span
  /** The key's own span where there is no value. */
  readonly at: Span
}

export type Touch =
  | { readonly kind: 'value'; readonly spot: Spot; readonly value: Value }
  | { readonly kind: 'remove'; readonly spot: Spot }
  | { readonly kind: 'add'; readonly beside: Spot; readonly name: string; readonly value: Value }

/** How a text of a dialect is changed. Undefined: it cannot carry one of the touches. */
type Changer = (
  source: SourceText,
  dialect: Dialect,
  touches: readonly Touch[],
) => readonly Change[] | undefined

const changers: Readonly<Record<string, Changer>> = {
  eni: (source, dialect, touches) => lineChanges(source.text, dialect, touches, ' '),
  ini: (source, dialect, touches) => lineChanges(source.text, dialect, touches, '='),
  keyfile: (source, dialect, touches) => lineChanges(source.text, dialect, touches, '='),
  yaml: (source, _, touches) => spanChanges(source, touches),
}

/** The changes in order, none overlapping; undefined where the dialect or the text cannot carry them. */
export function touched(
  source: SourceText,
  dialect: Dialect,
  touches: readonly Touch[],
): readonly Change[] | undefined {
  const change = Object.hasOwn(changers, dialect.id) ? changers[dialect.id] : undefined
  const changes = change?.(source, dialect, touches)
  return changes && settled(changes)
}
