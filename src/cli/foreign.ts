// What stands on the command line as one intent, be it intents or configurations that exist: what a file is, is
// recognised; files of one machine are read together, one machine after the other, and their texts let go again.

import { posix } from 'node:path'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { type Mount, mountedOn } from '../diagnostics/origin.ts'
import type { Host, Switch } from '../intent/intent.ts'
import { decodeText, type SourceText } from '../intent/text.ts'
import { readYaml } from '../intent/yaml.ts'
import { nodeName } from '../options/kind.ts'
import { type Claim, claimOf, claims, intentKeys, nameIn, rootOf } from '../targets/claims.ts'
import { targetOf } from '../targets/index.ts'
import type { Remarks } from '../targets/remarks.ts'
import { switchTargetOf } from '../targets/switch/index.ts'
import { type Readable, type ReadSystem, readSystem } from '../targets/system.ts'
import type { Target } from '../targets/target.ts'
import { cabled } from './cables.ts'
import { filesMatching, isPattern } from './glob.ts'
import { IntentReader, intentEndings, intentFiles, type Loaded } from './intents.ts'
import { type Io, Usage } from './io.ts'
import type { Progress } from './progress.ts'
import { Shelf, shown } from './shelf.ts'

export interface Reading {
  /** What all files are; undefined: each is recognised. */
  readonly from?: string | undefined
  /** All files are of one machine of this name. */
  readonly name?: string | undefined
  /** The file with the list of cables that join hosts and switches. */
  readonly cabling?: string | undefined
  /** Whether a file that is nothing known is an intent; else that is said and it is passed over. */
  readonly intents: boolean
  readonly progress?: Progress | undefined
  /** Is shown every text, with the target whose it is; an intent's has none. */
  readonly seen?: (source: SourceText, target: Readable | undefined) => void
}

/** A host whose configuration is no intent, with its files by the names that regions have, in the order of reading. */
export interface ForeignHost {
  readonly name: string
  readonly target: Target
  readonly files: readonly string[]
}

export interface LoadedAll extends Loaded {
  /** The hosts that are no intent, by name. */
  readonly foreign: ReadonlyMap<string, ForeignHost>
  /** What people wrote beside what was understood. */
  remarks(): Remarks
}

/** Endings of texts that may be a running configuration; which one, if any, its content tells. */
const plausible = /(?:^|\/)[^/.]+$|\.(?:cfg|conf|config|txt|set|rsc|interfaces|running|sh)$/i

/**
 * The files that the arguments name; of folders those that are an intent or a known configuration, or all where `from`
 * says what they are. Throws Unreadable.
 */
export const knownFiles = (io: Io, paths: readonly string[], from?: string): readonly string[] =>
  intentFiles(io, paths, path => {
    if (from !== undefined || intentEndings.test(path)) return true
    if (rootOf(path) === undefined && !plausible.test(path)) return false
    const { value } = decodeText(io.read(path), path)
    return value !== undefined && claimOf(path, value.text) !== undefined
  })

/** Files that are read together: those of one machine, or one file that lies nowhere in particular. */
export function machines(files: readonly string[], name?: string): readonly (readonly string[])[] {
  if (name !== undefined) return files.length === 0 ? [] : [files]
  const groups = new Map<string, string[]>()
  for (const file of files) {
    const root = rootOf(file)
    const key = root === undefined ? `\0${file}` : root
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [file])
    else group.push(file)
  }
  return [...groups.values()]
}

/** Reads files as one intent. Throws Unreadable. */
export function loadAll(io: Io, files: readonly string[], reading: Reading): LoadedAll {
  return new Loader(io, files, reading).load()
}

const readableOf = (id: string): Readable | undefined => targetOf(id)?.target ?? switchTargetOf(id)

type ByTarget = Map<Readable, { readonly claim: Claim; readonly sources: SourceText[] }>

/** One program reads all files of a place: where one of them tells which, the others are read by it as well. */
function ofOneReader(byTarget: ByTarget, order: readonly string[]): ByTarget {
  const rank = ({ claim }: { readonly claim: Claim }): number => claims.indexOf(claim)
  const whose = new Map<RegExp, Readable>()
  const joined: ByTarget = new Map()
  for (const [target, group] of [...byTarget].sort(([, a], [, b]) => rank(a) - rank(b))) {
    const { path } = group.claim
    const first = path === undefined ? undefined : whose.get(path)
    if (path !== undefined && first === undefined) whose.set(path, target)
    if (first === undefined) joined.set(target, { ...group, sources: [...group.sources] })
    else joined.get(first)?.sources.push(...group.sources)
  }
  const at = new Map(order.map((path, index) => [shown(path), index]))
  for (const { sources } of joined.values())
    sources.sort((a, b) => (at.get(a.file) ?? 0) - (at.get(b.file) ?? 0))
  return joined
}

class Loader {
  readonly #io: Io
  readonly #reading: Reading
  readonly #files: readonly string[]
  readonly #all: string[]
  readonly #shelf: Shelf
  readonly #intents: IntentReader
  readonly #diagnostics: Diagnostic[] = []
  readonly #systems: ReadSystem[] = []
  /** What the files of a machine are called whose text calls it otherwise. */
  readonly #aliases = new Map<string, string>()
  readonly #foreign = new Map<string, ForeignHost>()

  constructor(io: Io, files: readonly string[], reading: Reading) {
    this.#io = io
    this.#files = files
    this.#all = [...files]
    this.#reading = reading
    this.#shelf = new Shelf(io, files)
    this.#intents = new IntentReader(this.#shelf, source => reading.seen?.(source, undefined))
  }

  load(): LoadedAll {
    for (const group of machines(this.#files, this.#reading.name)) this.#readGroup(group)
    const read = this.#intents.read()
    const whole = { ...read.intent, ...this.#distinct(read.intent) }
    const joined = cabled(this.#io, this.#shelf, whole, this.#reading.cabling, this.#aliases)
    const own: Mount[] = this.#systems.flatMap(({ hosts, switches, origin }) =>
      [...hosts, ...switches].map(({ path }) => ({ model: path, origin, document: path })),
    )
    const mounts = [...own, ...joined.mounts]
    return {
      intent: joined.intent,
      origin: mountedOn(read.origin, mounts),
      texts: this.#shelf,
      files: [...this.#all, ...joined.files].map(shown),
      diagnostics: [...this.#diagnostics, ...joined.diagnostics, ...read.diagnostics],
      foreign: this.#foreign,
      remarks: () => new Map(this.#systems.flatMap(system => [...system.remarks()])),
    }
  }

  /** One machine, or several targets of it that each have something to say. */
  #readGroup(group: readonly string[]): void {
    const byTarget: ByTarget = new Map()
    const taken = new Set(group)
    for (const path of group) {
      this.#reading.progress?.step()
      this.#take(path, taken, byTarget)
    }
    const name = this.#reading.name ?? nameOfGroup(group)
    const read = [...ofOneReader(byTarget, [...taken])].map(([target, { claim, sources }]) => {
      for (const source of sources) this.#reading.seen?.(source, target)
      const said = sources.map(({ text }) => nameIn(claim, text)).find(one => one !== undefined)
      const known = this.#reading.name ?? (said !== undefined && nodeName.read(said) ? said : name)
      return { target, name: known, sources, system: readSystem(target, sources, known) }
    })
    for (const one of read) if (one.name !== name) this.#aliases.set(name, one.name)
    const speaking = read.filter(({ system }) => speaks(system))
    for (const one of read) {
      if (speaking.length > 0 && !speaking.includes(one)) this.#diagnostics.push(...one.system.diagnostics)
      else if (speaking.length < 2) this.#add(one.system, one.target, one.sources)
      else {
        const system = readSystem(one.target, one.sources, `${one.name}-${one.target.id}`)
        this.#add(system, one.target, one.sources)
      }
    }
  }

  #add(system: ReadSystem, target: Readable, sources: readonly SourceText[]): void {
    this.#diagnostics.push(...system.diagnostics)
    this.#systems.push(system)
    if (target.side === 'switch') return
    const files = sources.map(({ file }) => file)
    for (const { name } of system.hosts)
      if (!this.#foreign.has(name)) this.#foreign.set(name, { name, target: target as Target, files })
  }

  #take(path: string, taken: Set<string>, byTarget: ByTarget): void {
    const decoded = decodeText(this.#io.read(path), shown(path))
    this.#diagnostics.push(...decoded.diagnostics)
    const source = decoded.value
    if (source === undefined) return
    const { from, intents } = this.#reading
    const claim = from === undefined ? claimOf(path, source.text) : { target: from }
    const target = claim && readableOf(claim.target)
    if (claim === undefined || target === undefined) {
      if (intents && claim === undefined) this.#intents.take(path, source)
      else {
        this.#shelf.put(source.file, source)
        this.#diagnostics.push(
          claim !== undefined
            ? unread(source, claim)
            : isIntent(source)
              ? intentItself(source)
              : unrecognised(source),
        )
      }
      return
    }
    this.#shelf.put(source.file, source)
    const group = byTarget.get(target) ?? { claim, sources: [] }
    byTarget.set(target, group)
    group.sources.push(source)
    for (const further of this.#included(path, source, target)) {
      if (taken.has(further)) continue
      taken.add(further)
      this.#all.push(further)
      this.#take(further, taken, byTarget)
    }
  }

  /** The files that a file takes in, below the root of its machine. */
  #included(path: string, source: SourceText, target: Readable): readonly string[] {
    if (target.side !== 'host' || target.includes === undefined || path === '-') return []
    const { statements } = target.dialect.statements(source.text, source.file)
    const root = rootOf(path) ?? posix.dirname(path)
    return target.includes({ path: source.file, statements }).flatMap(({ pattern, home, names }) => {
      const inside = pattern.startsWith(`${home}/`) ? pattern.slice(home.length + 1) : pattern
      const folder = inside.startsWith('/') ? root : posix.dirname(path)
      const wanted = posix.normalize(`${folder}/${inside.replace(/^\/+/, '')}`)
      // What a file says is no reason to read what belongs to somebody else.
      if (!isBelow(wanted, root)) return []
      const kind = this.#io.kind(wanted)
      if (kind === 'file') return [wanted]
      if (kind === 'folder')
        return this.#io
          .list(wanted)
          .flatMap(({ name, kind: what }) =>
            names.test(name) && what === 'file' ? [`${wanted}/${name}`] : [],
          )
      return isPattern(wanted) ? filesMatching(this.#io, wanted) : []
    })
  }

  /** A name that stands for two machines is said; the first is used. */
  #distinct(said: { readonly hosts: readonly Host[]; readonly switches: readonly Switch[] }) {
    const hosts = new Map(said.hosts.map(host => [host.name, host]))
    const switches = new Map(said.switches.map(one => [one.name, one]))
    const add = <T extends Host | Switch>(known: Map<string, T>, one: T, { origin }: ReadSystem): void => {
      if (!known.has(one.name)) known.set(one.name, one)
      else {
        const region = origin.regionOf({ path: one.path, part: 'key' })
        this.#diagnostics.push({
          code: 'defined-twice',
          severity: 'error',
          message: `the ${one.subject} ${one.name} is defined twice; only the first is used`,
          help: 'give the folder or the file another name, or leave one of them out',
          ...(region && { region }),
        })
      }
    }
    for (const system of this.#systems) {
      for (const host of system.hosts) add(hosts, host, system)
      for (const one of system.switches) add(switches, one, system)
    }
    return { hosts: [...hosts.values()], switches: [...switches.values()] }
  }
}

const isBelow = (path: string, root: string): boolean => {
  const folder = posix.normalize(root)
  if (folder === '.') return !path.startsWith('/') && path !== '..' && !path.startsWith('../')
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}

/** Whether a machine has anything that bonds are about. */
const speaks = ({ hosts, switches }: ReadSystem): boolean =>
  switches.length > 0 ||
  hosts.some(
    ({ ports, bonds, vlans, bridges }) => ports.length + bonds.length + vlans.length + bridges.length > 0,
  )

const unrecognised = (source: SourceText): Diagnostic => ({
  code: 'not-recognised',
  severity: 'warning',
  message: 'neither its name nor its content tells what it is, so it is passed over',
  region: source.regionOf(0, 0),
  help: 'say what it is with --from',
})

/** Whether a text says what an intent says: so an intent is told apart from what nobody knows. */
function isIntent(source: SourceText): boolean {
  const said = readYaml(source).value?.value
  const keys = typeof said === 'object' && said !== null && !Array.isArray(said) ? Object.keys(said) : []
  // An intent of one host may begin with its bonds.
  return keys.some(key => key === 'bonds' || intentKeys.includes(key))
}

const intentItself = (source: SourceText): Diagnostic => ({
  code: 'not-recognised',
  severity: 'error',
  message: 'it is an intent already, and what is read here is the configuration of a host or a switch',
  region: source.regionOf(0, 0),
  help: 'write its files with bondplan render; --target says for what',
})

const unread = (source: SourceText, { target }: Claim): Diagnostic => ({
  code: 'not-recognised',
  severity: 'warning',
  message: `it looks like ${target}, which nobody has taught bondplan to read, so it is passed over`,
  region: source.regionOf(0, 0),
})

/** What files are called whose name says what they are, not whose. */
const generic =
  /^(?:interfaces|network-config|network|config|running-config|startup-config|show-run|netplan)$/i

/** The name of a machine whose text does not say it: its folder's, or that of the only file. */
function nameOfGroup([first = '-']: readonly string[]): string {
  const root = rootOf(first)
  const words = (root ?? first).split('/').filter(word => word !== '' && word !== '.' && word !== '..')
  const own = words.at(-1) ?? ''
  const base = root === undefined ? own.replace(/(?<=.)\.[A-Za-z]+$/, '') : own
  const name = root === undefined && generic.test(base) ? (words.at(-2) ?? '') : base
  const plain = name
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 63)
  return plain === '' ? 'host' : plain
}

/** For commands that take `--from`. Throws Usage. */
export function knownFrom(from: string | undefined): string | undefined {
  if (from === undefined || from === 'auto') return undefined
  const [id = ''] = from.split('@')
  if (readableOf(id) === undefined)
    throw new Usage(`--from is auto or a target, and there is no target ${from} that can be read`)
  return id
}

/** For commands that take `--name`. Throws Usage. */
export function knownName(name: string | undefined): string | undefined {
  if (name !== undefined && nodeName.read(name) === undefined)
    throw new Usage(
      `--name is the name of a host: letters, digits, dots, underscores or hyphens, not ${name}`,
    )
  return name
}
