// The law of return, for any target: what is read back from the rendered files is what was said, less exactly what was
// reported. An option said as its own default and one that is not said mean the same and count as the same.

import { expect } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { type Device, devicesOf, type Host } from '../../src/intent/intent.ts'
import { sourceText } from '../../src/intent/text.ts'
import { rowsOf } from '../../src/options/index.ts'
import type { Value } from '../../src/options/kind.ts'
import type { Mode } from '../../src/options/row.ts'
import { sameValue, unsetValue } from '../../src/targets/place.ts'
import { type Recalled, recall } from '../../src/targets/recall.ts'
import type { ScannedFile, Target } from '../../src/targets/target.ts'
import { type Rendered, type RenderedFile, renderHost } from '../../src/targets/write.ts'

/** Options by device, `bond bond0` and so on, in the neutral spelling and without defaults. */
export type Meaning = Readonly<Record<string, Readonly<Record<string, Value>>>>

/** Reads rendered files back through the target's own dialect. */
export function readBack(files: readonly RenderedFile[], target: Target, name: string): Recalled {
  const sources = new Map(files.map(({ path, content }) => [path, sourceText(path, content)]))
  const troubles: Diagnostic[] = []
  const scanned = files.map(({ path, content }): ScannedFile => {
    const { statements, diagnostics } = target.dialect.statements(content, path)
    troubles.push(...diagnostics)
    return { path, statements }
  })
  const { devices, outside } = target.recognise(scanned)
  expect({ troubles, outside }).toEqual({ troubles: [], outside: 0 })
  return recall(devices, target, name, (file, { start, end }) => {
    const source = sources.get(file)
    if (source === undefined) throw new Error(`no file ${file} was rendered`)
    return source.regionOf(start, end)
  })
}

/** What a host says, in a form that can be compared. */
export function meaningOf(host: Host, target: Target): Meaning {
  const modes = modesOf(host)
  return Object.fromEntries(
    devicesOf(host)
      .filter(({ subject }) => target.knows?.includes(subject) ?? true)
      .map(device => [`${device.subject} ${device.name}`, optionsOf(device, target, modes.get(device.name))]),
  )
}

function optionsOf(device: Device, target: Target, mode: Mode | undefined): Readonly<Record<string, Value>> {
  const said = device.options as Readonly<Record<string, unknown>>
  const options: Record<string, Value> = {}
  for (const [id, row] of Object.entries(rowsOf(device.subject))) {
    if (row.fact || (row.side !== 'both' && row.side !== target.side) || said[id] === undefined) continue
    const value = withoutNothing(normal(id, row.kind.write(said[id])))
    const unset = unsetValue(id, row, mode)
    if (value === undefined || (unset !== undefined && sameValue(value, unset))) continue
    const ordered = target.keepsMemberOrder || (id !== 'members' && id !== 'ports')
    options[id] = !ordered && Array.isArray(value) ? value.toSorted() : value
  }
  return options
}

/**
 * Two ways to say one thing: the addresses and the routes of the two families are independent of each other, and the
 * default route is the one to everywhere.
 */
function normal(id: string, value: Value): Value {
  if (!Array.isArray(value)) return value
  if (id === 'addresses')
    return value.toSorted((a, b) => Number(String(a).includes(':')) - Number(String(b).includes(':')))
  return id === 'routes' ? value.map(route => everywhere(route)).toSorted(byFamily) : value
}

const isSix = (route: Value): number =>
  Number(String((route as Readonly<Record<string, Value>>).to).includes(':'))
const byFamily = (a: Value, b: Value): number => isSix(a) - isSix(b)

function everywhere(route: Readonly<Record<string, Value>>): Value {
  const to = String(route.via ?? '').includes(':') ? '::/0' : '0.0.0.0/0'
  return route.to === 'default' ? { ...route, to } : route
}

/** Empty lists and records say nothing. */
function withoutNothing(value: Value): Value | undefined {
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.length === 0 ? undefined : value
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const kept = withoutNothing(part)
    return kept === undefined ? [] : [[name, kept] as const]
  })
  return parts.length === 0 ? undefined : Object.fromEntries(parts)
}

/** The mode that governs each device: a bond's own, a member's bond's. */
function modesOf(host: Host): ReadonlyMap<string, Mode> {
  const modes = new Map<string, Mode>()
  for (const bond of host.bonds) {
    const mode = bond.options.mode ?? 'balance-rr'
    modes.set(bond.name, mode)
    for (const member of bond.options.members ?? []) if (!modes.has(member)) modes.set(member, mode)
  }
  return modes
}

/** The device and option that a loss was reported of, as `bond bond0.miimon`. */
export function lostOption(host: Host, { at, message }: Diagnostic): string {
  const path = at?.path ?? []
  for (const device of devicesOf(host)) {
    const id = path[device.path.length]
    if (device.path.every((step, index) => step === path[index]) && typeof id === 'string')
      return `${device.subject} ${device.name}.${id}`
    // Said in a profile, which several bonds may use.
    const used = Object.entries(device.stands ?? {}).find(([, stood]) => stood.join('/') === path.join('/'))
    if (used !== undefined && message.startsWith(`${device.name}: `))
      return `${device.subject} ${device.name}.${used[0]}`
  }
  throw new Error(`a loss that stands at no option: ${message}`)
}

/** Whether `part` is `whole` less some of its items or parts. */
function isPart(part: Value, whole: Value): boolean {
  if (Array.isArray(part) && Array.isArray(whole)) {
    const left = [...whole]
    return part.every(item => {
      const at = left.findIndex(other => sameValue(item, other))
      left.splice(0, at + 1)
      return at >= 0
    })
  }
  if (typeof part !== 'object' || typeof whole !== 'object' || Array.isArray(whole)) return false
  const others = whole as Readonly<Record<string, Value>>
  return Object.entries(part).every(
    ([name, item]) =>
      others[name] !== undefined && (sameValue(item, others[name]) || isPart(item, others[name])),
  )
}

export interface Returned {
  readonly rendered: Rendered
  readonly recalled: Recalled
}

/** Renders a host, reads it back, and expects the law to hold: of meaning, and of the bytes from then on. */
export function expectReturn(host: Host, target: Target, version?: string): Returned {
  const rendered = renderHost(host, target, templates, version)
  const recalled = readBack(rendered.files, target, host.name)
  expect(recalled.diagnostics).toEqual([])
  if (target.unnamed?.(host).length) {
    expect(rendered.files).toEqual([])
    expect(new Set(rendered.lost.map(({ code }) => code))).toEqual(new Set(['name-not-writable']))
    return { rendered, recalled }
  }
  const said = meaningOf(host, target)
  const back = meaningOf(recalled.host, target)
  const lost = new Set(rendered.lost.map(diagnostic => lostOption(host, diagnostic)))
  const expected = Object.fromEntries(
    Object.entries(said).map(([device, options]) => {
      const kept = Object.entries(options).flatMap(([id, value]) => {
        if (!lost.has(`${device}.${id}`)) return [[id, value] as const]
        const part = back[device]?.[id]
        return part !== undefined && isPart(part, value) ? [[id, part] as const] : []
      })
      return [device, Object.fromEntries(kept)]
    }),
  )
  expect(back).toEqual(expected)
  expectSteady(recalled.host, target, version)
  return { rendered, recalled }
}

/** What was read back renders to text that reads back as the same and renders to the same bytes. */
function expectSteady(host: Host, target: Target, version: string | undefined): void {
  const { files, lost } = renderHost(host, target, templates, version)
  expect(lost).toEqual([])
  const again = renderHost(readBack(files, target, host.name).host, target, templates, version)
  expect(again).toEqual({ files, lost: [] })
}
