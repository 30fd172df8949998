// Words of a plan that its reports share.

import type { Value } from '../options/kind.ts'
import type { OptionChange, Order, Plan, Step, Stop } from '../plan/index.ts'
import { plural } from './text.ts'

/** A value in a sentence. */
export function value(said: Value | undefined): string {
  if (said === undefined) return 'nothing'
  if (Array.isArray(said)) return said.length === 0 ? 'none' : said.map(item => value(item)).join(', ')
  return typeof said === 'object' ? JSON.stringify(said) : String(said)
}

/** What becomes of an option: lists by what comes and goes. */
export function changed({ from, to }: Pick<OptionChange, 'from' | 'to'>): string {
  if (!Array.isArray(from) || !Array.isArray(to)) return `${value(from)} -> ${value(to)}`
  const texts = (list: readonly Value[]): readonly string[] => list.map(item => value(item))
  const [before, after] = [texts(from), texts(to)]
  const gone = before.filter(item => !after.includes(item))
  const come = after.filter(item => !before.includes(item))
  if (gone.length === 0 && come.length === 0) return `in another order: ${after.join(', ')}`
  return [...gone.map(item => `-${item}`), ...come.map(item => `+${item}`)].join(' ')
}

const grades: Readonly<Record<Stop['grade'], string>> = {
  whole: 'every cable carries',
  narrow: 'the link holds',
  lossy: 'the link holds, and frames are lost',
  cut: 'nothing carries',
}

/** What carries at a stop. */
export function carries({ grade, carrying, only }: Stop): string {
  if (grade === 'whole' || grade === 'cut') return grades[grade]
  const by = `${carrying.join(', ')} carr${carrying.length === 1 ? 'ies' : 'y'}`
  return only === undefined || grade === 'lossy' ? `${grades[grade]}: ${by}` : by
}

/** A step as something to do. */
export function step(one: Step): string {
  switch (one.kind) {
    case 'change':
      return `change ${one.node}`
    case 'narrow':
      return `shut the switch's ports at ${one.shut.join(', ')}, so that ${one.keep} alone is used`
    case 'widen':
      return `open the switch's ports at ${one.open.join(', ')}`
  }
}

/** How long a bond is away. */
export const away = (ms: number | undefined): string =>
  ms === undefined
    ? 'for good, as nothing forms'
    : ms === 0
      ? 'not at all'
      : `about ${(ms / 1000).toFixed(1)} s`

/** Whether the link holds all the way. */
export const holds = ({ worst }: Order): boolean => worst === 'whole' || worst === 'narrow'

/** One line for the whole plan. */
export function summary({ hosts, switches, same }: Plan): string {
  const count = (things: readonly { readonly kind: string }[], kind: string): number =>
    things.filter(one => one.kind === kind).length
  const of = (things: readonly { readonly kind: string }[], word: string, words: string): string => {
    const parts = ['added', 'changed', 'removed'].flatMap(kind => {
      const number = count(things, kind)
      return number === 0 ? [] : [`${number} ${kind}`]
    })
    return parts.length === 0 ? '' : `${things.length === 1 ? word : words}: ${parts.join(', ')}`
  }
  const parts = [of(hosts, 'host', 'hosts'), of(switches, 'switch', 'switches')].filter(part => part !== '')
  const stays = [
    ...(same.hosts === 0 ? [] : [plural(same.hosts, 'host')]),
    ...(same.switches === 0 ? [] : [plural(same.switches, 'switch', 'switches')]),
  ]
  const verb = same.hosts + same.switches === 1 ? 'stays as it is' : 'stay as they are'
  const unchanged = stays.length === 0 ? [] : [`${stays.join(' and ')} ${verb}`]
  return parts.length === 0
    ? ['Nothing changes', ...unchanged].join(': ')
    : [...parts, ...unchanged].join('; ')
}
