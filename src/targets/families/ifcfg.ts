// Finding devices in ifcfg files, as RHEL and SUSE have them: a file of shell assignments for each device, and files of
// routes beside it. The two share the shape and few of the keys; what differs is given as data.

import type { Span, Statement } from '../../dialects/dialect.ts'
import type { DeviceSubject } from '../../options/index.ts'
import { deviceName, type Value } from '../../options/kind.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import type { Recognised, ScannedFile } from '../target.ts'

export interface Ifcfg {
  /** Keys whose value is a list of `name=value`: the part that these settings make, and those that make another. */
  readonly packed: Readonly<
    Record<
      string,
      {
        readonly in: string
        readonly apart?: Readonly<Record<string, string>>
        /** Names that may be said several times, each time with further items of one list. */
        readonly lists?: readonly string[]
      }
    >
  >
  /** The part of a key; `File` for all others. */
  readonly parts: readonly { readonly key: RegExp; readonly in: string }[]
  /** The key that names the device, where its file may be called something else. */
  readonly device?: string
  /** Keys that name other devices, and what those are. */
  readonly names: readonly { readonly key: RegExp; readonly is: DeviceSubject | undefined }[]
  /** What a device is, by its keys: the first that fits. */
  readonly subjects: readonly {
    readonly key: string
    readonly value?: RegExp
    readonly is: DeviceSubject
  }[]
  /** The keys of a VLAN that its name says where its file does not. */
  readonly vlan: { readonly link: string; readonly id: string; readonly in: string }
  /** Files of lines beside the ifcfg files, and what the words of a line mean: a setting of the device. */
  readonly beside: readonly {
    readonly file: RegExp
    readonly in: string
    readonly name: string
    read(words: readonly string[]): Value | undefined
    /** What variables with one number mean together, by their names without it; where such files may be so. */
    numbered?(said: Readonly<Record<string, string>>): Value | undefined
  }[]
}

interface Draft {
  readonly name: string
  readonly file: string
  readonly key: Span
  readonly found: Found[]
  subject: DeviceSubject | undefined
}

const start: Span = { start: 0, end: 0 }

export function recogniser(rules: Ifcfg): (files: readonly ScannedFile[]) => Recognised {
  return files => {
    const drafts = new Map<string, Draft>()
    const draft = (name: string, file: string, key: Span): Draft => {
      let known = drafts.get(name)
      if (known === undefined) {
        known = { name, file, key, found: [], subject: undefined }
        drafts.set(name, known)
      }
      return known
    }
    let outside = 0
    for (const file of files) {
      const [, own] = /(?:^|\/)ifcfg-([^/]+)$/.exec(file.path) ?? []
      const beside = rules.beside.find(one => one.file.test(file.path))
      if (own === undefined && beside === undefined) outside += file.statements.length
      else if (own !== undefined) outside += readIfcfg(file, own, rules, draft)
      else if (beside !== undefined) readBeside(file, beside, draft)
    }
    for (const { found } of [...drafts.values()]) addNamed(found, rules, draft)
    return { devices: [...drafts.values()].map(one => scanned(one, rules)), outside }
  }
}

type Drafting = (name: string, file: string, key: Span) => Draft

/** Reads one ifcfg file; answers how much of it is none of ours. */
function readIfcfg({ path, statements }: ScannedFile, own: string, rules: Ifcfg, draft: Drafting): number {
  const named = statements.find(({ name, value }) => name === rules.device && value !== undefined)
  const name = String(named?.value ?? own)
  if (name === 'lo' || deviceName.read(name) === undefined) return name === 'lo' ? 0 : statements.length
  const device = draft(name, path, named?.at ?? statements[0]?.key ?? start)
  for (const statement of statements) device.found.push(...settingsOf(statement, path, rules))
  return 0
}

function settingsOf({ name, value, key, at }: Statement, file: string, rules: Ifcfg): readonly Found[] {
  if (value === undefined) return [{ in: 'Other', name, value: '', file, key, at }]
  const packed = Object.hasOwn(rules.packed, name) ? rules.packed[name] : undefined
  if (packed !== undefined)
    return gathered(unpacked(String(value), at), packed.lists ?? []).map(one => ({
      ...one,
      in: packed.apart?.[one.name] ?? packed.in,
      file,
    }))
  const part = rules.parts.find(one => one.key.test(name))?.in ?? 'File'
  return [{ in: part, name, value, file, key, at }]
}

/** Lists that are said item by item, each perhaps with the plus sign that the driver's file wants: as one, at the first. */
function gathered(said: ReturnType<typeof unpacked>, lists: readonly string[]): ReturnType<typeof unpacked> {
  const items = (name: string): readonly string[] =>
    said.flatMap(one => (one.name === name ? one.value.replace(/^\+/, '').split(',') : []))
  return said.flatMap((one, at) => {
    if (!lists.includes(one.name)) return [one]
    const isFirst = said.findIndex(({ name }) => name === one.name) === at
    return isFirst ? [{ ...one, value: items(one.name).join(',') }] : []
  })
}

/** `mode=802.3ad miimon=100` in one value; where each stands, unless the value was written with escapes. */
function unpacked(text: string, at: Span) {
  const exact = at.end - at.start === text.length
  return [...text.matchAll(/[^\s]+/g)].map(({ 0: word, index }) => {
    const sign = word.indexOf('=')
    const [name, value] = sign < 0 ? [word, ''] : [word.slice(0, sign), word.slice(sign + 1)]
    const from = at.start + index
    const key = exact ? { start: from, end: from + name.length } : at
    return { name, value, key, at: exact ? { start: from + sign + 1, end: from + word.length } : at }
  })
}

function readBeside({ path, statements }: ScannedFile, rule: Ifcfg['beside'][number], draft: Drafting): void {
  const [, device = ''] = rule.file.exec(path) ?? []
  const say = (meaning: Value | undefined, span: Span): void => {
    const named = { in: meaning === undefined ? 'Other' : rule.in, name: rule.name, value: meaning ?? '' }
    draft(device, path, span).found.push({ ...named, file: path, key: span, at: span })
  }
  const groups = new Map<string, Statement[]>()
  for (const statement of statements) {
    const { name, value, key, at, inside } = statement
    const [, number] = /^[A-Z]+(\d+)$/.exec(name) ?? []
    if (value !== undefined && number !== undefined && rule.numbered !== undefined)
      groups.set(number, [...(groups.get(number) ?? []), statement])
    else {
      const words = value === undefined ? [name, ...inside.map(word => String(word.value))] : []
      say(rule.read(words), { start: key.start, end: (inside.at(-1) ?? { at }).at.end })
    }
  }
  for (const [number, group] of groups) {
    const said = group.map(({ name, value }) => [name.slice(0, -number.length), String(value)] as const)
    const [start, end] = [group[0]?.key.start ?? 0, group.at(-1)?.at.end ?? 0]
    say(rule.numbered?.(Object.fromEntries(said)), { start, end })
  }
}

/** Devices that others name exist, whether they have a file or not. */
function addNamed(found: readonly Found[], { names }: Ifcfg, draft: Drafting): void {
  for (const { name, value, file, at } of found) {
    const rule = names.find(({ key }) => key.test(name))
    if (rule === undefined) continue
    for (const word of String(value).split(/\s+/)) {
      if (deviceName.read(word) === undefined) continue
      const named = draft(word, file, at)
      named.subject ??= rule.is
    }
  }
}

function scanned({ name, file, key, found, subject }: Draft, rules: Ifcfg): ScannedDevice {
  const said = rules.subjects.find(one =>
    found.some(
      ({ name: key, value }) => key === one.key && (one.value === undefined || one.value.test(String(value))),
    ),
  )
  const bonded = found.some(one => one.in === 'Bond' || one.in === 'Mode')
  const is = said?.is ?? (bonded ? 'bond' : (subject ?? 'port'))
  return {
    subject: is,
    name,
    file,
    key,
    found: is === 'vlan' ? withName(name, file, key, found, rules) : found,
  }
}

/** `bond0.20` and `vlan20` say what they are by their names. */
function withName(name: string, file: string, key: Span, found: readonly Found[], { vlan }: Ifcfg) {
  const [, link, id] = /^(?:vlan|([^.]+)\.|.*?\D)0*([1-9]\d{0,3})$/.exec(name) ?? []
  const common = { file, key, at: key }
  const says = (wanted: string): boolean => found.some(one => one.name === wanted)
  return [
    ...found,
    ...(link === undefined || says(vlan.link)
      ? []
      : [{ ...common, in: 'File', name: vlan.link, value: link }]),
    ...(id === undefined ||
    found.some(one => one.in === vlan.in && (one.name === vlan.id || vlan.in !== 'File'))
      ? []
      : [{ ...common, in: vlan.in, name: vlan.id, value: id }]),
  ]
}
