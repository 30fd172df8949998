// Finding devices in Netplan's mappings, as Netplan itself reads them and cloud-init hands them on: ids that stand for
// devices, several files of one machine, truths as YAML 1.1 has them, and words of old.

import type { Statement } from '../../dialects/dialect.ts'
import type { DeviceSubject } from '../../options/index.ts'
import type { Value } from '../../options/kind.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Astray, type Recognised, type ScannedFile, unknownMatch } from '../target.ts'
import { idsIn, refusals } from './netplan-refused.ts'

const collections: Readonly<Record<string, DeviceSubject>> = {
  ethernets: 'port',
  bonds: 'bond',
  vlans: 'vlan',
  bridges: 'bridge',
}

/** What is no collection and says nothing that is ours. */
const silent = ['version', 'renderer']

const truths: Readonly<Record<string, boolean>> = {
  y: true,
  yes: true,
  on: true,
  true: true,
  n: false,
  no: false,
  off: false,
  false: false,
}

/** Keys that are a truth; libyaml gives Netplan their text, and it knows these words in any case (parse.c, handle_netdef_bool()). */
const isTruth = /^(?:dhcp[46]|accept-ra|optional|stp|all-(?:slaves|members)-active)$/

/** Keys whose value, or each item of it, is the id of another device. */
const names = /^(?:interfaces|link|primary)$/

/** Words of old, with those of today. */
const renamed: Readonly<Record<string, string>> = {
  'gratuitious-arp': 'gratuitous-arp',
  'all-slaves-active': 'all-members-active',
  'packets-per-slave': 'packets-per-member',
}

/** A device as one file defines it. */
interface Definition {
  readonly subject: DeviceSubject
  readonly id: string
  readonly file: string
  readonly statement: Statement
  readonly renderer: Value | undefined
}

export interface NetplanReader {
  /** Where the collections stand, in one file. */
  readonly roots: (file: ScannedFile) => readonly Statement[]
  /** Whether words of old are said to be that; not where they are all that there is. */
  readonly renames: boolean
  /** Whether it is Netplan that reads the files, and refuses what it cannot put together. */
  readonly refuses: boolean
}

/** Finds devices in files that are read in this order: what a later one says of a key holds, and lists grow. */
export function find(files: readonly ScannedFile[], { roots, renames, refuses }: NetplanReader): Recognised {
  const astray: Astray[] = []
  const definitions: Definition[] = []
  const firstIn = new Map<string, string>()
  let outside = 0
  let renderer: Value | undefined
  for (const file of files) {
    const own = roots(file)
    renderer = valueIn(own, 'renderer') ?? renderer
    for (const collection of own) {
      for (const id of idsIn(collection)) if (!firstIn.has(id)) firstIn.set(id, file.path)
      const subject = collections[collection.name]
      if (subject === undefined) {
        if (!silent.includes(collection.name)) outside += 1
        continue
      }
      for (const statement of collection.inside) {
        if (statement.name === 'renderer') continue
        definitions.push({
          subject,
          id: statement.name,
          file: file.path,
          statement,
          renderer: valueIn(statement.inside, 'renderer') ?? valueIn(collection.inside, 'renderer'),
        })
      }
    }
  }
  const byId = new Map<string, Definition[]>()
  for (const one of definitions) byId.set(one.id, [...(byId.get(one.id) ?? []), one])
  const deviceOf = new Map([...byId].map(([id, all]) => [id, nameOf(all, astray) ?? id]))
  const devices = [...byId.values()].map(all => deviceIn(all, deviceOf))
  astray.push(...inSeveralFiles(byId), ...unlikeRenderers(byId, renderer))
  if (refuses)
    astray.push(
      ...refusals(
        definitions,
        firstIn,
        files.map(({ path }) => path),
      ),
    )
  if (renames) astray.push(...oldWords(definitions))
  return { devices, outside, astray }
}

const valueIn = (statements: readonly Statement[], name: string): Value | undefined =>
  statements.findLast(one => one.name === name)?.value

/** The device that an id stands for; undefined where it is the id itself, or only the machine knows. */
function nameOf(all: readonly Definition[], astray: Astray[]): string | undefined {
  const inside = all.flatMap(({ statement, file }) => statement.inside.map(one => ({ one, file })))
  const setName = inside.findLast(({ one }) => one.name === 'set-name')
  if (setName?.one.value !== undefined) return String(setName.one.value)
  const match = inside.findLast(({ one }) => one.name === 'match')
  if (match === undefined || match.one.inside.length === 0) return undefined
  const name = valueIn(match.one.inside, 'name')
  if (typeof name === 'string' && !/[*?[\]]/.test(name)) return name
  const said = match.one.inside.map(({ name: key, value }) => `${key}: ${value}`).join(', ')
  astray.push(unknownMatch(match.file, match.one.at, `match ${said}`))
  return undefined
}

function deviceIn(all: readonly Definition[], deviceOf: ReadonlyMap<string, string>): ScannedDevice {
  const [{ subject, id, file, statement }] = all as readonly [Definition, ...Definition[]]
  const found = all.flatMap(one => one.statement.inside.flatMap(inner => foundIn(inner, one, deviceOf)))
  return { subject, name: deviceOf.get(id) ?? id, file, key: statement.key, found: merged(found) }
}

function foundIn(
  { name, value, key, at, inside }: Statement,
  { file }: Definition,
  deviceOf: ReadonlyMap<string, string>,
): readonly Found[] {
  const found = (
    part: string,
    what: string,
    said: Value | undefined,
    spot = { key, at },
  ): readonly Found[] =>
    said === undefined
      ? []
      : [{ in: part, name: what, value: plain(what, said, deviceOf), file, key: spot.key, at: spot.at }]
  switch (name) {
    case 'parameters':
      return inside.flatMap(one => found('parameters', one.name, one.value, one))
    case 'match': {
      // By this address the port is known; it is not given it.
      const address = inside.find(one => one.name === 'macaddress')
      return address === undefined ? [] : found('body', 'macaddress', address.value, address)
    }
    case 'set-name':
    case 'renderer':
      return []
    case 'gateway4':
    case 'gateway6':
      return found('body', 'routes', [{ to: 'default', via: value ?? '' }])
    default:
      return found('body', name, value)
  }
}

/** A value as it would be written today: truths as such, devices by their names. */
function plain(name: string, value: Value, deviceOf: ReadonlyMap<string, string>): Value {
  if (isTruth.test(name) && typeof value === 'string') return truths[value.toLowerCase()] ?? value
  if (!names.test(name)) return value
  const named = (id: Value): Value => deviceOf.get(String(id)) ?? id
  return Array.isArray(value) ? value.map(named) : named(value)
}

/** Lists of one key become one, as Netplan appends to them; of other keys the last holds. */
function merged(found: readonly Found[]): readonly Found[] {
  const byKey = new Map<string, Found>()
  for (const one of found) {
    const key = `${one.in}\0${one.name}`
    const earlier = byKey.get(key)
    const value = earlier === undefined ? one.value : joined(earlier.value, one.value)
    byKey.delete(key)
    byKey.set(key, { ...one, value })
  }
  return [...byKey.values()]
}

function joined(earlier: Value, later: Value): Value {
  if (Array.isArray(earlier) && Array.isArray(later)) {
    const known = new Set(earlier.map(item => JSON.stringify(item)))
    return [...earlier, ...later.filter(item => !known.has(JSON.stringify(item)))]
  }
  const isRecord = (value: Value): value is Readonly<Record<string, Value>> =>
    typeof value === 'object' && !Array.isArray(value)
  if (!isRecord(earlier) || !isRecord(later)) return later
  const result: Record<string, Value> = { ...earlier }
  for (const [key, value] of Object.entries(later)) {
    const before = earlier[key]
    result[key] = before === undefined ? value : joined(before, value)
  }
  return result
}

/** Which file has the last word is easily overlooked. */
function* inSeveralFiles(byId: ReadonlyMap<string, readonly Definition[]>): Generator<Astray> {
  for (const [id, [first, ...others]] of byId) {
    if (first?.subject !== 'bond') continue
    for (const { file, statement } of others) {
      if (file === first.file) continue
      yield {
        code: 'netplan-file-order',
        severity: 'warning',
        message: `${id} is defined in ${first.file} as well: lists of both are joined, and of other keys what is said here holds`,
        help: 'define it in one file',
        file,
        span: statement.key,
      }
    }
  }
}

/** Two daemons do not share a bond. */
function* unlikeRenderers(
  byId: ReadonlyMap<string, readonly Definition[]>,
  whole: Value = 'networkd',
): Generator<Astray> {
  const rendererOf = (all: readonly Definition[] = []): Value =>
    all.findLast(one => one.renderer !== undefined)?.renderer ?? whole
  for (const all of byId.values()) {
    const [bond] = all
    if (bond?.subject !== 'bond') continue
    for (const { file, statement } of all) {
      const list = statement.inside.find(one => one.name === 'interfaces')
      for (const { value, at } of list?.inside ?? []) {
        const member = byId.get(String(value))
        if (member === undefined || rendererOf(member) === rendererOf(all)) continue
        yield {
          code: 'netplan-renderer-mix',
          severity: 'warning',
          message: `${value} is configured by ${rendererOf(member)} and ${bond.id} by ${rendererOf(all)}: the one does not attach what the other has`,
          help: 'let one renderer have both',
          file,
          span: at,
        }
      }
    }
  }
}

function* oldWords(definitions: readonly Definition[]): Generator<Astray> {
  const note = (file: string, span: Astray['span'], name: string, now: string): Astray => ({
    code: 'deprecated-spelling',
    severity: 'note',
    message: `${name} is an old word`,
    help: `write ${now}`,
    file,
    span,
  })
  for (const { file, statement } of definitions) {
    for (const { name, key, inside } of statement.inside) {
      if (/^gateway[46]$/.test(name)) yield note(file, key, name, 'a route to default')
      if (name !== 'parameters') continue
      for (const one of inside) {
        const now = Object.hasOwn(renamed, one.name) ? renamed[one.name] : undefined
        if (now !== undefined) yield note(file, one.key, one.name, now)
      }
    }
  }
}
