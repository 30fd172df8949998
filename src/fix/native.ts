// Fixes made in configurations that others wrote. The walk tells what the target would be told before a fix and after
// it; what differs is touched where it was found, and nothing else. The text is then read again: unless it means exactly
// what the fix makes of the host, the fix is not made. So no line is changed that could not be read back.

import type { Edit } from '../diagnostics/diagnostic.ts'
import type { Dialect } from '../dialects/dialect.ts'
import type { Host } from '../intent/intent.ts'
import { once } from '../intent/once.ts'
import { type SourceText, sourceText } from '../intent/text.ts'
import { collections, deviceSubjects, rowsOf } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import { placeAsSaid, sameValue } from '../targets/place.ts'
import { recall } from '../targets/recall.ts'
import type { Found, ScannedDevice, Setting } from '../targets/setting.ts'
import type { Target } from '../targets/target.ts'
import { applied, type Change } from './change.ts'
import { Claims } from './claims.ts'
import { sameData } from './data.ts'
import { type Touch, touched } from './touch.ts'

/** A machine as it was read: all of its files, in the order in which they were. */
export interface Machine {
  readonly target: Target
  readonly name: string
  readonly sources: readonly SourceText[]
}

/** By the file's name. */
export type FileChanges = ReadonlyMap<string, readonly Change[]>

interface ReadMachine {
  readonly host: Host
  readonly devices: readonly ScannedDevice[]
  readonly complaints: number
}

/** Each of several fixes of a machine begins with what it says now. */
const readMachine = once(({ target, name, sources }: Machine): ReadMachine => {
  let complaints = 0
  const scanned = sources.map(({ file, text }) => {
    const { statements, diagnostics } = target.dialect.statements(text, file)
    complaints += diagnostics.length
    return { path: file, statements }
  })
  const { devices, outside } = target.recognise(scanned)
  const whole = { line: 1, column: 1, endLine: 1, endColumn: 1 }
  const { host, diagnostics } = recall(devices, target, name, file => ({ file, ...whole }))
  return { host, devices, complaints: complaints + outside + diagnostics.length }
})

/** The changes that a fix of the intent needs in the files of its host; undefined where they cannot carry it. */
export function nativeChanges(machine: Machine, edits: readonly Edit[]): FileChanges | undefined {
  const read = readMachine(machine)
  const wanted = hostAfter(read.host, edits)
  if (wanted === undefined) return undefined
  // What a target writes along with an option at other devices is written only where nothing less will do.
  return changesTo(machine, read, wanted, edits, false) ?? changesTo(machine, read, wanted, edits, true)
}

function changesTo(
  machine: Machine,
  read: ReadMachine,
  wanted: Host,
  edits: readonly Edit[],
  elsewhere: boolean,
): FileChanges | undefined {
  const { target } = machine
  const about = new Set(edits.map(({ path }) => JSON.stringify(path.slice(0, 5))))
  const named = new Set(edits.map(({ path }) => path[3]))
  const touches = touchesFor({
    before: settingsOf(read.host, target),
    after: settingsOf(wanted, target),
    devices: read.devices,
    dialect: target.dialect,
    isEdited: ({ from }) => from !== undefined && about.has(JSON.stringify(from.path.slice(0, 5))),
    mayGain: device => elsewhere || named.has(device),
  })
  if (touches === undefined || touches.size === 0) return undefined
  const changes = new Map<string, readonly Change[]>()
  for (const [file, own] of touches) {
    const source = machine.sources.find(one => one.file === file)
    const made = source && touched(source, target.dialect, own)
    if (made === undefined) return undefined
    changes.set(file, made)
  }
  const after = readMachine(changed(machine, changes))
  const right = after.complaints <= read.complaints && sameData(dataOf(after.host), dataOf(wanted))
  return right ? changes : undefined
}

/** The machine after as many of the fixes as go together, in their order. */
export function nativeFixed(machine: Machine, fixes: readonly (readonly Edit[])[]): Machine {
  const claims = new Claims()
  return together(
    machine,
    fixes.filter(edits => claims.takeAll(edits)),
  )
}

/** All of the fixes; should they not go together, by halves, so that one that cannot be made holds up no other. */
function together(machine: Machine, fixes: readonly (readonly Edit[])[]): Machine {
  if (fixes.length === 0) return machine
  const changes = nativeChanges(machine, fixes.flat())
  if (changes !== undefined) return changed(machine, changes)
  if (fixes.length === 1) return machine
  const half = fixes.length >> 1
  return together(together(machine, fixes.slice(0, half)), fixes.slice(half))
}

const changed = (machine: Machine, changes: FileChanges): Machine => ({
  ...machine,
  sources: machine.sources.map(source => {
    const own = changes.get(source.file)
    return own === undefined ? source : sourceText(source.file, applied(source.text, own))
  }),
})

const dataOf = (host: Host): unknown =>
  Object.fromEntries(
    deviceSubjects.map(subject => [
      subject,
      Object.fromEntries(host[collections[subject]].map(({ name, options }) => [name, options])),
    ]),
  )

/** The host after edits of its options; undefined where an edit is about anything else. */
function hostAfter(host: Host, edits: readonly Edit[]): Host | undefined {
  let after = host
  for (const edit of edits) {
    const next = withEdit(after, edit)
    if (next === undefined) return undefined
    after = next
  }
  return after
}

function withEdit(host: Host, edit: Edit): Host | undefined {
  const [top, name, collection, device, id, item] = edit.path
  const subject = deviceSubjects.find(one => collections[one] === collection)
  if (top !== 'hosts' || name !== host.name || subject === undefined || typeof id !== 'string')
    return undefined
  const row = rowsOf(subject)[id]
  const known: readonly { readonly name: string; readonly options: object }[] = host[collections[subject]]
  const index = known.findIndex(one => one.name === device)
  const node = known[index]
  if (row === undefined || node === undefined || edit.kind === 'rename') return undefined
  const options: Record<string, unknown> = { ...node.options }
  if (item !== undefined) {
    const items = options[id]
    if (edit.kind !== 'remove' || !Array.isArray(items) || edit.path.length !== 6) return undefined
    options[id] = items.filter((_, at) => at !== Number(item))
  } else if (edit.kind === 'remove') delete options[id]
  else {
    const value = row.kind.read(edit.value as Value)
    if (value === undefined) return undefined
    options[id] = value
  }
  return {
    ...host,
    [collections[subject]]: known.map((one, at) => (at === index ? { ...one, options } : one)),
  }
}

/** Settings of one name in one part of one device. */
type Slots = ReadonlyMap<string, readonly Setting[]>

const slotOf = ({
  device,
  in: part,
  group,
  name,
}: Pick<Setting, 'device' | 'in' | 'group' | 'name'>): string =>
  JSON.stringify([device, part, group ?? 0, name])

function settingsOf(host: Host, target: Target): Slots {
  const slots = new Map<string, Setting[]>()
  for (const { settings } of placeAsSaid(host, target).devices) {
    for (const setting of settings) {
      const slot = slotOf(setting)
      slots.set(slot, [...(slots.get(slot) ?? []), setting])
    }
  }
  return slots
}

interface Differing {
  readonly before: Slots
  readonly after: Slots
  readonly devices: readonly ScannedDevice[]
  readonly dialect: Dialect
  /** Whether the fix is about what a setting comes from. */
  isEdited(setting: Setting): boolean
  /** Whether something may be added to what a device is told. */
  mayGain(device: string): boolean
}

/** What is to be touched, by file; undefined where it was not found as the target would have it. */
function touchesFor({
  before,
  after,
  devices,
  dialect,
  isEdited,
  mayGain,
}: Differing): ReadonlyMap<string, readonly Touch[]> | undefined {
  const touches = new Map<string, Touch[]>()
  const add = (file: string, touch: Touch): void =>
    void touches.set(file, [...(touches.get(file) ?? []), touch])
  for (const slot of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(slot) ?? [], after.get(slot) ?? []]
    const same = sameValue(
      old.map(({ value }) => value),
      now.map(({ value }) => value),
    )
    if (same && !now.some(isEdited)) continue
    const found = foundFor(old, now, devices)
    // Text may do without what the target would write along, or say it elsewhere.
    if (same && (found === undefined || found.length === 0)) continue
    if (found === undefined) return undefined
    const kept = old.length > now.length ? keptOf(old, now) : found.map((_, at) => at)
    if (kept === undefined) return undefined
    for (const [at, one] of found.entries()) {
      const place = kept.indexOf(at)
      const value = place < 0 ? undefined : now[place]?.value
      const spot = { key: one.key, at: one.at }
      if (value === undefined) add(one.file, { kind: 'remove', spot })
      else if (!(same ? saysAlready(one, value, dialect) : sameValue(value, old[at]?.value ?? '')))
        add(one.file, { kind: 'value', spot, value })
    }
    for (const { device, in: part, name, value } of now.slice(found.length)) {
      if (!mayGain(device)) continue
      const beside = besideFor(found.at(-1), device, part, devices)
      if (beside === undefined) return undefined
      add(beside.file, { kind: 'add', beside: { key: beside.key, at: beside.at }, name, value })
    }
  }
  return touches
}

/** Whether a statement's text is what would be written: it may say one thing in many ways, or one port twice. */
const saysAlready = ({ value: said }: Found, value: Value, dialect: Dialect): boolean =>
  sameValue(said, value) || String(said) === dialect.encode(value)

/** Which of the old settings are still there, in order, where some have gone; undefined where others have come. */
function keptOf(old: readonly Setting[], now: readonly Setting[]): readonly number[] | undefined {
  const kept: number[] = []
  for (const [at, { value }] of old.entries()) {
    const next = now[kept.length]
    if (next !== undefined && sameValue(next.value, value)) kept.push(at)
  }
  return kept.length === now.length ? kept : undefined
}

/**
 * The statements of a slot, one each and nothing besides, though they may say what the target would not write; undefined
 * where there are others.
 */
function foundFor(
  old: readonly Setting[],
  now: readonly Setting[],
  devices: readonly ScannedDevice[],
): readonly Found[] | undefined {
  const first = old[0] ?? now[0]
  const all = devices.flatMap(({ found }) => found)
  const own = devices
    .filter(({ name }) => name === first?.device)
    .flatMap(({ found }) => found.filter(one => one.in === first?.in && one.name === first.name))
  // One line that says several things cannot lose one of them.
  const alone = own.every(
    one => all.filter(({ file, key }) => file === one.file && key.start === one.key.start).length === 1,
  )
  return alone && (own.length === old.length || (old.length === 0 && own.length === now.length))
    ? own
    : undefined
}

/** The statement that another is written below: the last of its name, of its part, or of what begins the device. */
function besideFor(
  last: Found | undefined,
  device: string,
  part: string,
  devices: readonly ScannedDevice[],
): Found | undefined {
  if (last !== undefined) return last
  const own = devices.filter(({ name }) => name === device).flatMap(({ found }) => found)
  return own.filter(one => one.in === part).at(-1)
}
