// interfaces(5), as ifupdown, ifupdown2 and ifupdown-ng read it: stanzas of lines, the first word of each a keyword or an
// option. Lines are put together in eni-lines.ts; what the options mean is the targets' business.
//
// A stanza's statement has its head as statements inside it: `name`, `family`, `method`, `inherits` of an iface, each
// `name` of an auto or allow line; and `options`, which holds what follows.

import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts'
import type { Region } from '../diagnostics/region.ts'
import type { Value } from '../options/kind.ts'
import {
  asEncoded,
  commentIn,
  commentsBehind,
  type Dialect,
  type Encoded,
  type Span,
  type Statement,
  type Statements,
} from './dialect.ts'
import { type Line, lastAtMost, linesOf, restFrom, type Word, wordAt, wordsFrom } from './eni-lines.ts'

/**
 * What would be read as something else: control characters (a line break begins another option) and separators that
 * some readers take for one, blanks at the ends (cut off), a backslash at the end (it takes the next line in), and
 * nothing at all (ifupdown then refuses the whole file).
 */
const unwritable = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^\s|\s$|\\$|^$/

function encode(value: Value): Encoded | undefined {
  if (typeof value === 'boolean') return asEncoded(String(value))
  if (typeof value === 'number') return Number.isSafeInteger(value) ? asEncoded(String(value)) : undefined
  if (typeof value === 'string')
    return unwritable.test(value) || !value.isWellFormed() ? undefined : asEncoded(value)
  return Array.isArray(value) ? encodeWords(value) : undefined
}

/** A list is words in a row: none of them may hold a blank, and there must be one. */
function encodeWords(items: readonly Value[]): Encoded | undefined {
  const words: Encoded[] = []
  for (const item of items) {
    const word = typeof item === 'object' ? undefined : encode(item)
    if (word === undefined || /\s/.test(word)) return undefined
    words.push(word)
  }
  return words.length === 0 ? undefined : asEncoded(words.join(' '))
}

/** Text that the program makes itself of words that are safe. Throws where the dialect refuses it: a bug. */
export function certain(text: string): Encoded {
  const encoded = encode(text)
  if (encoded === undefined) throw new Error(`not one line of interfaces(5): ${JSON.stringify(text)}`)
  return encoded
}

/** How a keyword at the beginning of a line is read. */
type Reading = 'iface' | 'template' | 'mapping' | 'names' | 'rest'

const keywords: Readonly<Record<string, Reading>> = {
  iface: 'iface',
  template: 'template',
  mapping: 'mapping',
  auto: 'names',
  'no-auto-down': 'names',
  'no-scripts': 'names',
  rename: 'names',
  source: 'rest',
}

function readingOf(keyword: string): Reading | undefined {
  if (Object.hasOwn(keywords, keyword)) return keywords[keyword]
  if (/^allow-./.test(keyword)) return 'names'
  // ifupdown compares no more than these letters.
  return keyword.startsWith('source-dir') ? 'rest' : undefined
}

function statements(text: string, file: string): Statements {
  const reader = new Reader(regions(text, file))
  const spans: Span[] = []
  for (const line of linesOf(text, spans)) reader.read(line)
  const comments = spans.flatMap(span => commentIn(text, span, /^#+/) ?? [])
  return { statements: reader.statements, comments, diagnostics: reader.diagnostics }
}

const unread = 'and ifup reads nothing of such a file'

/** Takes lines in their order and knows the stanza that is open. */
class Reader {
  readonly statements: Statement[] = []
  readonly diagnostics: Diagnostic[] = []
  readonly #regionOf: (span: Span) => Region
  /** The open stanza: what it is, its name where it is an iface, and its options so far. */
  #open:
    | { readonly is: Reading; readonly name: Statement | undefined; readonly options: Statement[] }
    | undefined

  constructor(regionOf: (span: Span) => Region) {
    this.#regionOf = regionOf
  }

  read(line: Line): void {
    const first = wordAt(line, 0)
    if (first === undefined) return
    const { word: keyword, next } = first
    if (line.text.includes('\0')) this.#complain('a NUL byte ends the line for ifup', keyword.span)
    const rest = restFrom(line, next)
    const reading = readingOf(keyword.text)
    if (reading === undefined) this.#option(keyword, rest)
    else if (reading === 'names') this.#names(keyword, rest, wordsFrom(line, next).map(named('name')))
    else if (reading === 'rest') this.#include(keyword, rest)
    else this.#stanza(keyword, rest, headOf(line, next, reading), reading)
  }

  #option(keyword: Word, rest: Word | undefined): void {
    if (this.#open === undefined)
      this.#complain(`${keyword.text} stands outside every stanza, ${unread}`, keyword.span)
    else if (this.#open.is === 'mapping' && !/^(?:script|map)$/.test(keyword.text))
      this.#complain(`${keyword.text} is no option of a mapping, ${unread}`, keyword.span)
    else if (rest === undefined) this.#complain(`${keyword.text} has no value, ${unread}`, keyword.span)
    this.#open?.options.push(statementOf(keyword, rest))
  }

  #names(keyword: Word, rest: Word | undefined, names: readonly Statement[]): void {
    const statement = statementOf(keyword, rest)
    const own = this.#open?.name
    // Without names, they speak of the stanza that they stand in, and it goes on.
    if (rest === undefined && own !== undefined) {
      this.statements.push({ ...statement, inside: [own] })
      return
    }
    this.#open = undefined
    this.statements.push({ ...statement, inside: names })
  }

  #include(keyword: Word, rest: Word | undefined): void {
    this.#open = undefined
    if (rest === undefined) this.#complain(`${keyword.text} names nothing`, keyword.span)
    this.statements.push(statementOf(keyword, rest))
  }

  #stanza(keyword: Word, rest: Word | undefined, head: readonly Statement[], reading: Reading): void {
    const name = head.find(part => part.name === 'name')
    if (name === undefined && reading !== 'mapping')
      this.#complain(`${keyword.text} names nothing, ${unread}`, keyword.span)
    for (const extra of head.filter(part => part.name === 'extra'))
      this.#complain(`${String(extra.value)} is not understood at the head of a stanza`, extra.at, 'warning')
    const options: Statement[] = []
    this.#open = { is: reading, name: reading === 'iface' ? name : undefined, options }
    const inside = [...head, { ...bare('options', keyword.span), inside: options }]
    this.statements.push({ ...statementOf(keyword, rest), inside })
  }

  #complain(message: string, span: Span, severity: Severity = 'error'): void {
    this.diagnostics.push({ code: 'eni-syntax', severity, message, region: this.#regionOf(span) })
  }
}

const bare = (name: string, span: Span): Statement => ({
  name,
  value: undefined,
  key: span,
  at: span,
  inside: [],
})

const statementOf = (keyword: Word, rest: Word | undefined): Statement => ({
  ...bare(keyword.text, keyword.span),
  value: rest?.text,
  at: rest?.span ?? keyword.span,
})

const named =
  (name: string) =>
  ({ text, span }: Word): Statement => ({ ...bare(name, span), value: text })

/** The parts of a stanza's first line: `NAME [FAMILY METHOD] [inherits NAME]`, or the names that a mapping is for. */
function headOf(line: Line, from: number, reading: Reading): readonly Statement[] {
  const words = wordsFrom(line, from)
  if (reading === 'mapping') return words.map(named('name'))
  const roles = ['name', 'family', 'method']
  const head: Statement[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word
    if (at > 0 && word.text === 'inherits') {
      const from = words[++at]
      head.push(from === undefined ? named('extra')(word) : named('inherits')(from))
    } else head.push(named(roles[at] ?? 'extra')(word))
  }
  return head
}

/** Lines and columns of spans; where lines begin is looked up when the first is asked for. */
function regions(text: string, file: string): (span: Span) => Region {
  let starts: number[] | undefined
  const place = (at: number) => {
    if (starts === undefined) {
      starts = [0]
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
    }
    const line = lastAtMost(starts, at)
    return { line: line + 1, column: at - (starts[line] ?? 0) + 1 }
  }
  return ({ start, end }) => {
    const [from, to] = [place(start), place(end)]
    return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
  }
}

export const eni: Dialect = {
  id: 'eni',
  encode,
  heading: /^\s*(?:auto|allow-\w+)\s/,
  comment: commentsBehind('#'),
  statements,
}
