// Keeps the number of complaints about one file bounded: hostile text can be wrong in a million places.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Region } from '../../diagnostics/region.ts'
import type { SourceText } from '../text.ts'

export class Tally {
  readonly #source: SourceText
  readonly #most: number
  readonly #found: Diagnostic[] = []
  readonly #counts = new Map<string, number>()

  /** `most`: how many complaints of one code are listed. */
  constructor(source: SourceText, most: number) {
    this.#source = source
    this.#most = most
  }

  regionOf(start: number, end: number): Region {
    return this.#source.regionOf(start, end)
  }

  /** An error at a stretch of the text. What it says is asked for only if it will be listed. */
  error(
    code: string,
    start: number,
    end: number,
    say: () => Pick<Diagnostic, 'message' | 'help' | 'related'>,
  ): void {
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count > this.#most) return
    this.#found.push({ code, severity: 'error', region: this.#source.regionOf(start, end), ...say() })
  }

  /** All that was found, and for each code how many more there are than listed. */
  diagnostics(): readonly Diagnostic[] {
    const { text } = this.#source
    const rest: Diagnostic[] = []
    for (const [code, count] of this.#counts) {
      if (count <= this.#most) continue
      const message = `${count - this.#most} more errors of the kind ${code} are in this file and not listed`
      rest.push({ code, severity: 'error', message, region: this.#source.regionOf(text.length, text.length) })
    }
    return [...this.#found, ...rest]
  }
}
