// Formulas in the patterns of counted hosts: `{n}`, `{n+100}`, `{(n-1)/24+1}`, `{192.0.2.10+n}`, `{n|02x}`. Whole numbers, the
// four operations with % and parentheses, one address plus or minus a number, and behind a bar how the number is written.
// What the names mean is for ranges.ts to say.

import { ipAddress } from '../options/kind.ts'
import { type Address, addressOf, addressText } from './ip.ts'

/** What names stand for: whole numbers, or texts that are placed as they are. */
export type Names = Readonly<Record<string, number | string>>

/** A value, or in words what is wrong with the formula. */
export type Result = { readonly value: number | string } | { readonly wrong: string }

type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'address'; readonly value: Address }
  | { readonly kind: 'name' | 'sign'; readonly value: string }

/** Characters in a formula; so its parentheses stay few. */
const longest = 200

/** What goes wrong inside a formula; caught where it is begun. */
class Wrong extends Error {}

// An address needs two colons, or three dots: so `n|02x` and 10 are none.
const lexeme =
  /\s*(?:((?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f.]*|\d+(?:\.\d+){3})|(\d{1,15})|([a-z][a-z0-9]*)|([-+*/%()]))/y

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  lexeme.lastIndex = 0
  while (lexeme.lastIndex < text.length) {
    const start = lexeme.lastIndex
    const [, address, digits, name, sign] = lexeme.exec(text) ?? []
    if (address !== undefined) {
      if (ipAddress.read(address) === undefined) throw new Wrong(`${address} is no IP address`)
      tokens.push({ kind: 'address', value: addressOf(address) })
    } else if (digits !== undefined) tokens.push({ kind: 'number', value: Number(digits) })
    else if (name !== undefined) tokens.push({ kind: 'name', value: name })
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign })
    else if (text.slice(start).trim() === '') break
    else throw new Wrong(`${JSON.stringify(text.slice(start).trim().slice(0, 12))} is not understood`)
  }
  return tokens
}

type Operand = number | string | Address

const whole = (value: Operand): number => {
  if (typeof value === 'number') return value
  throw new Wrong(`${typeof value === 'string' ? value : 'an address'} is no number to reckon with`)
}

const divided = (a: number, b: number, by: (a: number, b: number) => number): number => {
  if (b === 0) throw new Wrong('it divides by 0')
  return by(a, b)
}

const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => divided(a, b, (x, y) => Math.floor(x / y)),
  '%': (a, b) => divided(a, b, (x, y) => x - y * Math.floor(x / y)),
}

function reckon(sign: string, a: Operand, b: Operand): Operand {
  const moved = typeof a === 'object' ? a : sign === '+' && typeof b === 'object' ? b : undefined
  if (moved !== undefined && (sign === '+' || sign === '-')) {
    const by = BigInt(whole(moved === a ? b : a))
    return { ...moved, bits: sign === '+' ? moved.bits + by : moved.bits - by }
  }
  const value = operations[sign]?.(whole(a), whole(b))
  if (value === undefined || !Number.isSafeInteger(value)) throw new Wrong('the number is too large')
  return value
}

/** Reads tokens from left to right: sums of products of numbers, names and parentheses. */
class Reader {
  readonly #tokens: readonly Token[]
  readonly #names: Names
  #at = 0

  constructor(tokens: readonly Token[], names: Names) {
    this.#tokens = tokens
    this.#names = names
  }

  whole(): Operand {
    const value = this.#chain(['+', '-'], () => this.#chain(['*', '/', '%'], () => this.#operand()))
    if (this.#tokens[this.#at] !== undefined) throw new Wrong('something stands behind its end')
    return value
  }

  #chain(signs: readonly string[], next: () => Operand): Operand {
    let value = next()
    for (let sign = this.#sign(signs); sign !== undefined; sign = this.#sign(signs))
      value = reckon(sign, value, next())
    return value
  }

  /** The sign that stands here, when it is one of these; it is passed. */
  #sign(signs: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'sign' || !signs.includes(token.value)) return undefined
    this.#at += 1
    return token.value
  }

  #operand(): Operand {
    if (this.#sign(['(']) !== undefined) {
      const value = this.#chain(['+', '-'], () => this.#chain(['*', '/', '%'], () => this.#operand()))
      if (this.#sign([')']) === undefined) throw new Wrong('a parenthesis is not closed')
      return value
    }
    const token = this.#tokens[this.#at]
    this.#at += 1
    if (token === undefined) throw new Wrong('a number or a name is missing')
    if (token.kind === 'number' || token.kind === 'address') return token.value
    if (token.kind === 'sign') throw new Wrong(`a number or a name is missing before ${token.value}`)
    const value = Object.hasOwn(this.#names, token.value) ? this.#names[token.value] : undefined
    if (value === undefined)
      throw new Wrong(`there is no ${token.value}; known here: ${Object.keys(this.#names).join(', ')}`)
    return value
  }
}

const bases: Readonly<Record<string, number>> = { '': 10, x: 16 }

function written(value: Operand, format: string | undefined): number | string {
  if (typeof value === 'object') {
    const text = addressText(value)
    if (format !== undefined) throw new Wrong('an address has no other way to be written')
    if (text === undefined) throw new Wrong('the address lies beyond the last one')
    return text
  }
  if (format === undefined) return value
  const [, width, base] = /^\s*0?(\d{0,2})(x?)\s*$/.exec(format) ?? []
  if (width === undefined || base === undefined)
    throw new Wrong(`|${format} is no way to write a number; |02 or |02x are`)
  const number = whole(value)
  const digits = Math.abs(number).toString(bases[base]).padStart(Number(width), '0')
  return number < 0 ? `-${digits}` : digits
}

/** What a formula comes to, without its braces. A number stays a number unless it says how it is written. */
export function valueOfFormula(formula: string, names: Names): Result {
  if (formula.length > longest) return { wrong: `it is longer than ${longest} characters` }
  const [text = '', format] = formula.split('|')
  try {
    return { value: written(new Reader(tokensOf(text), names).whole(), format) }
  } catch (error) {
    if (error instanceof Wrong) return { wrong: error.message }
    throw error
  }
}
