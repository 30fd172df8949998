// What a target can say of an option. A table of stances is data; only `custom` carries functions, and always both
// directions of them.

import type { Severity } from '../diagnostics/diagnostic.ts'
import type { Device, Host } from '../intent/intent.ts'
import type { Value } from '../options/kind.ts'
import type { Mode } from '../options/row.ts'
import type { Found, ScannedDevice, Setting } from './setting.ts'

/** Both directions of a respelling, between the neutral spelling of a kind and a target's own. */
export interface Spelling {
  /** Undefined: this value cannot be spelled so. */
  write(value: Value): Value | undefined
  /** Undefined: this text is not of this spelling. */
  read(native: Value): Value | undefined
}

/** Values that a target cannot carry although it has a word for the option. */
export interface Exception {
  /** Absent: every value. */
  readonly values?: readonly Value[]
  /** Only in these modes of the bond; in all where absent. */
  readonly modes?: readonly Mode[]
  /** Only in versions of the target before this one, or from this one on. */
  readonly before?: string
  readonly from?: string
  readonly because: string
}

export interface Says {
  readonly stance: 'says'
  readonly name: string
  /** The part of the device's configuration; each target names its own. */
  readonly in: string
  readonly as: Spelling | undefined
  /** One setting for each item of a list. */
  readonly each: boolean
  /** Written at each device that the value names, with this device's own name as the value. */
  readonly inverse: boolean
  readonly except: readonly Exception[]
  /** The first version of the target that has it. */
  readonly since: string | undefined
  /** Names in versions before the one given, oldest first. */
  readonly formerly: readonly { readonly before: string; readonly name: string }[]
  /** Further names that are read. */
  readonly also: readonly string[]
  /** What the target does when nothing is said, in the neutral spelling, where that is not what the driver does. */
  readonly unset: Value | undefined
  /** The option that `unset` gives way to: where that one is said to be other than the driver has it, nothing is done. */
  readonly yields: string | undefined
  /** Written even when nothing was said, with the driver's own default. */
  readonly always: boolean
}

export interface Only {
  readonly stance: 'only'
  readonly value: Value
  readonly because: string
}

export interface Cannot {
  readonly stance: 'cannot'
  readonly because: string
  /** What to do instead, when there is something. */
  readonly instead: string | undefined
  /** What it means, where that is less than what the row says because nothing is missed. */
  readonly severity?: Severity | undefined
}

/** What a `custom` writer is told beside the value. */
export interface Context {
  readonly device: Device
  readonly host: Host
  /** Of the target, as it is written for; absent: its newest. */
  readonly version?: string | undefined
}

/** Settings, or the reason why there are none; both where a part of the value cannot be said. */
export interface Written {
  readonly settings: readonly Omit<Setting, 'from'>[]
  readonly refused?: string
}

export interface Custom {
  readonly stance: 'custom'
  /** One line for the table of targets. */
  readonly shape: string
  write(value: never, context: Context): Written
  /** The value in the neutral spelling with what it was read from; undefined where nothing was found. */
  read(
    device: ScannedDevice,
    all: readonly ScannedDevice[],
  ): { readonly value: Value; readonly used: readonly Found[] } | undefined
}

export type Stance = Says | Only | Cannot | Custom

type SaysOptions = Partial<Omit<Says, 'stance' | 'name' | 'as'>> & {
  readonly as?: Spelling
  /** Respellings of single values; others are written as they are. */
  readonly values?: Readonly<Record<string, Value>>
}

/** It has a word for it. */
export function says(name: string, options: SaysOptions = {}): Says {
  const { values, as, ...rest } = options
  return {
    stance: 'says',
    name,
    in: 'body',
    as: as ?? (values ? respelled(values) : undefined),
    each: false,
    inverse: false,
    except: [],
    since: undefined,
    formerly: [],
    also: [],
    unset: undefined,
    yields: undefined,
    always: false,
    ...rest,
  }
}

/** It cannot be told; it always does this. */
export const only = (value: Value, because: string): Only => ({ stance: 'only', value, because })

/** It has no way. */
export const cannot = (because: string, instead?: string): Cannot => ({ stance: 'cannot', because, instead })

/** It has no way, and no need of one: what is asked for happens by itself. */
export const needless = (because: string): Cannot => ({ ...cannot(because), severity: 'note' })

/** It says it in a shape of its own. */
export const custom = (pair: Omit<Custom, 'stance'>): Custom => ({ stance: 'custom', ...pair })

/** Single values under other names; what is not in the map is written and read as it is. */
export function respelled(values: Readonly<Record<string, Value>>): Spelling {
  const back = new Map(Object.entries(values).map(([neutral, native]) => [String(native), neutral]))
  return {
    write: value => (Object.hasOwn(values, String(value)) ? values[String(value)] : value),
    read: native => back.get(String(native)) ?? native,
  }
}

/** A number with a unit behind it: 100 is `100ms`. Only that unit is read. */
export const withUnit = (unit: string): Spelling => ({
  write: value => (typeof value === 'number' ? `${value}${unit}` : undefined),
  read(native) {
    const [, digits] = new RegExp(`^(\\d{1,15})${unit}$`).exec(String(native)) ?? []
    return digits === undefined ? undefined : Number(digits)
  },
})

/** A list as one word, its items joined. */
export const joined = (separator: string): Spelling => ({
  write: value => (Array.isArray(value) ? value.join(separator) : undefined),
  read: native =>
    String(native)
      .split(separator === ' ' ? /\s+/ : separator)
      .map(item => item.trim())
      .filter(item => item !== ''),
})

/** Words as a list: `SRC_IP DST_IP` is two items. Reads what a dialect shows of a list, in brackets. */
export const parted: Spelling = {
  write: value => (typeof value === 'string' ? value.split(' ') : undefined),
  read: native =>
    String(native)
      .replace(/^\[(.*)\]$/, '$1')
      .split(/[\s,]+/)
      .join(' '),
}

/** A fixed text around the value: `echo 1 > FILE`. */
export const around = (before: string, after: string): Spelling => ({
  write: value => (typeof value === 'object' ? undefined : `${before}${value}${after}`),
  read(native) {
    const text = String(native)
    const fits =
      text.startsWith(before) && text.endsWith(after) && text.length >= before.length + after.length
    return fits ? text.slice(before.length, text.length - after.length) : undefined
  },
})

/** One respelling after another, as written. */
export const inTurn = (first: Spelling, second: Spelling): Spelling => ({
  write(value) {
    const half = first.write(value)
    return half === undefined ? undefined : second.write(half)
  },
  read(native) {
    const half = second.read(native)
    return half === undefined ? undefined : first.read(half)
  },
})

export const yesNo = respelled({ true: 'yes', false: 'no', on: 'yes', off: 'no' })
export const oneZero = respelled({ on: 1, off: 0 })
export const trueFalse = respelled({ on: true, off: false })
