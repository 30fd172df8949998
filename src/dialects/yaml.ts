// YAML, as Netplan, cloud-init and nmstate read it. Scalars that YAML 1.1 or 1.2 would take for something else are
// quoted; lists and mappings as values are written in flow style on one line.

import { dump, parseEvents, YAMLException } from 'js-yaml'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Value } from '../options/kind.ts'
import { asEncoded, commentsBehind, type Dialect, type Encoded, type Statements } from './dialect.ts'
import { commentsOfEvents, Excess, statementsOfEvents } from './yaml-statements.ts'

// Plain in every version of YAML: begins with a letter, is no word that YAML 1.1 reads as a truth or as nothing.
const plain = /^[A-Za-z][A-Za-z0-9_./+-]*$/
const wordy = /^(?:y|yes|n|no|on|off|true|false|null)$/i

const known = new Map<string, Encoded | undefined>()

function encodeText(text: string): Encoded | undefined {
  if (plain.test(text) && !wordy.test(text)) return asEncoded(text)
  if (known.has(text)) return known.get(text)
  const encoded = unwritable(text)
    ? undefined
    : asEncoded(dump(text, { lineWidth: -1, flowLevel: 0 }).trimEnd())
  if (known.size < 10_000) known.set(text, encoded)
  return encoded
}

/** Control characters, separators that some readers take for a line's end, and halves of surrogate pairs. */
const unwritable = (text: string): boolean =>
  /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(text) || !text.isWellFormed()

function encode(value: Value): Encoded | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return asEncoded(String(value))
  if (typeof value === 'string') return encodeInside(value)
  const parts: string[] = []
  if (Array.isArray(value)) {
    for (const item of value) {
      const part = encode(item)
      if (part === undefined) return undefined
      parts.push(part)
    }
    return asEncoded(`[${parts.join(', ')}]`)
  }
  for (const [key, item] of Object.entries(value)) {
    const name = encodeInside(key)
    const part = encode(item)
    if (name === undefined || part === undefined) return undefined
    parts.push(`${name}: ${part}`)
  }
  return asEncoded(`{${parts.join(', ')}}`)
}

// What means itself inside a flow list or mapping too, to every reader: libyaml, which Netplan uses, ends a plain text
// early at a colon, takes neither `::1` nor `[2001:db8::, 1]`, and no question mark or dash alone.
const plainInside = /^[A-Za-z0-9_./+][A-Za-z0-9_./+@ -]*$/

/** Text that may also stand inside a flow list or mapping, where more characters mean something. */
function encodeInside(text: string): Encoded | undefined {
  const encoded = encodeText(text)
  if (encoded === undefined || /^["']/.test(encoded) || plainInside.test(encoded)) return encoded
  return asEncoded(`'${text.replaceAll("'", "''")}'`)
}

function statements(text: string, file: string): Statements {
  try {
    const events = parseEvents(text, { filename: file })
    return {
      statements: statementsOfEvents(text, events),
      comments: commentsOfEvents(text, events),
      diagnostics: [],
    }
  } catch (error) {
    if (error instanceof Excess) return { statements: [], diagnostics: [tooLarge(text, error, file)] }
    if (!(error instanceof YAMLException)) throw error
    const { line, column } = error.mark ?? { line: 0, column: 0 }
    const region = { file, line: line + 1, column: column + 1, endLine: line + 1, endColumn: column + 2 }
    return {
      statements: [],
      diagnostics: [{ code: 'yaml-syntax', severity: 'error', message: `not YAML: ${error.reason}`, region }],
    }
  }
}

function tooLarge(text: string, { message, offset }: Excess, file: string): Diagnostic {
  const before = text.slice(0, offset).split('\n')
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1]
  const region = { file, line, column, endLine: line, endColumn: column + 1 }
  return { code: 'yaml-too-large', severity: 'error', message: `more than is read: ${message}`, region }
}

export const yaml: Dialect = {
  id: 'yaml',
  encode,
  heading: /^\s*[\w-]+:\s*$/,
  comment: commentsBehind('#'),
  statements,
}
