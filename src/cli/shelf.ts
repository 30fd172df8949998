// The texts of what was read, for as long as places in it are asked for. Of many files few are held; the others are read
// again where something was found.

import type { Origin, Texts } from '../diagnostics/origin.ts'
import { decodeText, type SourceText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import type { Io } from './io.ts'

/** The texts of files, by the name that their regions have. */
export interface SourceTexts extends Texts {
  get(file: string): SourceText | undefined
}

/** Up to this many files keep their text while the intent lives. */
const keptTexts = 16

/** How a path is called in regions. */
export const shown = (path: string): string => (path === '-' ? '<stdin>' : path)

interface Held {
  readonly text: SourceText
  /** Where the words of an intent stand; made when the first is asked for. */
  origin?: Origin | undefined
}

/** The last few texts with their origins, read again on demand. */
export class Shelf implements SourceTexts {
  readonly #io: Io
  readonly #held = new Map<string, Held>()
  readonly #keepAll: boolean

  /** `files`: all that will be read, as they were named. */
  constructor(io: Io, files: readonly string[]) {
    this.#io = io
    // Standard input cannot be read twice.
    this.#keepAll = files.length <= keptTexts || files.includes('-')
  }

  put(file: string, text: SourceText, origin?: Origin): void {
    if (!this.#keepAll && this.#held.size >= keptTexts) {
      const [oldest] = this.#held.keys()
      if (oldest !== undefined) this.#held.delete(oldest)
    }
    this.#held.set(file, { text, origin })
  }

  #take(file: string): Held | undefined {
    const held = this.#held.get(file)
    if (held !== undefined) return held
    const text = decodeText(this.#io.read(file), file).value
    if (text === undefined) return undefined
    this.put(file, text)
    return this.#held.get(file)
  }

  get(file: string): SourceText | undefined {
    return this.#take(file)?.text
  }

  /** Where the words of an intent's file stand. */
  originOf(file: string): Origin {
    const origin = (): Origin | undefined => {
      const held = this.#take(file)
      if (held !== undefined) held.origin ??= readYaml(held.text).value?.origin
      return held?.origin
    }
    return {
      regionOf: place => origin()?.regionOf(place),
      lines: region => (region.file === file ? (this.#take(file)?.text.linesOf(region) ?? []) : []),
    }
  }
}
