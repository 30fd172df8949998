// Finding devices in scripts of ip and bridge commands: which command speaks of which device, and in which part. What the
// words mean is the table's business. Commands that only look, and the frame of a script, say nothing.

import type { Span, Statement } from '../../dialects/dialect.ts'
import { bondingFile, moduleLoad } from '../../dialects/shell-bonding.ts'
import { isFrame } from '../../dialects/shell-frame.ts'
import { isUnknown, played } from '../../dialects/shell-loops.ts'
import { maskLength, within } from '../../intent/ip.ts'
import type { DeviceSubject } from '../../options/index.ts'
import { deviceName, ipPrefix, type Value } from '../../options/kind.ts'
import { routeOf } from '../families/ip-route.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Astray, Recognised, ScannedFile } from '../target.ts'

/** A word of a command and where it stands. */
interface Word {
  readonly text: string
  readonly at: Span
}

/** What a command says of one device. */
interface Saying {
  readonly device: Word
  readonly in: string
  readonly name: string
  readonly value: Value
  readonly key: Span
  readonly at: Span
}

/** A command that was understood: what it says, and what it makes. Undefined elsewhere: it is none of ours. */
interface Command {
  readonly says: readonly Saying[]
  readonly makes?: { readonly device: Word; readonly subject: DeviceSubject }
  /** A route that names no device. */
  readonly route?: { readonly via: string; readonly saying: Omit<Saying, 'device'> }
}

const nothing: Command = { says: [] }

const kinds: Readonly<Record<string, DeviceSubject>> = { bond: 'bond', vlan: 'vlan', bridge: 'bridge' }
const partOf: Readonly<Record<string, string>> = {
  bond: 'Bond',
  vlan: 'Vlan',
  bridge: 'Bridge',
  bond_slave: 'BondPort',
}

const linkWords = ['mtu', 'address']

const say = (device: Word, part: string, name: Word, value: Word): Saying => ({
  device,
  in: part,
  name: name.text,
  value: value.text,
  key: name.at,
  at: value.at,
})

/** Words in pairs; the last may have no partner and is then its own. */
const pairs = (words: readonly Word[]): readonly (readonly [Word, Word])[] =>
  words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? word] as const] : []))

/** `ip link add [link PARENT] [name] NAME [WORD VALUE]... type KIND [WORD VALUE]...` */
function linkAdd(words: readonly Word[]): Command | undefined {
  const type = words.findIndex(({ text }) => text === 'type')
  const before = type < 0 ? words : words.slice(0, type)
  const named = before.findIndex(({ text }) => text === 'name' || text === 'dev')
  // A name alone stands where a pair would be.
  const at = named >= 0 ? named + 1 : before.findIndex((_, index) => isAlone(before, index))
  const device = before[at]
  const kind = type < 0 ? undefined : words[type + 1]
  if (device === undefined || kind === undefined) return undefined
  const rest = before.filter((_, index) => index !== at && index !== named)
  const part = partOf[kind.text] ?? 'Other'
  return {
    makes: { device, subject: kinds[kind.text] ?? 'port' },
    says: [
      ...pairs(rest).map(([name, value]) => say(device, name.text === 'link' ? 'On' : 'Link', name, value)),
      ...pairs(words.slice(type + 2)).map(([name, value]) => say(device, part, name, value)),
    ],
  }
}

/** Whether a word stands where pairs begin, with an even number of words behind it. */
const isAlone = (words: readonly Word[], index: number): boolean =>
  index % 2 === 0 && (words.length - index) % 2 === 1 && !linkWords.includes(words[index]?.text ?? '')

/** `ip link set [dev] NAME [up|down|nomaster] [WORD VALUE]... [type KIND [WORD VALUE]...]` */
function linkSet(all: readonly Word[]): Command | undefined {
  const [device, ...words] = all[0]?.text === 'dev' ? all.slice(1) : all
  if (device === undefined) return undefined
  const says: Saying[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word
    const value = words[at + 1] ?? word
    if (word.text === 'up' || word.text === 'down') says.push(say(device, 'State', word, word))
    else if (word.text === 'nomaster') continue
    else if (word.text === 'type') {
      const part = partOf[value.text] ?? 'Other'
      says.push(...pairs(words.slice(at + 2)).map(([name, own]) => say(device, part, name, own)))
      break
    } else {
      at += 1
      says.push(
        word.text === 'master'
          ? { ...say(value, 'master', word, device), at: device.at }
          : say(device, linkWords.includes(word.text) ? 'Link' : 'Other', word, value),
      )
    }
  }
  return { says }
}

/** Words of ip-address(8) that change nothing of what we know, each with its value. */
const addressWords = ['brd', 'broadcast', 'label', 'scope', 'valid_lft', 'preferred_lft']

/** `ip address add ADDRESS [WORD VALUE]... dev NAME` */
function addressAdd(words: readonly Word[]): Command | undefined {
  const [first, ...rest] = words[0]?.text === 'local' ? words.slice(1) : words
  const said = pairs(rest)
  const [, device] = said.find(([name]) => name.text === 'dev') ?? []
  if (first === undefined || device === undefined) return undefined
  const others = said.filter(([name]) => name.text !== 'dev' && !addressWords.includes(name.text))
  const text = first.text.replace(/(?<=\/)[\d.]+$/, mask => String(maskLength(mask) ?? mask))
  return {
    says: [
      { ...say(device, 'Address', first, { ...first, text }), name: 'address' },
      ...others.map(([name, value]) => say(device, 'Other', name, value)),
    ],
  }
}

function routeAdd(words: readonly Word[], six: boolean): Command | undefined {
  const [first] = words
  const said = routeOf(
    words.map(({ text }) => text),
    six,
  )
  const last = words.at(-1)
  if (first === undefined || last === undefined) return undefined
  const at = { start: first.at.start, end: last.at.end }
  const named = words[words.findIndex(({ text }) => text === 'dev') + 1]
  const found = { in: 'Route', name: 'route', key: at, at }
  if (said === undefined)
    return named === undefined
      ? undefined
      : { says: [{ ...found, name: 'ip route', device: named, value: '' }] }
  const saying = { ...found, value: said.route }
  if (said.device !== undefined && named !== undefined) return { says: [{ ...saying, device: named }] }
  const { via } = said.route as Readonly<Record<string, Value>>
  return via === undefined ? undefined : { says: [], route: { via: String(via), saying } }
}

const adding = new Set(['add', 'a', 'replace', 'append', 'change'])
const looking = new Set(['show', 'list', 'ls', 'get', 'del', 'delete', 'flush', 'd', undefined])

function ip(words: readonly Word[]): Command | undefined {
  const options = words.findIndex(({ text }) => !text.startsWith('-'))
  const flags = words.slice(0, Math.max(options, 0)).map(({ text }) => text)
  if (options < 0 || flags.some(flag => !/^-(?:4|6|o|br|force)$/.test(flag))) return undefined
  const [object, action, ...rest] = words.slice(options)
  if (looking.has(action?.text)) return nothing
  switch (object?.text) {
    case 'link':
    case 'l':
      return adding.has(action?.text ?? '') ? linkAdd(rest) : linkSet(rest)
    case 'address':
    case 'addr':
    case 'a':
      return addressAdd(rest)
    case 'route':
    case 'r':
      return adding.has(action?.text ?? '') ? routeAdd(rest, flags.includes('-6')) : undefined
    default:
      return undefined
  }
}

/** `bridge vlan add dev PORT vid RANGE [self]` */
function bridge(words: readonly Word[]): Command | undefined {
  const [object, action, ...rest] = words
  if (object?.text !== 'vlan') return undefined
  if (action?.text !== 'add') return nothing
  const self = rest.some(({ text }) => text === 'self')
  const said = pairs(rest.filter(({ text }) => text !== 'self' && text !== 'master'))
  const [, device] = said.find(([name]) => name.text === 'dev') ?? []
  if (device === undefined) return undefined
  const part = self ? 'BridgeVlan' : 'PortVlan'
  const ranges = said.filter(([name]) => name.text !== 'dev')
  return { says: ranges.map(([name, value]) => say(device, part, name, value)) }
}

/** `echo VALUE > FILE` below /sys or /proc */
function echo(words: readonly Word[], into: Word): Command | undefined {
  const [value] = words
  const file = bondingFile(into.text)
  const [, device, name] = /^\/proc\/sys\/net\/ipv6\/conf\/([^/]+)\/([a-z0-9_]+)$/.exec(into.text) ?? []
  if (value === undefined) return undefined
  const of = (text: string): Word => ({ text, at: into.at })
  if (file?.option === 'slaves' && value.text.startsWith('+'))
    return { says: [say(of(file.bond), 'master', of('master'), { ...value, text: value.text.slice(1) })] }
  if (file !== undefined) return { says: [say(of(file.bond), 'Bond', of(file.option), value)] }
  return device === undefined || name === undefined
    ? undefined
    : { says: [say(of(device), 'RA', of(name), value)] }
}

/** `modprobe bonding NAME=VALUE...` */
function modprobe(words: readonly Word[]): Command {
  const load = moduleLoad(words)
  if (load === undefined) return nothing
  const options = load.options.map(({ name, value, word: { at } }) => {
    const sign = at.start + name.length
    return {
      name: { text: name, at: { start: at.start, end: sign } },
      value: { text: value, at: { start: Math.min(sign + 1, at.end), end: at.end } },
    }
  })
  return {
    says: load.bonds.flatMap(text =>
      options.map(({ name, value }) => say({ text, at: load.module.at }, 'Bond', name, value)),
    ),
  }
}

function commandOf(command: Statement): Command | undefined {
  if (isFrame(command)) return nothing
  const { name, inside } = command
  const words = inside.flatMap(word =>
    word.name === 'word' ? [{ text: String(word.value), at: word.at }] : [],
  )
  const into = inside.find(word => word.name === '>')
  switch (name.replace(/^(?:\/usr)?\/s?bin\//, '')) {
    case 'ip':
      return ip(words)
    case 'bridge':
      return bridge(words)
    case 'ifenslave': {
      const [bond, ...members] = words.filter(({ text }) => !text.startsWith('-'))
      return {
        says: members.flatMap(one => (bond ? [say(bond, 'master', { ...one, text: 'master' }, one)] : [])),
      }
    }
    case 'modprobe':
      return modprobe(words)
    case 'echo':
      return into && echo(words, { text: String(into.value), at: into.at })
    default:
      return undefined
  }
}

interface Draft {
  subject: DeviceSubject | undefined
  readonly name: string
  readonly file: string
  readonly key: Span
  readonly found: Found[]
}

/** Finds the devices of a host. */
export function recognise(files: readonly ScannedFile[]): Recognised {
  const drafts = new Map<string, Draft>()
  const draftOf = ({ text, at }: Word, file: string): Draft => {
    let draft = drafts.get(text)
    if (draft === undefined) {
      draft = { subject: undefined, name: text, file, key: at, found: [] }
      drafts.set(text, draft)
    }
    return draft
  }
  let outside = 0
  const loose: { readonly via: string; readonly found: Found }[] = []
  const astray = new Map<string, Astray>()
  for (const { path: file, statements } of files) {
    for (const statement of played(statements)) {
      const command = statement.value === undefined ? commandOf(statement) : undefined
      if (command === undefined) outside += 1
      const { makes, says = [], route } = command ?? nothing
      if (makes !== undefined && deviceName.read(makes.device.text) !== undefined)
        draftOf(makes.device, file).subject ??= makes.subject
      for (const { text, at } of [makes?.device ?? [], ...says.map(({ device }) => device)].flat())
        if (isUnknown(text)) astray.set(`${file} ${at.start}`, unknown(text, file, at))
      for (const { device, ...said } of says) {
        if (isUnknown(device.text)) continue
        if (deviceName.read(device.text) === undefined) outside += 1
        else draftOf(device, file).found.push({ ...said, file })
      }
      if (route !== undefined) loose.push({ via: route.via, found: { ...route.saying, file } })
    }
  }
  for (const { via, found } of loose) {
    const near = [...drafts.values()].find(draft => reaches(draft, via))
    if (near === undefined) outside += 1
    else near.found.push(found)
  }
  for (const draft of [...drafts.values()]) addNamed(draft, draftOf)
  return { devices: [...drafts.values()].map(scanned), outside, astray: [...astray.values()] }
}

/** A device of which the script does not say what it is called. */
const unknown = (text: string, file: string, span: Span): Astray => ({
  code: 'not-understood',
  severity: 'warning',
  message: `${text} is known only while the script runs, so nothing is made of what is said of it`,
  help: 'write the name of the device',
  file,
  span,
})

const reaches = ({ found }: Draft, via: string): boolean =>
  found.some(({ in: part, value }) => {
    const address = part === 'Address' ? ipPrefix.read(value) : undefined
    return address !== undefined && within(address, via)
  })

/** Devices that others name are there, too. */
function addNamed(draft: Draft, draftOf: (word: Word, file: string) => Draft): void {
  for (const { in: part, value, file, at } of draft.found) {
    if ((part !== 'master' && part !== 'On') || deviceName.read(value) === undefined) continue
    const named = draftOf({ text: String(value), at }, file)
    if (part === 'master')
      named.found.push({ in: 'Attached', name: 'master', value: draft.name, file, key: at, at })
  }
}

/** Who has members is a bond unless it was made as something else. */
function scanned({ subject, name, file, key, found }: Draft): ScannedDevice {
  const told = found.some(one => one.in === 'Bond' || one.in === 'master')
  const is = subject ?? (told ? 'bond' : 'port')
  const part = is === 'bridge' ? 'BridgePort' : 'Member'
  const own = found.map(one => (one.in === 'master' ? { ...one, in: part } : one))
  return { subject: is, name, file, key, found: own }
}
