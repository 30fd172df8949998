// POSIX shell text, as far as configuration is written in it: assignments (ifcfg files, rc.conf), commands of words
// (scripts of ip), and the lines of words that others write without being shells (route files, modprobe.d). What a
// variable or a command means is the targets' business; nothing is expanded and nothing is run.
//
// An assignment's statement has its value; a command's has its words inside it, each a statement `word`, and what it
// redirects to as one called `>`. Commands that are joined or nested stand one after the other, without what joins them;
// `do` and `done` stand as commands, so that a reader can tell what is in a loop (shell-loops.ts).

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Value } from '../options/kind.ts'
import {
  asEncoded,
  type Dialect,
  type Encoded,
  type Span,
  type Statement,
  type Statements,
} from './dialect.ts'

/** Words that every reader of such text takes as they stand. */
const plain = /^[A-Za-z0-9_./:+,@%=-]+$/
/** What stands in double quotes as it is: plain words with single blanks between them. */
const quotable = /^[A-Za-z0-9_./:+,@%=-]+(?: [A-Za-z0-9_./:+,@%=-]+)*$/

/**
 * Quotes only where there are blanks, and refuses what would need more than quotes: the readers of ifcfg files and of
 * rc.conf are several, and each undoes backslashes and dollar signs in its own way.
 */
function encode(value: Value): Encoded | undefined {
  if (typeof value === 'boolean') return asEncoded(value ? 'yes' : 'no')
  if (typeof value === 'number') return Number.isSafeInteger(value) ? asEncoded(String(value)) : undefined
  if (typeof value === 'string') {
    if (plain.test(value)) return asEncoded(value)
    return quotable.test(value) ? asEncoded(`"${value}"`) : undefined
  }
  return Array.isArray(value) ? encodeWords(value) : undefined
}

/** A list is one quoted text of words; none of them may hold a blank, and there must be one. */
function encodeWords(items: readonly Value[]): Encoded | undefined {
  const words = items.map(item => (typeof item === 'object' ? undefined : encode(item)))
  const fit = words.every(word => word !== undefined && !word.startsWith('"'))
  return fit && words.length > 0 ? encode(words.join(' ')) : undefined
}

/** The name of a variable that the program puts together itself. Throws where it would be none: a bug. */
export function variable(name: string): Encoded {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`not the name of a variable: ${name}`)
  return asEncoded(name)
}

/** A word as it was written, with quotes and backslashes undone. */
interface Word {
  readonly text: string
  readonly span: Span
  /** Where its text stands: without the quotes, where they are around the whole of it. */
  readonly inner: Span
  /** Nothing of it was quoted, so it may be a reserved word. */
  readonly bare: boolean
}

/** A word, what ends a command, or what a command is redirected to by the word after it. */
type Token =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'end' }
  | { readonly kind: 'redirection'; readonly into: boolean }

/** What stands before a command and is none (POSIX, Shell Command Language, 2.4). */
const reserved = new Set(['if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'esac', '!', '{', '}'])

/** Where a loop's inside begins and ends: a command of its own, which other commands may follow at once. */
const bounds = new Set(['do', 'done'])

/** Takes a text apart into tokens. `unclosed`: where a quote opens that is not closed. */
class Lexer {
  readonly unclosed: number[] = []
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  *tokens(): Generator<Token> {
    const text = this.#text
    while (this.#at < text.length) {
      const rest = text.slice(this.#at, this.#at + 2)
      const mark = rest.charAt(0)
      const [stream] = /^\d+[<>][>&|<]?/.exec(text.slice(this.#at, this.#at + 6)) ?? []
      if (/[ \t\r]/.test(mark) || rest === '\\\n') this.#at += mark === '\\' ? 2 : 1
      else if (mark === '#') this.#at = endOfLine(text, this.#at)
      else if (/[\n;&|()]/.test(mark)) {
        this.#at += 1
        yield { kind: 'end' }
      } else if (stream !== undefined) {
        // Another stream than what the command prints, or what it reads.
        this.#at += stream.length
        yield { kind: 'redirection', into: false }
      } else if (mark === '>' || mark === '<') {
        this.#at += /^(?:>>|>\||>&|<&|<>|<<)/.test(rest) ? 2 : 1
        yield { kind: 'redirection', into: mark === '>' }
      } else yield { kind: 'word', word: this.#word() }
    }
  }

  #word(): Word {
    const start = this.#at
    const parts: string[] = []
    let quoted = 0
    let pieces = 0
    let inner: Span | undefined
    while (this.#at < this.#text.length && !/[ \t\r\n;&|()<>]/.test(this.#text.charAt(this.#at))) {
      const from = this.#at
      const mark = this.#text.charAt(from)
      pieces += 1
      if (mark === "'" || mark === '"') {
        quoted += 1
        parts.push(mark === "'" ? this.#single() : this.#double())
        inner = { start: from + 1, end: Math.max(from + 1, this.#at - 1) }
      } else if (mark === '\\') {
        quoted += 1
        if (this.#text.charAt(from + 1) !== '\n') parts.push(this.#text.charAt(from + 1))
        this.#at = Math.min(from + 2, this.#text.length)
      } else if (mark === '$' && this.#text.charAt(from + 1) === '(') parts.push(this.#substitution())
      else {
        parts.push(mark)
        this.#at += 1
      }
    }
    const span = { start, end: this.#at }
    return {
      text: parts.join(''),
      span,
      inner: pieces === 1 && inner !== undefined ? inner : span,
      bare: quoted === 0,
    }
  }

  #single(): string {
    const from = this.#at + 1
    const end = this.#text.indexOf("'", from)
    if (end < 0) this.unclosed.push(this.#at)
    this.#at = end < 0 ? this.#text.length : end + 1
    return this.#text.slice(from, end < 0 ? undefined : end)
  }

  #double(): string {
    const opened = this.#at
    const parts: string[] = []
    this.#at += 1
    while (this.#at < this.#text.length) {
      const two = this.#text.slice(this.#at, this.#at + 2)
      if (two.startsWith('"')) {
        this.#at += 1
        return parts.join('')
      }
      if (two === '$(') parts.push(this.#substitution())
      else if (/^\\["\\$`\n]/.test(two)) {
        if (two !== '\\\n') parts.push(two.charAt(1))
        this.#at += 2
      } else {
        parts.push(two.charAt(0))
        this.#at += 1
      }
    }
    this.unclosed.push(opened)
    return parts.join('')
  }

  /** `$(...)` as it stands, to the bracket that closes it. */
  #substitution(): string {
    const from = this.#at
    let depth = 0
    do {
      const mark = this.#text.charAt(this.#at)
      if (mark === '(') depth += 1
      else if (mark === ')') depth -= 1
      this.#at += 1
    } while (this.#at < this.#text.length && (depth > 0 || this.#at === from + 1))
    return this.#text.slice(from, this.#at)
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=/

function statements(text: string, file: string): Statements {
  const lexer = new Lexer(text)
  const found: Statement[] = []
  let words: Statement[] = []
  let redirected: boolean | undefined
  const close = (): void => {
    const [first, ...inside] = words
    if (first !== undefined) found.push({ ...first, name: String(first.value), value: undefined, inside })
    words = []
  }
  for (const token of lexer.tokens()) {
    if (token.kind === 'end') close()
    else if (token.kind === 'redirection') redirected = token.into
    else {
      const { word } = token
      const into = redirected
      redirected = undefined
      if (into !== undefined) {
        if (into && words.length > 0) words.push(statementOf('>', word))
      } else if (words.length > 0) words.push(statementOf('word', word))
      else if (word.bare && reserved.has(word.text)) continue
      else if (word.bare && bounds.has(word.text)) {
        words.push(statementOf('word', word))
        close()
      } else if (assignment.test(text.slice(word.span.start, word.span.end))) found.push(assigned(word, text))
      else words.push(statementOf('word', word))
    }
  }
  close()
  return { statements: found, diagnostics: lexer.unclosed.map(at => unclosed(text, at, file)) }
}

const statementOf = (name: string, { text, span, inner }: Word): Statement => ({
  name,
  value: text,
  key: span,
  at: inner,
  inside: [],
})

/** `NAME=value`: the value stands behind the sign, without quotes that are around the whole of it. */
function assigned({ text, span }: Word, source: string): Statement {
  const sign = text.indexOf('=')
  const start = span.start + sign + 1
  const raw = source.slice(start, span.end)
  const value = text.slice(sign + 1)
  const quotes = /^(["']).*\1$/s.test(raw) && raw.length === value.length + 2 ? 1 : 0
  const at = { start: start + quotes, end: span.end - quotes }
  const key = { start: span.start, end: start - 1 }
  return { name: text.slice(0, sign), value, key, at: value === '' ? key : at, inside: [] }
}

function unclosed(text: string, at: number, file: string): Diagnostic {
  const before = text.slice(0, at).split('\n')
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1]
  return {
    code: 'shell-syntax',
    severity: 'error',
    message: 'a quote is opened here and never closed',
    region: { file, line, column, endLine: line, endColumn: column + 1 },
  }
}

export const shell: Dialect = { id: 'shell', encode, statements }
