// Configuration groups of Junos: what a group says holds below each place that applies it, unless something nearer says
// otherwise; `<ae*>` in a group stands for the names that the configuration has there ("Understanding Junos OS Configuration
// Groups", CLI User Guide). Written out as the lines that they stand for. A group that is not in the text leaves its
// `apply-groups` line, which is reported.

import type { Scanned, ScannedLine } from '../switch-scan.ts'

const groupLine = /^set groups (\S+) (.+)$/
const applies = /^set (?:(.+) )?apply-groups (.+)$/
const excepts = /^set (?:(.+) )?apply-groups-except (.+)$/

const wordsOf = (text: string | undefined): readonly string[] => text?.match(/"[^"]*"|\S+/g) ?? []
const namesIn = (text: string): readonly string[] => wordsOf(text.replace(/[[\]]/g, ' '))

/** Whether a word of a group stands for a word of the configuration: `<ae*>`, `<*-0/0/[12]>`. */
function standsFor(word: string, name: string): boolean {
  const [, pattern] = /^"?<([^>]*)>"?$/.exec(word) ?? []
  if (pattern === undefined) return word === name
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(name)
}

const isWild = (word: string): boolean => /^"?</.test(word)
const begins = (words: readonly string[], path: readonly string[]): boolean =>
  path.every((word, at) => words[at] === word)

/** The statements that one of a group stands for: wild words are the names that the configuration has at their place. */
function concrete(
  words: readonly string[],
  present: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const last = words.findLastIndex(isWild)
  if (last < 0) return [words]
  const heads = present
    .filter(
      own =>
        own.length > last && words.slice(0, last + 1).every((word, at) => standsFor(word, own[at] ?? '')),
    )
    .map(own => own.slice(0, last + 1))
  const each = new Map(heads.map(head => [head.join(' '), head]))
  return [...each.values()].map(head => [...head, ...words.slice(last + 1)])
}

interface Applied {
  readonly path: readonly string[]
  readonly name: string
}

const appliedBy = (lines: Scanned, pattern: RegExp): readonly Applied[] =>
  lines.flatMap(({ text }) => {
    const [, path, names] = pattern.exec(text) ?? []
    return names === undefined ? [] : namesIn(names).map(name => ({ path: wordsOf(path), name }))
  })

/** The lines with groups written out, before what the configuration says itself; the nearest stands last. */
export function withoutGroups(lines: Scanned): Scanned {
  const groups = new Map<string, ScannedLine[]>()
  for (const line of lines) {
    const name = groupLine.exec(line.text)?.[1]
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), line])
  }
  const own = lines.filter(({ text }) => !groupLine.test(text))
  const present = own.map(({ text }) => wordsOf(text).slice(1))
  const exceptions = appliedBy(own, excepts)
  // Of several groups of one list the first holds.
  const applied = [...appliedBy(own, applies)].reverse().sort((a, b) => a.path.length - b.path.length)
  const inherited = applied.flatMap(({ path, name }) =>
    (groups.get(name) ?? []).flatMap(line =>
      concrete(wordsOf(groupLine.exec(line.text)?.[2]), present)
        .filter(words => begins(words, path))
        .filter(words => !exceptions.some(one => one.name === name && begins(words, one.path)))
        .map(words => ({ ...line, text: `set ${words.join(' ')}` })),
    ),
  )
  const kept = own.filter(({ text }) => {
    const names = (applies.exec(text) ?? excepts.exec(text))?.[2]
    return names === undefined || namesIn(names).some(name => !groups.has(name))
  })
  return [...inherited, ...kept]
}
