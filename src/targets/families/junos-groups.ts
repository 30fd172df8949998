// Configuration groups of Junos: what a group says holds below each place that applies it, unless something nearer says
// otherwise; `<ae*>` in a group stands for the names that the configuration has there ("Understanding Junos OS Configuration
// Groups", CLI User Guide). Written out as the lines that they stand for. A group that is not in the text, or that stands for
// more than any switch has, leaves its `apply-groups` line, which is reported.

import { mostInherited, type Scanned, type ScannedLine } from '../switch-scan.ts'

const groupLine = /^set groups (\S+) (.+)$/
const applies = /^set (?:(.+) )?apply-groups (.+)$/
const excepts = /^set (?:(.+) )?apply-groups-except (.+)$/

const wordsOf = (text: string | undefined): readonly string[] => text?.match(/"[^"]*"|\S+/g) ?? []
const namesIn = (text: string): readonly string[] => wordsOf(text.replace(/[[\]]/g, ' '))

/** One character of a pattern, or any number of them. */
type Piece = 'any' | ((char: string) => boolean)

/** `<ae*>`, `<*-0/0/[1-2]>`: what is between the angle brackets, piece by piece; an open bracket that is not closed is one. */
function piecesOf(pattern: string): readonly Piece[] {
  return [...pattern.matchAll(/\[([^\]]+)\]|[\s\S]/g)].map(([text, set]): Piece => {
    if (set !== undefined) return inSet(set)
    if (text === '*') return 'any'
    return text === '?' ? () => true : char => char === text
  })
}

function inSet(set: string): (char: string) => boolean {
  const ranges = [...set.replace(/^!/, '').matchAll(/([\s\S])(?:-([\s\S]))?/g)]
  const isIn = (char: string): boolean =>
    ranges.some(([, low = '', high = low]) => low <= char && char <= high)
  return set.startsWith('!') ? char => !isIn(char) : isIn
}

/** Steps back to the last `*` alone, so the time is at most the product of both lengths. */
function fits(pieces: readonly Piece[], name: string): boolean {
  let [piece, at, star, from] = [0, 0, -1, 0]
  while (at < name.length) {
    const one = pieces[piece]
    if (one === 'any') {
      star = piece++
      from = at
    } else if (one?.(name.charAt(at))) {
      piece++
      at++
    } else if (star >= 0) {
      piece = star + 1
      at = ++from
    } else return false
  }
  return pieces.slice(piece).every(one => one === 'any')
}

const wild = /^"?<([^>]*)>"?$/
const isWild = (word: string): boolean => wild.test(word)
const begins = (words: readonly string[], path: readonly string[]): boolean =>
  path.every((word, at) => words[at] === word)

/** How many names may be held against wild words, of all the lines of groups together. */
const mostLooks = 5_000_000

/** What wild words stand for: the names that the configuration has at their place. */
class Names {
  readonly #present: readonly (readonly string[])[]
  readonly #heads = new Map<number, readonly (readonly string[])[]>()
  readonly #pieces = new Map<string, readonly Piece[]>()
  #looks = mostLooks

  constructor(present: readonly (readonly string[])[]) {
    this.#present = present
  }

  /** The statements below a path that one of a group stands for; undefined where there are too many to look. */
  concrete(words: readonly string[], path: readonly string[]): readonly (readonly string[])[] | undefined {
    const last = words.findLastIndex(isWild)
    if (last < 0) return begins(words, path) ? [words] : []
    const heads = path.length > last ? [path.slice(0, last + 1)] : this.#headsOf(last + 1)
    this.#looks -= heads.length
    if (this.#looks < 0) return undefined
    return heads
      .filter(head => head.every((name, at) => this.#standsFor(words[at] ?? '', name)))
      .map(head => [...head, ...words.slice(last + 1)])
      .filter(made => begins(made, path))
  }

  #standsFor(word: string, name: string): boolean {
    const pattern = wild.exec(word)?.[1]
    if (pattern === undefined) return word === name
    const pieces = this.#pieces.get(word) ?? piecesOf(pattern)
    this.#pieces.set(word, pieces)
    return fits(pieces, name)
  }

  /** The first words of all statements, each once. */
  #headsOf(length: number): readonly (readonly string[])[] {
    const known = this.#heads.get(length)
    if (known !== undefined) return known
    const long = this.#present.filter(words => words.length >= length)
    const heads = new Map(long.map(words => [words.slice(0, length).join(' '), words.slice(0, length)]))
    const found = [...heads.values()]
    this.#heads.set(length, found)
    return found
  }
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
    if (name === undefined) continue
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [line])
    else group.push(line)
  }
  const own = lines.filter(({ text }) => !groupLine.test(text))
  const names = new Names(own.map(({ text }) => wordsOf(text).slice(1)))
  const exceptions = appliedBy(own, excepts)
  // Of several groups of one list the first holds.
  const applied = [...appliedBy(own, applies)].reverse().sort((a, b) => a.path.length - b.path.length)
  const made: { readonly name: string; readonly line: ScannedLine }[] = []
  const tooMuch = new Set<string>()
  for (const { path, name } of applied) {
    const excepted = exceptions.filter(one => one.name === name)
    for (const line of groups.get(name) ?? []) {
      const all = tooMuch.has(name)
        ? undefined
        : names.concrete(wordsOf(groupLine.exec(line.text)?.[2]), path)
      if (all === undefined || made.length + all.length > mostInherited) tooMuch.add(name)
      else
        for (const words of all)
          if (!excepted.some(one => begins(words, one.path)))
            made.push({ name, line: { ...line, text: `set ${words.join(' ')}` } })
    }
  }
  const inherited = made.flatMap(({ name, line }) => (tooMuch.has(name) ? [] : [line]))
  const isOpen = (name: string): boolean => !groups.has(name) || tooMuch.has(name)
  const kept = own.filter(({ text }) => {
    const said = (applies.exec(text) ?? excepts.exec(text))?.[2]
    return said === undefined || namesIn(said).some(isOpen)
  })
  return [...inherited, ...kept]
}
