// ovs-vsctl in shell text. A command has many parts, set apart by `--`, that hold together or not at all; each column that
// one of them sets is a statement: the table, the record, then the column. Quotes are the shell's.

import type { Value } from '../options/kind.ts'
import {
  asEncoded,
  type Dialect,
  type Encoded,
  type Span,
  type Statement,
  type Statements,
} from './dialect.ts'
import { shell } from './shell.ts'

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

/** The words behind a command's name. */
const wordsOf = ({ inside }: Statement): readonly Word[] =>
  inside.filter(({ name }) => name === 'word').map(({ value, key }) => ({ value: String(value), span: key }))

function statements(text: string, file: string): Statements {
  const { statements: commands, diagnostics } = shell.statements(text, file)
  const calls = commands.filter(({ name }) => /(?:^|\/)ovs-vsctl$/.test(name))
  return { statements: calls.flatMap(call => parts(wordsOf(call)).flatMap(partOf)), diagnostics }
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
