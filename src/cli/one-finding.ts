// One mistake is one finding. What a reader has said is not said again by a rule; what follows from a value that nobody
// could read is not said at all; and what a target makes of a mistake is a part of the finding that tells of it.

import { bySeverity, type Diagnostic, type Path } from '../diagnostics/diagnostic.ts'
import type { Located, LocatedRelated } from '../diagnostics/located.ts'
import type { Host, Intent } from '../intent/intent.ts'
import { isDoubtful, possible } from '../intent/possible.ts'
import { targetOf } from '../targets/index.ts'
import type { LoadedAll } from './foreign.ts'

/** Without what the reader of the same machine has said already, or what it knows that nobody can know. */
export function uncovered(
  ruled: readonly Diagnostic[],
  { diagnostics, foreign }: LoadedAll,
): readonly Diagnostic[] {
  const covered = new Set<string>()
  for (const { covers = [], region } of diagnostics)
    for (const code of covers) covered.add(`${code} ${region?.file}`)
  if (covered.size === 0) return ruled
  return ruled.filter(({ code, at }) => {
    const host = at?.path[0] === 'hosts' ? foreign.get(String(at.path[1])) : undefined
    return !host?.files.some(file => covered.has(`${code} ${file}`))
  })
}

/** Findings without those of rules that mean nothing to any of a host's targets. */
export function heeded({ hosts }: Intent, found: readonly Diagnostic[]): readonly Diagnostic[] {
  const exempt = new Map(hosts.flatMap(host => exemptions(host)))
  if (exempt.size === 0) return found
  return found.filter(
    ({ code, at }) => at?.path[0] !== 'hosts' || !exempt.get(String(at.path[1]))?.includes(code),
  )
}

function exemptions({ name, options }: Host): readonly (readonly [string, readonly string[]])[] {
  const [first, ...others] = (options.target ?? []).map(reference => targetOf(reference)?.target.exempt ?? [])
  const codes = first?.filter(code => others.every(other => other.includes(code))) ?? []
  return codes.length === 0 ? [] : [[name, codes]]
}

/**
 * Without what would not be found if a value that could not be read were one of those that it may be. `find`: finds in an
 * intent what was found in the whole.
 */
export function undoubted(
  { intent, diagnostics }: LoadedAll,
  found: readonly Diagnostic[],
  find: (intent: Intent) => readonly Diagnostic[],
): readonly Diagnostic[] {
  if (diagnostics.length === 0 || found.length === 0) return found
  const doubtful = new Set<string>()
  const identity = ({ code, message, at }: Diagnostic): string => JSON.stringify([code, message, at])
  const boxes = new Map(intent.switches.map(box => [box.name, box]))
  for (const host of intent.hosts) {
    if (!isDoubtful(host)) continue
    const switches = [...switchesOf(host)].flatMap(name => boxes.get(name) ?? [])
    const alone = (one: Host): readonly string[] =>
      find({ hosts: [one], switches, traffic: [] }).map(identity)
    const here = alone(host)
    for (const meant of possible(host)) {
      const there = new Set(alone(meant))
      for (const one of here) if (!there.has(one)) doubtful.add(one)
    }
  }
  return doubtful.size === 0 ? found : found.filter(one => !doubtful.has(identity(one)))
}

/** The nodes that a host's cables lead to: a fleet has many, and a host is at few. */
const switchesOf = ({ ports }: Host): ReadonlySet<string> =>
  new Set(ports.flatMap(({ options: { to } }) => to?.node ?? []))

/**
 * What a target makes of a mistake goes with the finding that tells of it: a loss where that finding stands, where it
 * points, or of what its fix takes away. Each reason is told once of an option, and none that counts more than the finding.
 */
export function joined(found: readonly Located[]): readonly Located[] {
  const isLoss = ({ because }: Located): boolean => because !== undefined
  if (!found.some(isLoss)) return found
  const mistakes = new Map<string, Located>()
  for (const finding of found) {
    if (isLoss(finding)) continue
    for (const spot of spotsOf(finding)) if (!mistakes.has(spot)) mistakes.set(spot, finding)
  }
  const told = new Map<Located, Map<string, LocatedRelated>>()
  const alone = found.filter(loss => {
    const finding = isLoss(loss) && loss.at !== undefined ? mistakes.get(spotOf(loss.at.path)) : undefined
    if (finding === undefined || bySeverity(finding.severity, loss.severity) > 0) return true
    if (finding.code === loss.code) return false
    const { because = '', message, region, lines } = loss
    const reasons = told.get(finding) ?? new Map<string, LocatedRelated>()
    const reason = `${JSON.stringify(loss.at?.path)} ${because}`
    if (!reasons.has(reason))
      reasons.set(reason, { message, ...(region && { region }), ...(lines && { lines }) })
    told.set(finding, reasons)
    return false
  })
  return alone.map(finding => {
    const reasons = told.get(finding)
    return reasons === undefined
      ? finding
      : { ...finding, related: [...(finding.related ?? []), ...reasons.values()] }
  })
}

const spotOf = (path: Path): string => JSON.stringify(path)

/** The spots of the intent that a finding is about; one item of a list is about the list. */
function spotsOf({ at, fix, related = [] }: Located): readonly string[] {
  const paths = [at?.path, ...related.map(one => one.at?.path), ...(fix?.edits.map(({ path }) => path) ?? [])]
  return paths.flatMap(path => {
    if (path === undefined) return []
    return typeof path.at(-1) === 'number' ? [spotOf(path), spotOf(path.slice(0, -1))] : [spotOf(path)]
  })
}
