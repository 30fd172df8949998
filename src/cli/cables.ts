// A list of cables named on the command line: what every command that takes `--cabling` does with it.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { type Joined, joinCables, readCabling } from '../intent/cabling.ts'
import type { Intent } from '../intent/intent.ts'
import { decodeText } from '../intent/text.ts'
import type { Io } from './io.ts'
import { type Shelf, shown } from './shelf.ts'

/** The option, as all commands have it. */
export const cablingOption = [
  '--cabling <file>',
  'a list of cables, host,port,switch,port, as CSV or JSON',
] as const

/** Files but for the list of cables, which is named for another reason. Throws Unreadable. */
export function withoutFile(io: Io, files: readonly string[], one: string | undefined): readonly string[] {
  if (one === undefined || one === '-') return files
  const real = io.realPath(one)
  return files.filter(file => file === '-' || io.realPath(file) !== real)
}

export interface Cabled extends Joined {
  readonly diagnostics: readonly Diagnostic[]
  /** The files that were read for it. */
  readonly files: readonly string[]
}

/**
 * An intent with the cables of a list, where one is named; its text goes on the shelf. `aliases`: further names of a node.
 * Throws Unreadable.
 */
export function cabled(
  io: Io,
  shelf: Shelf,
  intent: Intent,
  list: string | undefined,
  aliases?: ReadonlyMap<string, string>,
): Cabled {
  if (list === undefined) return { intent, mounts: [], diagnostics: [], files: [] }
  const { value: source, diagnostics } = decodeText(io.read(list), shown(list))
  if (source === undefined) return { intent, mounts: [], diagnostics, files: [list] }
  shelf.put(source.file, source)
  const read = readCabling(source)
  const joined = joinCables(intent, read.value, aliases)
  return {
    ...joined.value,
    diagnostics: [...diagnostics, ...read.diagnostics, ...joined.diagnostics],
    files: [list],
  }
}
