// Stances whose spelling is lines of a command language: `lines('lacp rate {}', { in: 'port' })`. A line is data, written
// out by filling its placeholders and read back by matching against it; nothing about it is code.
//
// Placeholders: {} the value; {number} of the LAG; {lag} its name; {port} one port; {link} the LAG, or one port where
// there is no LAG; {ports} and {links} those in one list; {vlan} one VLAN; {vlans} those in one list; {behind} what a
// port's cable leads to; {first} the lowest port; {tagged} the tagged VLANs in one list; {domain}, {peer}, {system}, {esi}
// of a pair; {vlanname} a VLAN by name, {range} one run of VLANs; {frame} an MTU with room for a VLAN tag.
// What names one of many is written once for each.

import type { Value } from '../options/kind.ts'
import type { HashWords, Platform } from '../platforms/index.ts'
import { carriedMtu, countedMtu } from '../platforms/mtu.ts'
import { type Cannot, inTurn, type Only, respelled, type Spelling } from './stance.ts'

/** What a LAG can be, for lines that are written only then. */
export type Situation =
  | 'lacp'
  | 'active'
  | 'passive'
  | 'static'
  | 'plain'
  /** It is a LAG: not plain. */
  | 'lag'
  /** It carries tagged VLANs. */
  | 'trunk'
  /** It has one VLAN only, untagged. */
  | 'access'
  /** A trunk on which untagged frames pass as well. */
  | 'untagged'
  /** A trunk on which only tagged frames pass. */
  | 'tagged-only'
  /** VLAN 1 does not pass, neither tagged nor untagged. */
  | 'without-1'
  /** Packets larger than a usual frame pass. */
  | 'jumbo'
  | 'edge'
  /** It stands on both switches of a pair. */
  | 'mlag'
  /** It is the link between them. */
  | 'peer-link'
  /** It is not: it leads to a host or to a switch outside the pair. */
  | 'outward'

export interface Line {
  readonly text: string
  /**
   * Where it stands: `global`, `lag`, `port` (every port), `member` (every port of a LAG), `link` (the LAG, or every port
   * where there is none), `vlan` (each VLAN that the option names). A part of that block follows a dot: `lag.late`.
   */
  readonly in: readonly string[]
  /** Written only when all of these hold. */
  readonly when: readonly Situation[]
  /** The first version that has it, and the first that no longer has. */
  readonly since: string | undefined
  readonly before: string | undefined
  /** Goes along with a line that says the value, so that no value is read from it; what situation it shows is. */
  readonly echo: boolean
}

export interface Lines {
  readonly stance: 'lines'
  /** For any value; or by value, `*` for all others, none for a value that is there with an empty list. */
  readonly any: readonly Line[] | undefined
  readonly by: Readonly<Record<string, readonly Line[]>> | undefined
  readonly as: Spelling | undefined
  /** Lines that are read as well, with the value that they mean where they have no {}. */
  readonly also: readonly { readonly line: Line; readonly value: Value | undefined }[]
  /** Values that it cannot say although it has words for others. */
  readonly except: Readonly<Record<string, string>>
  /** Values that it says only nearly, each with what is different. */
  readonly nearly: Readonly<Record<string, string>>
  /** The first version that has it, or that has single values. */
  readonly since: string | Readonly<Record<string, string>> | undefined
  /** What lines of the whole device do when LAGs differ: the largest holds, or it is an error. */
  readonly merge: 'largest' | 'same'
  /** What holds when the text is silent, in the neutral spelling; a reader then says so. */
  readonly silent: Value | undefined
}

/** It is said by where the lines of another option stand, or by a placeholder in them. */
export interface Within {
  readonly stance: 'within'
  readonly option: string
  /** What of it is not said, and left to whoever configures the switch. */
  readonly except: string | undefined
}

/** The stances of a switch target. */
export type SwitchStance = Lines | Within | Only | Cannot

interface LineOptions {
  readonly in?: string | readonly string[]
  readonly when?: Situation | readonly Situation[]
  readonly echo?: boolean
}
type LineSpec =
  | string
  | (LineOptions & { readonly line: string; readonly since?: string; readonly before?: string })
type Specs = LineSpec | readonly LineSpec[]

interface LinesOptions extends LineOptions {
  /** Respellings of single values. */
  readonly values?: Readonly<Record<string, Value>>
  readonly as?: Spelling
  readonly also?: Specs | Readonly<Record<string, Specs>>
  readonly except?: Readonly<Record<string, string>>
  readonly nearly?: Readonly<Record<string, string>>
  readonly since?: string | Readonly<Record<string, string>>
  readonly merge?: 'largest' | 'same'
  readonly silent?: Value | undefined
}

const listed = <T>(one: T | readonly T[]): readonly T[] => (Array.isArray(one) ? one : [one as T])

const isSpecs = (what: unknown): what is Specs =>
  typeof what === 'string' ||
  Array.isArray(what) ||
  (typeof what === 'object' && what !== null && 'line' in what)

function linesOf(specs: Specs, common: LineOptions): readonly Line[] {
  return listed<LineSpec>(specs as LineSpec | readonly LineSpec[]).map(spec => {
    const {
      line,
      in: part,
      when,
      since,
      before,
      echo = false,
    }: Exclude<LineSpec, string> = typeof spec === 'string' ? { line: spec } : spec
    return {
      text: line,
      in: listed(part ?? common.in ?? 'link'),
      when: [...listed(common.when ?? []), ...listed(when ?? [])],
      since,
      before,
      echo,
    }
  })
}

/** It says it by lines: the same for every value, or lines by value. Without `in` they stand at the link. */
export function lines(what: Specs | Readonly<Record<string, Specs>>, options: LinesOptions = {}): Lines {
  const { values, as, also = [], except = {}, nearly = {}, since, merge = 'same', silent } = options
  const byValue = (specs: Readonly<Record<string, Specs>>): Readonly<Record<string, readonly Line[]>> =>
    Object.fromEntries(Object.entries(specs).map(([value, one]) => [value, linesOf(one, options)]))
  const respelling = values === undefined ? undefined : respelled(values)
  return {
    stance: 'lines',
    any: isSpecs(what) ? linesOf(what, options) : undefined,
    by: isSpecs(what) ? undefined : byValue(what),
    as: as !== undefined && respelling !== undefined ? inTurn(as, respelling) : (as ?? respelling),
    also: isSpecs(also)
      ? linesOf(also, options).map(line => ({ line, value: undefined }))
      : Object.entries(byValue(also)).flatMap(([value, all]) => all.map(line => ({ line, value }))),
    except,
    nearly,
    since,
    merge,
    silent,
  }
}

/** It is said by where the lines of another option stand: ports by the blocks that say the mode. */
export const within = (option: string, except?: string): Within => ({ stance: 'within', option, except })

/** The lines for a value; undefined where the target has none for it. */
export const linesFor = ({ any, by }: Lines, value: Value): readonly Line[] | undefined =>
  any ?? by?.[String(value)] ?? by?.['*']

/** The device's hash: its words from the platform's facts, with a word on what is only near. */
export function hashWords(platform: Platform): Pick<LinesOptions, 'values' | 'nearly' | 'except'> & {
  readonly values: Readonly<Record<string, string>>
} {
  const policies = Object.entries(platform.hash.policies) as [string, HashWords][]
  const missing = ['layer2', 'layer2+3', 'layer3+4', 'encap2+3', 'encap3+4', 'vlan+srcmac'].filter(
    policy => !Object.hasOwn(platform.hash.policies, policy),
  )
  return {
    values: Object.fromEntries(policies.map(([policy, { words }]) => [policy, words])),
    nearly: Object.fromEntries(
      policies
        .filter(([, { exact }]) => !exact)
        .map(([policy, { words, sees }]) => [
          policy,
          `${words} is the nearest, which looks at ${sees.join(', ')}`,
        ]),
    ),
    except: Object.fromEntries(
      missing.map(policy => [
        policy,
        `it has no such hash; it can say ${policies.map(([id]) => id).join(', ') || 'none'}`,
      ]),
    ),
  }
}

/** An MTU as the platform counts it. What it cannot be told is refused. */
export const counted = (platform: Platform): Spelling => ({
  write: value => (typeof value === 'number' ? countedMtu(platform, value) : undefined),
  read(native) {
    const bytes = Number(native)
    return Number.isInteger(bytes) ? carriedMtu(platform, bytes) : undefined
  },
})

/** How a list of VLANs is written. */
export interface VlanList {
  readonly between: string
  /** What joins the ends of a range; absent where each VLAN is written. */
  readonly to?: string
  /** Whether the dialect has lists: numbers, and ranges as text. */
  readonly items?: boolean
}

export const commas: VlanList = { between: ',', to: '-' }
/** `10 20 to 30`, as Huawei and H3C write it. */
export const spacesTo: VlanList = { between: ' ', to: ' to ' }
export const spaces: VlanList = { between: ' ', to: '-' }

export interface Placeholder {
  readonly name: string
  /** Where it begins in the text of the line, and where it ends. */
  readonly start: number
  readonly end: number
}

const cache = new Map<string, readonly Placeholder[]>()

/** The placeholders of a line in order. */
export function placeholders(text: string): readonly Placeholder[] {
  let found = cache.get(text)
  if (found === undefined) {
    found = [...text.matchAll(/\{([a-z]*)\}/g)].map(match => ({
      name: match[1] ?? '',
      start: match.index,
      end: match.index + match[0].length,
    }))
    cache.set(text, found)
  }
  return found
}
