// Which hosts and switches of an intent a command is about: by name or range, by group, by shard.

import { nearest } from '../diagnostics/nearest.ts'
import type { Host, Intent } from '../intent/intent.ts'
import { counted, isRange } from '../intent/ranges.ts'
import { Usage } from './io.ts'

export interface Choice {
  readonly host?: readonly string[]
  readonly group?: readonly string[]
  readonly switch?: readonly string[]
  /** `2/5`: the second of five parts. */
  readonly shard?: string
}

/** The hosts of an intent that are meant; all where neither names nor groups are said. Throws Usage. */
export function chooseHosts({ hosts }: Intent, { host, group, shard }: Choice): readonly Host[] {
  const named = host && chooseNamed('host', hosts, host)
  const grouped = group && inGroups(hosts, group)
  return shardOf(
    named === undefined ? (grouped ?? hosts) : [...new Set([...named, ...(grouped ?? [])])],
    shard,
  )
}

/** Things by their names, in the order in which they are asked for; a name may be a range. Throws Usage. */
export function chooseNamed<T extends { readonly name: string }>(
  what: string,
  things: readonly T[],
  names: readonly string[],
): readonly T[] {
  const byName = new Map(things.map(thing => [thing.name, thing]))
  return names
    .flatMap(name => namesIn(name))
    .map(name => {
      const thing = byName.get(name)
      if (thing !== undefined) return thing
      const meant = nearest(name, [...byName.keys()])
      throw new Usage(`the intent has no ${what} ${name}${meant ? `; did you mean ${meant}?` : ''}`)
    })
}

function namesIn(name: string): readonly string[] {
  if (!isRange(name)) return [name]
  const all = counted(name)
  if (typeof all === 'string') throw new Usage(`${name} is no range: ${all}`)
  return all.map(one => one.name)
}

function inGroups(hosts: readonly Host[], groups: readonly string[]): readonly Host[] {
  const known = new Set(hosts.flatMap(({ options }) => options.groups ?? []))
  for (const group of groups) {
    if (known.has(group)) continue
    const meant = nearest(group, [...known])
    throw new Usage(`no host is in a group ${group}${meant ? `; did you mean ${meant}?` : ''}`)
  }
  return hosts.filter(({ options }) => options.groups?.some(group => groups.includes(group)))
}

/** Every so many-th thing; the parts of all shards together are all things, each once. Throws Usage. */
export function shardOf<T>(things: readonly T[], shard: string | undefined): readonly T[] {
  if (shard === undefined) return things
  const [, part, parts] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(shard) ?? []
  const [one, all] = [Number(part), Number(parts)]
  if (part === undefined || one > all)
    throw new Usage(`--shard is a part and how many there are, such as 3/10, not ${shard}`)
  return things.filter((_, at) => at % all === one - 1)
}
