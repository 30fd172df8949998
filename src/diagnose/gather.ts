// From texts to machines: takes each text apart, finds out whose it is and which bond (whose.ts), and reads it.

import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts'
import type { SourceText } from '../intent/text.ts'
import { linksOfJson, linksOfText, mastersOf, seeLinks } from './links.ts'
import type { Machine, Observed } from './observed.ts'
import { cut, type Outside, type Piece } from './sections.ts'
import { Sight } from './sight.ts'
import { walk } from './walk.ts'
import { bondInName, byMachine, type Known, shownBond } from './whose.ts'

/** A text and where it lies; `-` is standard input. */
export interface Input {
  readonly path: string
  readonly source: SourceText
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

const noBonds = (source: SourceText): Diagnostic => ({
  code: 'not-recognised',
  severity: 'warning',
  message: 'none of these devices is shown as a bond or a member of one, so nothing is made of them',
  region: source.regionOf(0, 1),
  help: 'ip tells of bonds with -d: ip -d -j link',
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
    const ofBonds = links.some(({ facts }) =>
      [facts.get('kind'), facts.get('slave-kind')].some(kind => kind?.text === 'bond'),
    )
    if (ofBonds) return { value: { ...piece, path, links }, diagnostics }
    if (links.length > 0) return { value: undefined, diagnostics: [...diagnostics, noBonds(source)] }
    return { value: undefined, diagnostics: diagnostics.length > 0 ? diagnostics : [nothingIn(source)] }
  }
  return { value: { ...piece, path }, diagnostics: [] }
}

/** Reads the pieces of one machine: links after what says more, and what names ports alone at the very end. */
function see(all: readonly Known[], sight: Sight): void {
  const masters = new Map(all.flatMap(({ links = [] }) => [...mastersOf(links)]))
  const { value: pieces, diagnostics } = latest(all, masters)
  for (const one of diagnostics) sight.diagnostics.push(one)
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
  if (sight.bundles.some(({ members }) => members.some(({ name }) => frontPanel.test(name))))
    sight.kind = 'switch'
}

/** Ports of a switch chip, as Linux on switches calls them and no host. */
const frontPanel = /^swp\d/

/** The name of the bond whose output does not say it, where anything else does. */
function bondNamed(piece: Known, masters: ReadonlyMap<string, string>): string | undefined {
  const { what, shown, lines } = piece
  const asked = typeof what === 'object' ? what.asked?.exec(shown ?? '')?.groups?.bundle : undefined
  const members = lines.flatMap(({ text }) => /^Slave Interface: (\S+)$/.exec(text)?.[1] ?? [])
  return asked ?? shownBond(piece) ?? members.flatMap(member => masters.get(member) ?? [])[0]
}

/** A name for it in any case. */
function bondOf(
  piece: Known,
  masters: ReadonlyMap<string, string>,
  sight: Sight,
): { readonly name: string; readonly unnamed: boolean } {
  const name = bondNamed(piece, masters)
  if (name !== undefined) return { name, unnamed: false }
  const inName = bondInName(piece)
  let made = inName
  for (let count = sight.bundles.length + 1; sight.has(made); count++) made = `${inName}#${count}`
  return { name: made, unnamed: true }
}

/**
 * The pieces without those that are shown again: of a bond that is shown twice, or a command that was typed twice, the last is
 * how things are now.
 */
function latest(pieces: readonly Known[], masters: ReadonlyMap<string, string>): Outcome<readonly Known[]> {
  const identities = pieces.map(piece => {
    const { what, shown } = piece
    if (typeof what === 'string' || what.continuous) return undefined
    const of = what.named ? shown : bondNamed(piece, masters)
    return of === undefined ? undefined : `${what.platform} ${what.command} ${of}`
  })
  const lastRun = new Map<string, string>()
  const runOf = ({ path, run }: Known): string => `${path} ${run}`
  pieces.forEach((piece, at) => {
    const identity = identities[at]
    if (identity !== undefined) lastRun.set(identity, runOf(piece))
  })
  const isOld = (piece: Known, at: number): boolean => {
    const last = lastRun.get(identities[at] ?? '')
    return last !== undefined && last !== runOf(piece)
  }
  return {
    value: pieces.filter((piece, at) => !isOld(piece, at)),
    diagnostics: pieces.filter(isOld).map(({ source, lines }) => ({
      code: 'shown-again',
      severity: 'note',
      message:
        'the same is shown again further down: what is here is taken for an earlier state and not judged',
      region: source.regionOf(0, lines[0]?.text.length ?? 0),
    })),
  }
}
