// From texts to machines: takes each text apart, finds out whose it is and which bond, and reads it. A machine is called by
// the prompt in the text, else by the folder above /proc, else by its folder or its file.

import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts'
import type { SourceText } from '../intent/text.ts'
import { type Link, linksOfJson, linksOfText, mastersOf, seeLinks } from './links.ts'
import type { Machine, Observed } from './observed.ts'
import { cut, type Outside, type Piece } from './sections.ts'
import { Sight } from './sight.ts'
import { walk } from './walk.ts'

/** A text and where it lies; `-` is standard input. */
export interface Input {
  readonly path: string
  readonly source: SourceText
}

interface Known extends Piece {
  readonly path: string
  /** Of JSON and of `ip -d link`. */
  readonly links?: readonly Link[]
}

/** Reads what was collected. `only`: the platform that all of it is of; `name`: the host of what names none. */
export function gather(inputs: readonly Input[], only?: string, name?: string): Outcome<Observed> {
  const read = inputs.map(({ path, source }) => piecesOf(path, source, only))
  const sights = [
    ...byMachine(
      read.flatMap(({ value }) => value),
      name,
    ),
  ].map(([machine, pieces]) => {
    const sight = new Sight(machine)
    see(pieces, sight)
    return sight
  })
  const machines = sights.map(sight => sight.machine()).filter(isOfUse)
  const nothing = inputs.length > 0 && machines.length === 0 ? [noState] : []
  const diagnostics = [...read, ...sights].flatMap(one => one.diagnostics)
  return { value: { machines }, diagnostics: [...diagnostics, ...nothing] }
}

/** What is known of the pieces of a text, and what is said of the rest of it. */
function piecesOf(path: string, source: SourceText, only: string | undefined): Outcome<readonly Known[]> {
  const { pieces, outside } = cut(source, only)
  const made = pieces.map(piece => knownOf(piece, path))
  const strange = outside.map(one => besides(source, one))
  const telling = pieces.length > 0 || strange.some(({ code }) => code === 'not-recognised')
  return {
    value: made.flatMap(({ value }) => value ?? []),
    diagnostics: [
      ...made.flatMap(({ diagnostics }) => diagnostics),
      ...(telling ? strange : [nothingIn(source)]),
    ],
  }
}

const isOfUse = ({ bundles, events }: Machine): boolean => bundles.length + events.length > 0

const noState: Diagnostic = {
  code: 'no-state',
  severity: 'error',
  message: 'none of this shows the state of a bond or a LAG, so there is nothing to judge',
  help: 'collect /proc/net/bonding/* and ip -j -d link as root, and what the switch shows; bondplan diagnose --help names the commands',
}

const nothingIn = (source: SourceText): Diagnostic => ({
  code: 'not-recognised',
  severity: 'warning',
  message:
    'nothing in it is the state of a bond or a LAG as any command is known to print it, so it is passed over',
  region: source.regionOf(0, 0),
  help: 'name what was printed whole, from its first line on; bondplan diagnose --help names the commands',
})

/** Commands that show LAGs, of whatever platform. */
const aboutLags =
  /\b(?:lacp|lag|trunks?|channel|etherchannel|port-channel|portchannel|bond(?:ing)?|sharing|aggregat\w*|teamdctl)\b/i

/** What an unknown command about LAGs has printed may be just what was asked about; the rest is said once for each. */
function besides(source: SourceText, { lines, shown }: Outside): Diagnostic {
  const [first = { start: 0, text: '' }, ...more] = lines
  const region = source.regionOf(first.start, first.start + first.text.length)
  if (shown !== undefined && aboutLags.test(shown))
    return {
      code: 'not-recognised',
      severity: 'warning',
      message: `what ${shown.slice(0, 60)} has printed is in no form that is known for certain, so it is passed over`,
      region,
      help: 'bondplan diagnose --help names the commands whose output is read',
    }
  const those = more.length === 0 ? 'this line belongs' : `this line and ${more.length} more belong`
  return {
    code: 'not-understood',
    severity: 'note',
    message: `${those} to no output that is known, and nothing is made of ${more.length === 0 ? 'it' : 'them'}`,
    region,
  }
}

/** A piece with its links read, or why there is nothing to read. */
function knownOf(piece: Piece, path: string): Outcome<Known | undefined> {
  const { what, source, lines } = piece
  if (what === 'json' || what === 'links') {
    const { links, diagnostics } = what === 'json' ? linksOfJson(source) : linksOfText(source, lines)
    if (links.length > 0) return { value: { ...piece, path, links }, diagnostics }
    return { value: undefined, diagnostics: diagnostics.length > 0 ? diagnostics : [nothingIn(source)] }
  }
  return { value: { ...piece, path }, diagnostics: [] }
}

const isSwitch = ({ what }: Piece): boolean => typeof what === 'object' && what.kind === 'switch'

/** The pieces of each machine, by its name. `called`: the host of what names none. */
function byMachine(all: readonly Known[], called: string | undefined): ReadonlyMap<string, readonly Known[]> {
  const machines = new Map<string, Known[]>()
  const folders = new Map<string, Known[]>()
  const add = (groups: Map<string, Known[]>, name: string, piece: Known): void => {
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [piece])
    else group.push(piece)
  }
  const roots = new Map(all.flatMap(({ path }) => rootOf(path)))
  for (const piece of all) {
    const name = piece.machine ?? ownerOf(piece.path, roots)
    if (name !== undefined) add(machines, name, piece)
    else if (isSwitch(piece)) add(machines, stemOf(piece.path) ?? folderOf(piece.path) ?? 'switch', piece)
    else add(folders, folderPath(piece.path), piece)
  }
  for (const pieces of folders.values()) {
    const alone = areAlone(pieces)
    for (const piece of pieces) {
      const own = alone ? stemOf(piece.path) : undefined
      add(machines, called ?? own ?? folderOf(piece.path) ?? 'host', piece)
    }
  }
  return machines
}

/**
 * Whether each file of a folder is a host, called as the file is. Files that have no name are of one host, called as the
 * folder is, unless two of them show a bond of the same name, or there is but one.
 */
function areAlone(pieces: readonly Known[]): boolean {
  const byPath = new Map<string, Known[]>()
  for (const piece of pieces) {
    const beside = byPath.get(piece.path)
    if (beside === undefined) byPath.set(piece.path, [piece])
    else beside.push(piece)
  }
  const bonds = [...byPath.values()].flatMap(own => [...bondsIn(own)])
  return byPath.size === 1 || new Set(bonds).size < bonds.length
}

function bondsIn(pieces: readonly Known[]): ReadonlySet<string> {
  return new Set(
    pieces.flatMap(piece =>
      piece.links === undefined
        ? [shownBond(piece) ?? bondInName(piece)]
        : [
            'links',
            ...piece.links.filter(({ facts }) => facts.get('kind')?.text === 'bond').map(() => ''),
          ].slice(0, 1),
    ),
  )
}

/** The folder above /proc or /sys, a machine's root, and what the machine is called, which is the folder's name. */
function rootOf(path: string): readonly (readonly [root: string, name: string])[] {
  const [, root, name] = /^((?:.*\/)?([^/]+))\/(?:proc|sys)\/./.exec(path) ?? []
  return root === undefined || name === undefined ? [] : [[root, name]]
}

/** The machine in whose root a file lies. */
function ownerOf(path: string, roots: ReadonlyMap<string, string>): string | undefined {
  let folder = folderPath(path)
  while (folder !== '') {
    const name = roots.get(folder)
    if (name !== undefined) return name
    folder = folderPath(folder)
  }
  return undefined
}

const folderPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

const folderOf = (path: string): string | undefined => {
  const name = folderPath(path).split('/').at(-1)
  return name === undefined || name === '' || /^\.+$|^bonding$/.test(name) ? undefined : name
}

/** Names of files that say what is in them, not whose it is. */
const generic =
  /^(?:-|bond|ip|link|proc|net|dmesg|kern|log|state|output|show|display|ovs|lacp|team|stdin)[\w-]*$/i

/** What a file is called up to its first dot, where that may be a machine's name. */
function stemOf(path: string): string | undefined {
  const stem = path.slice(path.lastIndexOf('/') + 1).split('.')[0] ?? ''
  return stem === '' || generic.test(stem) ? undefined : stem
}

/** The bond by the file that was shown, in a folder or in a command. */
function shownBond({ shown, path }: Known): string | undefined {
  const named = /\/proc\/net\/bonding\/([^\s/*]{1,15})(?:\s|$)/
  return (named.exec(shown ?? '') ?? named.exec(`/${path}`))?.[1]
}

/** Reads the pieces of one machine: links after what says more, and what names ports alone at the very end. */
function see(pieces: readonly Known[], sight: Sight): void {
  const masters = new Map(pieces.flatMap(({ links = [] }) => [...mastersOf(links)]))
  const read = (last: boolean): void => {
    for (const piece of pieces) {
      const { what } = piece
      if (typeof what === 'string' || (what.last ?? false) !== last) continue
      if (what.kind === 'switch') sight.kind = 'switch'
      walk({ ...piece, format: what, bundle: what.named ? undefined : bondOf(piece, masters, sight) }, sight)
    }
  }
  read(false)
  for (const { links } of pieces) if (links !== undefined) seeLinks(links, sight)
  read(true)
}

/** The name of the bond whose output does not say it. */
function bondOf(
  piece: Known,
  masters: ReadonlyMap<string, string>,
  sight: Sight,
): { readonly name: string; readonly unnamed: boolean } {
  const { what, shown, lines } = piece
  const asked = typeof what === 'object' ? what.asked?.exec(shown ?? '')?.groups?.bundle : undefined
  const members = lines.flatMap(({ text }) => /^Slave Interface: (\S+)$/.exec(text)?.[1] ?? [])
  const name = asked ?? shownBond(piece) ?? members.flatMap(member => masters.get(member) ?? [])[0]
  if (name !== undefined) return { name, unnamed: false }
  const inName = bondInName(piece)
  let made = inName
  for (let count = sight.bundles.length + 1; sight.has(made); count++) made = `${inName}#${count}`
  return { name: made, unnamed: true }
}

/** What the name of a file says of the bond in it. */
const bondInName = ({ path }: Piece & { readonly path: string }): string =>
  /bond\d+/i.exec(path.slice(path.lastIndexOf('/') + 1))?.[0] ?? 'bond'
