// From what stands on the command line to one intent: files, folders and standard input, read together.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { mountedOn, type Origin } from '../diagnostics/origin.ts'
import validate from '../generated/validate.js'
import type { Intent } from '../intent/intent.ts'
import { type Document, readIntent } from '../intent/read.ts'
import { decodeText, type SourceText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import { cabled, withoutFile } from './cables.ts'
import { filesMatching, isPattern } from './glob.ts'
import { type Io, Unreadable, Usage } from './io.ts'
import type { Progress } from './progress.ts'
import { Shelf, type SourceTexts, shown } from './shelf.ts'

export interface Loaded {
  readonly intent: Intent
  readonly origin: Origin
  readonly texts: SourceTexts
  readonly files: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What intents end in. */
export const intentEndings = /\.(?:ya?ml|json)$/i

/** Where lint is configured. */
export const configName = 'bondplan.config.yaml'

const nothingThere = 'there is no such file or folder'

/** What is never an intent although it ends like one. */
const passedOver: readonly string[] = [configName, 'node_modules']

/**
 * The files that the arguments name, folders opened and patterns followed, each file once, in the order given. `takes`:
 * which of those in a folder. Throws Unreadable.
 */
export function intentFiles(
  io: Io,
  paths: readonly string[],
  takes: (path: string) => boolean = path => intentEndings.test(path),
): readonly string[] {
  const files = new Set<string>()
  const folders = new Set<string>()
  const open = (folder: string, real: string): void => {
    // A link may lead back to where it stands.
    if (folders.has(real)) return
    folders.add(real)
    const above = folder.replace(/\/+$/, '')
    for (const { name, kind, link } of io.list(folder)) {
      if (name.startsWith('.') || passedOver.includes(name)) continue
      const path = `${above}/${name}`
      if (kind === 'folder') open(path, link ? io.realPath(path) : `${real === '/' ? '' : real}/${name}`)
      else if (kind === undefined) throw new Unreadable(path, nothingThere)
      else if (takes(path)) files.add(path)
    }
  }
  const add = (path: string): void => {
    const kind = path === '-' ? 'file' : io.kind(path)
    if (kind === 'folder') open(path, io.realPath(path))
    else if (kind === 'file') files.add(path)
    else if (isPattern(path)) addMatching(path)
    else throw new Unreadable(path, nothingThere)
  }
  const addMatching = (pattern: string): void => {
    const matching = filesMatching(io, pattern)
    if (matching.length === 0) throw new Unreadable(pattern, 'no file has a name that fits this pattern')
    for (const file of matching)
      if (!passedOver.some(name => file === name || file.endsWith(`/${name}`))) files.add(file)
  }
  for (const path of paths) add(path)
  if (files.size === 0) throw new Usage(`there is no file to be read in ${paths.join(', ')}`)
  return [...files]
}

/** The name of a file's only host where it says none: its own, without folder and ending. */
function hostNameOf(file: string): string {
  if (file === '-') return 'host'
  const base = file.slice(file.lastIndexOf('/') + 1).replace(intentEndings, '')
  const name = base
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 63)
  return name === '' ? 'host' : name
}

/**
 * Reads files as one intent, with the cables of the list `cabling`. Goes on past a file that is no YAML; its errors are
 * among the diagnostics. Throws Unreadable.
 */
export function loadIntents(
  io: Io,
  named: readonly string[],
  cabling: string | undefined,
  progress?: Progress,
): Loaded {
  const files = withoutFile(io, named, cabling)
  const shelf = new Shelf(io, files)
  const reader = new IntentReader(shelf)
  const diagnostics: Diagnostic[] = []
  for (const path of files) {
    progress?.step()
    const decoded = decodeText(io.read(path), shown(path))
    diagnostics.push(...decoded.diagnostics)
    if (decoded.value !== undefined) reader.take(path, decoded.value)
  }
  const read = reader.read()
  const { intent, mounts, ...joined } = cabled(io, shelf, read.intent, cabling)
  return {
    intent,
    origin: mountedOn(read.origin, mounts),
    texts: shelf,
    files: [...files, ...joined.files].map(shown),
    diagnostics: [...diagnostics, ...read.diagnostics, ...joined.diagnostics],
  }
}

/** Takes files of an intent one by one, and reads them as one. */
export class IntentReader {
  readonly #shelf: Shelf
  readonly #seen: (source: SourceText) => void
  readonly #documents: Document[] = []
  readonly #diagnostics: Diagnostic[] = []

  /** `seen` is shown every text. */
  constructor(shelf: Shelf, seen: (source: SourceText) => void = () => {}) {
    this.#shelf = shelf
    this.#seen = seen
  }

  take(path: string, source: SourceText): void {
    this.#seen(source)
    const parsed = readYaml(source)
    this.#diagnostics.push(...parsed.diagnostics)
    this.#shelf.put(source.file, source, parsed.value?.origin)
    if (parsed.value === undefined) return
    const origin = this.#shelf.originOf(source.file)
    this.#documents.push({ name: hostNameOf(path), value: parsed.value.value, origin })
  }

  read(): Pick<Loaded, 'intent' | 'origin' | 'diagnostics'> {
    const { value, diagnostics } = readIntent(this.#documents, document =>
      validate(document) ? [] : (validate.errors ?? []),
    )
    return { ...value, diagnostics: [...this.#diagnostics, ...diagnostics] }
  }
}
