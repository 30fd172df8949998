// Hosts and switches that are counted: `web[01-40]` stands for forty hosts, and `{n}` in what is said of them for the
// number of each. A document with such names is written out before anything else looks at it; its Origin leads back to the
// pattern.

import { type Diagnostic, keyAt, type Path, type Place, valueAt } from '../diagnostics/diagnostic.ts'
import { type Mount, mergeOrigins, type Origin } from '../diagnostics/origin.ts'
import { nodeName } from '../options/kind.ts'
import { type Names, valueOfFormula } from './formula.ts'
import { limits } from './limits.ts'

type Fields = Readonly<Record<string, unknown>>

/** One of the things that a range stands for. */
export interface Counted {
  readonly name: string
  /** What its formulas may name. */
  readonly names: Names
}

/** Whether a name is meant as a range. */
export const isRange = (name: string): boolean => name.includes('[') || name.includes(']')

/**
 * The names that a range stands for, in order: `web[01-03]`, `r[1-2]n[1,3,7-9]`; the last bracket counts fastest. A text
 * instead: what is wrong with it. `most`: how many names there may be.
 */
export function counted(range: string, most: number = limits.counted): readonly Counted[] | string {
  const parts = range.split(/\[([^[\]]*)\]/)
  if (parts.some((part, at) => at % 2 === 0 && isRange(part))) return 'a bracket is not closed, or not opened'
  const brackets: (readonly string[])[] = []
  let total = 1
  for (const bracket of parts.filter((_, at) => at % 2 === 1)) {
    const numbers = numbersIn(bracket, most)
    if (typeof numbers === 'string') return numbers
    total *= numbers.length
    if (total > most) return `it stands for more than ${most} things`
    brackets.push(numbers)
  }
  return Array.from({ length: total }, (_, index) => countedAt(parts, brackets, index))
}

/** The numbers of one bracket, each with the zeros before it; a text: what is wrong. */
function numbersIn(bracket: string, most: number): readonly string[] | string {
  const numbers: string[] = []
  for (const item of bracket.split(',')) {
    const [, first, last = first] = /^\s*(\d{1,9})(?:\s*-\s*(\d{1,9}))?\s*$/.exec(item) ?? []
    if (first === undefined || last === undefined)
      return `[${bracket}] is no list of numbers such as [01-40] or [1,3,5-8]`
    const from = Number(first)
    const count = Number(last) - from + 1
    if (count < 1) return `[${bracket}] counts down, from ${first} to ${last}`
    if (numbers.length + count > most) return `it stands for more than ${most} things`
    for (let step = 0; step < count; step++) numbers.push(String(from + step).padStart(first.length, '0'))
  }
  return numbers
}

function countedAt(
  parts: readonly string[],
  brackets: readonly (readonly string[])[],
  index: number,
): Counted {
  const chosen: string[] = []
  let rest = index
  for (const numbers of [...brackets].reverse()) {
    chosen.unshift(numbers[rest % numbers.length] ?? '')
    rest = Math.floor(rest / numbers.length)
  }
  const name = parts.map((part, at) => (at % 2 === 0 ? part : (chosen[(at - 1) / 2] ?? ''))).join('')
  const numbered =
    chosen.length === 1
      ? { n: Number(chosen[0]) }
      : Object.fromEntries(chosen.map((number, at) => [`n${at + 1}`, Number(number)]))
  return { name, names: { ...numbered, i: index, host: name } }
}

/** A document with its counted things written out; the same object where it has none. */
export interface WrittenOut {
  readonly value: unknown
  readonly origin: Origin
  readonly diagnostics: readonly Diagnostic[]
}

/** The collections whose names may be ranges, with what one of them is called. */
const collections = { hosts: 'host', switches: 'switch' } as const

/**
 * Writes out the counted hosts and switches of a document, and hopes from or to a range, which are hopes of each. What
 * is wrong with a range or a formula is said at its place.
 */
export function writeOut(document: unknown, origin: Origin): WrittenOut {
  const fields = fieldsOf(document)
  const writer = new Writer()
  const value: Record<string, unknown> = { ...fields }
  for (const [collection, thing] of Object.entries(collections)) {
    const things = fieldsOf(fields[collection])
    if (Object.keys(things).some(isRange)) value[collection] = writer.things(collection, thing, things)
  }
  const { traffic } = fields
  if (Array.isArray(traffic) && traffic.some(hope => endsOf(hope).some(isRange)))
    value.traffic = writer.hopes(traffic)
  const { moved, diagnostics } = writer
  if (moved.length === 0 && diagnostics.length === 0) return { value: document, origin, diagnostics }
  const mounts: Mount[] = [{ model: [], origin, document: [] }]
  for (const [model, there] of moved) mounts.push({ model, origin, document: there })
  return {
    value,
    origin: mergeOrigins(mounts),
    diagnostics: diagnostics.map(diagnostic => {
      const region = diagnostic.at && origin.regionOf(diagnostic.at)
      return region === undefined ? diagnostic : { ...diagnostic, region }
    }),
  }
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

/** The ends of a hope that are texts. */
const endsOf = (hope: unknown): readonly string[] =>
  [fieldsOf(hope).from, fieldsOf(hope).to].filter(end => typeof end === 'string')

class Writer {
  readonly diagnostics: Diagnostic[] = []
  /** Where what is written out stands in the document: [there, here]. */
  readonly moved: (readonly [Path, Path])[] = []
  readonly #wrong = new Set<string>()
  #left = limits.counted

  things(collection: string, thing: string, said: Fields): Fields {
    const written: Record<string, unknown> = {}
    const from = new Map<string, string>()
    for (const [key, inner] of Object.entries(said)) {
      const at = [collection, key]
      const all = isRange(key) ? this.#counted(key, thing, at) : [{ name: key, names: {} }]
      for (const one of all) {
        const earlier = from.get(one.name)
        if (earlier !== undefined) {
          this.#definedTwice(`the ${thing} ${one.name}`, collection, earlier, key)
          continue
        }
        from.set(one.name, key)
        const path = [collection, one.name]
        if (isRange(key)) this.moved.push([path, at])
        written[one.name] = isRange(key) ? this.#filled(inner, one, path, at) : inner
      }
    }
    return written
  }

  hopes(said: readonly unknown[]): readonly unknown[] {
    const written: unknown[] = []
    for (const [index, hope] of said.entries()) {
      const at = ['traffic', index]
      const ends = (end: 'from' | 'to'): readonly unknown[] => {
        const name = fieldsOf(hope)[end]
        if (typeof name !== 'string' || !isRange(name)) return [name]
        return this.#counted(name, undefined, [...at, end]).map(one => one.name)
      }
      const single = !endsOf(hope).some(isRange)
      const pairs = single ? [hope] : ends('from').flatMap(from => ends('to').map(to => ({ from, to })))
      for (const pair of pairs) {
        const { from, to } = fieldsOf(pair)
        if (!single && from === to) continue
        this.moved.push([['traffic', written.length], at])
        written.push(single ? hope : { ...fieldsOf(hope), from, to })
      }
    }
    return written
  }

  #counted(range: string, thing: string | undefined, at: Path): readonly Counted[] {
    const all = counted(range, this.#left)
    if (typeof all === 'string') {
      this.#complain('range-malformed', at, `${range} is no range: ${all}`, 'write it like web[01-40]')
      return []
    }
    this.#left -= all.length
    const wrong = thing && all.find(({ name }) => nodeName.read(name) === undefined)
    if (!wrong) return all
    this.#complain('range-malformed', at, `${wrong.name}, of ${range}, cannot be the name of a ${thing}`)
    return []
  }

  #definedTwice(what: string, collection: string, earlier: string, key: string): void {
    this.diagnostics.push({
      code: 'defined-twice',
      severity: 'error',
      message: `${what} is defined twice, by ${earlier} and by ${key}; only the first is used`,
      at: keyAt(collection, key),
      help: 'let the ranges not overlap',
      related: [{ message: 'first defined here', at: keyAt(collection, earlier) }],
    })
  }

  #complain(code: string, at: Path, message: string, help?: string): void {
    this.diagnostics.push({
      code,
      severity: 'error',
      message,
      at: keyAt(...at),
      ...(help !== undefined && { help }),
    })
  }

  /** A value with its formulas worked out, through and through; undefined where one of a text cannot be. */
  #filled(value: unknown, one: Counted, path: Path, at: Path): unknown {
    if (typeof value === 'string') return this.#text(value, one, valueAt(...at))
    if (Array.isArray(value))
      return value
        .map((item, index) => this.#filled(item, one, [...path, index], [...at, index]))
        .filter(item => item !== undefined)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).flatMap(([key, inner]): readonly (readonly [string, unknown])[] => {
      const here = [...at, key]
      const name = this.#text(key, one, keyAt(...here))
      if (name === undefined) return []
      const there = [...path, String(name)]
      if (name !== key) this.moved.push([there, here])
      const filled = this.#filled(inner, one, there, here)
      return filled === undefined ? [] : [[String(name), filled]]
    })
    return Object.fromEntries(entries)
  }

  #text(text: string, one: Counted, at: Place): string | number | undefined {
    if (!text.includes('{')) return text
    const parts = text.split(/\{([^{}]*)\}/)
    const values = parts.map((part, index) => (index % 2 === 0 ? part : this.#value(part, one, at)))
    if (values.includes(undefined)) return undefined
    // A text that is one formula and nothing else has its value, a number or a text.
    return values.length === 3 && parts[0] === '' && parts[2] === '' ? values[1] : values.join('')
  }

  #value(formula: string, { name, names }: Counted, at: Place): string | number | undefined {
    const result = valueOfFormula(formula, names)
    if ('value' in result) return result.value
    // Once for each place: all things of a range share it.
    const identity = JSON.stringify([at, formula])
    if (this.#wrong.has(identity)) return undefined
    this.#wrong.add(identity)
    const message = `{${formula}} cannot be worked out for ${name}: ${result.wrong}`
    this.diagnostics.push({ code: 'formula-wrong', severity: 'error', message, at })
    return undefined
  }
}
