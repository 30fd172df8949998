// The walk over a switch and its LAGs: the same as over a host's devices (place.ts), with lines as what a target says.
// Fills the placeholders of lines and finds the block that each belongs to; how blocks become text is switch-write.ts.

import type { Diagnostic, Path, Place } from '../diagnostics/diagnostic.ts'
import type { Encoded } from '../dialects/dialect.ts'
import { asEncoded } from '../dialects/dialect.ts'
import { type Node, valueOf } from '../intent/intent.ts'
import { isAccess, type PlannedLag, type PlannedPort, type SwitchPlan } from '../intent/partner.ts'
import { joinRanges, vlanIds } from '../intent/partner-vlans.ts'
import type { Subject, VlanRange } from '../options/index.ts'
import { groupOptions, lacpOptions } from '../options/plan.ts'
import { writePorts } from '../platforms/ports.ts'
import {
  type Lines,
  linesFor,
  placeholders,
  type Situation,
  type SwitchStance,
  type VlanList,
  type Within,
} from './lines.ts'
import { type Loss, type Named, type SaidOption, sameValue, type Walk, walk } from './place.ts'
import type { BlockName, SwitchTarget } from './switch-target.ts'
import { compareVersions } from './target.ts'

/** One line in its block. */
export interface PlacedLine {
  readonly block: BlockName
  /** `lines`, or a further part of the block. */
  readonly part: string
  /** Which block of that name: the LAG, the port, the VLAN; empty for the device. */
  readonly key: string
  readonly text: Encoded
  /** The place of the option in the target's table. */
  readonly rank: number
}

export interface SwitchPlacement {
  readonly lines: readonly PlacedLine[]
  readonly lost: readonly Diagnostic[]
}

/** What a line is written for. */
interface About {
  readonly plan: SwitchPlan
  readonly target: SwitchTarget
  /** Absent for options of the switch itself. */
  readonly lag: PlannedLag | undefined
}

/** Places what a switch is to be into the lines of a target. */
export function placeSwitch(plan: SwitchPlan, target: SwitchTarget): SwitchPlacement {
  const found: { readonly line: PlacedLine; readonly merge: Merge }[] = []
  const lost: Diagnostic[] = []
  for (const lag of [undefined, ...plan.lags]) {
    const about: About = { plan, target, lag }
    const node: Named = lag === undefined ? plan : { ...lag, name: titleOf(plan, lag) }
    const using = walkOf(about, node)
    found.push(...walk(node, using))
    lost.push(...using.lost.filter(diagnostic => concerns(diagnostic, lag)))
  }
  const { lines, clashes } = merged(found, plan, target)
  return { lines, lost: [...lost, ...clashes, ...limits(plan), ...unverified(plan, target)] }
}

/** `sw1 LAG 1`, or `sw1 ports 1-2` where they are no LAG. */
export const titleOf = (plan: SwitchPlan, lag: PlannedLag): string =>
  lag.options.mode === 'plain'
    ? `${plan.name} ports ${writePorts(lag.ports, { between: ', ' })}`
    : `${plan.name} LAG ${lag.number}`

/**
 * What followed from defaults alone is nobody's loss, unless the configuration would be wrong without it; and what
 * followed from something else than the option itself is worth no note.
 */
const concerns = ({ severity, at }: Diagnostic, lag: PlannedLag | undefined): boolean => {
  if (lag === undefined || severity === 'error' || at === undefined) return true
  const said = Object.entries(lag.stands).find(([, path]) => isSamePath(path, at.path))
  return said !== undefined && (severity !== 'note' || said[1].at(-1) === said[0])
}

const isSamePath = (a: Path, b: Path): boolean =>
  a.length === b.length && a.every((step, index) => step === b[index])

interface Placed {
  readonly line: PlacedLine
  readonly merge: Merge
}

/** How a line of the whole device goes together with the same option of another LAG. */
interface Merge {
  readonly how: Lines['merge']
  readonly id: string
  /** The text of the line before it is filled. */
  readonly pattern: string
  readonly value: unknown
  readonly from: Place
  readonly rank: number
}

function walkOf(about: About, node: Named): Walk<Lines | Within, Placed> {
  const { target, plan } = about
  const table = node.subject === 'switch' ? target.spellings.switch : target.spellings.lag
  const ranks = new Map(Object.keys(table).map((id, rank) => [id, rank]))
  return {
    title: target.title,
    side: 'switch',
    stancesOf: (subject: Subject) =>
      (subject === node.subject ? table : {}) as Readonly<Record<string, SwitchStance>>,
    modeOf: () => undefined,
    kernel: undefined,
    lost: [],
    *spell(said, stance, lose) {
      if (stance.stance === 'within') {
        if (stance.except !== undefined) lose({ because: stance.except, severity: 'note' })
        return
      }
      const loss =
        idleOf(said, about.lag) ?? lossOf(said, stance, plan.version ?? target.versions.at(-1), target)
      if (loss !== undefined) return lose(loss)
      const before = this.lost.length
      const spelled = [...spell(said, stance, about, ranks.get(said.id) ?? 0, lose)]
      const written = spelled.filter(one => one !== 'nothing')
      const nearly = stance.nearly[String(said.value)]
      if (nearly !== undefined) this.lost.push(nearest(said, nearly, target))
      const bySilence = (linesFor(stance, said.value) ?? []).length === 0 || sameAsSilent(said, stance)
      if (spelled.length === 0 && this.lost.length === before && !bySilence) {
        lose({ because: 'there is no place for it here' })
      }
      yield* written
    },
    *unsaid() {},
  }
}

/** An empty list says nothing, and what holds without a word needs none. */
const sameAsSilent = ({ value }: SaidOption, { silent }: Lines): boolean =>
  (Array.isArray(value) && value.length === 0) || (silent !== undefined && sameValue(silent, value))

/** What does nothing in a LAG of this mode is not written. */
function idleOf({ id }: SaidOption, lag: PlannedLag | undefined): Loss | undefined {
  const mode = lag?.options.mode
  const has = (ids: readonly string[]): boolean => ids.includes(id)
  if (mode === 'static' && has(lacpOptions))
    return { because: 'the LAG is static, and without LACP it does nothing' }
  if (mode === 'plain' && has(groupOptions) && lag?.stands[id] !== undefined) {
    return { because: 'the ports are plain, and without a LAG it does nothing' }
  }
  return undefined
}

/** A value that is written as the nearest that the platform has. */
const nearest = (
  { node, id, value, row }: SaidOption,
  because: string,
  target: SwitchTarget,
): Diagnostic => ({
  code: 'nearest-render',
  severity: row.ifLost === 'error' ? 'warning' : row.ifLost,
  message: `${node.name}: ${id} ${String(value)} is written as the nearest that ${target.title} has: ${because}`,
  at: valueOf(node as Node<'lag'>, id as never),
})

function lossOf(
  { value }: SaidOption,
  stance: Lines,
  version: string | undefined,
  target: SwitchTarget,
): Loss | undefined {
  const exception = Object.hasOwn(stance.except, String(value)) ? stance.except[String(value)] : undefined
  if (exception !== undefined) return { because: exception }
  if (linesFor(stance, value) === undefined) {
    return { because: `${target.title} has no way to write this value` }
  }
  if (stance.since !== undefined && version !== undefined && compareVersions(version, stance.since) < 0) {
    return { because: `${target.title} has it from ${stance.since}, and ${version} was asked for` }
  }
  return undefined
}

/** `nothing`: a line whose placeholder names what is not there, such as the host behind a port without one. */
function* spell(
  said: SaidOption,
  stance: Lines,
  about: About,
  rank: number,
  lose: (loss: Loss) => void,
): Generator<Placed | 'nothing'> {
  const { node, id, value } = said
  const raw = (node.options as Readonly<Record<string, unknown>>)[id]
  const native = stance.as === undefined ? value : stance.as.write(value)
  if (native === undefined) return lose({ because: `${about.target.title} cannot be told this value` })
  for (const line of linesFor(stance, value) ?? []) {
    if (!line.when.every(situation => holds(situation, about.lag))) continue
    for (const part of line.in) {
      for (const one of fill(line.text, part, { ...about, id, raw, native })) {
        if (one === 'nothing') yield one
        else if (one === undefined)
          lose({ code: 'config-injection', severity: 'error', because: 'it would be read as something else' })
        else {
          const from = valueOf(node as Node<'lag'>, id as never)
          yield {
            line: { ...one, rank },
            merge: { how: stance.merge, id, pattern: line.text, value: raw, from, rank },
          }
        }
      }
    }
  }
}

/** Whether a situation holds for a LAG. */
export function holds(situation: Situation, lag: PlannedLag | undefined): boolean {
  if (lag === undefined) return false
  const { mode, untagged, mtu, edge, mlag } = lag.options
  switch (situation) {
    case 'lacp':
      return mode === 'active' || mode === 'passive'
    case 'active':
    case 'passive':
    case 'static':
    case 'plain':
      return mode === situation
    case 'lag':
      return mode !== 'plain'
    case 'trunk':
      return !isAccess(lag)
    case 'access':
      return isAccess(lag)
    case 'untagged':
      return !isAccess(lag) && untagged
    case 'tagged-only':
      return !isAccess(lag) && !untagged
    case 'jumbo':
      return mtu !== undefined && mtu > 1500
    case 'edge':
      return edge
    case 'mlag':
      return mlag
    case 'peer-link':
      return lag.peerLink
  }
}

/** VLANs that pass a LAG, the native one too where untagged frames do. */
export const passing = ({ options: { vlans, native, untagged } }: PlannedLag): readonly VlanRange[] =>
  joinRanges(untagged || vlans.length === 0 ? [...vlans, { from: native, to: native }] : vlans)

const withNative = ({ options: { vlans, native } }: PlannedLag): readonly VlanRange[] =>
  joinRanges([...vlans, { from: native, to: native }])

/** The VLANs that an option speaks of. */
function vlansOf(id: string, lag: PlannedLag, target: SwitchTarget): readonly VlanRange[] {
  if (id === 'native') return [{ from: lag.options.native, to: lag.options.native }]
  if (id !== 'vlans') return passing(lag)
  if (target.vlanLists === 'tagged') return lag.options.vlans
  return target.vlanLists === 'all' ? withNative(lag) : passing(lag)
}

/** VLANs as one text. */
export const writeVlans = (ranges: readonly VlanRange[], { between, to }: VlanList): string =>
  ranges
    .map(range => (range.from === range.to ? String(range.from) : `${range.from}${to}${range.to}`))
    .join(between)

/** The name of a VLAN where the platform calls them by name. */
export const vlanName = ({ vlanNames }: SwitchTarget, vlan: number): string => vlanNames[vlan] ?? `v${vlan}`

/** The name of a LAG on the platform. */
export const lagName = (
  { platform }: Pick<SwitchPlan, 'platform'>,
  lag: Pick<PlannedLag, 'number' | 'ports'>,
): string =>
  platform.lag.name.replace('{number}', String(lag.number)).replace('{port}', lag.ports[0]?.name ?? '')

interface Filling extends About {
  readonly id: string
  readonly raw: unknown
  readonly native: unknown
}

type Bound = Readonly<Record<string, string | undefined>>

/** The lines that one pattern becomes in one part; undefined for a value that the dialect refuses. */
function* fill(
  text: string,
  part: string,
  filling: Filling,
): Generator<Omit<PlacedLine, 'rank'> | 'nothing' | undefined> {
  const [where = '', list = 'lines'] = part.split('.')
  for (const { block, key, bound } of blocks(where, filling)) {
    for (const all of repeated(text, bound, filling)) {
      const encoded = encodedLine(text, all, filling)
      if (encoded === undefined || encoded === null) yield encoded === null ? 'nothing' : undefined
      else yield { block, part: list, key, text: encoded }
    }
  }
}

interface Block {
  readonly block: BlockName
  readonly key: string
  readonly bound: Bound
}

/** The blocks that a part stands for. */
function blocks(where: string, { lag, plan, target, id }: Filling): readonly Block[] {
  const ofPort = (port: PlannedPort): Block => ({ block: 'port', key: port.name, bound: boundTo(port) })
  if (where === 'global') return [{ block: 'global', key: '', bound: {} }]
  if (lag === undefined) throw new Error(`${target.id} writes ${id} of the switch in a block`)
  const plain = lag.options.mode === 'plain'
  const ofLag: Block = { block: 'lag', key: keyOf(lag), bound: { link: lagName(plan, lag) } }
  switch (where) {
    case 'lag':
      return plain ? [] : [ofLag]
    case 'link':
      return plain ? lag.ports.map(ofPort) : [ofLag]
    case 'port':
      return lag.ports.map(ofPort)
    case 'member':
      return plain ? [] : lag.ports.map(ofPort)
    case 'vlan':
      return vlanIds(vlansOf(id, lag, target)).map(vlan => ({
        block: 'vlan',
        key: String(vlan),
        bound: { vlan: String(vlan), vlanname: vlanName(target, vlan) },
      }))
    default:
      throw new Error(`${target.id} has no block ${where} for ${id}`)
  }
}

/** Which block a LAG is; plain groups have no number of their own. */
export const keyOf = (lag: PlannedLag): string =>
  lag.options.mode === 'plain' ? `plain ${lag.ports[0]?.name}` : String(lag.number)

const boundTo = (port: PlannedPort): Bound => ({
  port: port.name,
  link: port.name,
  behind: port.host === undefined ? undefined : `${port.host} ${port.device}`,
})

/** A line that names one of many is written once for each of them. */
function repeated(text: string, bound: Bound, { lag, plan, target, id }: Filling): readonly Bound[] {
  if (lag === undefined) return [bound]
  const names = new Set(placeholders(text).map(({ name }) => name))
  let all: readonly Bound[] = [bound]
  const each = (name: string, more: () => readonly Bound[]): void => {
    if (names.has(name) && !Object.hasOwn(bound, name))
      all = all.flatMap(one => more().map(other => ({ ...one, ...other })))
  }
  each('port', () => lag.ports.map(boundTo))
  if (!names.has('port')) each('behind', () => lag.ports.map(boundTo))
  if (!names.has('port'))
    each('link', () =>
      lag.options.mode === 'plain' ? lag.ports.map(boundTo) : [{ link: lagName(plan, lag) }],
    )
  const vlanNamed = (vlan: number): Bound => ({ vlan: String(vlan), vlanname: vlanName(target, vlan) })
  for (const name of ['vlan', 'vlanname']) each(name, () => vlanIds(vlansOf(id, lag, target)).map(vlanNamed))
  each('range', () =>
    vlansOf(id, lag, target).map(range => ({ range: writeVlans([range], target.vlanList) })),
  )
  return all
}

/** Null: a placeholder names what this port or switch does not have, so there is no such line. */
function encodedLine(text: string, bound: Bound, filling: Filling): Encoded | undefined | null {
  let written = ''
  let at = 0
  for (const { name, start, end } of placeholders(text)) {
    const value = valueFor(name, bound, filling)
    if (value === undefined) return null
    const encoded = filling.target.dialect.encode(value)
    if (encoded === undefined) return undefined
    written += text.slice(at, start) + encoded
    at = end
  }
  return asEncoded(written + text.slice(at))
}

const hex = (number: number): string =>
  number
    .toString(16)
    .padStart(4, '0')
    .replace(/^(..)(..)$/, '$1:$2')

function valueFor(
  name: string,
  bound: Bound,
  { lag, plan, target, id, raw, native }: Filling,
): string | number | undefined {
  if (Object.hasOwn(bound, name)) return bound[name]
  const { mlag } = plan.options
  const domain = mlag?.domain ?? 1
  switch (name) {
    case '':
      if (id === 'vlans' && lag !== undefined) return writeVlans(vlansOf(id, lag, target), target.vlanList)
      return typeof native === 'number' ? native : typeof raw === 'object' ? undefined : String(native)
    case 'domain':
      return domain
    case 'peer':
      return mlag?.peer
    // A locally administered address that both switches of the pair derive alike.
    case 'system':
      return `02:00:00:00:${hex(domain)}`
  }
  if (lag === undefined) return undefined
  switch (name) {
    case 'number':
      return lag.number
    case 'lag':
      return lagName(plan, lag)
    case 'ports':
      return writePorts(lag.ports, target.portList)
    case 'links':
      return lag.options.mode === 'plain' ? writePorts(lag.ports, target.portList) : lagName(plan, lag)
    case 'vlans':
      return writeVlans(vlansOf(id, lag, target), target.vlanList)
    // Ten octets, type 0 of RFC 7432, section 5: arbitrary, and equal on both switches.
    case 'esi':
      return `00:00:00:00:00:00:${hex(domain)}:${hex(lag.number)}`
    default:
      throw new Error(`${target.id} has no placeholder {${name}}`)
  }
}

/** Lines of the whole device are written once: the largest, or the one that all LAGs agree on. */
function merged(
  found: readonly Placed[],
  plan: SwitchPlan,
  target: SwitchTarget,
): { readonly lines: readonly PlacedLine[]; readonly clashes: readonly Diagnostic[] } {
  const clashes: Diagnostic[] = []
  const kept = new Map<string, Placed>()
  for (const placed of found) {
    const { line, merge } = placed
    const wide = line.block === 'global' && placeholders(merge.pattern).every(({ name }) => name === '')
    const spot = wide
      ? `${line.part} ${merge.id} ${merge.pattern}`
      : `${line.block} ${line.part} ${line.key} ${line.text}`
    const earlier = kept.get(spot)
    if (earlier === undefined) kept.set(spot, placed)
    else if (earlier.line.text === line.text) continue
    else if (merge.how === 'largest') {
      if (Number(merge.value) > Number(earlier.merge.value)) kept.set(spot, placed)
    } else {
      clashes.push({
        code: 'switch-wide-clash',
        severity: 'error',
        message: `${plan.name}: ${merge.id} ${String(merge.value)} and ${String(earlier.merge.value)} cannot both hold: ${target.title} has one for the whole switch`,
        at: merge.from,
        related: [{ message: 'the other value', at: earlier.merge.from }],
      })
    }
  }
  const lines = [...kept.values()].map(({ line }) => line).sort((a, b) => a.rank - b.rank)
  return { lines, clashes }
}

/** More links than the platform has, or another number of needed links than it takes. */
function limits(plan: SwitchPlan): readonly Diagnostic[] {
  const { platform } = plan
  return plan.lags.flatMap(lag => {
    const { active, standby } = platform.members
    const found: Diagnostic[] = []
    if (lag.options.mode !== 'plain' && active !== undefined && lag.ports.length > active + standby) {
      found.push({
        code: 'lag-too-many-ports',
        severity: 'error',
        message: `${titleOf(plan, lag)} has ${lag.ports.length} ports, and ${platform.product} takes ${active + standby}`,
        at: valueOf(lag, 'ports'),
      })
    }
    for (const [id, bounds] of [
      ['min-links', platform.minLinks],
      ['max-links', platform.maxLinks],
    ] as const) {
      const value = lag.options[id]
      const { min = 0, max = Number.POSITIVE_INFINITY } = bounds ?? {}
      if (value === undefined || bounds === undefined || (value >= min && value <= max)) continue
      found.push({
        code: `${id}-range`,
        severity: 'error',
        message: `${titleOf(plan, lag)}: ${id} ${value} is outside ${min} to ${max}, what ${platform.product} takes`,
        at: valueOf(lag, id),
      })
    }
    return found
  })
}

/** Facts without a source carry their mark to where they are used: once for each switch. */
function unverified(
  { platform, lags, path, name, ...plan }: SwitchPlan,
  target: SwitchTarget,
): readonly Diagnostic[] {
  const used = new Set<string>(Object.keys(plan.options))
  for (const { options } of lags) {
    for (const [id, value] of Object.entries(options)) {
      const said = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false
      if (said) used.add(id).add(`${id}=${String(value)}`)
    }
  }
  return Object.entries(platform.unverified)
    .filter(([fact]) => used.has(fact))
    .map(([fact, assumed]) => ({
      code: 'platform-unverified',
      severity: 'note',
      message: `${name}: ${fact.replace('=', ' ')} is written for ${target.title} without a confirmed source: ${assumed}`,
      at: { path, part: 'key' },
    }))
}
