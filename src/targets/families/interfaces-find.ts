// Finds the devices in interfaces files: which stanzas are of one device, what kind of device it is, and which devices are
// only named by others. What the lines of a stanza say is interfaces-lines.ts.

import type { Span, Statement } from '../../dialects/dialect.ts'
import type { DeviceSubject } from '../../options/index.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Astray, Include, Recognised, ScannedFile } from '../target.ts'
import { namesIn } from './interfaces.ts'
import { findingsOf } from './interfaces-check.ts'
import { linesOf, type Reader, type Stanza } from './interfaces-lines.ts'

/** A device of which some lines are known, but not all. */
interface Draft {
  readonly name: string
  readonly file: string
  readonly key: Span
  /** Whether it has a stanza, or is only named by others. */
  readonly own: boolean
  readonly found: Found[]
}

/** Finds devices as a reader of the family would. */
export const recogniser =
  (reader: Reader) =>
  (files: readonly ScannedFile[]): Recognised => {
    const logical = logicalNames(files)
    const every = files.flatMap(stanzasIn)
    const several = reader.patterns ? every.filter(isRange) : []
    const stanzas = every.filter(stanza => !isForeign(stanza, logical) && !several.includes(stanza))
    const starts = files.flatMap(startsIn)
    const drafts = new Map<string, Draft>()
    const draft = (name: string, file: string, key: Span, own: boolean): Draft => {
      let known = drafts.get(name)
      if (known === undefined || (own && !known.own)) {
        known = { name, file, key, own, found: known?.found ?? [] }
        drafts.set(name, known)
      }
      return known
    }
    const templates = templatesIn(stanzas, starts)
    for (const stanza of stanzas) {
      const name = String(stanza.name.value)
      if (isLoopback(stanza) || templates.has(name)) continue
      const { found } = draft(name, stanza.file, stanza.name.at, true)
      for (const { device, ...one } of linesOf(stanza, stanzas, reader)) {
        if (device === undefined || device === name) found.push(one)
        else draft(device, one.file, one.at, false).found.push(one)
      }
    }
    for (const { keyword, name, file } of starts) {
      const { value = '', at } = name
      drafts.get(String(value))?.found.push({ in: 'boot', name: startOf(keyword), value, file, key: at, at })
    }
    const unknown = starts.filter(({ name }) => !drafts.has(String(name.value)) && name.value !== 'lo').length
    const masters = new Set([...drafts.values()].flatMap(mastersOf))
    const devices = [...drafts.values()].map(one => scanned(one, masters, reader))
    for (const { found } of devices) {
      for (const { word, from } of found.flatMap(one => namedIn(one, reader)))
        draft(word, from.file, spanOfWord(from, word), false)
    }
    const added = [...drafts.values()].slice(devices.length)
    const bonds = new Set(devices.flatMap(({ subject, name }) => (subject === 'bond' ? [name] : [])))
    const foreign = every.filter(stanza => isForeign(stanza, logical))
    return {
      astray: [
        ...(reader.ifenslave ? findingsOf(stanzas, [...drafts.values()], bonds) : []),
        ...several.map(unexpanded),
      ],
      devices: [...devices, ...added.map(one => scanned(one, masters, reader))],
      outside:
        unknown +
        foreign.reduce((sum, { options }) => sum + 1 + options.length, 0) +
        files.flatMap(({ statements }) => statements.filter(isOutside)).length,
    }
  }

const part = (statement: Statement, name: string): Statement | undefined =>
  statement.inside.find(inner => inner.name === name)

function stanzasIn({ path, statements }: ScannedFile): readonly Stanza[] {
  return statements.flatMap(statement => {
    const name = part(statement, 'name')
    if (statement.name !== 'iface' || name === undefined) return []
    const [family, method] = [part(statement, 'family'), part(statement, 'method')]
    const said = [family, method].flatMap(one => (one === undefined ? [] : [String(one.value)]))
    const at = { start: (family ?? name).at.start, end: (method ?? family ?? name).at.end }
    return [
      {
        file: path,
        name,
        family: said[0] ?? '',
        head: { name: 'iface', value: said.join(' '), key: statement.key, at, inside: [] },
        inherits: part(statement, 'inherits')?.value as string | undefined,
        options: part(statement, 'options')?.inside ?? [],
      },
    ]
  })
}

/** Methods of devices that carry what is ours. */
const ours = /^(?:|loopback|static|manual|dhcp|auto)$/

/** Stanzas that are about nothing of ours: a PPP line, a tunnel, a radio, or a name that a mapping chooses among. */
const isForeign = ({ name, head, options }: Stanza, logical: ReadonlySet<string>): boolean =>
  !options.some(option => /^(?:bond|bridge|vlan)[-_]/.test(option.name)) &&
  (!ours.test(String(head.value).split(' ')[1] ?? '') ||
    logical.has(String(name.value)) ||
    options.some(option => /^(?:wpa|wireless)[-_]/.test(option.name)))

/** The names that mappings lead to, which are no devices. */
const logicalNames = (files: readonly ScannedFile[]): ReadonlySet<string> =>
  new Set(
    files.flatMap(({ statements }) =>
      statements
        .filter(({ name }) => name === 'mapping')
        .flatMap(mapping => part(mapping, 'options')?.inside ?? [])
        .flatMap(({ name, value }) => (name === 'map' ? (String(value).split(/\s+/).at(-1) ?? []) : [])),
    ),
  )

/** `iface swp[1-4]` is a stanza of several devices to ifupdown2. */
const isRange = ({ name }: Stanza): boolean => /\[\d+-\d+\]/.test(String(name.value))

const unexpanded = ({ name, file }: Stanza): Astray => ({
  code: 'not-understood',
  severity: 'warning',
  message: `${name.value} is a range of names, so nothing is made of its stanza`,
  help: 'write a stanza for each device',
  file,
  span: name.at,
})

/** What every system has, with nothing said. */
const isLoopback = ({ name, head, options }: Stanza): boolean =>
  name.value === 'lo' && String(head.value).endsWith(' loopback') && options.length === 0

interface Start {
  readonly keyword: string
  readonly name: Statement
  readonly file: string
}

const isStart = ({ name }: Statement): boolean => name === 'auto' || name.startsWith('allow-')

/** Each name in auto and allow lines. */
const startsIn = ({ path, statements }: ScannedFile): readonly Start[] =>
  statements
    .filter(isStart)
    .flatMap(({ name: keyword, inside }) => inside.map(name => ({ keyword, name, file: path })))

/** What brings a device up: ifup -a, udev, or another device. */
const startOf = (keyword: string): string =>
  keyword === 'allow-auto' ? 'auto' : keyword === 'auto' || keyword === 'allow-hotplug' ? keyword : 'allow'

/** The bonds that a device says it is a member of. */
const mastersOf = ({ found }: Draft): readonly string[] =>
  found.flatMap(({ in: part, name, value }) =>
    part === 'link' && name === 'bond-master' ? [String(value)] : [],
  )

/** Stanzas that only others inherit from describe no device. */
function templatesIn(stanzas: readonly Stanza[], starts: readonly Start[]): ReadonlySet<string> {
  const started = new Set(starts.map(({ name }) => name.value))
  const inherited = stanzas.flatMap(({ inherits }) => (inherits === undefined ? [] : [inherits]))
  return new Set(inherited.filter(name => !started.has(name)))
}

const isSource = ({ name }: Statement): boolean => name === 'source' || name.startsWith('source-dir')

const isOutside = (statement: Statement): boolean =>
  statement.name !== 'iface' && !isStart(statement) && !isSource(statement)

/**
 * The files that a file takes in: `source` a pattern as a shell has it, `source-directory` those of a folder whose names
 * are of letters, digits, underscores and hyphens (interfaces(5), INCLUDING OTHER FILES).
 */
export const includes = ({ statements }: ScannedFile): readonly Include[] =>
  statements.filter(isSource).flatMap(({ name, value }) =>
    value === undefined
      ? []
      : String(value)
          .split(/\s+/)
          .map(pattern => ({
            pattern: name === 'source' ? pattern : pattern.replace(/\/+$/, ''),
            home: '/etc/network',
            names: /^[A-Za-z0-9_-]+$/,
          })),
  )

/** Lines that members have, too: those that ifenslave reads with them (setup_slave_device()). */
const ofMembers = new Set(['bond-master', 'bond-give-a-chance', 'bond-primary', 'bond-primary-reselect'])

/** Of a member, what only the stanza of its bond says stands in a part of its own. */
const ofMember = (one: Found): Found =>
  one.in === 'link' && one.name.startsWith('bond-') && !ofMembers.has(one.name)
    ? { ...one, in: 'member-stanza' }
    : one

function scanned(
  { name, file, key, own, found }: Draft,
  masters: ReadonlySet<string>,
  reader: Reader,
): ScannedDevice {
  const link = found.filter(one => one.in === 'link')
  const says = (prefix: string): boolean =>
    link.some(one => one.name.startsWith(prefix) && !ofMembers.has(one.name))
  const made = found.find(one => one.in === 'made')?.name ?? usedFor(link)
  const isMember = link.some(one => one.name === 'bond-master')
  const as = (subject: DeviceSubject, lines: readonly Found[] = found): ScannedDevice => ({
    subject,
    name,
    file,
    key,
    found: lines,
  })
  const told = found.some(one => one.in === 'driver')
  if (masters.has(name) || made === 'bond' || (!isMember && (says('bond-') || told))) return as('bond')
  if (made === 'bridge' || says('bridge-')) return as('bridge')
  const lines = vlanLines({ name, file, key, own, found }, reader)
  if (lines !== undefined) return as('vlan', lines)
  return as('port', isMember ? found.map(ofMember) : found)
}

/** What a device is by an executor that it asks for. */
function usedFor(link: readonly Found[]): string | undefined {
  const executors = new Set(link.flatMap(({ name, value }) => (name === 'use' ? [value] : [])))
  return ['bond', 'bridge'].find(kind => executors.has(kind))
}

/** The lines of a VLAN device, its id and link among them wherever they were said; undefined where it is none. */
function vlanLines(
  { name, file, key, own, found }: Draft,
  { vlanName, vlanNameAlone }: Reader,
): readonly Found[] | undefined {
  if (found.some(one => one.in === 'vlan')) return found
  // What has no stanza is not made by ifup, whatever it is called.
  if (!own) return undefined
  const raw = found.find(one => one.name === 'vlan-raw-device')
  const id = found.find(one => one.name === 'vlan-id')
  const named = vlanName.exec(name)?.groups
  if (raw === undefined && named?.link === undefined) return undefined
  const common = { in: 'vlan', file, key, at: key }
  const said = {
    link: raw && { ...raw, in: 'vlan', name: 'link' },
    id: id && { ...id, in: 'vlan', name: 'id' },
  }
  const byName = {
    link: named?.link === undefined ? undefined : { ...common, name: 'link', value: named.link },
    id: named?.id === undefined ? undefined : { ...common, name: 'id', value: named.id },
  }
  const rest = found.filter(one => one !== raw && one !== id)
  // A link that is none is nowhere: the device is a VLAN, and which is not known.
  if (raw?.value === 'none') return rest
  const alone = vlanNameAlone.test(name)
  const link = alone ? byName.link : (said.link ?? byName.link)
  const number = alone ? byName.id : (said.id ?? byName.id)
  return [...[number, link].filter(one => one !== undefined), ...rest]
}

/** Devices that a line names: they exist even where they have no stanza. */
function namedIn(
  from: Found,
  { patterns }: Reader,
): readonly { readonly word: string; readonly from: Found }[] {
  const names =
    (from.in === 'link' && (from.name === 'bond-slaves' || from.name === 'bridge-ports')) ||
    (from.in === 'vlan' && from.name === 'link')
  return names ? (namesIn(from, patterns) ?? []).map(word => ({ word, from })) : []
}

/** Where a word of a value stands, unless the line is continued: then where the value does. */
function spanOfWord({ value, at }: Found, word: string): Span {
  const text = String(value)
  const index = ` ${text.replaceAll(/\s/g, ' ')} `.indexOf(` ${word} `)
  if (at.end - at.start !== text.length || index < 0) return at
  return { start: at.start + index, end: at.start + index + word.length }
}
