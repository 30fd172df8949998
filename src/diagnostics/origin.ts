// Where places stand in text, and the join of diagnostics with it. An Origin is made by whoever read the text; this
// module knows how several of them are one, and nothing of files or formats.

import { bySeverity, type Diagnostic, type Path, type Place, type Step } from './diagnostic.ts'
import type { Located, LocatedRelated } from './located.ts'
import type { Region } from './region.ts'

export interface Origin {
  /**
   * The text of a place. What is not written (a missing key, a default) stands at the key of its nearest ancestor
   * that is, and at the beginning of the document where there is none. Undefined: no text at all.
   */
  regionOf(place: Place): Region | undefined
  /** The whole lines that a region touches; none for a region of another file. */
  lines(region: Region): readonly string[]
  /** The path in its own document of what stands at a path of the intent; absent where the two are the same; undefined where nothing stands that could be edited. */
  inDocument?(path: Path): Path | undefined
}

/** Texts by file name, for regions of files that no Origin was made of. A Map of source texts is one. */
export interface Texts {
  get(file: string): { linesOf(region: Region): readonly string[] } | undefined
}

/**
 * Joins diagnostics with their text: with a region of their own, else with that of their place. In the order of file, line, column, severity and code; those without a region
 * come first. What has the same code, region and message as another is said once.
 */
export function locate(
  diagnostics: readonly Diagnostic[],
  origin?: Origin,
  texts: Texts = new Map(),
): readonly Located[] {
  const linesOf = (region: Region): readonly string[] => {
    const lines = texts.get(region.file)?.linesOf(region) ?? []
    return lines.length > 0 ? lines : (origin?.lines(region) ?? [])
  }
  const spotOf = (spot: {
    readonly at?: Place
    readonly region?: Region
  }): Pick<Located, 'region' | 'lines'> => {
    const region = spot.region ?? (spot.at && origin?.regionOf(spot.at))
    if (region === undefined) return {}
    const lines = linesOf(region)
    return { region, ...(lines.length > 0 && { lines }) }
  }
  const seen = new Set<string>()
  const located: Located[] = []
  for (const diagnostic of oncePerPattern(diagnostics, origin)) {
    const { region: _, related, ...said } = diagnostic
    const spot = spotOf(diagnostic)
    const identity = JSON.stringify([said.code, said.message, spot.region ?? said.at])
    if (seen.has(identity)) continue
    seen.add(identity)
    const others = related?.map(({ at, region, ...rest }): LocatedRelated => {
      return { ...rest, ...(at && { at }), ...spotOf({ ...(at && { at }), ...(region && { region }) }) }
    })
    located.push({ ...said, ...spot, ...(others && { related: others }) })
  }
  return located.sort(byPosition)
}

/**
 * What is said of many things that one text stands for, such as the hosts of a range, is said of the first of them, with
 * how many more there are. Things are of one text where their places in the intent differ and those in the document do not.
 */
function oncePerPattern(
  diagnostics: readonly Diagnostic[],
  origin: Origin | undefined,
): Iterable<Diagnostic> {
  if (origin?.inDocument === undefined) return diagnostics
  const kept = new Map<
    string | Diagnostic,
    { readonly first: Diagnostic; readonly pattern: Step; more: number }
  >()
  // The second complaint of one kind about one place is not the first one again.
  const times = new Map<string, number>()
  for (const diagnostic of diagnostics) {
    const { code, severity, at } = diagnostic
    const there = at && origin.inDocument(at.path)
    const own = JSON.stringify([code, at])
    const time = times.get(own) ?? 0
    times.set(own, time + 1)
    const key = there
      ? JSON.stringify([code, severity, there, at.part, time, origin.regionOf(at)])
      : diagnostic
    const known = kept.get(key)
    const pattern = there?.find((step, index) => step !== at?.path[index]) ?? 0
    if (known === undefined) kept.set(key, { first: diagnostic, pattern, more: 0 })
    else known.more += 1
  }
  return [...kept.values()].map(({ first, pattern, more }) => {
    const alike = typeof pattern === 'string' ? `of ${pattern}` : 'alike'
    return more === 0 ? first : { ...first, message: `${first.message} (and ${more} more ${alike})` }
  })
}

/** The order in which findings are said. */
export function byPosition(a: Located, b: Located): number {
  const [left, right] = [a.region, b.region]
  if (left === undefined || right === undefined) {
    if (left !== right) return left === undefined ? -1 : 1
  } else {
    const order = compare(left.file, right.file) || left.line - right.line || left.column - right.column
    if (order !== 0) return order
  }
  return bySeverity(a.severity, b.severity) || compare(a.code, b.code)
}

/** By code units: the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Says that everything below `model` in the intent stands below `document` in the text of `origin`. */
export interface Mount {
  readonly model: Path
  readonly origin: Origin
  readonly document: Path
}

interface Branch {
  mount?: Mount
  inner?: Map<string, Branch>
}

/**
 * One Origin for an intent that comes from several documents. Of the mounts that hold a place the longest wins, and of
 * two of the same length the first. A lookup takes as many steps as the place's path, however many mounts there are.
 */
export function mergeOrigins(mounts: Iterable<Mount>): Origin {
  const root: Branch = {}
  const origins = new Set<Origin>()
  for (const mount of mounts) {
    origins.add(mount.origin)
    let branch = root
    for (const step of mount.model) {
      branch.inner ??= new Map()
      const known = branch.inner.get(String(step))
      const next = known ?? {}
      if (known === undefined) branch.inner.set(String(step), next)
      branch = next
    }
    branch.mount ??= mount
  }
  const owners = new Map<string, Origin>()
  return {
    regionOf({ path, part }) {
      const mount = mountOf(root, path)
      if (mount === undefined) return undefined
      const inDocument = [...mount.document, ...path.slice(mount.model.length)]
      const region = mount.origin.regionOf({ path: inDocument, part })
      if (region !== undefined) owners.set(region.file, mount.origin)
      return region
    },
    inDocument(path) {
      const mount = mountOf(root, path)
      if (mount === undefined) return undefined
      const inDocument = [...mount.document, ...path.slice(mount.model.length)]
      return mount.origin.inDocument === undefined ? inDocument : mount.origin.inDocument(inDocument)
    },
    lines(region) {
      const lines = owners.get(region.file)?.lines(region) ?? []
      if (lines.length > 0) return lines
      // A region that was not found here: some reader's own. Rare, so the documents are simply asked in turn.
      for (const origin of origins) {
        const found = origin.lines(region)
        if (found.length === 0) continue
        owners.set(region.file, origin)
        return found
      }
      return []
    },
  }
}

/** An Origin in which some places stand elsewhere. */
export const mountedOn = (origin: Origin, mounts: readonly Mount[]): Origin =>
  mounts.length === 0 ? origin : mergeOrigins([...mounts, { model: [], origin, document: [] }])

function mountOf(root: Branch, path: Path): Mount | undefined {
  let branch: Branch | undefined = root
  let mount = root.mount
  for (const step of path) {
    branch = branch.inner?.get(String(step))
    if (branch === undefined) return mount
    mount = branch.mount ?? mount
  }
  return mount
}
