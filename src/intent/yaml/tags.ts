// What the tags of one file ask for, and the values of its scalars with them. Unknown tags are reported, and the value
// is read as if they were not there.

import { SCALAR_STYLE } from 'js-yaml'
import { type Asked, askedBy, fullTagOf, plainValue, taggedValue } from './scalars.ts'
import type { CollectionEvent, ScalarEvent } from './spans.ts'
import type { Tally } from './tally.ts'
import { troubles } from './troubles.ts'

export class Tags {
  readonly #text: string
  readonly #tally: Tally
  readonly #handles = new Map<string, string>()

  constructor(text: string, tally: Tally) {
    this.#text = text
    this.#tally = tally
  }

  /** Takes a %TAG line. */
  define(handle: string, prefix: string): void {
    this.#handles.set(handle, prefix)
  }

  /** What the tag of a node asks for; undefined if it has none. */
  askedOf(event: ScalarEvent | CollectionEvent): Asked | undefined {
    if (event.tagStart < 0) return undefined
    const asked = askedBy(this.#full(event))
    if (asked === 'unknown') {
      const tag = this.#written(event)
      this.#tally.error('yaml-tag-unknown', event.tagStart, event.tagEnd, () => troubles.tagUnknown(tag))
    }
    return asked
  }

  /** The value of a scalar that stands from `start` to `end`. */
  valueOf(event: ScalarEvent, text: string, asked: Asked | undefined, start: number, end: number): unknown {
    if (asked === 'text') return text
    const untagged = event.style === SCALAR_STYLE.PLAIN ? plainValue(text) : text
    if (asked === undefined || asked === 'unknown') return untagged
    const found = taggedValue(this.#full(event), text)
    if (found !== undefined) return found.value
    const tag = this.#written(event)
    this.#tally.error('yaml-value-not-of-tag', start, end, () => troubles.notOfTag('the value', tag))
    return untagged
  }

  /** Reports a tag that does not fit a list or mapping. */
  checkCollection(event: CollectionEvent, is: 'list' | 'mapping'): void {
    const asked = this.askedOf(event)
    if (asked === undefined || asked === is || asked === 'text' || asked === 'unknown') return
    const tag = this.#written(event)
    this.#tally.error('yaml-value-not-of-tag', event.tagStart, event.tagEnd, () =>
      troubles.notOfTag(`a ${is}`, tag),
    )
  }

  #written({ tagStart, tagEnd }: ScalarEvent | CollectionEvent): string {
    return this.#text.slice(tagStart, tagEnd)
  }

  #full(event: ScalarEvent | CollectionEvent): string {
    return fullTagOf(this.#written(event), this.#handles)
  }
}
