// The walk: every option that was said of every device becomes settings of the target or a diagnostic, nothing else.
// The only loop over options on the way out, so that no target can forget one.

import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts'
import { settle } from '../intent/effective.ts'
import { type Device, devicesOf, type Host, valueOf } from '../intent/intent.ts'
import { rowsOf } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import type { AnyRow, Mode } from '../options/row.ts'
import type { PlacedDevice, Setting } from './setting.ts'
import type { Says, Stance } from './stance.ts'
import { compareVersions, type Target } from './target.ts'

export interface Placement {
  readonly devices: readonly PlacedDevice[]
  /** What was said and is not among the settings, each with its reason and at its place. */
  readonly lost: readonly Diagnostic[]
}

/** Places a host's devices into the terms of a target. `version`: what the host runs; unset is the target's newest. */
export function place(host: Host, target: Target, version?: string): Placement {
  const walk: Walk = {
    host,
    target,
    version: version ?? target.versions.at(-1),
    modes: modesOf(host),
    lost: [],
  }
  const settings = new Map<string, Setting[]>()
  const devices = devicesOf(host)
  for (const device of devices) {
    for (const setting of settingsOf(device, walk)) {
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
    lost: walk.lost,
  }
}

interface Walk {
  readonly host: Host
  readonly target: Target
  readonly version: string | undefined
  /** The mode that governs a device: a bond's own, a member's bond's. */
  readonly modes: ReadonlyMap<string, Mode>
  readonly lost: Diagnostic[]
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

function* settingsOf(device: Device, walk: Walk): Generator<Setting> {
  const stances: Readonly<Record<string, Stance>> = walk.target.spellings[device.subject] ?? {}
  const said = device.options as Readonly<Record<string, unknown>>
  for (const [id, row] of Object.entries(rowsOf(device.subject))) {
    if (row.fact || (row.side !== 'both' && row.side !== walk.target.side)) continue
    const stance = Object.hasOwn(stances, id) ? stances[id] : undefined
    const value = said[id]
    if (value !== undefined) yield* placeOne(device, id, row, row.kind.write(value), stance, walk)
    else if (stance?.stance === 'says') yield* unsaid(device, id, row, stance, walk)
  }
}

/** Where the target's own default differs from the driver's, the driver's is written out. */
function* unsaid(device: Device, id: string, row: AnyRow, stance: Says, walk: Walk): Generator<Setting> {
  if (!(stance.always || stance.unset !== undefined)) return
  const mode = walk.modes.get(device.name)
  if (row.kernel !== undefined && mode !== undefined && !row.modes.includes(mode)) return
  const value = unsetValue(id, row, mode)
  if (value !== undefined) yield* spell(device, value, stance, undefined, walk)
}

function* placeOne(
  device: Device,
  id: string,
  row: AnyRow,
  value: Value,
  stance: Stance | undefined,
  walk: Walk,
): Generator<Setting> {
  const lose = (loss: Loss): void => {
    walk.lost.push(lossOf(device, id, value, row, loss, walk))
  }
  const refused = refusedByDriver(device, id, row, value, walk)
  if (refused !== undefined) return lose(refused)
  if (stance === undefined) {
    return lose({ code: 'not-yet-mapped', because: `nobody has looked yet how ${walk.target.title} says it` })
  }
  switch (stance.stance) {
    case 'cannot':
      return lose({ because: stance.because, help: stance.instead })
    case 'only': {
      const same = sameValue(value, stance.value)
      const severity = same ? 'note' : undefined
      return lose({ because: same ? `${stance.because}, so it need not be said` : stance.because, severity })
    }
    case 'custom': {
      const from = valueOf(device, id as never)
      const raw = (device.options as Readonly<Record<string, unknown>>)[id]
      const written = stance.write(raw as never, { device, host: walk.host })
      if (written.refused !== undefined) lose({ because: written.refused })
      yield* written.settings.map(setting => ({ ...setting, from }))
      return
    }
    case 'says': {
      const loss = exceptionOf(device, value, stance, walk)
      if (loss !== undefined) return lose(loss)
      const settings = [...spell(device, value, stance, id, walk)]
      if (settings.length === 0 && !isEmptyList(value))
        return lose({ because: `${walk.target.title} has no way to write this value` })
      yield* settings
    }
  }
}

interface Loss {
  readonly because: string
  readonly code?: string
  readonly severity?: Severity | undefined
  readonly help?: string | undefined
}

const isEmptyList = (value: Value): boolean => Array.isArray(value) && value.length === 0

/** What the kernel itself would refuse: an option outside its modes (EACCES), or newer than the host's kernel. */
function refusedByDriver(
  device: Device,
  id: string,
  row: AnyRow,
  value: Value,
  walk: Walk,
): Loss | undefined {
  if (row.kernel === undefined) return undefined
  const mode = walk.modes.get(device.name)
  if (mode !== undefined && row.elsewhere === 'refused' && !row.modes.includes(mode)) {
    const because = `the driver refuses ${id} in mode ${mode}`
    return { code: row.codes.mode, severity: 'error', because, help: `it belongs to ${row.modes.join(', ')}` }
  }
  const kernel = walk.host.options.kernel
  const since = (typeof value === 'string' ? row.valuesSince[value] : undefined) ?? row.since
  if (kernel !== undefined && since !== undefined && compareVersions(kernel, since) < 0) {
    const because = `${walk.host.name} runs Linux ${kernel}, and this came with ${since}`
    return { code: 'option-newer-than-kernel', severity: 'error', because }
  }
  return undefined
}

function exceptionOf(device: Device, value: Value, stance: Says, walk: Walk): Loss | undefined {
  const mode = walk.modes.get(device.name)
  const exception = stance.except.find(
    one =>
      one.values.some(other => sameValue(other, value)) &&
      (one.modes === undefined || (mode !== undefined && one.modes.includes(mode))),
  )
  if (exception !== undefined) return { because: exception.because }
  if (
    stance.since !== undefined &&
    walk.version !== undefined &&
    compareVersions(walk.version, stance.since) < 0
  ) {
    return {
      because: `${walk.target.title} has ${stance.name} from ${stance.since}, and ${walk.version} was asked for`,
    }
  }
  return undefined
}

function lossOf(device: Device, id: string, value: Value, row: AnyRow, loss: Loss, walk: Walk): Diagnostic {
  const mode = walk.modes.get(device.name)
  const idle = row.kernel !== undefined && mode !== undefined && !row.modes.includes(mode)
  const unset = unsetValue(id, row, mode)
  const asUnset = unset !== undefined && sameValue(value, unset)
  const severity = loss.severity ?? (idle || asUnset ? 'note' : row.ifLost)
  const shown = typeof value === 'object' ? '' : ` ${String(value)}`
  const consequence = asUnset ? ' (it is the default as well)' : idle ? ` (it does nothing in ${mode})` : ''
  return {
    code: loss.code ?? 'lossy-render',
    severity,
    message: `${device.name}: ${id}${shown} is not written for ${walk.target.title}: ${loss.because}${consequence}`,
    at: valueOf(device, id as never),
    ...(loss.help === undefined ? {} : { help: loss.help }),
  }
}

const driverDefaults = new Map<Mode, Readonly<Record<string, unknown>>>()

/** What holds when an option is not said: the driver's default, which for miimon depends on the mode. */
export function unsetValue(id: string, row: AnyRow, mode: Mode | undefined): Value | undefined {
  if (row.unset === undefined) return undefined
  if (row.kernel === undefined || mode === undefined) return row.kind.write(row.unset)
  let settled = driverDefaults.get(mode)
  if (settled === undefined) {
    settled = settle({ mode })
    driverDefaults.set(mode, settled)
  }
  return row.kind.write(settled[id] ?? row.unset)
}

function* spell(
  device: Device,
  value: Value,
  stance: Says,
  id: string | undefined,
  walk: Walk,
): Generator<Setting> {
  const from = id === undefined ? undefined : valueOf(device, id as never)
  const name = nameIn(stance, walk.version)
  const common = { in: stance.in, name, ...(from && { from }) }
  if (stance.inverse) {
    for (const other of Array.isArray(value) ? value : [value]) {
      yield { ...common, device: String(other), value: device.name }
    }
    return
  }
  const items = stance.each && Array.isArray(value) ? value : [value]
  for (const item of items) {
    const native = stance.as === undefined ? item : stance.as.write(item)
    if (native !== undefined) yield { ...common, device: device.name, value: native }
  }
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
