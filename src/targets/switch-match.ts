// Lines backwards: matches what stands in a running configuration against the lines that a target writes, and says which
// option, which value and which LAG, port or VLAN it speaks of.

import { once } from '../intent/once.ts'
import type { Value } from '../options/kind.ts'
import type { Platform } from '../platforms/platform.ts'
import type { Lines, Situation } from './lines.ts'
import { placeholders } from './lines.ts'
import type { BlockName, SwitchTarget } from './switch-target.ts'

/** What a line was found to say. */
export interface Match {
  readonly subject: 'switch' | 'lag'
  readonly option: string
  readonly stance: Lines
  /** The value of a line that is there for one value only. */
  readonly value: Value | undefined
  readonly when: readonly Situation[]
  /** It goes along with another line, and says no value of its own. */
  readonly echo: boolean
  /** Where such a line is written. */
  readonly in: readonly string[]
  /** What stood at the placeholders; several of one name are the last. */
  readonly bound: Readonly<Record<string, string>>
}

interface Reader {
  readonly match: Omit<Match, 'bound'>
  readonly pattern: RegExp
  readonly names: readonly string[]
}

/** Parts that are read in a block: `link` lines stand in a port's block where there is no LAG. */
const partsIn: Readonly<Record<BlockName, readonly string[]>> = {
  global: ['global'],
  lag: ['lag', 'link'],
  port: ['port', 'member', 'link'],
  vlan: ['vlan'],
}

const readers = new WeakMap<SwitchTarget, Readonly<Record<BlockName, readonly Reader[]>>>()

/** Everything that a line of a block may mean, in the order of the target's table. */
export function matches(target: SwitchTarget, block: BlockName, text: string): readonly Match[] {
  let known = readers.get(target)
  if (known === undefined) {
    const built = {
      global: readersOf(target, 'global'),
      lag: readersOf(target, 'lag'),
      port: readersOf(target, 'port'),
      vlan: readersOf(target, 'vlan'),
    }
    known = built
    readers.set(target, built)
  }
  return known[block].flatMap(({ match, pattern, names }) => {
    const found = pattern.exec(text)
    if (found === null) return []
    const bound = Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']))
    return bound.lag === undefined || isLag(bound.lag, target) ? [{ ...match, bound }] : []
  })
}

/** Whether a name is one that the platform gives its LAGs, or that this text gives one. */
const isLag = (name: string, { platform, called }: SwitchTarget): boolean =>
  called.size === 0 || called.has(name) || ownLag(platform).test(name)

function readersOf(target: SwitchTarget, block: BlockName): readonly Reader[] {
  const all: Reader[] = []
  for (const subject of ['switch', 'lag'] as const) {
    for (const [option, stance] of Object.entries(target.spellings[subject])) {
      if (stance.stance !== 'lines') continue
      const written = [
        ...(stance.any ?? []).map(line => ({ line, value: undefined })),
        ...Object.entries(stance.by ?? {}).flatMap(([value, lines]) =>
          lines.map(line => ({ line, value: value === '*' ? undefined : value })),
        ),
        ...stance.also,
      ]
      for (const { line, value } of written) {
        const here = line.in.some(part => partsIn[block].includes(part.split('.')[0] ?? ''))
        // Where there are no blocks, a whole command names its LAG or port itself.
        const named = target.flat && block === 'global' && /\{(?:lag|link)\}/.test(line.text)
        if (!here && !named) continue
        const { pattern, names } = compiled(line.text, target)
        all.push({
          match: { subject, option, stance, value, when: line.when, echo: line.echo, in: line.in },
          pattern,
          names,
        })
      }
    }
  }
  return all
}

/** A line as a pattern: white space is any, quotes need not be there, case does not matter. */
export function compiled(
  text: string,
  target: SwitchTarget,
  end = '$',
): { readonly pattern: RegExp; readonly names: readonly string[] } {
  const names: string[] = []
  let source = ''
  let at = 0
  const found = placeholders(text)
  for (const { name, start, end: after } of found) {
    source += literal(text.slice(at, start)) + captured(name, target)
    names.push(name)
    at = after
  }
  source += literal(text.slice(at))
  return { pattern: new RegExp(`^${source}${end}`, 'i'), names }
}

const literal = (text: string): string =>
  text
    .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replaceAll('"', '"?')
    .replaceAll("'", "'?")
    .replace(/\s+/g, '\\s+')

function captured(name: string, { platform, called }: SwitchTarget): string {
  switch (name) {
    case 'number':
    case 'vlan':
      return '\\s*(\\d+)'
    case 'lag':
      return called.size === 0
        ? `(${lagPattern(platform.lag.name)})`
        : `(${anyLag(platform.lag.name, called)})`
    case 'port':
    case 'vlanname':
    case 'system':
    case 'esi':
      return platform.ports.between === ' ' && name === 'port' ? '(\\S+(?: \\S+)?)' : '([^\\s"]+)'
    default:
      return '(.+?)'
  }
}

/** Names of the platform's own, those with spaces, and any other word, which `matches` looks up: there may be thousands. */
const anyLag = (name: string, called: SwitchTarget['called']): string =>
  [lagPattern(name), ...[...called.keys()].filter(own => /\s/.test(own)).map(literal), '[^\\s"]+'].join('|')

/** A name that the platform gives its LAGs. */
export const ownLag = once(({ lag }: Platform) => new RegExp(`^${lagPattern(lag.name)}$`, 'i'))

/** The name of any LAG of the platform. */
export const lagPattern = (name: string): string =>
  literal(name).replace('\\{number\\}', '\\s*\\d+').replace('\\{port\\}', '\\S+')
