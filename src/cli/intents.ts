// From what stands on the command line to one intent: files, folders and standard input, read together.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Origin, Texts } from '../diagnostics/origin.ts'
import validate from '../generated/validate.js'
import type { Intent } from '../intent/intent.ts'
import { type Document, readIntent } from '../intent/read.ts'
import { decodeText, type SourceText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import { type Io, Unreadable, Usage } from './io.ts'
import type { Progress } from './progress.ts'

export interface Loaded {
  readonly intent: Intent
  readonly origin: Origin
  readonly texts: Texts
  readonly files: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

const endings = /\.(?:ya?ml|json)$/i

/** The files that the arguments name, folders opened, each file once, in the order given. Throws Unreadable. */
export function intentFiles(io: Io, paths: readonly string[]): readonly string[] {
  const files = new Set<string>()
  const add = (path: string, asked: boolean): void => {
    if (path === '-') {
      files.add(path)
      return
    }
    const kind = io.kind(path)
    if (kind === undefined) throw new Unreadable(path, 'there is no such file or folder')
    if (kind === 'file') {
      if (asked || endings.test(path)) files.add(path)
      return
    }
    for (const name of io.list(path))
      if (!name.startsWith('.')) add(`${path.replace(/\/+$/, '')}/${name}`, false)
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

const noOrigin: Origin = { regionOf: () => undefined, lines: () => [] }

/** Reads files as one intent. Goes on past a file that is no YAML; its errors are among the diagnostics. */
export function loadIntents(io: Io, files: readonly string[], progress?: Progress): Loaded {
  const diagnostics: Diagnostic[] = []
  const texts = new Map<string, SourceText>()
  const documents: Document[] = []
  for (const file of files) {
    progress?.step()
    const decoded = decodeText(io.read(file), file === '-' ? '<stdin>' : file)
    diagnostics.push(...decoded.diagnostics)
    if (decoded.value === undefined) continue
    texts.set(decoded.value.file, decoded.value)
    const parsed = readYaml(decoded.value)
    diagnostics.push(...parsed.diagnostics)
    if (parsed.value === undefined) continue
    documents.push({
      name: hostNameOf(file),
      value: parsed.value.value,
      origin: parsed.value.origin ?? noOrigin,
    })
  }
  const read = readIntent(documents, document => (validate(document) ? [] : (validate.errors ?? [])))
  return {
    intent: read.value.intent,
    origin: read.value.origin,
    texts,
    files: files.map(file => (file === '-' ? '<stdin>' : file)),
    diagnostics: [...diagnostics, ...read.diagnostics],
  }
}
