// bondplan.config.yaml: how much findings count, which paths are passed over, which versions are meant where a target
// names none. The nearest one, from the folder of a file upwards, holds for the file; none is joined with another.

import { posix } from 'node:path'
import { type Diagnostic, keyAt, type Path, valueAt } from '../diagnostics/diagnostic.ts'
import { nearest } from '../diagnostics/nearest.ts'
import type { Origin } from '../diagnostics/origin.ts'
import { decodeText, type SourceText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import type { RuleLevels } from '../rules/rule.ts'
import { targetIds } from '../targets/index.ts'
import { pathMatcher } from './glob.ts'
import { configName } from './intents.ts'
import type { Io } from './io.ts'
import { isLevel, type Level, levelWords, unknownId } from './levels.ts'

export interface Config {
  /** How the file is shown; undefined where there is none. */
  readonly file: string | undefined
  readonly levels: RuleLevels
  /** Whether a file, by its absolute path, is passed over. */
  ignores(path: string): boolean
  /** The version of a target where an intent names none. */
  readonly versions: ReadonlyMap<string, string>
  /** Where the pages about rules stand. */
  readonly docsUrl: string | undefined
  readonly source: SourceText | undefined
  readonly diagnostics: readonly Diagnostic[]
}

const noConfig: Config = {
  file: undefined,
  levels: {},
  ignores: () => false,
  versions: new Map(),
  docsUrl: undefined,
  source: undefined,
  diagnostics: [],
}

/** Finds and reads configuration, each file once. */
export class Configs {
  readonly #io: Io
  readonly #here: string
  readonly #byFolder = new Map<string, Config>()
  readonly #read: Config[] = []

  constructor(io: Io) {
    this.#io = io
    this.#here = io.realPath('.')
  }

  /** The one that holds for a file. Throws Unreadable where it cannot be read. */
  of(file: string): Config {
    return this.#ofFolder(posix.dirname(file === '-' ? posix.join(this.#here, '-') : this.pathOf(file)))
  }

  /** Whether a file is passed over. */
  ignores(file: string): boolean {
    return file !== '-' && this.of(file).ignores(this.pathOf(file))
  }

  /** All that were found so far, in the order in which they were. */
  get found(): readonly Config[] {
    return this.#read
  }

  pathOf(file: string): string {
    return posix.resolve(this.#here, file)
  }

  #ofFolder(folder: string): Config {
    const known = this.#byFolder.get(folder)
    if (known !== undefined) return known
    const path = posix.join(folder, configName)
    const shown = posix.relative(this.#here, path)
    const parent = posix.dirname(folder)
    let config: Config
    if (this.#io.kind(path) === 'file') {
      config = readConfig(this.#io, path, shown.startsWith('..') ? path : shown)
      this.#read.push(config)
    } else config = parent === folder ? noConfig : this.#ofFolder(parent)
    this.#byFolder.set(folder, config)
    return config
  }
}

/** Reads one file; what is wrong with it is among its diagnostics, and what is right holds. */
function readConfig(io: Io, path: string, file: string): Config {
  const decoded = decodeText(io.read(path), file)
  const parsed = decoded.value && readYaml(decoded.value)
  const diagnostics = [...decoded.diagnostics, ...(parsed?.diagnostics ?? [])]
  const document = parsed?.value
  if (decoded.value === undefined || document === undefined) return { ...noConfig, file, diagnostics }
  const reader = new Reader(decoded.value, document.origin, diagnostics)
  const said = reader.take(document.value ?? {}, posix.dirname(path))
  return { ...noConfig, ...said, file, source: decoded.value, diagnostics }
}

type Said = Pick<Config, 'levels' | 'ignores' | 'versions' | 'docsUrl'>

const keys = ['rules', 'ignore', 'targets', 'docs-url']

class Reader {
  readonly #source: SourceText
  readonly #origin: Origin
  readonly #diagnostics: Diagnostic[]

  constructor(source: SourceText, origin: Origin, diagnostics: Diagnostic[]) {
    this.#source = source
    this.#origin = origin
    this.#diagnostics = diagnostics
  }

  take(document: unknown, folder: string): Said {
    const fields = this.#fields(document, [], 'the configuration')
    for (const key of Object.keys(fields)) {
      if (!keys.includes(key))
        this.#unknown('config-unknown-key', [key], `there is no ${key} to configure`, key, keys)
    }
    const patterns = this.#texts(fields.ignore, ['ignore'], 'a list of patterns such as drafts/**')
    const matchers = patterns.map(patternMatcher)
    return {
      levels: this.#levels(fields.rules),
      ignores: path => {
        const inside = posix.relative(folder, path)
        return matchers.some(matches => matches(inside))
      },
      versions: this.#versions(fields.targets),
      docsUrl: this.#url(fields['docs-url']),
    }
  }

  #say(code: string, path: Path, part: 'key' | 'value', message: string, help: string | undefined): void {
    const region = this.#origin.regionOf(part === 'key' ? keyAt(...path) : valueAt(...path))
    this.#diagnostics.push({
      code,
      severity: 'error',
      message,
      ...(region && { region }),
      ...(help !== undefined && { help }),
    })
  }

  #unknown(code: string, path: Path, message: string, word: string, known: readonly string[]): void {
    const meant = nearest(word, known)
    this.#say(
      code,
      path,
      'key',
      message,
      meant === undefined ? `known: ${known.join(', ')}` : `did you mean ${meant}?`,
    )
  }

  #wrong(path: Path, value: unknown, expected: string): void {
    const shown = value === null ? 'empty' : JSON.stringify(value)
    this.#say(
      'config-value-not-allowed',
      path,
      'value',
      `${String(path.at(-1) ?? 'the file')} is ${shown}`,
      `expected ${expected}`,
    )
  }

  #fields(value: unknown, path: Path, what: string): Readonly<Record<string, unknown>> {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
    if (value !== undefined && value !== null) this.#wrong(path, value, `${what} as a mapping`)
    return {}
  }

  #levels(value: unknown): RuleLevels {
    const levels: Record<string, Level> = {}
    for (const [id, level] of Object.entries(
      this.#fields(value, ['rules'], 'rules and how much they count'),
    )) {
      const unknown = unknownId(id)
      if (unknown !== undefined) {
        const help =
          unknown.meant === undefined ? 'bondplan explain lists the rules' : `did you mean ${unknown.meant}?`
        this.#say('config-unknown-rule', ['rules', id], 'key', unknown.message, help)
      } else if (isLevel(level)) levels[id] = level
      else this.#wrong(['rules', id], level, levelWords.join(', '))
    }
    return levels
  }

  #texts(value: unknown, path: Path, expected: string): readonly string[] {
    if (value === undefined || value === null) return []
    const items = Array.isArray(value) ? value : [value]
    return items.filter((item, index): item is string => {
      const fine = typeof item === 'string' && item !== ''
      if (!fine) this.#wrong(Array.isArray(value) ? [...path, index] : path, item, expected)
      return fine
    })
  }

  #versions(value: unknown): ReadonlyMap<string, string> {
    const versions = new Map<string, string>()
    const known = targetIds('host')
    for (const [id, version] of Object.entries(
      this.#fields(value, ['targets'], 'targets and their versions'),
    )) {
      const path = ['targets', id]
      // 0.110 is a number to YAML, and 0.11 is another version: what counts is what is written.
      const written = typeof version === 'number' ? this.#textOf(path) : version
      if (!known.includes(id)) {
        this.#unknown('config-unknown-target', path, `there is no target ${id} that has versions`, id, known)
      } else if (typeof written === 'string' && /^\d+(?:\.\d+)*$/.test(written)) versions.set(id, written)
      else this.#wrong(path, version, 'a version such as 0.106 or 252')
    }
    return versions
  }

  #textOf(path: Path): string | undefined {
    const region = this.#origin.regionOf(valueAt(...path))
    return region && this.#source.linesOf(region)[0]?.slice(region.column - 1, region.endColumn - 1)
  }

  #url(value: unknown): string | undefined {
    if (value === undefined) return undefined
    if (isWebAddress(value)) return value
    this.#wrong(['docs-url'], value, 'an address that begins with https:// or http://')
    return undefined
  }
}

/** What `--docs-url` and `docs-url` take. */
export function isWebAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\/[^\s"<>\\^`{|}]+$/.test(value) && URL.canParse(value)
}

/** A pattern without a slash is a name in any folder; one that fits a folder holds for all below it. */
function patternMatcher(pattern: string): (path: string) => boolean {
  const bare = pattern.replace(/^\.?\//, '').replace(/\/+$/, '')
  const matches = pathMatcher(pattern.replace(/\/+$/, '').includes('/') ? bare : `**/${bare}`)
  return path => {
    const steps = path.split('/')
    return !path.startsWith('../') && steps.some((_, index) => matches(steps.slice(0, index + 1).join('/')))
  }
}
