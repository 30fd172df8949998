// The walk over a switch and its LAGs: the same as over a host's devices (place.ts), with lines as what a target says.
// What a line's placeholders become, and in which block, is switch-fill.ts; how blocks become text, switch-write.ts.

import type { Diagnostic, Path, Place } from '../diagnostics/diagnostic.ts'
import { type Node, valueOf } from '../intent/intent.ts'
import type { PlannedLag, SwitchPlan } from '../intent/partner.ts'
import type { Subject } from '../options/index.ts'
import { groupOptions, lacpOptions } from '../options/plan.ts'
import { type Lines, linesFor, placeholders, type SwitchStance, type Within } from './lines.ts'
import { type Loss, type Named, type SaidOption, sameValue, type Walk, walk } from './place.ts'
import { type About, fill, holds, type PlacedLine, titleOf } from './switch-fill.ts'
import { limits, unverified } from './switch-limits.ts'
import type { SwitchTarget } from './switch-target.ts'
import { compareVersions } from './target.ts'

export interface SwitchPlacement {
  readonly lines: readonly PlacedLine[]
  readonly lost: readonly Diagnostic[]
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
  const { target } = about
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
        if (stance.except !== undefined) lose({ because: stance.except, severity: 'note', partly: true })
        return
      }
      const loss = idleOf(said, about.lag) ?? lossOf(said, stance, versionOf(about), target)
      if (loss !== undefined) return lose(loss)
      const before = this.lost.length
      const spelled = [...spell(said, stance, about, ranks.get(said.id) ?? 0, lose)]
      const written = spelled.filter(one => one !== 'nothing')
      const nearly = stance.nearly[String(said.value)]
      if (nearly !== undefined) this.lost.push(nearest(said, nearly, target))
      const bySilence = (linesFor(stance, said.value) ?? []).length === 0 || sameAsSilent(said, stance)
      if (spelled.length === 0 && this.lost.length === before && !bySilence) {
        lose(placeless(said, about.lag))
      }
      yield* written
    },
  }
}

const versionOf = ({ plan, target }: About): string | undefined => plan.version ?? target.versions.at(-1)

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

/** A native VLAN means nothing where untagged frames do not pass; of anything else it is worth a word. */
const placeless = ({ id }: SaidOption, lag: PlannedLag | undefined): Loss =>
  id === 'native' && holds('tagged-only', lag)
    ? { because: 'untagged frames do not pass, and without them it does nothing', severity: 'note' }
    : { because: 'there is no place for it here' }

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
  const lines = linesFor(stance, value)
  if (lines === undefined) return { because: `${target.title} has no way to write this value` }
  const since = typeof stance.since === 'object' ? stance.since[String(value)] : stance.since
  return has({ since }, version)
    ? undefined
    : { because: `${target.title} has it from ${since}, and ${version} was asked for` }
}

/** Whether a version has a line; where none is known, the newest is meant. */
const has = (
  { since, before }: { readonly since?: string | undefined; readonly before?: string | undefined },
  version: string | undefined,
): boolean =>
  version === undefined
    ? before === undefined
    : (since === undefined || compareVersions(version, since) >= 0) &&
      (before === undefined || compareVersions(version, before) < 0)

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
  const from = valueOf(node as Node<'lag'>, id as never)
  let barred = false
  for (const line of linesFor(stance, value) ?? []) {
    if (!has(line, versionOf(about))) continue
    for (const part of line.in) {
      for (const lag of lagsFor(part, about)) {
        if (!line.when.every(situation => holds(situation, lag))) {
          barred ||= lag?.peerLink === true && line.when.includes('outward')
          continue
        }
        for (const one of fill(line.text, part, { ...about, lag, id, raw, native })) {
          if (one === 'nothing') yield one
          else if (one === undefined) {
            const because = 'it would be read as something else'
            lose({ code: 'config-injection', severity: 'error', because })
          } else {
            const merge = { how: stance.merge, id, pattern: line.text, value: raw, from, rank }
            yield { line: { ...one, rank }, merge }
          }
        }
      }
    }
  }
  if (barred) lose({ because: 'the link of a pair has what its platform gives it', severity: 'note' })
}

/** An option of the switch that a platform says at each LAG is written at all of them. */
const lagsFor = (part: string, { plan, lag }: About): readonly (PlannedLag | undefined)[] =>
  lag !== undefined || part.startsWith('global') ? [lag] : plan.lags

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
