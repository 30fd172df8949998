// Finds the devices in interfaces files: which stanzas are of one device, what kind of device it is, and what each line
// says, under the names that the stances use. Lines that say the same in several ways come out as one.

import type { Span, Statement } from '../../dialects/dialect.ts'
import type { DeviceSubject } from '../../options/index.ts'
import type { Value } from '../../options/kind.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Recognised, ScannedFile } from '../target.ts'
import { addressOf } from './interfaces-address.ts'
import { checkedRoute, type Meaning, meaningOf } from './interfaces-commands.ts'

/** What a reader of such files has words for. */
export interface Reader {
  /** Driver options that it has an option line for, by the driver's name. */
  readonly hooked: ReadonlySet<string>
}

interface Stanza {
  readonly file: string
  readonly name: Statement
  readonly family: string
  readonly head: Statement
  readonly inherits: string | undefined
  readonly options: readonly Statement[]
}

/** A device of which some lines are known, but not all. */
interface Draft {
  readonly name: string
  readonly file: string
  readonly key: Span
  /** Whether it has a stanza, or is only named by others. */
  readonly own: boolean
  readonly found: Found[]
}

const commands = new Set(['pre-up', 'up', 'post-up', 'down', 'pre-down', 'post-down'])

/** Finds devices as a reader of the family would. */
export const recogniser =
  (reader: Reader) =>
  (files: readonly ScannedFile[]): Recognised => {
    const stanzas = files.flatMap(stanzasIn)
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
    const devices = [...drafts.values()].map(one => scanned(one, masters))
    for (const { found } of devices) {
      for (const { word, from } of found.flatMap(namedIn))
        draft(word, from.file, spanOfWord(from, word), false)
    }
    const added = [...drafts.values()].slice(devices.length)
    return {
      devices: [...devices, ...added.map(one => scanned(one, masters))],
      outside: unknown + files.flatMap(({ statements }) => statements.filter(isOutside)).length,
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

const isOutside = (statement: Statement): boolean => statement.name !== 'iface' && !isStart(statement)

type Line = Found & { readonly device: string | undefined }

/** Everything that a stanza says, inherited lines first. */
function linesOf(stanza: Stanza, all: readonly Stanza[], reader: Reader): readonly Line[] {
  const { file, head } = stanza
  const options = optionsOf(stanza, all)
  const lines: Line[] = [foundAs(head, file, 'head', 'iface')]
  // The method of itself accepts advertisements; a line of its own says otherwise.
  if (head.value === 'inet6 auto' && !options.some(({ statement }) => statement.name === 'accept_ra'))
    lines.push({ ...foundAs(head, file, 'ra', 'accept_ra'), value: 2 })
  const saidOf = (name: string) => options.find(({ statement }) => statement.name === name)?.statement.value
  const [gateway, metric] = [saidOf('gateway'), saidOf('metric')]
  const route = gateway && checkedRoute({ to: 'default', via: gateway, ...(metric && { metric }) })
  // Read together with another line.
  const taken = new Set([...(saidOf('address') ? ['netmask'] : []), ...(route ? ['metric'] : [])])
  for (const { statement, file } of options) {
    const { value } = statement
    const name = plainName(statement.name)
    if (value === undefined) lines.push({ ...foundAs(statement, file, 'link', name), value: '' })
    else if (commands.has(name)) lines.push(...ofCommand(statement, String(value), file, stanza, reader))
    else if (name === 'address') {
      const address = addressOf(String(value), saidOf('netmask'), stanza.family)
      lines.push({ ...foundAs(statement, file, 'address', 'address'), value: address ?? value })
    } else if (name === 'gateway') {
      const line = foundAs(statement, file, 'routes', route ? 'route' : 'gateway')
      lines.push(route ? { ...line, value: route } : line)
    } else if (!taken.has(name))
      lines.push({ ...foundAs(statement, file, partOf(name), name), value: plainValue(name, value) })
  }
  return lines
}

function optionsOf(
  { file, inherits, family, options }: Stanza,
  all: readonly Stanza[],
  depth = 0,
): readonly { readonly statement: Statement; readonly file: string }[] {
  const own = options.map(statement => ({ statement, file }))
  if (inherits === undefined || depth > 20) return own
  const from = all.find(one => one.name.value === inherits && (family === '' || one.family === family))
  return from === undefined ? own : [...optionsOf(from, all, depth + 1), ...own]
}

const foundAs = ({ value = '', key, at }: Statement, file: string, part: string, name: string): Line => ({
  device: undefined,
  in: part,
  name,
  value,
  file,
  key,
  at,
})

/** Hooks read options from their environment, in which a hyphen and an underscore are the same. */
function plainName(name: string): string {
  const plain = /^(?:bond|bridge|vlan|dns)_/.test(name) ? name.replaceAll('_', '-') : name
  return plain === 'slaves' ? 'bond-slaves' : plain
}

function partOf(name: string): string {
  if (name.startsWith('dns-')) return 'dns'
  return name === 'accept_ra' || name === 'autoconf' ? 'ra' : 'link'
}

/** A class before the address is of old, and only ether was ever used. */
const plainValue = (name: string, value: Value): Value =>
  name === 'hwaddress' ? String(value).replace(/^ether\s+/i, '') : value

function ofCommand(
  statement: Statement,
  text: string,
  file: string,
  stanza: Stanza,
  { hooked }: Reader,
): readonly Line[] {
  const meanings = meaningOf(text, String(stanza.name.value))
  const astray = foundAs(statement, file, 'commands', statement.name)
  if (meanings === undefined) return [astray]
  return meanings.map((meaning): Line => {
    const { device, in: part, name, value } = asOption(meaning, hooked)
    return { ...astray, device, in: part, name, value }
  })
}

/** What a command tells the driver may be an option of the reader's as well. */
function asOption(meaning: Meaning, hooked: ReadonlySet<string>): Meaning {
  return meaning.in === 'driver' && hooked.has(meaning.name)
    ? { ...meaning, in: 'link', name: `bond-${meaning.name.replaceAll('_', '-')}` }
    : meaning
}

/** Lines that members have, too. */
const ofMembers = new Set(['bond-master', 'bond-give-a-chance', 'bond-primary'])

function scanned({ name, file, key, found }: Draft, masters: ReadonlySet<string>): ScannedDevice {
  const link = found.filter(one => one.in === 'link')
  const says = (prefix: string): boolean =>
    link.some(one => one.name.startsWith(prefix) && !ofMembers.has(one.name))
  const made = found.find(one => one.in === 'made')?.name
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
  const lines = vlanLines(name, file, key, found)
  return lines === undefined ? as('port') : as('vlan', lines)
}

/** The lines of a VLAN device, its id and link among them wherever they were said; undefined where it is none. */
function vlanLines(
  name: string,
  file: string,
  key: Span,
  found: readonly Found[],
): readonly Found[] | undefined {
  if (found.some(one => one.in === 'vlan')) return found
  const raw = found.find(one => one.name === 'vlan-raw-device')
  const id = found.find(one => one.name === 'vlan-id')
  const [, before = '', digits] = /^(?:vlan|([^.]+)\.)0*([1-9]\d*)$/.exec(name) ?? []
  if (raw === undefined && (digits === undefined || before === '')) return undefined
  const common = { in: 'vlan', file, key, at: key }
  const rest = found.filter(one => one !== raw && one !== id)
  // A name that says both is what ifup goes by, whatever else is said.
  const link: Found =
    raw === undefined || before !== ''
      ? { ...common, name: 'link', value: before }
      : { ...raw, in: 'vlan', name: 'link' }
  if (id !== undefined) return [{ ...id, in: 'vlan', name: 'id' }, link, ...rest]
  return digits === undefined ? [link, ...rest] : [{ ...common, name: 'id', value: digits }, link, ...rest]
}

/** Devices that a line names: they exist even where they have no stanza. */
function namedIn(from: Found): readonly { readonly word: string; readonly from: Found }[] {
  const names =
    (from.in === 'link' && (from.name === 'bond-slaves' || from.name === 'bridge-ports')) ||
    (from.in === 'vlan' && from.name === 'link')
  if (!names || from.value === 'none') return []
  return String(from.value)
    .split(/\s+/)
    .map(word => ({ word, from }))
}

/** Where a word of a value stands, unless the line is continued: then where the value does. */
function spanOfWord({ value, at }: Found, word: string): Span {
  const text = String(value)
  const index = ` ${text.replaceAll(/\s/g, ' ')} `.indexOf(` ${word} `)
  if (at.end - at.start !== text.length || index < 0) return at
  return { start: at.start + index, end: at.start + index + word.length }
}
