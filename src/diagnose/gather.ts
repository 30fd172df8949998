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
    const strange = outside.map(one => besides(source, one))
    const telling = pieces.length > 0 || strange.some(({ code }) => code === 'not-recognised')
    diagnostics.push(...(telling ? strange : [nothingIn(source)]))
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

/** The pieces of each machine, by its name. */
function byMachine(all: readonly Known[]): ReadonlyMap<string, readonly Known[]> {
  const machines = new Map<string, Known[]>()
  const add = (name: string, piece: Known): void => {
    machines.set(name, [...(machines.get(name) ?? []), piece])
  }
  const folders = new Map<string, Known[]>()
  const roots = new Map(all.flatMap(({ path }) => rootOf(path)))
  for (const piece of all) {
    const name = piece.machine ?? ownerOf(piece.path, roots)
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

/** Reads the pieces of one machine: what says least of the most comes last. */
function see(pieces: readonly Known[], sight: Sight): void {
  const masters = new Map(pieces.flatMap(({ links = [] }) => [...mastersOf(links)]))
  for (const piece of pieces) {
    const { what } = piece
    if (typeof what === 'string') continue
    if (what.kind === 'switch') sight.kind = 'switch'
    walk({ ...piece, format: what, bundle: what.named ? undefined : bondOf(piece, masters, sight) }, sight)
  }
  for (const { links } of pieces) if (links !== undefined) seeLinks(links, sight)
}

/** The name of the bond whose file does not say it. */
function bondOf(piece: Known, masters: ReadonlyMap<string, string>, sight: Sight): string {
  const { what, shown: command } = piece
  const asked = typeof what === 'object' ? what.asked?.exec(command ?? '')?.groups?.bundle : undefined
  const shown = asked ?? shownBond(piece)
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
