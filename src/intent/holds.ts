// What can be read back of a bond once it is up: for each file below /sys/class/net/BOND/bonding the texts that mean what
// the driver should hold. Which value that is, settle says; this is its spelling, for programs that know no options.

import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts'
import { bonding } from '../options/index.ts'
import { type AnyKind, toggle, type Value } from '../options/kind.ts'
import type { AnyRow } from '../options/row.ts'
import { settle } from './effective.ts'
import { type Bond, valueOf } from './intent.ts'

/** By file, the texts that are right, without the line break. A list stands in the order of the file. */
export type Holds = Readonly<Record<string, readonly string[]>>

/**
 * What the driver will hold of a bond. `lost` is what a target could not write of it and so was never said to the driver.
 * Left out is what nobody can know: what the driver chooses at run time, what it refuses in the mode and may read back as
 * nothing, an option that was written in part, and one that is newer than some kernels and was not said.
 */
export function holds(bond: Bond, lost: readonly Diagnostic[]): Holds {
  const reached = (id: string) => reachOf(valueOf(bond, id as keyof Bond['options']).path, lost)
  const said = Object.fromEntries(Object.entries(bond.options).filter(([id]) => reached(id) !== 'nothing'))
  const settled = settle(said)
  const held: Readonly<Record<string, unknown>> = settled
  return Object.fromEntries(
    Object.entries<AnyRow>(bonding).flatMap(([id, row]) => {
      if (!row.kernel?.sysfs || id === 'active-slave' || reached(id) === 'part') return []
      if (row.elsewhere === 'refused' && !row.modes.includes(settled.mode)) return []
      if (row.since !== undefined && said[id] === undefined) return []
      return [[row.kernel.name, textsOf(row.kind, held[id])] as const]
    }),
  )
}

function reachOf(path: Path, lost: readonly Diagnostic[]): 'whole' | 'part' | 'nothing' {
  let reach: 'whole' | 'part' | 'nothing' = 'whole'
  for (const { at } of lost) {
    if (at === undefined || path.some((step, index) => at.path[index] !== step)) continue
    if (at.path.length === path.length) return 'nothing'
    reach = 'part'
  }
  return reach
}

/** Enumerations read back as `slow 0` or `0`, truths likewise, lists with a space between. */
function textsOf(kind: AnyKind, value: unknown): readonly string[] {
  const written: Value = kind.write(value)
  if (Array.isArray(written)) return [written.join(' ')]
  const word = String(written)
  const number = numberOf(kind, word)
  return number === undefined ? [word] : [`${word} ${number}`, String(number)]
}

function numberOf(kind: AnyKind, word: string): number | undefined {
  if (kind === toggle) return word === 'on' ? 1 : 0
  return 'numbers' in kind ? (kind.numbers as Readonly<Record<string, number>>)[word] : undefined
}
