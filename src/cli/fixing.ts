// `lint --fix`: fixes made in the texts of files, pass by pass, until nothing more is found that can be settled; then
// all files are written, or none. Each pass reads and lints anew, so that a fix is never made for what is gone.

import { posix } from 'node:path'
import type { Edit } from '../diagnostics/diagnostic.ts'
import { fixable, nativeFixed } from '../fix/index.ts'
import type { SourceText } from '../intent/text.ts'
import type { ForeignHost } from './foreign.ts'
import type { Io } from './io.ts'
import { type Linted, type LintSettings, lintFiles, machineOf } from './linting.ts'

/** More passes than any fix needs that follows from another; fixes that undo each other end here. */
const mostPasses = 10

export interface Changed {
  readonly file: string
  readonly before: string
  readonly after: string
}

export interface Fixed {
  /** What is found after all fixes. */
  readonly linted: Linted
  readonly changed: readonly Changed[]
}

/** Texts of files as they are to be; what is not in it is as it is. */
type Overlay = Map<string, Uint8Array>

const encoder = new TextEncoder()
const byteOrderMark = '\uFEFF'

const overlaid = (io: Io, overlay: Overlay): Io => ({
  ...io,
  read: path => overlay.get(path) ?? io.read(path),
})

/** Fixes what can be fixed in files that are one intent, in memory. Throws Unreadable. */
export function fixFiles(io: Io, files: readonly string[], settings: LintSettings, unsafe: boolean): Fixed {
  const overlay: Overlay = new Map()
  const originals = new Map<string, string>()
  // Standard input cannot be read twice.
  if (files.includes('-')) overlay.set('-', io.read('-'))
  const view = overlaid(io, overlay)
  let linted = lintFiles(view, files, settings)
  for (let pass = 0; pass < mostPasses && fixOnce(view, overlay, originals, linted, unsafe); pass++) {
    linted = lintFiles(view, files, settings)
  }
  const changed = [...originals].map(([file, before]) => ({
    file,
    before,
    after: new TextDecoder('utf-8', { ignoreBOM: true }).decode(overlay.get(file)),
  }))
  return { linted, changed: changed.filter(({ before, after }) => before !== after) }
}

/** One pass over all files; false where nothing was done. */
function fixOnce(
  io: Io,
  overlay: Overlay,
  originals: Map<string, string>,
  { offers, textOf }: Linted,
  unsafe: boolean,
): boolean {
  const byFile = new Map<string, (readonly Edit[])[]>()
  const byHost = new Map<ForeignHost, (readonly Edit[])[]>()
  for (const { file, host, safe, edits } of offers) {
    if (!safe && !unsafe) continue
    if (host === undefined) byFile.set(file, [...(byFile.get(file) ?? []), edits])
    else byHost.set(host, [...(byHost.get(host) ?? []), edits])
  }
  let done = false
  /** Puts the text of a file; false where its bytes are not those of the text that was read. */
  const put = (source: SourceText, after: string): void => {
    const path = source.file === '<stdin>' ? '-' : source.file
    const whole = wholeText(io.read(path), source.text)
    if (whole === undefined) return
    if (!originals.has(path)) originals.set(path, whole)
    overlay.set(path, encoder.encode(whole.startsWith(byteOrderMark) ? byteOrderMark + after : after))
    done = true
  }
  for (const [host, edits] of byHost) {
    const machine = machineOf(host, textOf)
    if (machine === undefined || !machine.sources.every(source => isWhole(io, source))) continue
    const after = nativeFixed(machine, edits)
    for (const [at, source] of machine.sources.entries()) {
      const now = after.sources[at]?.text
      if (now !== undefined && now !== source.text) put(source, now)
    }
  }
  for (const [file, edits] of byFile) {
    const source = textOf(file)
    const after = source && fixable(source)?.fixed(edits)
    if (source !== undefined && after !== undefined) put(source, after)
  }
  return done
}

/** Whether a file can be written back as it was read. */
const isWhole = (io: Io, { file, text }: SourceText): boolean =>
  wholeText(io.read(file === '<stdin>' ? '-' : file), text) !== undefined

/**
 * A file's text with its byte order mark. Undefined where its bytes are not exactly those of the text: what could not
 * be read is not written back as something else.
 */
function wholeText(bytes: Uint8Array, text: string): string | undefined {
  for (const whole of [text, byteOrderMark + text]) {
    const own = encoder.encode(whole)
    if (own.length === bytes.length && own.every((byte, at) => byte === bytes[at])) return whole
  }
  return undefined
}

/** Writes files whole and with their modes kept, all of them or none. Throws Unwritable, Unreadable. */
export function writeChanged(io: Io, changed: readonly Changed[]): void {
  const files = changed.map(({ file, after }) => ({
    path: io.realPath(file),
    mode: io.permissions(file),
    content: after,
  }))
  const [first] = files
  if (first === undefined) return
  const folder = files.map(({ path }) => posix.dirname(path)).reduce(commonFolder, posix.dirname(first.path))
  const transaction = io.transaction(folder)
  for (const file of files) transaction.add({ ...file, path: posix.relative(folder, file.path) })
  transaction.commit()
}

function commonFolder(a: string, b: string): string {
  let common = a
  while (common !== '/' && b !== common && !b.startsWith(`${common}/`)) common = posix.dirname(common)
  return common
}
