import type { Diagnostic, Related } from './diagnostic.ts'

import type { Region } from './region.ts'

export type { Region } from './region.ts'

/** A diagnostic joined with where its place stands in text. `source` is the text of the lines it touches. */
export interface Located extends Omit<Diagnostic, 'region' | 'related'> {
  readonly region?: Region
  /** The whole lines from `region.line` to `region.endLine`, for excerpts; absent where there is no text. */
  readonly lines?: readonly string[]
  readonly related?: readonly LocatedRelated[]
}

export interface LocatedRelated extends Omit<Related, 'region'> {
  readonly region?: Region
  readonly lines?: readonly string[]
}
