// From texts to machines: takes each text apart, finds out whose it is and which bond, and reads it. A machine is called by
// the prompt in the text, else by the folder above /proc, else by its folder or its file.

import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts'
import type { SourceText } from '../intent/text.ts'
import type { Unproven } from './formats/format.ts'
import { type Link, linksOfJson, linksOfText, mastersOf, seeLinks } from './links.ts'
import type { Machine, Observed } from './observed.ts'
import { type Cut, cut, type Piece } from './sections.ts'
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

/** Reads what was collected. `only`: the platform that all of it is of. */
export function gather(inputs: readonly Input[], only?: string): Outcome<Observed> {
  const diagnostics: Diagnostic[] = []
  const known: Known[] = []
  for (const { path, source } of inputs) {
    const { pieces, outside } = cut(source, only)
    const read = pieces.flatMap((piece): readonly Known[] => {
      const made = knownOf(piece, path)
      diagnostics.push(...made.diagnostics)
      return made.value === undefined ? [] : [made.value]
    })
    known.push(...read)
    if (pieces.length === 0) diagnostics.push(nothingIn(source))
    else if (outside !== undefined) diagnostics.push(besides(source, outside))
  }
  const machines = new Map<string, Sight>()
  const sightOf = (name: string): Sight => {
    const sight = machines.get(name) ?? new Sight(name)
    machines.set(name, sight)
    return sight
  }
  for (const [name, pieces] of byMachine(known)) see(pieces, sightOf(name))
  for (const sight of machines.values()) diagnostics.push(...sight.diagnostics)
  const value = [...machines.values()].map(sight => sight.machine())
  if (inputs.length > 0 && value.every(({ bundles, events }) => bundles.length + events.length === 0))
    diagnostics.push(noState)
  return { value: { machines: value.filter(isOfUse) }, diagnostics }
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

const besides = (source: SourceText, { first, more }: NonNullable<Cut['outside']>): Diagnostic => ({
  code: 'not-understood',
  severity: 'note',
  message: `this line${more === 0 ? '' : ` and ${more} more`} belong${more === 0 ? 's' : ''} to no output that is known, and nothing is made of ${more === 0 ? 'it' : 'them'}`,
  region: source.regionOf(first.start, first.start + first.text.length),
})

const notRead = ({ source, lines }: Piece, { platform, command, instead }: Unproven): Diagnostic => ({
  code: 'not-recognised',
  severity: 'warning',
  message: `it looks like ${command} of ${platform}, whose output is not known well enough to be read, so it is passed over`,
  region: source.regionOf(0, lines[0]?.text.length ?? 0),
  ...(instead !== undefined && { help: `name the output of ${instead}` }),
})

/** A piece with its links read, or why there is nothing to read. */
function knownOf(piece: Piece, path: string): Outcome<Known | undefined> {
  const { what, source, lines } = piece
  if (what === 'json' || what === 'links') {
    const { links, diagnostics } = what === 'json' ? linksOfJson(source) : linksOfText(source, lines)
    if (links.length > 0) return { value: { ...piece, path, links }, diagnostics }
    return { value: undefined, diagnostics: diagnostics.length > 0 ? diagnostics : [nothingIn(source)] }
  }
  if ('rows' in what) return { value: { ...piece, path }, diagnostics: [] }
  return { value: undefined, diagnostics: [notRead(piece, what)] }
}

const isSwitch = ({ what }: Piece): boolean =>
  typeof what === 'object' && 'kind' in what && what.kind === 'switch'

/** The pieces of each machine, by its name. */
function byMachine(all: readonly Known[]): ReadonlyMap<string, readonly Known[]> {
  const machines = new Map<string, Known[]>()
  const add = (name: string, piece: Known): void => {
    machines.set(name, [...(machines.get(name) ?? []), piece])
  }
  const folders = new Map<string, Known[]>()
  for (const piece of all) {
    const name = piece.machine ?? rootOf(piece.path)
    if (name !== undefined) add(name, piece)
    else if (isSwitch(piece)) add(stemOf(piece.path) ?? folderOf(piece.path) ?? 'switch', piece)
    else folders.set(folderPath(piece.path), [...(folders.get(folderPath(piece.path)) ?? []), piece])
  }
  for (const pieces of folders.values()) for (const piece of pieces) add(hostOf(piece, pieces), piece)
  return machines
}

/**
 * The host of a piece among all that lie in its folder and have no name. They are of one host, unless two files show a
 * bond of the same name: then each file is a host, called as the file is.
 */
function hostOf({ path }: Known, beside: readonly Known[]): string {
  const paths = [...new Set(beside.map(one => one.path))]
  const bonds = paths.flatMap(one => [...bondsIn(beside.filter(piece => piece.path === one))])
  const alone = paths.length === 1 || new Set(bonds).size < bonds.length
  return (alone ? stemOf(path) : undefined) ?? folderOf(path) ?? 'host'
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

/** The folder above /proc or /sys: a machine's root, called as the machine is. */
const rootOf = (path: string): string | undefined => /(?:^|\/)([^/]+)\/(?:proc|sys)\/[^\n]*$/.exec(path)?.[1]

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

/** Reads the pieces of one machine: what says least of the most comes last. */
function see(pieces: readonly Known[], sight: Sight): void {
  const masters = new Map(pieces.flatMap(({ links = [] }) => [...mastersOf(links)]))
  for (const piece of pieces) {
    const { what } = piece
    if (typeof what === 'string' || !('rows' in what)) continue
    if (what.kind === 'switch') sight.kind = 'switch'
    walk({ ...piece, format: what, bundle: what.named ? undefined : bondOf(piece, masters, sight) }, sight)
  }
  for (const { links } of pieces) if (links !== undefined) seeLinks(links, sight)
}

/** The name of the bond whose file does not say it. */
function bondOf(piece: Known, masters: ReadonlyMap<string, string>, sight: Sight): string {
  const shown = shownBond(piece)
  if (shown !== undefined) return shown
  const members = piece.lines.flatMap(({ text }) => /^Slave Interface: (\S+)$/.exec(text)?.[1] ?? [])
  const master = members.flatMap(member => masters.get(member) ?? [])[0]
  if (master !== undefined) return master
  const inName = bondInName(piece)
  return (
    [inName, ...Array.from({ length: 1000 }, (_, at) => `${inName}#${at + 2}`)].find(
      name => !sight.has(name),
    ) ?? inName
  )
}

/** What the name of a file says of the bond in it. */
const bondInName = ({ path }: Piece & { readonly path: string }): string =>
  /bond\d+/i.exec(path.slice(path.lastIndexOf('/') + 1))?.[0] ?? 'bond'
