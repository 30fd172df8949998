// NetworkManager's keyfiles: the format of GLib's GKeyFile. Like INI to look at, but no line is continued, a semicolon
// begins no comment (it separates the items of a list), and a value has escapes of its own. What a list, an address or a
// route looks like inside a value is the target's business.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
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

/**
 * Control characters, separators that somebody may take for a line's end, blanks at the ends (cut off), backslashes
 * (escapes), and nothing at all: a key without a value is an error for some properties and a reset for others.
 */
const unwritable = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\\]|^\s|\s$|^$/

function encode(value: Value): Encoded | undefined {
  if (typeof value === 'boolean') return asEncoded(String(value))
  if (typeof value === 'number') return Number.isSafeInteger(value) ? asEncoded(String(value)) : undefined
  if (typeof value === 'string')
    return unwritable.test(value) || !value.isWellFormed() ? undefined : asEncoded(value)
  return Array.isArray(value) ? encodeList(value) : undefined
}

/** Every item of a list ends in a semicolon, so none may hold one. */
function encodeList(items: readonly Value[]): Encoded | undefined {
  const words: Encoded[] = []
  for (const item of items) {
    const word = typeof item === 'object' ? undefined : encode(item)
    if (word === undefined || word.includes(';')) return undefined
    words.push(word)
  }
  return words.length === 0 ? undefined : asEncoded(words.map(word => `${word};`).join(''))
}

const escapes: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' }

/** A value as g_key_file_get_string() gives it; an escape that it does not know stays as it stands. */
const decoded = (text: string): string => text.replace(/\\(.)/g, (whole, mark) => escapes[mark] ?? whole)

/** A stretch of the text without the blanks around it. */
function trimmed(text: string, from: number, to: number): { readonly text: string; readonly span: Span } {
  let [start, end] = [from, to]
  while (start < end && /\s/.test(text.charAt(start))) start += 1
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1
  return { text: text.slice(start, end), span: { start, end } }
}

function statements(text: string, file: string): Statements {
  const found: Statement[] = []
  const diagnostics: Diagnostic[] = []
  const remarks: Span[] = []
  let group: Statement[] | undefined
  let number = 0
  for (const { 0: raw, index } of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    number += 1
    const line = trimmed(text, index, index + raw.length)
    if (line.text.startsWith('#')) remarks.push(line.span)
    if (line.text === '' || line.text.startsWith('#')) continue
    const complain = (what: string): void => {
      const region = { file, line: number, column: 1, endLine: number, endColumn: raw.trimEnd().length + 1 }
      const message = `not a keyfile: ${what}, and NetworkManager reads nothing of such a file`
      diagnostics.push({ code: 'keyfile-syntax', severity: 'error', message, region })
    }
    const [, heading] = /^\[([^[\]]+)\]$/.exec(line.text) ?? []
    if (heading !== undefined) {
      group = []
      found.push({ name: heading, value: undefined, key: line.span, at: line.span, inside: group })
      continue
    }
    const sign = text.slice(line.span.start, line.span.end).indexOf('=')
    const name = trimmed(text, line.span.start, line.span.start + Math.max(sign, 0))
    if (name.text === '') complain(`${line.text} is neither a group nor an assignment`)
    else if (group === undefined) complain(`${name.text} stands before the first group`)
    else {
      const value = trimmed(text, line.span.start + sign + 1, line.span.end)
      const at = value.text === '' ? name.span : value.span
      group.push({ name: name.text, value: decoded(value.text), key: name.span, at, inside: [] })
    }
  }
  const comments = remarks.flatMap(span => commentIn(text, span, /^#+/) ?? [])
  return { statements: found, comments, diagnostics }
}

export const keyfile: Dialect = {
  id: 'keyfile',
  encode,
  heading: /^\s*\[/,
  comment: commentsBehind('#'),
  statements,
}
