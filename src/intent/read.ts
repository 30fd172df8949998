// From documents to one intent: validates each against the schema, merges them, resolves profiles and aliases, and
// gives every port that is named only as a member an entry. Goes on as far as it can; what could not be read is
// left out of the intent and said in a diagnostic.

import { type Diagnostic, keyAt, type Outcome, type Path, valueAt } from '../diagnostics/diagnostic.ts'
import { nearest } from '../diagnostics/nearest.ts'
import { type Mount, mergeOrigins, type Origin } from '../diagnostics/origin.ts'
import { aliasesOf, bonding, collections, rowsOf, type Said, type Subject } from '../options/index.ts'
import { complaints, type SchemaError } from './complaints.ts'
import {
  type Bond,
  type Bridge,
  type Device,
  type Host,
  type Intent,
  type Lag,
  type Node,
  type Port,
  partOf,
  type Switch,
  type Vlan,
  valueOf,
} from './intent.ts'
import { writeOut } from './ranges.ts'

/** One parsed file. */
export interface Document {
  /** The name of its only host where it leaves out `hosts`: the file's own, without folder and ending. */
  readonly name: string
  readonly value: unknown
  readonly origin: Origin
}

/** Holds a document against the schema and returns what is wrong with it; ajv, compiled ahead. */
export type Validate = (document: unknown) => readonly SchemaError[]

export interface ReadIntent {
  readonly intent: Intent
  readonly origin: Origin
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Reads the documents as one intent. */
export function readIntent(documents: readonly Document[], validate: Validate): Outcome<ReadIntent> {
  const diagnostics: Diagnostic[] = []
  const parts = documents.map(document => partOfIntent(document, validate, diagnostics))
  const mounts: Mount[] = []
  const profiles = merged('profile', parts, part => part.profiles, mounts, diagnostics)
  const hostFields = merged('host', parts, part => part.hosts, mounts, diagnostics)
  const switchFields = merged('switch', parts, part => part.switches, mounts, diagnostics)
  const hosts = [...hostFields.values()].map(entry => readHost(entry, profiles, diagnostics))
  const switches = [...switchFields.values()].map(readSwitch)
  const traffic: Node<'traffic'>[] = []
  for (const part of parts) {
    for (const [index, hope] of part.traffic.entries()) {
      const path = ['traffic', traffic.length]
      mounts.push({ model: path, origin: part.origin, document: ['traffic', index] })
      traffic.push({ subject: 'traffic', path, ...readOptions('traffic', fieldsOf(hope), path, diagnostics) })
    }
  }
  const only = parts[0]
  const whole = only !== undefined && parts.length === 1 && !only.short
  const origin = whole ? only.origin : mergeOrigins(mounts)
  return { value: { intent: { hosts, switches, traffic }, origin }, diagnostics }
}

interface Part {
  readonly origin: Origin
  /** Whether the document is one host without `hosts`. */
  readonly short: boolean
  readonly profiles: ReadonlyMap<string, Entry>
  readonly hosts: ReadonlyMap<string, Entry>
  readonly switches: ReadonlyMap<string, Entry>
  readonly traffic: readonly unknown[]
}

/** A named thing with where it stands in the intent and in its document. */
interface Entry {
  readonly name: string
  readonly path: Path
  readonly inDocument: Path
  readonly origin: Origin
  readonly fields: Fields
}

const hostKeys = new Set([
  ...Object.keys(rowsOf('host')),
  collections.port,
  collections.bond,
  collections.vlan,
  collections.bridge,
])

function partOfIntent({ name, ...said }: Document, validate: Validate, diagnostics: Diagnostic[]): Part {
  const { value: document, origin, diagnostics: miscounted } = writeOut(said.value ?? {}, said.origin)
  diagnostics.push(...miscounted)
  const found = complaints(validate(document), document)
  // A complaint speaks of the document's own paths, which a merge may mount elsewhere: its text is looked up here.
  diagnostics.push(...found.map(diagnostic => placed(diagnostic, origin)))
  const fields = fieldsOf(document)
  const own = Object.keys(fields).filter(key => hostKeys.has(key))
  const short = own.length > 0 && !Object.hasOwn(fields, 'hosts')
  const [first] = own
  if (!short && first !== undefined) {
    diagnostics.push(
      placed(
        {
          code: 'host-beside-hosts',
          severity: 'error',
          message: `${first} stands beside hosts, so it belongs to no host`,
          at: keyAt(first),
          help: 'put it below a host, or leave hosts out where the file is about one host',
        },
        origin,
      ),
    )
  }
  const entries = (key: string): ReadonlyMap<string, Entry> =>
    new Map(
      Object.entries(fieldsOf(fields[key])).map(([thing, inner]) => {
        const path = [key, thing]
        return [thing, { name: thing, path, inDocument: path, origin, fields: fieldsOf(inner) }]
      }),
    )
  const whole: Entry = { name, path: ['hosts', name], inDocument: [], origin, fields }
  return {
    origin,
    short,
    profiles: entries('profiles'),
    hosts: short ? new Map([[name, whole]]) : entries('hosts'),
    switches: entries('switches'),
    traffic: itemsOf(fields.traffic),
  }
}

/** A diagnostic whose place is looked up in its own document at once. */
function placed(diagnostic: Diagnostic, origin: Origin): Diagnostic {
  const region = diagnostic.at && origin.regionOf(diagnostic.at)
  return region === undefined ? diagnostic : { ...diagnostic, region }
}

function merged(
  what: string,
  parts: readonly Part[],
  pick: (part: Part) => ReadonlyMap<string, Entry>,
  mounts: Mount[],
  diagnostics: Diagnostic[],
): ReadonlyMap<string, Entry> {
  const all = new Map<string, Entry>()
  for (const part of parts) {
    for (const [name, entry] of pick(part)) {
      const earlier = all.get(name)
      if (earlier === undefined) {
        all.set(name, entry)
        mounts.push({ model: entry.path, origin: entry.origin, document: entry.inDocument })
        continue
      }
      const here = entry.origin.regionOf({ path: entry.inDocument, part: 'key' })
      const there = earlier.origin.regionOf({ path: earlier.inDocument, part: 'key' })
      diagnostics.push({
        code: 'defined-twice',
        severity: 'error',
        message: `the ${what} ${name} is defined in two files; only the first is used`,
        help: 'keep one of them, or give one another name',
        ...(here && { region: here }),
        related: [{ message: 'first defined here', ...(there && { region: there }) }],
      })
    }
  }
  return all
}

/** The options of one node. What cannot be read was complained of by the schema and is left out. */
function readOptions<S extends Subject>(
  subject: S,
  fields: Fields,
  path: Path,
  diagnostics: Diagnostic[],
): Pick<Node<S>, 'options' | 'stands' | 'unread'> {
  const rows = rowsOf(subject)
  const aliases = aliasesOf(subject)
  const options: Record<string, unknown> = {}
  const stands: Record<string, Path> = {}
  const unread: string[] = []
  for (const [key, said] of Object.entries(fields)) {
    const id = aliases.get(key) ?? key
    const row = Object.hasOwn(rows, id) ? rows[id] : undefined
    const value = row?.kind.read(said)
    if (value === undefined) {
      if (row !== undefined) unread.push(id)
      continue
    }
    if (Object.hasOwn(options, id)) {
      const other = aliases.has(key) ? id : ([...aliases].find(([, main]) => main === id)?.[0] ?? id)
      diagnostics.push(saidTwice(id, key, other, options[id], value, path))
      if (aliases.has(key)) continue
    }
    options[id] = value
    if (key === id) delete stands[id]
    else stands[id] = [...path, key]
  }
  return {
    options: options as Said<S>,
    ...(Object.keys(stands).length > 0 && { stands }),
    ...(unread.length > 0 && { unread }),
  }
}

function saidTwice(
  id: string,
  key: string,
  other: string,
  first: unknown,
  second: unknown,
  path: Path,
): Diagnostic {
  const same = first === second
  return {
    code: 'grat-arp-two-values',
    severity: same ? 'note' : 'error',
    message: same
      ? `${key} and ${other} are two names of one value; one is enough`
      : `${key} ${String(second)} and ${other} ${String(first)} are two names of one value, and the last one written would win`,
    at: valueAt(...path, key),
    help: `say ${id} once`,
    related: [{ message: 'the other one', at: valueAt(...path, other) }],
  }
}

const without = (fields: Fields, keys: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)))

function readHost(entry: Entry, profiles: ReadonlyMap<string, Entry>, diagnostics: Diagnostic[]): Host {
  const { name, path, fields } = entry
  const own = readOptions('host', fields, path, diagnostics)
  const devices = <S extends 'port' | 'vlan' | 'bridge'>(subject: S): Device<S>[] =>
    Object.entries(fieldsOf(fields[collections[subject]])).map(([device, inner]) => {
      const at = [...path, collections[subject], device]
      return { subject, name: device, path: at, ...readOptions(subject, fieldsOf(inner), at, diagnostics) }
    })
  const bonds = Object.entries(fieldsOf(fields[collections.bond])).map(([device, inner]) =>
    readBond(device, [...path, collections.bond, device], fieldsOf(inner), profiles, diagnostics),
  )
  const ports: Port[] = devices('port')
  const vlans: Vlan[] = devices('vlan')
  const bridges: Bridge[] = devices('bridge')
  return {
    subject: 'host',
    name,
    path,
    ...own,
    ports: withNamed(ports, bonds, vlans, bridges),
    bonds,
    vlans,
    bridges,
  }
}

/** Adds the ports that are named only by others, as a member, below a VLAN or in a bridge; each stands where it is named. */
export function withNamed(
  ports: readonly Port[],
  bonds: readonly Bond[],
  vlans: readonly Vlan[],
  bridges: readonly Bridge[],
) {
  const known = new Map(ports.map(port => [port.name, port]))
  const taken = new Set([...bonds, ...vlans, ...bridges].map(device => device.name))
  const name = (port: string, path: Path): void => {
    if (!known.has(port) && !taken.has(port))
      known.set(port, { subject: 'port', name: port, path, options: {} })
  }
  for (const bond of bonds) {
    for (const [index, port] of (bond.options.members ?? []).entries())
      name(port, partOf(bond, 'members', index).path)
  }
  for (const vlan of vlans)
    if (vlan.options.link !== undefined) name(vlan.options.link, valueOf(vlan, 'link').path)
  for (const bridge of bridges) {
    for (const [index, port] of (bridge.options.ports ?? []).entries())
      name(port, partOf(bridge, 'ports', index).path)
  }
  return [...known.values()]
}

function readBond(
  name: string,
  path: Path,
  fields: Fields,
  profiles: ReadonlyMap<string, Entry>,
  diagnostics: Diagnostic[],
): Bond {
  const own = readOptions('bond', fields, path, diagnostics)
  const bond: Bond = { subject: 'bond', name, path, ...own }
  const { use } = own.options
  if (use === undefined) return bond
  const profile = profiles.get(use)
  if (profile === undefined) {
    const meant = nearest(use, [...profiles.keys()])
    diagnostics.push({
      code: 'profile-unknown',
      severity: 'error',
      message: `no profile is called ${use}, so ${name} has only the options that it says itself`,
      at: valueAt(...path, 'use'),
      help: meant === undefined ? `define it below profiles` : `did you mean ${meant}?`,
    })
    return bond
  }
  const bondingOnly = without(
    profile.fields,
    Object.keys(profile.fields).filter(key => !Object.hasOwn(bonding, aliasesOf('bond').get(key) ?? key)),
  )
  const inherited = readOptions('bond', bondingOnly, profile.path, [])
  const stands: Record<string, Path> = { ...own.stands }
  for (const id of Object.keys(inherited.options)) {
    if (!Object.hasOwn(own.options, id)) stands[id] = inherited.stands?.[id] ?? [...profile.path, id]
  }
  const unread = [
    ...(own.unread ?? []),
    ...(inherited.unread ?? []).filter(id => !Object.hasOwn(own.options, id)),
  ]
  return {
    ...bond,
    options: { ...inherited.options, ...own.options },
    stands,
    ...(unread.length > 0 && { unread }),
  }
}

function readSwitch({ name, path, fields }: Entry): Switch {
  const lags: Lag[] = Object.entries(fieldsOf(fields[collections.lag])).flatMap(([number, inner]) => {
    const at = [...path, collections.lag, number]
    if (!/^[1-9]\d{0,4}$/.test(number)) return []
    return [
      { subject: 'lag', number: Number(number), path: at, ...readOptions('lag', fieldsOf(inner), at, []) },
    ]
  })
  return { subject: 'switch', name, path, ...readOptions('switch', fields, path, []), lags }
}
