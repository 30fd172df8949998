// From what stands on the command line to one intent: files, folders and standard input, read together.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Origin, Texts } from '../diagnostics/origin.ts'
import validate from '../generated/validate.js'
import type { Intent } from '../intent/intent.ts'
import { type Document, readIntent } from '../intent/read.ts'
import { decodeText, type SourceText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import { filesMatching, isPattern } from './glob.ts'
import { type Io, Unreadable, Usage } from './io.ts'
import type { Progress } from './progress.ts'

/** The texts of files, by the name that their regions have. */
export interface SourceTexts extends Texts {
  get(file: string): SourceText | undefined
}

export interface Loaded {
  readonly intent: Intent
  readonly origin: Origin
  readonly texts: SourceTexts
  readonly files: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

const endings = /\.(?:ya?ml|json)$/i

/** Where lint is configured. */
export const configName = 'bondplan.config.yaml'

/** What is never an intent although it ends like one. */
const passedOver: readonly string[] = [configName, 'node_modules']

/**
 * The files that the arguments name, folders opened and patterns followed, each file once, in the order given. Throws
 * Unreadable.
 */
export function intentFiles(io: Io, paths: readonly string[]): readonly string[] {
  const files = new Set<string>()
  const folders = new Set<string>()
  const open = (folder: string): void => {
    // A link may lead back to where it stands.
    const real = io.realPath(folder)
    if (folders.has(real)) return
    folders.add(real)
    for (const name of io.list(folder)) {
      if (!name.startsWith('.') && !passedOver.includes(name))
        add(`${folder.replace(/\/+$/, '')}/${name}`, false)
    }
  }
  const add = (path: string, asked: boolean): void => {
    const kind = path === '-' ? 'file' : io.kind(path)
    if (kind === 'folder') open(path)
    else if (kind === 'file') {
      if (asked || endings.test(path)) files.add(path)
    } else if (asked && isPattern(path)) addMatching(path)
    else throw new Unreadable(path, 'there is no such file or folder')
  }
  const addMatching = (pattern: string): void => {
    const matching = filesMatching(io, pattern)
    if (matching.length === 0) throw new Unreadable(pattern, 'no file has a name that fits this pattern')
    for (const file of matching)
      if (!passedOver.some(name => file === name || file.endsWith(`/${name}`))) files.add(file)
  }
  for (const path of paths) add(path, true)
  if (files.size === 0) throw new Usage(`there is no YAML or JSON file in ${paths.join(', ')}`)
  return [...files]
}

/** The name of a file's only host where it says none: its own, without folder and ending. */
function hostNameOf(file: string): string {
  if (file === '-') return 'host'
  const base = file.slice(file.lastIndexOf('/') + 1).replace(endings, '')
  const name = base
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 63)
  return name === '' ? 'host' : name
}

/** Up to this many files keep their text while the intent lives; of more, a text is read again when a place is asked for. */
const keptTexts = 16

/** The last few texts with their origins, read again on demand. */
class Shelf implements SourceTexts {
  readonly #io: Io
  readonly #held = new Map<string, { readonly text: SourceText; readonly origin: Origin | undefined }>()
  readonly #keepAll: boolean

  constructor(io: Io, keepAll: boolean) {
    this.#io = io
    this.#keepAll = keepAll
  }

  put(file: string, text: SourceText, origin: Origin | undefined): void {
    if (!this.#keepAll && this.#held.size >= keptTexts) {
      const [oldest] = this.#held.keys()
      if (oldest !== undefined) this.#held.delete(oldest)
    }
    this.#held.set(file, { text, origin })
  }

  #take(file: string) {
    const held = this.#held.get(file)
    if (held !== undefined) return held
    const text = decodeText(this.#io.read(file), file).value
    if (text === undefined) return undefined
    this.put(file, text, readYaml(text).value?.origin)
    return this.#held.get(file)
  }

  get(file: string): SourceText | undefined {
    return this.#take(file)?.text
  }

  originOf(file: string): Origin {
    return {
      regionOf: place => this.#take(file)?.origin?.regionOf(place),
      lines: region => (region.file === file ? (this.#take(file)?.text.linesOf(region) ?? []) : []),
    }
  }
}

/**
 * Reads files as one intent. Goes on past a file that is no YAML; its errors are among the diagnostics. `seen` is shown
 * every text.
 */
export function loadIntents(
  io: Io,
  files: readonly string[],
  progress?: Progress,
  seen: (source: SourceText) => void = () => {},
): Loaded {
  const diagnostics: Diagnostic[] = []
  // Standard input cannot be read twice.
  const shelf = new Shelf(io, files.length <= keptTexts || files.includes('-'))
  const documents: Document[] = []
  for (const path of files) {
    progress?.step()
    const file = path === '-' ? '<stdin>' : path
    const decoded = decodeText(io.read(path), file)
    diagnostics.push(...decoded.diagnostics)
    if (decoded.value === undefined) continue
    seen(decoded.value)
    const parsed = readYaml(decoded.value)
    diagnostics.push(...parsed.diagnostics)
    shelf.put(file, decoded.value, parsed.value?.origin)
    if (parsed.value === undefined) continue
    documents.push({ name: hostNameOf(path), value: parsed.value.value, origin: shelf.originOf(file) })
  }
  const read = readIntent(documents, document => (validate(document) ? [] : (validate.errors ?? [])))
  return {
    intent: read.value.intent,
    origin: read.value.origin,
    texts: shelf,
    files: files.map(path => (path === '-' ? '<stdin>' : path)),
    diagnostics: [...diagnostics, ...read.diagnostics],
  }
}
