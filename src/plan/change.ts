// What differs between two intents, device by device: the options, what the driver needs for each (the column `change` of
// its row), cables that lead elsewhere, and the LAGs of the switches. Order and interruption are order.ts's.

import { settle } from '../intent/effective.ts'
import { type Device, devicesOf, type Host, type Intent, type Port } from '../intent/intent.ts'
import type { PlannedLag, SwitchPlan } from '../intent/partner.ts'
import { bonding, rowsOf, type Subject } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import { type AnyRow, type Change, type Mode, strongest } from '../options/row.ts'

export interface OptionChange {
  readonly id: string
  /** In the neutral spelling; undefined: nothing, on that side. */
  readonly from: Value | undefined
  readonly to: Value | undefined
  readonly needs: Change
  /** Whether the driver acts on it in the bond's new mode. */
  readonly acts: boolean
}

export type Kind = 'added' | 'removed' | 'changed'

export interface DeviceChange {
  readonly subject: Device['subject']
  readonly name: string
  readonly kind: Kind
  readonly options: readonly OptionChange[]
  /** The most that one of its options needs; a device that comes or goes is made or removed. */
  readonly needs: Change
}

/** A cable that leads elsewhere. */
export interface Recabled {
  readonly port: string
  readonly from: string | undefined
  readonly to: string | undefined
}

export interface HostChange {
  readonly name: string
  readonly kind: Kind
  readonly old: Host | undefined
  readonly new: Host | undefined
  readonly devices: readonly DeviceChange[]
  readonly cables: readonly Recabled[]
}

export interface LagChange {
  readonly node: string
  readonly number: number
  readonly kind: Kind
  readonly old: PlannedLag | undefined
  readonly new: PlannedLag | undefined
  readonly options: readonly Omit<OptionChange, 'needs' | 'acts'>[]
}

export interface SwitchChange {
  readonly name: string
  readonly kind: Kind
  readonly platform: string
  /** Of the whole switch. */
  readonly options: readonly Omit<OptionChange, 'needs' | 'acts'>[]
  readonly lags: readonly LagChange[]
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Every name in either, those of the old one first. */
const namesOf = (old: Iterable<string>, now: Iterable<string>): readonly string[] => [
  ...new Set([...old, ...now]),
]

const kindOf = (old: unknown, now: unknown): Kind =>
  old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'

/** What changes on the hosts, in the order of the new intent after that of the old; hosts that stay the same are left out. */
export function hostChanges(old: Intent, now: Intent): readonly HostChange[] {
  const before = new Map(old.hosts.map(host => [host.name, host]))
  const after = new Map(now.hosts.map(host => [host.name, host]))
  return namesOf(before.keys(), after.keys()).flatMap((name): readonly HostChange[] => {
    const [was, is] = [before.get(name), after.get(name)]
    const devices = deviceChanges(was, is)
    const cables = recabled(was?.ports ?? [], is?.ports ?? [])
    const target = same(was?.options.target, is?.options.target)
    if (devices.length === 0 && cables.length === 0 && target && was !== undefined && is !== undefined)
      return []
    return [{ name, kind: kindOf(was, is), old: was, new: is, devices, cables }]
  })
}

const keyOf = ({ subject, name }: Device): string => `${subject}\n${name}`

function deviceChanges(old: Host | undefined, now: Host | undefined): readonly DeviceChange[] {
  const before = new Map((old ? devicesOf(old) : []).map(device => [keyOf(device), device]))
  const after = new Map((now ? devicesOf(now) : []).map(device => [keyOf(device), device]))
  return namesOf(before.keys(), after.keys()).flatMap((key): readonly DeviceChange[] => {
    const [was, is] = [before.get(key), after.get(key)]
    const device = is ?? was
    if (device === undefined) return []
    const options = optionChanges(device.subject, was, is)
    // A port is there whatever is said of it.
    const there = device.subject === 'port' || (was !== undefined && is !== undefined)
    if (there && options.length === 0) return []
    const kind = there ? 'changed' : kindOf(was, is)
    const needs = there ? strongest(options.map(option => option.needs)) : 'anew'
    return [{ subject: device.subject, name: device.name, kind, options, needs }]
  })
}

function optionChanges(
  subject: Subject,
  old: Device | undefined,
  now: Device | undefined,
): readonly OptionChange[] {
  const before = valuesOf(subject, old)
  const after = valuesOf(subject, now)
  const mode = after.get('mode') as Mode | undefined
  return Object.entries<AnyRow>(rowsOf(subject)).flatMap(([id, row]): readonly OptionChange[] => {
    const [from, to] = [before.get(id), after.get(id)]
    if (row.fact || id === 'use' || same(from, to)) return []
    const acts = row.kernel === undefined || mode === undefined || row.modes.includes(mode)
    return [{ id, from, to, needs: row.change, acts }]
  })
}

/** Values by option: of a bond those that the driver holds, else those that were said or hold unsaid. */
function valuesOf(subject: Subject, device: Device | undefined): ReadonlyMap<string, Value> {
  // A port that nothing is said of is there all the same.
  if (device === undefined && subject !== 'port') return new Map()
  const said = (device?.options ?? {}) as Readonly<Record<string, unknown>>
  const held: Readonly<Record<string, unknown>> = subject === 'bond' ? { ...settle(said) } : {}
  const values = new Map<string, Value>()
  for (const [id, row] of Object.entries<AnyRow>(rowsOf(subject))) {
    const value = Object.hasOwn(bonding, id) && subject === 'bond' ? held[id] : (said[id] ?? row.unset)
    if (value !== undefined && value !== '') values.set(id, row.kind.write(value))
  }
  return values
}

const shownCable = (port: Port | undefined): string | undefined => {
  const to = port?.options.to
  return to && `${to.node}:${to.port}`
}

function recabled(old: readonly Port[], now: readonly Port[]): readonly Recabled[] {
  const before = new Map(old.map(port => [port.name, port]))
  const after = new Map(now.map(port => [port.name, port]))
  return namesOf(before.keys(), after.keys()).flatMap(port => {
    const [from, to] = [shownCable(before.get(port)), shownCable(after.get(port))]
    return from === to ? [] : [{ port, from, to }]
  })
}

/** What changes on the switches: their own options, and the LAGs that the hosts' bonds need. */
export function switchChanges(
  old: readonly SwitchPlan[],
  now: readonly SwitchPlan[],
): readonly SwitchChange[] {
  const before = new Map(old.map(plan => [plan.name, plan]))
  const after = new Map(now.map(plan => [plan.name, plan]))
  return namesOf(before.keys(), after.keys()).flatMap((name): readonly SwitchChange[] => {
    const [was, is] = [before.get(name), after.get(name)]
    const platform = (is ?? was)?.platform.id ?? ''
    const options = plainChanges('switch', was?.options, is?.options)
    const lags = lagChanges(name, was?.lags ?? [], is?.lags ?? [])
    const stays = was !== undefined && is !== undefined
    if (stays && options.length === 0 && lags.length === 0) return []
    return [{ name, kind: kindOf(was, is), platform, options, lags }]
  })
}

function plainChanges(subject: 'switch' | 'lag', old: object | undefined, now: object | undefined) {
  const [before, after] = [old, now] as readonly (Readonly<Record<string, unknown>> | undefined)[]
  return Object.entries<AnyRow>(rowsOf(subject)).flatMap(([id, row]) => {
    const written = (value: unknown): Value | undefined =>
      value === undefined ? undefined : row.kind.write(value)
    const [from, to] = [written(before?.[id]), written(after?.[id])]
    return row.fact || same(from, to) ? [] : [{ id, from, to }]
  })
}

/** Groups of plain ports have no number of their own that stays: they are known by the bond, or by their ports. */
const lagKey = (lag: PlannedLag): string =>
  lag.bond === undefined ? `number ${lag.number}` : `${lag.bond.host}\n${lag.bond.name}`

function lagChanges(
  node: string,
  old: readonly PlannedLag[],
  now: readonly PlannedLag[],
): readonly LagChange[] {
  const before = new Map(old.map(lag => [lagKey(lag), lag]))
  const after = new Map(now.map(lag => [lagKey(lag), lag]))
  return namesOf(before.keys(), after.keys()).flatMap((key): readonly LagChange[] => {
    const [was, is] = [before.get(key), after.get(key)]
    const options = plainChanges('lag', was?.options, is?.options)
    if (was !== undefined && is !== undefined && options.length === 0 && was.number === is.number) return []
    const number = (is ?? was)?.number ?? 0
    return [{ node, number, kind: kindOf(was, is), old: was, new: is, options }]
  })
}
