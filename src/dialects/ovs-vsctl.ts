// ovs-vsctl in shell text. A command has many parts, set apart by `--`, that hold together or not at all; each column that
// one of them sets is a statement: the table, the record, then the column. Quotes are the shell's.

import type { Value } from '../options/kind.ts'
import { type LogicalLine, logicalLines } from './continued-lines.ts'
import {
  asEncoded,
  type Dialect,
  type Encoded,
  type Span,
  type Statement,
  type Statements,
} from './dialect.ts'

/** Words that a shell and the database take as they stand. */
const plain = /^[A-Za-z0-9_./:+,@%=-]+(?: [A-Za-z0-9_./:+,@%=-]+)*$/

/** Quotes only around blanks, and refuses what would need more than quotes. */
function encode(value: Value): Encoded | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return asEncoded(String(value))
  if (typeof value !== 'string' || !plain.test(value)) return undefined
  return asEncoded(value.includes(' ') ? `"${value}"` : value)
}

interface Word {
  readonly value: string
  readonly span: Span
}

/** Words of a line without their quotes, up to a comment or to what ends a command. */
function wordsOf({ text, start }: LogicalLine): readonly Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(/(?:"(?:[^"\\]|\\[\s\S])*"|'[^']*'|\\[\s\S]|[^\s"'\\;&|])+|[;&|]/g)) {
    const [shown] = match
    if (/^[#;&|]/.test(shown)) break
    const value = shown.replace(
      /"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])/g,
      (_, double, single, alone) => String(double?.replace(/\\([\s\S])/g, '$1') ?? single ?? alone),
    )
    words.push({ value, span: { start: start + match.index, end: start + match.index + shown.length } })
  }
  return words
}

function statements(text: string): Statements {
  const calls = logicalLines(text)
    .map(wordsOf)
    .filter(([first]) => /(?:^|\/)ovs-vsctl$/.test(first?.value ?? ''))
  return { statements: calls.flatMap(words => parts(words.slice(1)).flatMap(partOf)), diagnostics: [] }
}

/** The words between `--` and `--`, without their options. */
function parts(words: readonly Word[]): readonly (readonly Word[])[] {
  const found: Word[][] = [[]]
  for (const word of words) {
    if (word.value === '--') found.push([])
    else if (!word.value.startsWith('-')) found.at(-1)?.push(word)
  }
  return found.filter(part => part.length > 0)
}

function partOf(words: readonly Word[]): readonly Statement[] {
  const [verb, first, second, ...rest] = words
  const [does, on, name] = [verb, first, second].map(word => word?.value)
  if (does === 'add-bond' || does === 'add-port') {
    return rest.map(word => said(`port ${name}`, word, isColumn(word) ? '' : 'interface '))
  }
  if (does === 'set' && on !== undefined) return rest.map(word => said(`${tableOf(on)} ${name}`, word))
  return verb === undefined ? [] : [said('', verb)]
}

const isColumn = ({ value }: Word): boolean => value.includes('=')

/** Tables may be shortened, in any case. */
const tableOf = (said: string): string =>
  ['port', 'interface', 'bridge'].find(table => table.startsWith(said.toLowerCase())) ?? said

const said = (record: string, { value, span }: Word, before = ''): Statement => ({
  name: `${record} ${before}${value}`.trimStart(),
  value: undefined,
  key: span,
  at: span,
  inside: [],
})

export const ovsVsctl: Dialect = { id: 'ovs-vsctl', encode, statements }
