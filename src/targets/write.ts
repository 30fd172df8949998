// From settings to files: encodes every value by the target's dialect, hands templates a view of encoded text, booleans
// and lists, and nothing else. What the dialect refuses becomes a diagnostic; a raw string in a view is a bug.

import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts'
import type { Dialect, Encoded } from '../dialects/dialect.ts'
import type { Host } from '../intent/intent.ts'
import { type DeviceSubject, deviceSubjects } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import { place } from './place.ts'
import type { PlacedDevice, Setting } from './setting.ts'
import type { Target, TargetFile } from './target.ts'

/** What a template may see. */
export type View = { readonly [name: string]: Encoded | boolean | View | readonly View[] }

/** How a file of ours is known again: every template of a host's target begins with it. */
export const mark = 'Written by bondplan'

/** A compiled template. */
export type Template = (view: View) => string

/** The template of a target by its name; throws where there is none, which is a bug. */
export type Templates = (target: string, name: string) => Template

export interface RenderedFile {
  /** The host or switch that the file is for. */
  readonly node: string
  readonly target: string
  /** Below the root of the host, without a leading slash. */
  readonly path: string
  /** Permission bits. */
  readonly mode: number
  readonly content: string
}

export interface Rendered {
  readonly files: readonly RenderedFile[]
  /** What was said and is not in the files. */
  readonly lost: readonly Diagnostic[]
}

/** Renders one host for one target. `version`: what the host runs, unset the newest. */
export function renderHost(host: Host, target: Target, templates: Templates, version?: string): Rendered {
  const unnamed = unnamedIn(host, target)
  if (unnamed.length > 0) return { files: [], lost: unnamed }
  const placement = place(host, target, version)
  const lost = [...placement.lost]
  const views = placement.devices.map(device => ({ device, view: viewOfDevice(device, target, lost) }))
  const files = target.files.flatMap(file => filesOf(file, host, target, views, templates))
  return { files, lost }
}

/** What takes a host's configuration back again: the devices in reverse order. Nothing for targets that need nothing. */
export function renderRemoval(
  host: Host,
  target: Target,
  templates: Templates,
  version?: string,
): readonly RenderedFile[] {
  if (unnamedIn(host, target).length > 0) return []
  const views = place(host, target, version)
    .devices.map(device => ({ device, view: viewOfDevice(device, target, []) }))
    .toReversed()
  return (target.removal ?? []).flatMap(file => filesOf(file, host, target, views, templates))
}

/** Names that the target's text cannot hold: a device of another name is another device. */
const unnamedIn = (host: Host, target: Target): readonly Diagnostic[] =>
  (target.unnamed?.(host) ?? []).map(({ device, because }) => ({
    code: 'name-not-writable',
    severity: 'error',
    message: `${device.name} cannot be called so on ${target.title}: ${because}`,
    at: { path: device.path, part: 'key' },
  }))

interface DeviceView {
  readonly device: PlacedDevice
  readonly view: View
}

function filesOf(
  file: TargetFile,
  host: Host,
  target: Target,
  views: readonly DeviceView[],
  templates: Templates,
): readonly RenderedFile[] {
  const template = templates(target.id, file.template)
  const common = { node: host.name, target: target.id, mode: file.mode }
  if (file.per === 'host') {
    const view = viewOfHost(views)
    const content = template(target.arrangeHost?.(view) ?? view)
    return content === '' ? [] : [{ ...common, path: file.path, content }]
  }
  const { per, when } = file
  return views
    .filter(({ device }) => per.includes(device.subject) && saysSomething(device, when))
    .map(({ device, view }) => ({
      ...common,
      path: file.path.replace('{device}', device.name),
      content: template(view),
    }))
}

const saysSomething = (device: PlacedDevice, parts: readonly string[] | undefined): boolean =>
  parts === undefined || device.settings.some(setting => parts.includes(setting.in))

function viewOfHost(views: readonly DeviceView[]): View {
  const of = (subject: DeviceSubject): readonly View[] =>
    views.filter(({ device }) => device.subject === subject).map(({ view }) => view)
  return {
    ...Object.fromEntries(deviceSubjects.map(subject => [subject, of(subject)])),
    devices: views.map(({ view }) => view),
  }
}

function viewOfDevice(device: PlacedDevice, target: Target, lost: Diagnostic[]): View {
  const view: Record<string, View[string]> = {
    name: encodeOr(target.dialect, device.name, { path: device.path, part: 'key' }, target, lost),
  }
  for (const subject of deviceSubjects) view[subject] = device.subject === subject
  view.empty = device.settings.length === 0
  const encoded = device.settings.flatMap(setting => {
    const value = encode(target.dialect, setting, target, lost)
    return value === undefined ? [] : [{ setting, view: { name: setting.name as Encoded, value } }]
  })
  for (const part of target.parts.single) {
    view[part] = encoded.filter(({ setting }) => setting.in === part).map(one => one.view)
  }
  for (const part of target.parts.several) {
    const groups = new Map<number, View[]>()
    for (const one of encoded) {
      if (one.setting.in !== part) continue
      const group = one.setting.group ?? 0
      groups.set(group, [...(groups.get(group) ?? []), one.view])
    }
    view[part] = [...groups.values()].map(settings => ({ settings }))
  }
  const known = [...target.parts.single, ...target.parts.several]
  const astray = device.settings.find(setting => !known.includes(setting.in))
  if (astray !== undefined) throw new Error(`${target.id} has no part ${astray.in} for ${astray.name}`)
  return target.arrange?.(view) ?? view
}

function encode(dialect: Dialect, setting: Setting, target: Target, lost: Diagnostic[]): Encoded | undefined {
  const value = dialect.encode(setting.value)
  if (value === undefined) lost.push(unwritable(setting.value, setting.from, target))
  return value
}

function encodeOr(dialect: Dialect, text: string, at: Place, target: Target, lost: Diagnostic[]): Encoded {
  const value = dialect.encode(text)
  if (value !== undefined) return value
  lost.push(unwritable(text, at, target))
  return '' as Encoded
}

function unwritable(value: Value, at: Place | undefined, target: Target): Diagnostic {
  return {
    code: 'config-injection',
    severity: 'error',
    message: `${JSON.stringify(value)} cannot stand in a file of ${target.title}: it would be read as something else`,
    ...(at && { at }),
    help: 'use plain letters, digits and punctuation',
  }
}
