// INI, as systemd's files and NetworkManager's keyfiles are written: sections in brackets, one assignment a line, comments
// on lines of their own. What a key's value means inside (a time span, a list, a specifier) is the target's business.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Value } from '../options/kind.ts'
import {
  asEncoded,
  type Comment,
  commentIn,
  commentsBehind,
  type Dialect,
  type Encoded,
  type Span,
  type Statement,
  type Statements,
} from './dialect.ts'

/**
 * What some reader of such files takes for more than itself: control characters and separators of lines, blanks at
 * the ends (cut off), a comment mark at the beginning, quotes and backslashes (both readers unescape them, in ways of
 * their own), and the percent sign of systemd's specifiers. An empty value resets a list.
 */
const unwritable = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"'\\%]|^[\s#;]|\s$|^$/

function encode(value: Value): Encoded | undefined {
  if (typeof value === 'boolean') return asEncoded(value ? 'yes' : 'no')
  if (typeof value === 'number') return Number.isSafeInteger(value) ? asEncoded(String(value)) : undefined
  if (typeof value !== 'string' || unwritable.test(value) || !value.isWellFormed()) return undefined
  return asEncoded(value)
}

/** One line as a reader sees it: continued lines are one. Offsets are of the whole text. */
interface Line {
  readonly text: string
  /** Where each character of `text` stands; one more for the end. */
  readonly offsets: readonly number[]
  /** Where it begins, counted from 1, and how long it is there. */
  readonly number: number
  readonly width: number
}

const blank = /[ \t]/

/**
 * The lines that say something. A backslash at the end joins the next line and counts as a blank; comments between the
 * two are passed over (systemd.syntax(7)).
 */
function* linesOf(text: string, comments: Comment[]): Generator<Line> {
  let number = 0
  let open: { text: string; offsets: number[]; number: number; width: number } | undefined
  for (const { 0: raw, index } of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    number += 1
    const content = raw.replace(/[\r\n]+$/, '')
    const start = index + (number === 1 && content.startsWith('\ufeff') ? 1 : 0)
    const body = text.slice(start, index + content.length)
    if (/^[ \t]*[#;]/.test(body)) {
      comments.push(...said(text, { start, end: start + body.length }))
      continue
    }
    open ??= { text: '', offsets: [], number, width: content.length }
    const continued = /(?:^|[^\\])(?:\\\\)*\\$/.test(body)
    const kept = continued ? `${body.slice(0, -1)} ` : body
    for (let at = 0; at < kept.length; at++) open.offsets.push(start + at)
    open.text += kept
    if (continued) continue
    yield { ...open, offsets: [...open.offsets, start + body.length] }
    open = undefined
  }
  if (open !== undefined) yield { ...open, offsets: [...open.offsets, text.length] }
}

/** The stretch of a line without the blanks around it. */
function trimmed(line: Line, from: number, to: number): { readonly text: string; readonly span: Span } {
  let [start, end] = [from, to]
  while (start < end && blank.test(line.text.charAt(start))) start++
  while (end > start && blank.test(line.text.charAt(end - 1))) end--
  const last = line.offsets[end - 1]
  const first = line.offsets[start] ?? 0
  return {
    text: line.text.slice(start, end),
    span: { start: first, end: end === start || last === undefined ? first : last + 1 },
  }
}

function statements(text: string, file: string): Statements {
  const found: Statement[] = []
  const diagnostics: Diagnostic[] = []
  let section: Statement[] = found
  const comments: Comment[] = []
  for (const line of linesOf(text, comments)) {
    const whole = trimmed(line, 0, line.text.length)
    if (whole.text === '') continue
    if (whole.text.startsWith('[')) {
      section = []
      if (!whole.text.endsWith(']') || whole.text.length < 3) {
        const what = `${whole.text} begins a section and has no name or no end, so what follows it is left out`
        diagnostics.push(unreadable(line, file, what))
        continue
      }
      const { span } = whole
      found.push({ name: whole.text.slice(1, -1), value: undefined, key: span, at: span, inside: section })
      continue
    }
    const sign = line.text.indexOf('=')
    const name = trimmed(line, 0, Math.max(sign, 0))
    if (name.text === '') {
      diagnostics.push(unreadable(line, file, `${whole.text} is neither a section nor an assignment`))
      continue
    }
    const value = trimmed(line, sign + 1, line.text.length)
    const at = value.text === '' ? name.span : value.span
    section.push({ name: name.text, value: value.text, key: name.span, at, inside: [] })
  }
  return { statements: found, comments, diagnostics }
}

function said(text: string, span: Span): readonly Comment[] {
  const comment = commentIn(text, span, /^\s*[#;]+/)
  return comment === undefined ? [] : [comment]
}

function unreadable(line: Line, file: string, what: string): Diagnostic {
  const { number, width } = line
  const region = { file, line: number, column: 1, endLine: number, endColumn: width + 1 }
  return { code: 'ini-syntax', severity: 'error', message: `not INI: ${what}`, region }
}

export const ini: Dialect = { id: 'ini', encode, heading: /^\s*\[/, comment: commentsBehind('#'), statements }
