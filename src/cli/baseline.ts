// Findings that were accepted on some day: known again by their fingerprints, so that only new ones count. What is
// accepted and gone is reported, so that the list gets shorter.

import { posix } from 'node:path'
import { type Diagnostic, valueAt } from '../diagnostics/diagnostic.ts'
import type { Origin } from '../diagnostics/origin.ts'
import { decodeText, type SourceText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import { jsonText } from '../report/escape.ts'
import { fingerprints } from '../report/fingerprint.ts'
import type { Reportable } from '../report/index.ts'
import { type Io, Usage } from './io.ts'
import type { Level } from './levels.ts'

interface Entry {
  readonly file: string
  readonly code: string
  readonly fingerprint: string
  /** For those who read the list. */
  readonly message: string
}

const version = 1

export class Baseline {
  readonly file: string
  readonly source: SourceText | undefined
  readonly #folder: string
  readonly #here: string
  readonly #entries: readonly Entry[]
  readonly #origin: Origin | undefined
  readonly #keys: ReadonlySet<string>
  readonly #met = new Set<string>()
  readonly #checked = new Set<string>()

  private constructor(
    io: Io,
    file: string,
    entries: readonly Entry[],
    source: SourceText | undefined,
    origin: Origin | undefined,
  ) {
    this.file = file
    this.source = source
    this.#here = io.realPath('.')
    this.#folder = posix.dirname(posix.resolve(this.#here, file))
    this.#entries = entries
    this.#origin = origin
    this.#keys = new Set(entries.map(keyOf))
  }

  /** Reads a baseline; an empty one where it is to be written. Throws Usage, Unreadable. */
  static read(io: Io, file: string, update: boolean): Baseline {
    if (io.kind(file) === undefined && !update) {
      throw new Usage(`there is no baseline ${file}; --update-baseline writes it`)
    }
    if (update) return new Baseline(io, file, [], undefined, undefined)
    const source = decodeText(io.read(file), file).value
    const document = source && readYaml(source).value
    const entries = entriesOf(document?.value)
    if (entries === undefined) {
      throw new Usage(`${file} is no baseline that can be read; --update-baseline writes it anew`)
    }
    return new Baseline(io, file, entries, source, document?.origin)
  }

  /** The findings that were not accepted. Findings of one file must come together, for equal ones are counted. */
  unaccepted(found: readonly Reportable[], files: readonly string[]): readonly Reportable[] {
    for (const file of files) this.#checked.add(this.#nameOf(file))
    const entries = this.#entriesFor(found)
    return found.filter((_, index) => {
      const entry = entries[index]
      if (entry === undefined || !this.#keys.has(keyOf(entry))) return true
      this.#met.add(keyOf(entry))
      return false
    })
  }

  /** What is accepted in the files that were checked, and is not there any more. */
  stale(level: Level): readonly Diagnostic[] {
    if (level === 'off') return []
    return this.#entries.flatMap((entry, index) => {
      if (this.#met.has(keyOf(entry)) || !this.#checked.has(entry.file)) return []
      const region = this.#origin?.regionOf(valueAt('findings', index))
      return [
        {
          code: 'baseline-stale',
          severity: level,
          message: `${entry.code} in ${entry.file} is accepted and not there any more`,
          help: '--update-baseline takes it out',
          ...(region && { region }),
        },
      ]
    })
  }

  /** The text of a baseline that accepts these findings. */
  textOf(found: readonly Reportable[]): string {
    const lines = this.#entriesFor(found).map(entry => jsonText(entry).trim().replace(/\n\s*/g, ' '))
    const list = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`
    return `{\n  "version": ${version},\n  "findings": ${list}\n}\n`
  }

  /** A file's name as seen from the baseline: the same from wherever it is run. */
  #nameOf(file: string): string {
    return file === '<stdin>' ? file : posix.relative(this.#folder, posix.resolve(this.#here, file))
  }

  #entriesFor(found: readonly Reportable[]): readonly Entry[] {
    const named = found.map(finding => {
      const { region } = finding
      return region === undefined
        ? finding
        : { ...finding, region: { ...region, file: this.#nameOf(region.file) } }
    })
    const prints = fingerprints(named)
    return named.map(({ code, message, region }, index) => ({
      file: region?.file ?? '',
      code,
      fingerprint: prints[index] ?? '',
      message,
    }))
  }
}

const keyOf = ({ file, code, fingerprint }: Entry): string => JSON.stringify([file, code, fingerprint])

/** The entries of a document; undefined where it has another shape. */
function entriesOf(document: unknown): readonly Entry[] | undefined {
  if (typeof document !== 'object' || document === null || !('findings' in document)) return undefined
  if (!('version' in document) || document.version !== version || !Array.isArray(document.findings))
    return undefined
  return document.findings.every(isEntry) ? document.findings : undefined
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' &&
  value !== null &&
  ['file', 'code', 'fingerprint', 'message'].every(
    key => typeof (value as Record<string, unknown>)[key] === 'string',
  )
