// Which edits can be made together: no two of them touch the same thing, nor one a thing inside of what another touches.

import type { Edit, Path } from '../diagnostics/diagnostic.ts'

/** What has been touched so far. */
export class Claims {
  readonly #touched = new Set<string>()
  readonly #above = new Set<string>()

  /** Takes an edit, and says false where it does not go together with those before it. */
  take(edit: Edit): boolean {
    const free = this.allows(edit)
    if (free) this.#claim(edit)
    return free
  }

  /** Takes edits that go together, all of them or none. */
  takeAll(edits: readonly Edit[]): boolean {
    const free = edits.every(edit => this.allows(edit))
    if (free) for (const edit of edits) this.#claim(edit)
    return free
  }

  allows(edit: Edit): boolean {
    return pathsOf(edit).every(path => {
      const ways = waysOf(path)
      return !this.#above.has(ways.at(-1) ?? '') && !ways.some(way => this.#touched.has(way))
    })
  }

  #claim(edit: Edit): void {
    for (const path of pathsOf(edit)) {
      const ways = waysOf(path)
      this.#touched.add(ways.at(-1) ?? '')
      for (const way of ways) this.#above.add(way)
    }
  }
}

const pathsOf = (edit: Edit): readonly Path[] =>
  edit.kind === 'rename' ? [edit.path, [...edit.path.slice(0, -1), edit.key]] : [edit.path]

/** A path and all that it stands below, the longest last. A step may be a number or its text. */
const waysOf = (path: Path): readonly string[] =>
  path.map((_, index) => JSON.stringify(path.slice(0, index + 1).map(String)))
