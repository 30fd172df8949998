// The walk: every option that was said of every device, switch or LAG becomes settings of the target or a diagnostic,
// nothing else. The only loop over options on the way out, so that no target can forget one. `place` walks a host's
// devices; what a switch's LAGs are walked with is switch-place.ts.

import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts'
import { settle } from '../intent/effective.ts'
import { type Device, devicesOf, type Host, type Node, needsFirst, valueOf } from '../intent/intent.ts'
import { entriesOf, type Subject } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import type { AnyRow, Mode } from '../options/row.ts'
import type { PlacedDevice, Setting } from './setting.ts'
import type { Cannot, Custom, Only, Says, Stance, Written } from './stance.ts'
import { compareVersions, kernelHas, type Target } from './target.ts'

export interface Placement {
  readonly devices: readonly PlacedDevice[]
  /** What was said and is not among the settings, each with its reason and at its place. */
  readonly lost: readonly Diagnostic[]
}

/** Anything that options are said of, with the name that messages give it. */
export type Named = Node<Subject> & { readonly name: string }

/** What a walk knows of the target, and how the target writes what it has words for. */
export interface Walk<S extends { readonly stance: string }, T> {
  readonly title: string
  readonly side: 'host' | 'switch'
  /** The target's table for a subject; empty where it has none. */
  stancesOf(subject: Subject): Readonly<Record<string, S | Only | Cannot>>
  /** The mode that governs a device: a bond's own, a member's bond's. */
  modeOf(node: Named): Mode | undefined
  /** The kernel that acts on the options, and whose it is; undefined where it is not known or there is none. */
  readonly kernel: { readonly of: string; readonly version: string } | undefined
  readonly lost: Diagnostic[]
  /** What the driver would refuse is placed too: where a text that says it is to be changed. */
  readonly asSaid?: boolean
  /** Writes a value for which the target has words; what it cannot write it hands to `lose`. */
  spell(said: SaidOption, stance: S, lose: (loss: Loss) => void): Iterable<T>
  /** What is written although nothing was said; absent: nothing is. */
  unsaid?(node: Named, id: string, row: AnyRow, stance: S): Iterable<T>
}

/** One option that was said. */
export interface SaidOption {
  readonly node: Named
  readonly id: string
  readonly row: AnyRow
  /** In the neutral spelling. */
  readonly value: Value
}

/** Why something is not written. */
export interface Loss {
  readonly because: string
  readonly code?: string
  readonly severity?: Severity | undefined
  readonly help?: string | undefined
  /** All of it is written but for what `because` names. */
  readonly partly?: boolean
}

/** The rows of a subject that one side is asked about, made once: they are walked for every device of every file. */
const walkedBy = (side: 'host' | 'switch') => {
  const known = new Map<Subject, ReturnType<typeof entriesOf>>()
  return (subject: Subject): ReturnType<typeof entriesOf> => {
    let rows = known.get(subject)
    if (rows === undefined) {
      rows = entriesOf(subject).filter(([, row]) => !row.fact && (row.side === 'both' || row.side === side))
      known.set(subject, rows)
    }
    return rows
  }
}
const walked = { host: walkedBy('host'), switch: walkedBy('switch') }

/** Walks over the options of one node. */
export function walk<S extends { readonly stance: string }, T>(node: Named, using: Walk<S, T>): readonly T[] {
  const found: T[] = []
  const stances = using.stancesOf(node.subject)
  const options = node.options as Readonly<Record<string, unknown>>
  for (const [id, row] of walked[using.side](node.subject)) {
    const value = options[id]
    if (value === undefined && using.unsaid === undefined) continue
    const stance = Object.hasOwn(stances, id) ? stances[id] : undefined
    if (value !== undefined) {
      for (const one of walkOne({ node, id, row, value: row.kind.write(value) }, stance, using))
        found.push(one)
    } else if (using.unsaid !== undefined && stance !== undefined && !isFixed(stance)) {
      for (const one of using.unsaid(node, id, row, stance)) found.push(one)
    }
  }
  return found
}

const nothing: readonly never[] = []

const isFixed = (stance: { readonly stance: string }): stance is Only | Cannot =>
  stance.stance === 'only' || stance.stance === 'cannot'

function walkOne<S extends { readonly stance: string }, T>(
  said: SaidOption,
  stance: S | Only | Cannot | undefined,
  using: Walk<S, T>,
): Iterable<T> {
  const lose = (loss: Loss): readonly never[] => {
    using.lost.push(lossOf(said, loss, using))
    return nothing
  }
  const refused = using.asSaid ? undefined : refusedByDriver(said, using)
  if (refused !== undefined) return lose(refused)
  if (stance === undefined) {
    return lose({ code: 'not-yet-mapped', because: `nobody has looked yet how ${using.title} says it` })
  }
  if (!isFixed(stance)) return using.spell(said, stance, lose)
  if (stance.stance === 'cannot')
    return lose({ because: stance.because, help: stance.instead, severity: stance.severity })
  const same = sameValue(said.value, stance.value)
  return lose({
    because: same ? `${stance.because}, so it need not be said` : stance.because,
    severity: same ? 'note' : undefined,
  })
}

/** Places a host's devices into the terms of a target. `version`: what the host runs; unset is the target's newest. */
export const place = (host: Host, target: Target, version?: string): Placement =>
  placed(host, target, version, false)

/** As `place`, with what the driver would refuse: for a text that says it already. */
export const placeAsSaid = (host: Host, target: Target): Placement => placed(host, target, undefined, true)

/** What `place` loses, for who writes nothing: what was not said cannot be lost, and of the rest no setting is made. */
export function lossesIn(host: Host, target: Target, version?: string): readonly Diagnostic[] {
  const context = contextOf(host, target, version, false)
  const losing: Walk<Says | Custom, never> = {
    ...context,
    spell(said, stance, lose) {
      if (stance.stance === 'custom') refusedIn(customOf(said, stance, context), lose)
      else unwritten(said, stance, context, lose)
      return nothing
    },
  }
  for (const device of inOrder(host, target)) walk(device, losing)
  return losing.lost
}

const inOrder = (host: Host, { order }: Target): readonly Device[] =>
  order === 'needs-first' ? needsFirst(host) : devicesOf(host)

function placed(host: Host, target: Target, version: string | undefined, asSaid: boolean): Placement {
  const hostWalk = walkOf(contextOf(host, target, version, asSaid))
  const settings = new Map<string, Setting[]>()
  const devices = inOrder(host, target)
  for (const device of devices) {
    for (const setting of walk(device, hostWalk)) {
      const list = settings.get(setting.device)
      if (list === undefined) settings.set(setting.device, [setting])
      else list.push(setting)
    }
  }
  return {
    devices: devices.map(({ subject, name, path }) => ({
      subject,
      name,
      path,
      settings: settings.get(name) ?? [],
    })),
    lost: hostWalk.lost,
  }
}

/** All of a walk over a host but what becomes of the options. */
interface HostContext extends Omit<Walk<Says | Custom, unknown>, 'spell' | 'unsaid'> {
  readonly host: Host
  readonly target: Target
  readonly version: string | undefined
}

function contextOf(host: Host, target: Target, asked: string | undefined, asSaid: boolean): HostContext {
  const modes = modesOf(host)
  const { kernel } = host.options
  return {
    host,
    target,
    version: asked ?? target.versions.at(-1),
    title: target.title,
    side: target.side,
    stancesOf: subject => (target.spellings[subject] ?? {}) as Readonly<Record<string, Stance>>,
    modeOf: node => modes.get(node.name),
    kernel: kernel === undefined ? undefined : { of: host.name, version: kernel },
    lost: [],
    asSaid,
  }
}

function walkOf(context: HostContext): Walk<Says | Custom, Setting> {
  const { modeOf, version } = context
  return {
    ...context,
    spell(said, stance, lose) {
      const { node, id, value } = said
      if (stance.stance === 'says')
        return unwritten(said, stance, context, lose) ? nothing : spell(node, value, stance, id, version)
      const written = customOf(said, stance, context)
      refusedIn(written, lose)
      const from = valueOf(node, id as never)
      return written.settings.map(setting => ({ ...setting, from }))
    },
    unsaid(node, id, row, stance) {
      if (stance.stance === 'custom' || !(stance.always || stance.unset !== undefined)) return nothing
      const mode = modeOf(node)
      if (row.kernel !== undefined && mode !== undefined && !row.modes.includes(mode)) return nothing
      // Where the target's own default differs from the driver's, the driver's is written out.
      const value = unsetValue(id, row, mode)
      return value === undefined ? nothing : spell(node, value, stance, undefined, version)
    },
  }
}

function customOf({ node, id }: SaidOption, stance: Custom, { host, version }: HostContext): Written {
  const raw = (node.options as Readonly<Record<string, unknown>>)[id]
  return stance.write(raw as never, { host, version, device: node as Device })
}

function refusedIn({ refused }: Written, lose: (loss: Loss) => void): void {
  if (refused !== undefined) lose({ because: refused })
}

/** Loses what a target's word cannot carry of a value; true where that is all of it. */
function unwritten(
  { node, value }: SaidOption,
  stance: Says,
  { target, version, modeOf, asSaid }: HostContext,
  lose: (loss: Loss) => void,
): boolean {
  const mode = asSaid ? undefined : modeOf(node)
  const loss = exceptionOf(value, stance, { target, version, mode })
  if (loss !== undefined) {
    lose(loss)
    return true
  }
  const { as } = stance
  if (as === undefined || stance.inverse || isEmptyList(value)) return false
  const items = itemsOf(value, stance)
  const writable = items.filter(item => as.write(item) !== undefined).length
  if (writable < items.length) {
    const what = writable === 0 ? 'this value' : 'some of it'
    lose({ because: `${target.title} has no way to write ${what}` })
  }
  return writable === 0
}

/** What is written one by one. */
const itemsOf = (value: Value, { each }: Says): readonly Value[] =>
  each && Array.isArray(value) ? value : [value]

interface HostWords {
  readonly target: Target
  readonly version: string | undefined
  readonly mode: Mode | undefined
}

function modesOf(host: Host): ReadonlyMap<string, Mode> {
  const modes = new Map<string, Mode>()
  for (const bond of host.bonds) {
    const mode = bond.options.mode ?? 'balance-rr'
    for (const member of bond.options.members ?? []) if (!modes.has(member)) modes.set(member, mode)
    modes.set(bond.name, mode)
  }
  return modes
}

const isEmptyList = (value: Value): boolean => Array.isArray(value) && value.length === 0

/** What the kernel itself would refuse: an option outside its modes (EACCES), or newer than the host's kernel. */
function refusedByDriver(
  { node, id, row, value }: SaidOption,
  { modeOf, kernel }: Pick<Walk<never, unknown>, 'modeOf' | 'kernel'>,
): Loss | undefined {
  if (row.kernel === undefined) return undefined
  const mode = modeOf(node)
  if (mode !== undefined && row.elsewhere === 'refused' && !row.modes.includes(mode)) {
    const because = `the driver refuses ${id} in mode ${mode}`
    return { code: row.codes.mode, severity: 'error', because, help: `it belongs to ${row.modes.join(', ')}` }
  }
  const ofValue = typeof value === 'string' ? row.valuesSince[value] : undefined
  const needs = ofValue === undefined ? row : { since: ofValue, backports: [] }
  if (kernel !== undefined && !kernelHas(kernel.version, needs)) {
    const releases = [needs.since, ...needs.backports].join(', ')
    const because = `${kernel.of} runs Linux ${kernel.version}, and this came with ${releases}`
    return { code: 'option-newer-than-kernel', severity: 'error', because }
  }
  const until = typeof value === 'string' ? row.valuesUntil[value] : undefined
  if (kernel !== undefined && until !== undefined && compareVersions(kernel.version, until) >= 0) {
    const because = `${kernel.of} runs Linux ${kernel.version}, which takes ${id} ${value} no longer, from ${until} on`
    return { code: row.codes.value, severity: 'error', because }
  }
  return undefined
}

function exceptionOf(value: Value, stance: Says, { target, version, mode }: HostWords): Loss | undefined {
  const older = (than: string): boolean => version !== undefined && compareVersions(version, than) < 0
  const exception = stance.except.find(
    one =>
      (one.values === undefined || one.values.some(other => sameValue(other, value))) &&
      (one.modes === undefined || (mode !== undefined && one.modes.includes(mode))) &&
      (one.before === undefined || older(one.before)) &&
      (one.from === undefined || !older(one.from)),
  )
  if (exception !== undefined) return { because: exception.because }
  if (stance.since !== undefined && older(stance.since)) {
    return {
      because: `${target.title} has ${stance.name} from ${stance.since}, and ${version} was asked for`,
    }
  }
  return undefined
}

function lossOf(
  { node, id, row, value }: SaidOption,
  loss: Loss,
  { modeOf, title }: Pick<Walk<never, unknown>, 'modeOf' | 'title'>,
): Diagnostic {
  const mode = modeOf(node)
  const idle = row.kernel !== undefined && mode !== undefined && !row.modes.includes(mode)
  const unset = unsetValue(id, row, mode)
  const asUnset = unset !== undefined && sameValue(value, unset)
  const severity = loss.severity ?? (idle || asUnset ? 'note' : row.ifLost)
  const shown = typeof value === 'object' ? '' : ` ${String(value)}`
  const consequence = asUnset ? ' (it is the default as well)' : idle ? ` (it does nothing in ${mode})` : ''
  return {
    code: loss.code ?? 'lossy-render',
    severity,
    message: `${node.name}: ${id}${shown} is ${loss.partly ? 'only partly' : 'not'} written for ${title}: ${loss.because}${consequence}`,
    at: valueOf(node, id as never),
    because: loss.because,
    ...(loss.help === undefined ? {} : { help: loss.help }),
  }
}

const driverDefaults = new Map<Mode, Readonly<Record<string, unknown>>>()

/** What holds when an option is not said: the driver's default, which for miimon depends on the mode. */
export function unsetValue(id: string, row: AnyRow, mode: Mode | undefined): Value | undefined {
  if (row.unset === undefined) return undefined
  // The mode's own default depends on no mode.
  if (row.kernel === undefined || mode === undefined || id === 'mode') return row.kind.write(row.unset)
  let settled = driverDefaults.get(mode)
  if (settled === undefined) {
    settled = settle({ mode })
    driverDefaults.set(mode, settled)
  }
  return row.kind.write(settled[id] ?? row.unset)
}

function spell(
  device: Named,
  value: Value,
  stance: Says,
  id: string | undefined,
  version: string | undefined,
): readonly Setting[] {
  const from = id === undefined ? undefined : valueOf(device, id as never)
  const name = nameIn(stance, version)
  const common = { in: stance.in, name, ...(from && { from }) }
  if (stance.inverse) {
    const others: readonly Value[] = Array.isArray(value) ? value : [value]
    return others.map(other => ({ ...common, device: String(other), value: device.name }))
  }
  return itemsOf(value, stance).flatMap((item): readonly Setting[] => {
    const native = stance.as === undefined ? item : stance.as.write(item)
    return native === undefined ? nothing : [{ ...common, device: device.name, value: native }]
  })
}

function nameIn(stance: Says, version: string | undefined): string {
  const older =
    version === undefined ? undefined : stance.formerly.find(one => compareVersions(version, one.before) < 0)
  return older?.name ?? stance.name
}

/** Equality of plain data. */
export function sameValue(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, at) => sameValue(item, b[at]))
    )
  }
  const left = Object.entries(a)
  const right = b as Readonly<Record<string, Value>>
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, item]) => key in right && sameValue(item, right[key] as Value))
  )
}
