// Configurations that others wrote, read as an intent: what a file is, is recognised; files of one target are one host.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { type Mount, mergeOrigins, type Origin } from '../diagnostics/origin.ts'
import type { Host } from '../intent/intent.ts'
import { decodeText, type SourceText } from '../intent/text.ts'
import { claimOf } from '../targets/claims.ts'
import { targetOf } from '../targets/index.ts'
import { recall } from '../targets/recall.ts'
import type { ScannedFile, Target } from '../targets/target.ts'
import { type Io, Unreadable, Usage } from './io.ts'

export interface Foreign {
  readonly hosts: readonly Host[]
  readonly origin: Origin
  readonly texts: ReadonlyMap<string, SourceText>
  readonly diagnostics: readonly Diagnostic[]
}

/** Every file below the paths; folders are opened. Throws Unreadable. */
export function allFiles(io: Io, paths: readonly string[]): readonly string[] {
  const files = new Set<string>()
  const add = (path: string): void => {
    const kind = path === '-' ? 'file' : io.kind(path)
    if (kind === undefined) throw new Unreadable(path, 'there is no such file or folder')
    if (kind === 'file') files.add(path)
    else
      for (const name of io.list(path)) if (!name.startsWith('.')) add(`${path.replace(/\/+$/, '')}/${name}`)
  }
  for (const path of paths) add(path)
  return [...files]
}

/** Reads files as configurations of a target; `from` names it, else each is recognised. `name` is the host's. */
export function readForeign(
  io: Io,
  files: readonly string[],
  from: string | undefined,
  name: string,
): Foreign {
  const diagnostics: Diagnostic[] = []
  const texts = new Map<string, SourceText>()
  const byTarget = new Map<Target, SourceText[]>()
  for (const path of files) {
    const file = path === '-' ? '<stdin>' : path
    const decoded = decodeText(io.read(path), file)
    diagnostics.push(...decoded.diagnostics)
    if (decoded.value === undefined) continue
    texts.set(file, decoded.value)
    const id = from ?? claimOf(path, decoded.value.text)
    const target = id === undefined ? undefined : targetOf(id)?.target
    if (target === undefined) diagnostics.push(unrecognised(decoded.value))
    else byTarget.set(target, [...(byTarget.get(target) ?? []), decoded.value])
  }
  const hosts: Host[] = []
  const mounts: Mount[] = []
  for (const [target, sources] of byTarget) {
    const own = byTarget.size === 1 ? name : `${name}-${target.id}`
    const read = readHost(target, sources, own, texts)
    diagnostics.push(...read.diagnostics)
    hosts.push(read.host)
    mounts.push({ model: ['hosts', own], origin: read.origin, document: ['hosts', own] })
  }
  return { hosts, origin: mergeOrigins(mounts), texts, diagnostics }
}

const unrecognised = (source: SourceText): Diagnostic => ({
  code: 'not-recognised',
  severity: 'warning',
  message: 'neither its name nor its content tells what it is, so it is passed over',
  region: source.regionOf(0, 0),
  help: 'say what it is with --from',
})

function readHost(
  target: Target,
  sources: readonly SourceText[],
  name: string,
  texts: ReadonlyMap<string, SourceText>,
) {
  const diagnostics: Diagnostic[] = []
  const scanned = sources.map(({ file, text }): ScannedFile => {
    const { statements, diagnostics: found } = target.dialect.statements(text, file)
    diagnostics.push(...found)
    return { path: file, statements }
  })
  const { devices, outside } = target.recognise(scanned)
  const recalled = recall(devices, target, name, (file, { start, end }) => {
    const source = texts.get(file)
    if (source === undefined) throw new Error(`${target.id} speaks of ${file}, which was not read`)
    return source.regionOf(start, end)
  })
  diagnostics.push(...recalled.diagnostics)
  const [first] = sources
  if (outside > 0 && first !== undefined) {
    diagnostics.push({
      code: 'outside',
      severity: 'note',
      message: `${outside} statement${outside === 1 ? ' is' : 's are'} no part of a bond or what stands on it, and left alone`,
      region: first.regionOf(0, 0),
    })
  }
  return {
    host: { ...recalled.host, options: { target: [target.id] } },
    origin: recalled.origin,
    diagnostics,
  }
}

/** The host's name for files that do not say it: that of the first file, or of its folder where the file's is fixed. */
export function hostNameFor(files: readonly string[]): string {
  const [first = '-'] = files
  const words = first.split('/').filter(word => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(word))
  const own = words.find((_, at) => ['etc', 'network', 'netplan', 'run'].includes(words[at + 1] ?? ''))
  return own !== undefined && own !== 'etc' && own !== 'run' ? own.slice(0, 63) : 'host'
}

/** For commands that take `--from`. Throws Usage. */
export function knownFrom(from: string | undefined): string | undefined {
  if (from === undefined || from === 'auto') return undefined
  if (targetOf(from) === undefined)
    throw new Usage(`--from is auto or a target, and there is no target ${from}`)
  return from
}
