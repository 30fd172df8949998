// Finding devices in networkd's files: a .netdev defines one, a .network configures those that it matches by name, a
// .link is udev's word on them. What the settings mean is the table's business.

import type { Statement } from '../../dialects/dialect.ts'
import type { DeviceSubject } from '../../options/index.ts'
import { deviceName } from '../../options/kind.ts'
import { layered } from '../layers.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Astray, type Recognised, type ScannedFile, shadowed, unknownMatch } from '../target.ts'

const kinds: Readonly<Record<string, DeviceSubject>> = { bond: 'bond', vlan: 'vlan', bridge: 'bridge' }

interface FileKind {
  /** What names the devices, and is not a setting of them. */
  readonly naming: readonly string[]
  /**
   * Keys that stand in another part than their section: in one of their own, or where the table expects them although
   * either file may say them.
   */
  readonly parts: Readonly<Record<string, string>>
}

const fileKinds = {
  netdev: { naming: ['NetDev.Name', 'NetDev.Kind'], parts: { 'NetDev.MTUBytes': 'Link' } },
  network: {
    naming: ['Match.Name'],
    parts: {
      'Link.MACAddress': 'NetDev',
      'Link.RequiredForOnline': 'Online',
      'Network.Bond': 'Member',
      'Network.DHCP': 'Addressing',
      'Network.IPv6AcceptRA': 'Addressing',
      'Network.Address': 'Addressing',
    },
  },
  link: { naming: ['Match.OriginalName'], parts: { 'Link.MACAddress': 'NetDev' } },
} satisfies Readonly<Record<string, FileKind>>

/** A file with its drop-ins, which are read behind it. */
interface Unit {
  readonly path: string
  readonly files: readonly ScannedFile[]
}

/** Finds the devices of a host. */
export function recognise(files: readonly ScannedFile[]): Recognised {
  const finder = new Finder()
  for (const unit of finder.unitsOf('netdev', files)) finder.define(unit)
  for (const unit of finder.unitsOf('network', files)) finder.configure(unit)
  for (const unit of finder.unitsOf('link', files)) finder.link(unit)
  for (const file of files) if (kindOf(file) === undefined) finder.outside += countIn(file)
  return finder.recognised()
}

class Finder {
  outside = 0
  readonly #devices = new Map<string, ScannedDevice & { readonly found: Found[] }>()
  readonly #astray: Astray[] = []
  /** Which file configures a device. */
  readonly #configured = new Map<string, string>()

  /**
   * The files of one kind in the order in which they are read, each with its drop-ins (systemd.network(5), DESCRIPTION): of
   * two with one name that of the folder that goes before, drop-ins by their own names.
   */
  unitsOf(kind: keyof typeof fileKinds, files: readonly ScannedFile[]): readonly Unit[] {
    const ofKind = files.filter(file => kindOf(file) === kind)
    const main = layered(ofKind.filter(({ path }) => dropInOf(path) === undefined))
    const all = ofKind.filter(({ path }) => dropInOf(path) !== undefined)
    this.#astray.push(...main.astray)
    const units = main.files.map(({ path }) => path)
    for (const lost of all.filter(({ path }) => !units.some(unit => own(unit) === dropInOf(path)))) {
      this.#astray.push(
        shadowed(lost.path, { start: 0, end: 0 }, `there is no ${dropInOf(lost.path)} that this adds to`),
      )
    }
    return main.files.map(file => {
      const dropIns = layered(all.filter(({ path }) => dropInOf(path) === own(file.path)))
      this.#astray.push(...dropIns.astray)
      return { path: file.path, files: [file, ...dropIns.files] }
    })
  }

  define(unit: Unit): void {
    const name = keyIn(unit, 'NetDev', 'Name')
    const subject = kinds[String(keyIn(unit, 'NetDev', 'Kind')?.statement.value)]
    if (name !== undefined && subject !== undefined)
      this.#add(subject, unit, String(name.statement.value), name, fileKinds.netdev)
    else this.outside += countOf(unit)
  }

  /** The first file that matches a device is the only one that is applied to it (systemd.network(5), [Match]). */
  configure(unit: Unit): void {
    const match = this.#match(unit, 'Name')
    if (match === undefined) return
    for (const name of match.names) {
      const earlier = this.#configured.get(name)
      if (earlier === undefined) {
        this.#configured.set(name, unit.path)
        this.#add('port', unit, name, match.at, fileKinds.network)
      } else {
        const { file, statement } = match.at
        const message = `${earlier} matches ${name} before this file, which is not applied to it`
        this.#astray.push(shadowed(file, statement.at, message))
      }
    }
  }

  /** udev's word on devices that are there for another reason. */
  link(unit: Unit): void {
    const match = this.#match(unit, 'OriginalName')
    const known = match?.names.filter(name => this.#devices.has(name)) ?? []
    if (match !== undefined && known.length === 0) this.outside += countOf(unit)
    for (const name of known) if (match) this.#add('port', unit, name, match.at, fileKinds.link)
  }

  /** The devices that a file names; undefined where it names none, which is said. */
  #match(unit: Unit, key: string): { readonly at: Placed; readonly names: readonly string[] } | undefined {
    const at = keyIn(unit, 'Match', key)
    const names = namesIn(at?.statement)
    if (at !== undefined && names.length > 0) return { at, names }
    const other = at ?? inSection(unit, 'Match')
    // What is only about devices of other kinds is none of ours.
    if (other !== undefined && standsInBond(unit))
      this.#astray.push(
        unknownMatch(
          other.file,
          other.statement.at,
          `[Match] ${other.statement.name}=${other.statement.value}`,
        ),
      )
    this.outside += countOf(unit)
    return undefined
  }

  #add(subject: DeviceSubject, unit: Unit, name: string, { file, statement }: Placed, kind: FileKind): void {
    let device = this.#devices.get(name)
    if (device === undefined) {
      device = { subject, name, file, key: statement.at, found: [] }
      this.#devices.set(name, device)
    }
    device.found.push(...settingsOf(unit, kind))
  }

  recognised(): Recognised {
    const devices = [...this.#devices.values()]
    const traps = devices.flatMap(({ found }) => found.flatMap(timeTrap))
    return { devices, outside: this.outside, astray: [...this.#astray, ...traps] }
  }
}

/** A bare number is in seconds (systemd.time(7)); of so many of them somebody thought in milliseconds. */
const timeTrap = ({ in: part, name, value, file, key, at }: Found): readonly Astray[] =>
  part === 'Bond' && name.endsWith('Sec') && /^\d{2,}$/.test(String(value))
    ? [
        {
          code: 'time-unit-trap',
          severity: 'error',
          message: `${name}=${value} is ${value} seconds: systemd takes a bare number for them`,
          help: `write ${name}=${value}ms if milliseconds are meant, or ${value}s`,
          covers: ['miimon-too-high'],
          file,
          span: { start: key.start, end: Math.max(key.end, at.end) },
        },
      ]
    : []

const own = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The file that a drop-in adds to: `10-a.netdev` of `10-a.netdev.d/50-b.conf`. */
const dropInOf = (path: string): string | undefined =>
  /(?:^|\/)([^/]+\.(?:netdev|network|link))\.d\/[^/]+\.conf$/.exec(path)?.[1]

/** By its name, or where that says nothing, by the section that only one kind has. */
function kindOf({ path, statements }: ScannedFile): keyof typeof fileKinds | undefined {
  const [, ending] = /\.(netdev|network|link)$/.exec(dropInOf(path) ?? path) ?? []
  if (ending !== undefined) return ending as keyof typeof fileKinds
  const match = statements.find(({ name }) => name === 'Match')
  if (statements.some(({ name }) => name === 'NetDev')) return 'netdev'
  if (match === undefined) return undefined
  return match.inside.some(({ name }) => name === 'OriginalName') ? 'link' : 'network'
}

/** A statement with the file it stands in. */
interface Placed {
  readonly file: string
  readonly statement: Statement
}

const sectionIn = ({ files }: Unit, section: string): readonly Placed[] =>
  files.flatMap(({ path, statements }) =>
    statements.flatMap(({ name, inside }) =>
      name === section ? inside.map(statement => ({ file: path, statement })) : [],
    ),
  )

const inSection = (unit: Unit, section: string): Placed | undefined => sectionIn(unit, section)[0]

/** The last assignment of a key, which is the one that holds. */
const keyIn = (unit: Unit, section: string, key: string): Placed | undefined =>
  sectionIn(unit, section).findLast(({ statement }) => statement.name === key)

/** Whether a file is about a port of something that we know. */
const standsInBond = (unit: Unit): boolean =>
  sectionIn(unit, 'Network').some(({ statement }) => ['Bond', 'Bridge', 'VLAN'].includes(statement.name))

/** The devices that a match names; none where it has a pattern, which no single device is known by. */
function namesIn(match: Statement | undefined): readonly string[] {
  const names = String(match?.value ?? '').split(/[ \t]+/)
  return names.every(name => deviceName.read(name) !== undefined) ? names : []
}

const countIn = ({ statements }: ScannedFile): number =>
  statements.reduce((count, { value, inside }) => count + (value === undefined ? inside.length : 1), 0)

const countOf = ({ files }: Unit): number => files.reduce((count, file) => count + countIn(file), 0)

/** Sections are numbered over all files: each [Route] is a route of its own. */
const settingsOf = ({ files }: Unit, { naming, parts }: FileKind): readonly Found[] =>
  files
    .flatMap(({ path, statements }) => statements.map(section => ({ path, section })))
    .flatMap(({ path, section }, group) =>
      section.inside.flatMap(({ name, value, key, at }) => {
        const full = `${section.name}.${name}`
        if (value === undefined || naming.includes(full)) return []
        return [{ in: parts[full] ?? section.name, group, name, value, file: path, key, at }]
      }),
    )
