// Which bond is at the other end of which LAG. Two ends know each other by what LACP has told them: the system that one
// records as its partner is the other's own. Where nothing tells, a host and a switch that show one LAG each, and nobody
// else shows any, are taken for the two ends.

import { noSystem } from '../simulate/lacp/lacpdu.ts'
import { type Bundled, bundlesOf } from './checks/support.ts'
import type { Bundle, Observed } from './observed.ts'

/** Two ends of one LAG. */
export interface Pair {
  readonly a: Bundled
  readonly b: Bundled
  /** Whether the two are taken for one because there are no others. */
  readonly assumed: boolean
}

/** How an end is known to others. */
interface Known {
  readonly systems: ReadonlySet<string>
  /** The numbers of its ports, and its keys; undefined among them: of some port it is not shown. */
  readonly numbers: ReadonlySet<number | undefined>
  readonly keys: ReadonlySet<number | undefined>
}

const knownOf = ({ system, members }: Bundle): Known => ({
  systems: new Set(
    [system, ...members.map(({ actor }) => actor.system)].flatMap(one =>
      one === undefined || one.value === noSystem ? [] : [one.value],
    ),
  ),
  numbers: new Set(members.map(({ actor }) => actor.portNumber?.value)),
  keys: new Set(members.map(({ actor }) => actor.key?.value)),
})

/** Whether what one records of its partners is the other, by system and, where both show it, by port or by key. */
const knows = ({ members }: Bundle, { systems, numbers, keys }: Known): boolean =>
  members.some(({ partner: { system, portNumber, key } }) => {
    if (system === undefined || !systems.has(system.value)) return false
    // All LAGs of a switch have one system.
    if (portNumber !== undefined && !numbers.has(undefined)) return numbers.has(portNumber.value)
    return key === undefined || keys.has(undefined) || keys.has(key.value)
  })

/** Under what an end can be looked for, from what it has recorded of its partners: by port, by key, by system alone. */
function claimsOf({ members }: Bundle): readonly string[] {
  return members.flatMap(({ partner: { system, portNumber, key } }) => {
    if (system === undefined || system.value === noSystem) return []
    const port = portNumber === undefined ? ['portless'] : [`port ${portNumber.value}`]
    return ['any', ...port, ...(key === undefined ? [] : [`key ${key.value}`])].map(
      one => `${system.value} ${one}`,
    )
  })
}

/** Under what the other end of this one would have recorded it: the least that finds all of them. */
function answersOf(bundle: Bundle): readonly string[] {
  return bundle.members.flatMap(({ actor: { system, portNumber, key } }) => {
    const own = system ?? bundle.system
    if (own === undefined || own.value === noSystem) return []
    if (portNumber !== undefined) return [`${own.value} port ${portNumber.value}`, `${own.value} portless`]
    return [`${own.value} ${key === undefined ? 'any' : `key ${key.value}`}`]
  })
}

export function pairsOf(observed: Observed): readonly Pair[] {
  const all = bundlesOf(observed)
  const places = new Map(all.map((bundled, at) => [bundled, at]))
  const byClaim = new Map<string, Set<Bundled>>()
  for (const bundled of all) {
    for (const claim of claimsOf(bundled.bundle)) {
      const claiming = byClaim.get(claim)
      if (claiming === undefined) byClaim.set(claim, new Set([bundled]))
      else claiming.add(bundled)
    }
  }
  const pairs: Pair[] = []
  const paired = new Set<string>()
  for (const b of all) {
    const known = knownOf(b.bundle)
    for (const answer of new Set(answersOf(b.bundle))) {
      const claiming = byClaim.get(answer)
      // A member has one other end: where more claim to be it, an address is not one machine's, and nothing follows.
      if (claiming === undefined || claiming.size > b.bundle.members.length) continue
      for (const a of claiming) {
        if (a.machine === b.machine || !knows(a.bundle, known)) continue
        const [atA = 0, atB = 0] = [places.get(a), places.get(b)]
        const identity = `${Math.min(atA, atB)} ${Math.max(atA, atB)}`
        if (paired.has(identity)) continue
        paired.add(identity)
        pairs.push(atA < atB ? { a, b, assumed: false } : { a: b, b: a, assumed: false })
      }
    }
  }
  const [a, b, ...more] = all
  if (
    pairs.length > 0 ||
    a === undefined ||
    b === undefined ||
    more.length > 0 ||
    a.machine.kind === b.machine.kind
  )
    return pairs
  return [{ a, b, assumed: true }]
}
