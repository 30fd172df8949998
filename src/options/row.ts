// What a row of the option table says. Truths about one option are columns here; truths about several things are
// rules. Rows are data: the only functions near them are the two directions of their kinds.

import type { Severity } from '../diagnostics/diagnostic.ts'
import { choice, type Kind } from './kind.ts'

/** The seven modes with the numbers that the kernel gives them (include/uapi/linux/if_bonding.h). */
export const modeKind = choice({
  'balance-rr': 0,
  'active-backup': 1,
  'balance-xor': 2,
  broadcast: 3,
  '802.3ad': 4,
  'balance-tlb': 5,
  'balance-alb': 6,
})

export type Mode = keyof typeof modeKind.numbers

export const allModes = Object.keys(modeKind.numbers) as readonly Mode[]

/** What a change needs, the least first: nothing, the device down, down and without members, the device made anew. */
export const changes = ['live', 'down', 'empty', 'anew'] as const

export type Change = (typeof changes)[number]

/** The most that one of several changes needs. */
export const strongest = (needed: readonly Change[]): Change =>
  changes.findLast(change => needed.includes(change)) ?? 'live'

export interface Row<V = unknown> {
  /** One sentence, for the schema, the reference and `explain`. */
  readonly summary: string
  readonly kind: Kind<V>
  /** What holds when nothing is said; undefined where nothing then holds. */
  readonly unset: V | undefined
  /** Modes in which the driver acts on it; all where absent. */
  readonly modes: readonly Mode[]
  /** What the driver does with it in the other modes: refuses it (EACCES), or stores it and does nothing. */
  readonly elsewhere: 'refused' | 'ignored'
  /** Which ends can be told. */
  readonly side: 'host' | 'switch' | 'both'
  /** Facts describe what is there (a cable, a speed); they are never rendered. */
  readonly fact: boolean
  /** What it means when a target cannot carry it. */
  readonly ifLost: Severity
  /** The driver's name, and whether it is a file below /sys/class/net/BOND/bonding/; absent for other subjects. */
  readonly kernel: { readonly name: string; readonly sysfs: boolean } | undefined
  /** The first kernel series that has it; absent: older than 4.4. */
  readonly since: string | undefined
  /** Releases of older long-term series that have it as well, each the first of its series. */
  readonly backports: readonly string[]
  /** Single values that are newer than the option. */
  readonly valuesSince: Readonly<Record<string, string>>
  /** Single values that the driver no longer takes, by the first series that refuses them. */
  readonly valuesUntil: Readonly<Record<string, string>>
  /** What a new value needs of a device that is there (of a bond: bond_options.c, BOND_OPTFLAG_*). */
  readonly change: Change
  /** Other spellings that are read. */
  readonly aliases: readonly string[]
  /** Stable diagnostic codes for what the columns find: a value outside the kind, a mode that does not listen. */
  readonly codes: { readonly value: string; readonly mode: string }
  readonly source: string
}

/** Any row, when its value type does not matter. */
// biome-ignore lint/suspicious/noExplicitAny: a table of rows of different value types is walked as a whole
export type AnyRow = Row<any>

type Optional<V> = {
  readonly unset?: NoInfer<V>
  readonly modes?: readonly Mode[]
  readonly elsewhere?: 'refused' | 'ignored'
  readonly side?: 'host' | 'switch' | 'both'
  readonly fact?: boolean
  readonly ifLost?: Severity
  readonly kernel?: string
  readonly sysfs?: boolean
  readonly since?: string
  readonly backports?: readonly string[]
  readonly valuesSince?: Readonly<Record<string, string>>
  readonly valuesUntil?: Readonly<Record<string, string>>
  readonly change?: Change
  readonly aliases?: readonly string[]
  readonly codes?: { readonly value?: string; readonly mode?: string }
}

/** Fills the columns of a row that are the same for most options. */
export function option<V>(
  row: { readonly summary: string; readonly kind: Kind<V>; readonly source: string } & Optional<V>,
): Row<V> {
  return {
    summary: row.summary,
    kind: row.kind,
    unset: row.unset,
    modes: row.modes ?? allModes,
    elsewhere: row.elsewhere ?? 'refused',
    side: row.side ?? 'host',
    fact: row.fact ?? false,
    ifLost: row.ifLost ?? 'warning',
    kernel: row.kernel === undefined ? undefined : { name: row.kernel, sysfs: row.sysfs ?? true },
    since: row.since,
    backports: row.backports ?? [],
    valuesSince: row.valuesSince ?? {},
    valuesUntil: row.valuesUntil ?? {},
    change: row.change ?? 'live',
    aliases: row.aliases ?? [],
    codes: { value: row.codes?.value ?? 'value-not-allowed', mode: row.codes?.mode ?? 'option-does-nothing' },
    source: row.source,
  }
}

/** The value type of a row. */
export type RowValue<R> = R extends Row<infer V> ? V : never

/** What may be said with a group of rows: each option at most once, each of its own type. */
export type OptionSet<R> = { readonly [K in keyof R]?: RowValue<R[K]> }
