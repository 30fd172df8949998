// The walk backwards: what was found in a target's text becomes what was said. Every statement of a device ends in one
// state: understood, ignored because it is known and none of ours, or not understood, a diagnostic at its line.

import type { Diagnostic, Path, Step } from '../diagnostics/diagnostic.ts'
import type { Origin } from '../diagnostics/origin.ts'
import type { Region } from '../diagnostics/region.ts'
import type { Span } from '../dialects/dialect.ts'
import type { Device, Host } from '../intent/intent.ts'
import { once } from '../intent/once.ts'
import { collections, type DeviceSubject, entriesOf, rowsOf } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import type { AnyRow, Mode } from '../options/row.ts'
import { sameValue, unsetValue } from './place.ts'
import type { Found, ScannedDevice } from './setting.ts'
import type { Custom, Says, Stance } from './stance.ts'
import type { Ignored, Target } from './target.ts'

export interface Recalled {
  readonly host: Host
  readonly origin: Origin
  readonly spots: Spots
  /** Statements of these devices that are about other things. */
  readonly outside: number
  readonly diagnostics: readonly Diagnostic[]
}

/** Where a statement stands in the files, as lines and columns. */
export type RegionOf = (file: string, span: Span) => Region

/** Reads a host out of what a target's text was found to say. */
export function recall(
  devices: readonly ScannedDevice[],
  target: Target,
  name: string,
  regionOf: RegionOf,
): Recalled {
  const memory = new Memory(name, devices, target, regionOf)
  for (const device of devices) memory.readCustoms(device)
  for (const device of devices) memory.readPlain(device)
  return memory.recalled()
}

interface Remembered {
  readonly subject: DeviceSubject
  readonly name: string
  readonly values: Map<string, Value>
  /** Options that are said with a value that is none. */
  readonly unread: Set<string>
}

class Memory {
  readonly #path: Path
  readonly #devices: readonly ScannedDevice[]
  readonly #target: Target
  readonly #regionOf: RegionOf
  readonly #remembered = new Map<string, Remembered>()
  readonly #spots = new Map<string, { readonly key: Region; readonly value: Region }>()
  readonly #diagnostics: Diagnostic[] = []
  readonly #name: string
  /** Read by a pair: of this device, or of another that it is a part of. */
  readonly #used = new Set<Found>()
  #outside = 0

  constructor(name: string, devices: readonly ScannedDevice[], target: Target, regionOf: RegionOf) {
    this.#name = name
    this.#path = ['hosts', name]
    this.#devices = devices
    this.#target = target
    this.#regionOf = regionOf
    for (const device of devices) this.#device(device)
  }

  #device({ subject, name, file, key }: ScannedDevice): Remembered {
    let known = this.#remembered.get(name)
    if (known === undefined) {
      known = { subject, name, values: new Map(), unread: new Set() }
      this.#remembered.set(name, known)
      const region = this.#regionOf(file, key)
      this.#spots.set(spot(this.#pathOf(known)), { key: region, value: region })
    }
    return known
  }

  #pathOf({ subject, name }: Remembered): Path {
    return [...this.#path, collections[subject], name]
  }

  readCustoms(device: ScannedDevice): void {
    for (const { id, stance } of customsOf(this.#target)[device.subject]) this.#readCustom(device, id, stance)
  }

  readPlain(device: ScannedDevice): void {
    for (const found of device.found) {
      if (this.#used.has(found) || this.#readPlain(device, found)) continue
      const ignored = this.#ignored(found)
      if (ignored?.outside) this.#outside += 1
      if (ignored !== undefined) continue
      this.#diagnostics.push({
        ...this.#misunderstood(device, found),
        region: this.#regionOf(found.file, {
          start: found.key.start,
          end: Math.max(found.key.end, found.at.end),
        }),
      })
    }
  }

  /** Why nothing is made of a statement: the target's own word for it, a value that is none, or nobody knows it. */
  #misunderstood(device: ScannedDevice, found: Found): Diagnostic {
    const { name, subject } = device
    const id = optionOf(this.#target, subject, found)
    if (id !== undefined) this.#device(device).unread.add(id)
    const own = this.#target.unread?.find(
      one =>
        one.in === found.in &&
        (one.name?.test(found.name) ?? true) &&
        (one.value?.test(String(found.value)) ?? true),
    )
    if (own !== undefined) {
      const { code, severity = 'warning', says, help, covers } = own
      return {
        code,
        severity,
        message: `${name}: ${found.name} ${says}`,
        ...(help !== undefined && { help }),
        ...(covers !== undefined && { covers }),
      }
    }
    const { expects } = (id === undefined ? undefined : rowsOf(subject)[id]?.kind) ?? {}
    // A word that stands alone has no name.
    if (expects === undefined || typeof found.value === 'object' || found.name === '') {
      const message = `${name}: ${found.name || found.value} is not understood, so nothing is made of it`
      return { code: 'not-understood', severity: 'warning', message }
    }
    const message = `${name}: ${found.value} is no value of ${found.name}, so nothing is made of it`
    const { code = 'not-understood', severity = 'warning' } = this.#target.unchecked ?? {}
    return { code, severity, message, help: `it is ${expects}` }
  }

  #readCustom(device: ScannedDevice, id: string, stance: Custom): void {
    const read = stance.read(device, this.#devices)
    if (read === undefined) return
    for (const found of read.used) this.#used.add(found)
    this.#remember(this.#device(device), id, read.value, read.used[0])
  }

  #readPlain(device: ScannedDevice, found: Found): boolean {
    for (const { subject, id, stance } of candidates(this.#target, found)) {
      if (stance.inverse) {
        const other = this.#remembered.get(String(found.value))
        if (other === undefined || other.subject !== subject) continue
        this.#append(other, id, device.name, found)
        return true
      }
      if (subject !== device.subject) continue
      const native = found.value
      const value = stance.as === undefined ? native : stance.as.read(native)
      if (value === undefined) continue
      const known = this.#device(device)
      if (stance.each) {
        this.#append(known, id, value, found)
        return true
      }
      if (rowsOf(subject)[id]?.kind.read(value) === undefined) continue
      this.#remember(known, id, value, found)
      return true
    }
    return false
  }

  #ignored(found: Found): Ignored | undefined {
    return this.#target.ignores.find(
      ({ in: part, name, value }) =>
        part === found.in &&
        (name === undefined || name === found.name) &&
        (value === undefined || value === String(found.value)),
    )
  }

  #remember(device: Remembered, id: string, value: Value, found: Found | undefined): void {
    device.values.set(id, value)
    this.#stand([...this.#pathOf(device), id], found)
  }

  #append(device: Remembered, id: string, item: Value, found: Found): void {
    const { kind } = rowsOf(device.subject)[id] ?? {}
    const isList = kind !== undefined && 'item' in kind
    if (!isList) {
      this.#remember(device, id, item, found)
      return
    }
    const items = [...((device.values.get(id) as readonly Value[] | undefined) ?? []), item]
    device.values.set(id, items)
    const path = [...this.#pathOf(device), id]
    if (items.length === 1) this.#stand(path, found)
    this.#stand([...path, items.length - 1], found)
  }

  #stand(path: Path, found: Found | undefined): void {
    if (found === undefined) return
    this.#spots.set(spot(path), {
      key: this.#regionOf(found.file, found.key),
      value: this.#regionOf(found.file, found.at),
    })
  }

  recalled(): Recalled {
    const modes = this.#modes()
    const unreadOf = ({ unread, values }: Remembered): readonly string[] =>
      [...unread].filter(id => !values.has(id))
    const of = <S extends DeviceSubject>(subject: S): Device<S>[] =>
      [...this.#remembered.values()]
        .filter(device => device.subject === subject)
        .map(device => ({
          subject,
          name: device.name,
          path: this.#pathOf(device),
          options: this.#options(device, modes.get(device.name)) as Device<S>['options'],
          ...(unreadOf(device).length > 0 && { unread: unreadOf(device) }),
        }))
    const host: Host = {
      subject: 'host',
      name: this.#name,
      path: this.#path,
      options: {},
      ports: of('port'),
      bonds: of('bond'),
      vlans: of('vlan'),
      bridges: of('bridge'),
    }
    return {
      host,
      origin: originOf(this.#spots),
      spots: this.#spots,
      outside: this.#outside,
      diagnostics: this.#diagnostics,
    }
  }

  /** The mode that governs each bond. */
  #modes(): ReadonlyMap<string, Mode> {
    const { kind } = rowsOf('bond').mode as AnyRow
    const bonds = [...this.#remembered.values()].filter(device => device.subject === 'bond')
    return new Map(
      bonds.map(({ name, values }) => [name, (kind.read(values.get('mode')) ?? 'balance-rr') as Mode]),
    )
  }

  #options({ subject, values }: Remembered, mode: Mode | undefined): Readonly<Record<string, unknown>> {
    const options: Record<string, unknown> = {}
    const stances: Readonly<Record<string, Stance>> = this.#target.spellings[subject] ?? {}
    for (const [id, row] of entriesOf(subject)) {
      const stance = Object.hasOwn(stances, id) ? stances[id] : undefined
      const value =
        values.get(id) ?? unsaidValue(id, row, stance, mode, other => isSet(subject, other, values))
      if (value === undefined) continue
      const read = row.kind.read(value)
      if (read !== undefined && !needless(row, read)) options[id] = read
    }
    return options
  }
}

/** Whether an option is said to be other than what it is unsaid. */
function isSet(subject: DeviceSubject, id: string, values: ReadonlyMap<string, Value>): boolean {
  const row: AnyRow | undefined = rowsOf(subject)[id]
  const value = row?.kind.read(values.get(id))
  if (row === undefined || value === undefined) return false
  return row.unset === undefined || !sameValue(row.kind.write(value), row.kind.write(row.unset))
}

/** What the target does when its text is silent, where that is not what the driver does. */
function unsaidValue(
  id: string,
  row: AnyRow,
  stance: Stance | undefined,
  mode: Mode | undefined,
  isSaid: (id: string) => boolean,
): Value | undefined {
  if (stance?.stance !== 'says' || stance.unset === undefined) return undefined
  if (stance.yields !== undefined && isSaid(stance.yields)) return undefined
  const idle = row.kernel !== undefined && mode !== undefined && !row.modes.includes(mode)
  const unset = unsetValue(id, row, mode)
  return idle || (unset !== undefined && sameValue(unset, stance.unset)) ? undefined : stance.unset
}

/** Many targets cannot leave out what they do by default; of what the driver does not know, that says nothing. */
function needless(row: AnyRow, value: unknown): boolean {
  return (
    row.kernel === undefined &&
    row.unset !== undefined &&
    sameValue(row.kind.write(value), row.kind.write(row.unset))
  )
}

interface Candidate {
  readonly subject: DeviceSubject
  readonly id: string
  readonly stance: Says
}

const indexOf = once((target: Target): ReadonlyMap<string, readonly Candidate[]> => {
  const index = new Map<string, Candidate[]>()
  for (const subject of Object.keys(target.spellings) as DeviceSubject[]) {
    for (const [id, stance] of Object.entries<Stance>(target.spellings[subject] ?? {})) {
      if (stance.stance !== 'says') continue
      for (const native of [stance.name, ...stance.also, ...stance.formerly.map(one => one.name)]) {
        const key = `${stance.in}\0${native}`
        index.set(key, [...(index.get(key) ?? []), { subject, id, stance }])
      }
    }
  }
  return index
})

/** The stances that may have written a statement, by its part and name. */
const candidates = (target: Target, { in: part, name }: Found): readonly Candidate[] =>
  indexOf(target).get(`${part}\0${name}`) ?? []

/**
 * The option that a statement is about, though nothing could be made of its value: by the word that the target has for
 * it, or, where it has a shape of its own, by the driver's name, with what it writes before that of the mode.
 */
function optionOf(target: Target, subject: DeviceSubject, found: Found): string | undefined {
  const known = candidates(target, found).find(one => one.subject === subject)
  if (known !== undefined) return known.id
  const mode = target.spellings.bond?.mode
  const prefix = mode?.stance === 'says' && mode.name.endsWith('mode') ? mode.name.slice(0, -4) : undefined
  if (prefix === undefined || !found.name.startsWith(prefix)) return undefined
  const name = found.name.slice(prefix.length).replaceAll('-', '_')
  const named = Object.entries<AnyRow>(rowsOf(subject)).find(([, row]) => row.kernel?.name === name)
  // A list is spelled in many ways, and a value that the option can have is not what is wrong.
  if (named === undefined || 'item' in named[1].kind) return undefined
  return named[1].kind.read(found.value) === undefined ? named[0] : undefined
}

/** The options that a target says in shapes of its own. */
const customsOf = once((target: Target) => {
  const of = (subject: DeviceSubject) =>
    Object.entries<Stance>(target.spellings[subject] ?? {}).flatMap(([id, stance]) =>
      stance.stance === 'custom' ? [{ id, stance }] : [],
    )
  return { port: of('port'), bond: of('bond'), vlan: of('vlan'), bridge: of('bridge') }
})

const spot = (path: readonly Step[]): string => path.join('\0')

/** Where things stood in a target's text, by their path joined with NUL. */
export type Spots = Map<string, { readonly key: Region; readonly value: Region }>

/** What is not among the spots stands at the nearest that is around it. */
export function originOf(
  spots: ReadonlyMap<string, { readonly key: Region; readonly value: Region }>,
): Origin {
  return {
    regionOf({ path, part }) {
      for (let length = path.length; length > 0; length--) {
        const known = spots.get(spot(path.slice(0, length)))
        if (known !== undefined) return length === path.length ? known[part] : known.key
      }
      return undefined
    },
    lines: () => [],
    // It is no YAML of ours: nothing that an edit of the intent could be written to.
    inDocument: () => undefined,
  }
}
