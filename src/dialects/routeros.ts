// RouterOS: a path (`/interface bonding`), a verb, and `name=value` pairs, on one line or, as an export prints them, with
// the path on a line of its own and long lines continued after a backslash. Values with blanks stand in double quotes.
//
// Read, every pair of an entry is one statement: the path, what the entry is called, then the pair without quotes. An
// entry is called by its `name`, its `interface`, what `find` looks for, or its VLANs. What is disabled is left out.

import { type LogicalLine, logicalLines } from './continued-lines.ts'
import type { Dialect, Span, Statement, Statements } from './dialect.ts'
import { encodeWords } from './ios.ts'

interface Word {
  readonly text: string
  readonly span: Span
}

/** Words of a line; brackets with what is in them are one. Quotes and what they escape are undone. */
const wordsOf = ({ text, start }: LogicalLine): readonly Word[] =>
  [...text.matchAll(/\[[^\]]*\]|(?:"(?:[^"\\]|\\[\s\S])*"|[^\s"[])+/g)].map(match => ({
    text: match[0].replace(/"((?:[^"\\]|\\[\s\S])*)"/g, (_, inner: string) =>
      inner.replace(/\\([\s\S])/g, '$1'),
    ),
    span: { start: start + match.index, end: start + match.index + match[0].length },
  }))

/** `:if (...) do={ ... }` is what is in it: a command that is left out where its work is done already. */
function unguarded(line: LogicalLine): LogicalLine {
  const [, guard, command] = /^(\s*:if\s*\(.*\)\s*do=\{\s*)(\/.*?)\s*\}\s*$/.exec(line.text) ?? []
  if (guard === undefined || command === undefined) return line
  return { ...line, text: command, start: line.start + guard.length }
}

const verbs = /^(?:add|set)$/

function statements(text: string): Statements {
  const found: Statement[] = []
  let path = ''
  for (const line of logicalLines(text).map(unguarded)) {
    const words = wordsOf(line)
    const verb = words.findIndex(word => verbs.test(word.text))
    const before = (verb < 0 ? words : words.slice(0, verb)).map(word => word.text).join(' ')
    if (before.startsWith('/')) path = pathOf(before)
    if (verb < 0 || (before !== '' && !before.startsWith('/'))) continue
    found.push(...entry(path, words.slice(verb + 1)))
  }
  return { statements: found, diagnostics: [] }
}

/** `/interface/bridge/port` is `/interface bridge port`. */
const pathOf = (text: string): string => `/${text.slice(1).replaceAll('/', ' ').replace(/\s+/g, ' ').trim()}`

/** What `[ find ... ]` looks for, by what an entry is called. */
const soughtBy = ['(?:default-)?name', 'interface', 'vlan-ids'].map(
  name => new RegExp(`^\\[\\s*find\\s(?:.*\\s)?${name}="?([^\\s"\\]]+)`),
)

function entry(path: string, words: readonly Word[]): readonly Statement[] {
  const pairs = words.filter(({ text }) => /^[a-z][a-z0-9.-]*=/.test(text))
  const valueOf = (name: string): string | undefined =>
    pairs.find(({ text }) => text.startsWith(`${name}=`))?.text.slice(name.length + 1)
  if (valueOf('disabled') === 'yes') return []
  const [first] = words
  const sought = soughtBy
    .map(pattern => pattern.exec(first?.text ?? '')?.[1])
    .find(name => name !== undefined)
  const said =
    first !== undefined && !first.text.includes('=') && !first.text.startsWith('[') ? first.text : undefined
  const called = sought ?? said ?? valueOf('name') ?? valueOf('interface') ?? valueOf('vlan-ids') ?? ''
  const start = called === '' ? path : `${path} ${called}`
  return pairs.map(({ text, span }) => ({
    name: `${start} ${text}`,
    value: undefined,
    key: span,
    at: span,
    inside: [],
  }))
}

export const routeros: Dialect = { id: 'routeros', encode: encodeWords, statements }
