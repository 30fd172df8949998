// What aliases may repeat, kept in bounds: a few lines of aliases of aliases would otherwise stand for billions of
// values, or for a value that holds itself.

import { nearest } from '../../diagnostics/nearest.ts'
import type { Limits } from '../limits.ts'
import type { Tally } from './tally.ts'
import { troubles } from './troubles.ts'

/** A marked value (`&name`). `size` counts its values, `height` how deep they are nested, aliases followed. */
export interface Anchor {
  readonly node: number
  readonly value: unknown
  /** Its text, where it may serve as a key. */
  readonly text?: string
  size: number
  height: number
  /** Not yet closed: an alias of it now would stand inside itself. */
  open: boolean
}

export class Anchors {
  readonly #limit: Limits
  readonly #tally: Tally
  readonly #byName = new Map<string, Anchor>()
  #repeated = 0

  constructor(limit: Limits, tally: Tally) {
    this.#limit = limit
    this.#tally = tally
  }

  /** A name may be used again; aliases repeat the last value marked with it. */
  set(name: string, anchor: Anchor): void {
    this.#byName.set(name, anchor)
  }

  /** What the alias at `start` repeats, `depth` lists and mappings deep; undefined, and reported, if nothing. */
  follow(name: string, depth: number, start: number, end: number): Anchor | undefined {
    const anchor = this.#byName.get(name)
    if (anchor === undefined) {
      // Not among a multitude: each candidate costs time, and each of many aliases would ask.
      const known = this.#byName.size <= 1000 ? this.#byName.keys() : []
      const meant = (): string | undefined => nearest(name, known)
      this.#tally.error('yaml-alias-unknown', start, end, () => troubles.aliasUnknown(name, meant()))
    } else if (anchor.open) {
      this.#tally.error('yaml-alias-inside-itself', start, end, () => troubles.aliasInsideItself(name))
    } else if (depth + anchor.height > this.#limit.depth) {
      this.#tally.error('yaml-too-deep', start, end, () => troubles.aliasTooDeep(name, this.#limit.depth))
    } else if (this.#repeated + anchor.size > this.#limit.aliasedValues) {
      const most = this.#limit.aliasedValues
      this.#tally.error('yaml-aliases-too-large', start, end, () => troubles.aliasesTooLarge(name, most))
    } else {
      this.#repeated += anchor.size
      return anchor
    }
    return undefined
  }
}
