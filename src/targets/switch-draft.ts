// A LAG out of what its lines were found to say: the last of each option, what holds where nothing is written, and VLANs
// as tagged, native and untagged, whatever the platform's lists hold.

import type { Path } from '../diagnostics/diagnostic.ts'
import type { Lag } from '../intent/intent.ts'
import { joinRanges, withoutVlan } from '../intent/partner-vlans.ts'
import { rowsOf, type VlanRange } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import { lacpOptions } from '../options/plan.ts'
import { comparePorts, type PortName } from '../platforms/ports.ts'
import type { Match } from './switch-match.ts'
import type { ScannedLine } from './switch-scan.ts'
import type { SwitchTarget } from './switch-target.ts'

/** What was read of one LAG. */
export interface Draft {
  readonly number: number
  readonly ports: Map<string, PortName>
  /** By option, in the order in which they were read. */
  readonly said: { readonly match: Match; readonly value: Value | undefined; readonly line: ScannedLine }[]
  readonly first: ScannedLine
}

/** Where a reader keeps what it notices. */
export interface Notes {
  /** Remembers which line said what stands at a path. */
  stand(path: Path, line: ScannedLine): void
  notUnderstood(line: ScannedLine): void
}

/** The LAG of a draft. */
export function lagOf(draft: Draft, target: SwitchTarget, path: Path, notes: Notes): Lag {
  notes.stand(path, draft.first)
  const ports = [...draft.ports.values()].sort(comparePorts).map(({ name }) => name)
  const values = valuesOf(draft, path, notes)
  const options: Record<string, unknown> = {}
  for (const [id, row] of Object.entries(rowsOf('lag'))) {
    const stance = target.spellings.lag[id]
    const silent =
      stance?.stance === 'lines' ? stance.silent : stance?.stance === 'only' ? stance.value : undefined
    const value = row.kind.read(values.get(id) ?? silent)
    if (value !== undefined) options[id] = value
  }
  options.ports = ports
  const without1 = draft.said.some(({ match }) => match.when.includes('without-1'))
  settleVlans(options, isTrunk(draft, values), target.vlanLists, without1)
  const lacp = options.mode === 'active' || options.mode === 'passive'
  if (!lacp) for (const id of lacpOptions) delete options[id]
  return { subject: 'lag', number: draft.number, path, options }
}

/** Whether the LAG is a trunk: as it says, else whether VLANs are tagged on it. */
function isTrunk({ said }: Draft, values: ReadonlyMap<string, Value>): boolean {
  const asserted = said.filter(({ match, value }) => value === undefined && match.when.length > 0)
  if (asserted.some(({ match }) => match.when.includes('trunk'))) return true
  if (asserted.some(({ match }) => match.when.includes('access'))) return false
  return said.some(({ match }) => match.option === 'vlans') && values.has('vlans')
}

/** The last that was said of each option, lists whole; lines of a situation that does not hold are dormant. */
function valuesOf(draft: Draft, path: Path, notes: Notes): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  const asserted = draft.said.flatMap(({ match, value }) => (value === undefined ? match.when : []))
  const trunk = asserted.includes('trunk')
  const access = !trunk && asserted.includes('access')
  const seen = new Map<ScannedLine, Set<string>>()
  for (const { match, value, line } of draft.said) {
    if (value === undefined) continue
    if ((access && match.when.includes('trunk')) || (trunk && match.when.includes('access'))) continue
    // Where one line may stand for several values, the first of the table is meant until another line says more.
    const options = seen.get(line) ?? new Set()
    seen.set(line, options)
    if (options.has(match.option)) continue
    options.add(match.option)
    if (rowsOf('lag')[match.option]?.kind.read(value) === undefined) {
      notes.notUnderstood(line)
      continue
    }
    const earlier = values.get(match.option)
    const list = match.option === 'vlans' && Array.isArray(earlier) && Array.isArray(value)
    values.set(match.option, list ? [...earlier, ...value] : value)
    notes.stand([...path, match.option], line)
  }
  return values
}

/** Makes tagged, native and untagged out of what the platform's lists hold. */
function settleVlans(
  options: Record<string, unknown>,
  trunk: boolean,
  lists: SwitchTarget['vlanLists'],
  without1: boolean,
): void {
  const native = Number(options.native ?? 1)
  const said = (options.vlans ?? []) as readonly VlanRange[]
  const first = lists === 'passing-but-1' && !without1 ? [{ from: 1, to: 1 }] : []
  const listed = trunk ? joinRanges([...first, ...said]) : []
  options.native = native
  options.vlans = trunk ? withoutVlan(listed, native) : []
  if (!trunk) options.untagged = true
  else if (lists === 'passing' || lists === 'passing-but-1')
    options.untagged = listed.some(({ from, to }) => native >= from && native <= to)
  else options.untagged ??= true
}
