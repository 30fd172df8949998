// Families of `set` lines that are not Junos: VyOS (`set interfaces ...`, and the tree in braces without semicolons that
// config.boot holds, read as the set lines that it stands for) and NVUE (`nv set ...`, where one line may name several
// interfaces). Values with blanks are quoted; read, the quotes are gone.

import type { Value } from '../options/kind.ts'
import type { Dialect, Encoded, Span, Statement, Statements } from './dialect.ts'
import { encodeWords, textLines } from './ios.ts'

const statementOf = (name: string, span: Span): Statement => ({
  name,
  value: undefined,
  key: span,
  at: span,
  inside: [],
})

/** Quotes around whole words are taken off. */
const unquoted = (line: string): string =>
  line.replace(/(^|\s)(?:'([^']*)'|"((?:[^"\\]|\\.)*)")(?=\s|$)/g, (_, before, single, double) =>
    [before, single ?? String(double).replace(/\\(.)/g, '$1')].join(''),
  )

/** What neither a shell nor the command line of the switch takes for something else, within single or double quotes. */
function encode(value: Value): Encoded | undefined {
  return typeof value === 'string' && /[`'"\\$!]/.test(value) ? undefined : encodeWords(value)
}

function vyosStatements(text: string, file: string): Statements {
  return /^\s*set /m.test(text) || !/\{\s*$/m.test(text) ? setLines(text, 'set ') : braces(text, file)
}

function setLines(text: string, start: string): Statements {
  const lines = textLines(text).filter(({ text: line }) => line.startsWith(start))
  return {
    statements: lines.map(({ text: line, span }) => statementOf(unquoted(line), span)),
    diagnostics: [],
  }
}

/** Each leaf of the tree as the set line that makes it. */
function braces(text: string, file: string): Statements {
  const found: Statement[] = []
  const path: string[] = ['set']
  for (const { text: line, span } of textLines(text)) {
    if (line.startsWith('/*') || line.startsWith('//')) continue
    if (line === '}') {
      if (path.length === 1) return { statements: found, diagnostics: [unbalanced(file)] }
      path.pop()
    } else if (line.endsWith('{')) path.push(unquoted(line.slice(0, -1).trim()))
    else found.push(statementOf([...path, unquoted(line)].join(' '), span))
  }
  return { statements: found, diagnostics: path.length === 1 ? [] : [unbalanced(file)] }
}

const unbalanced = (file: string) => ({
  code: 'vyos-syntax',
  severity: 'error' as const,
  message: 'the braces do not match',
  region: { file, line: 1, column: 1, endLine: 1, endColumn: 2 },
})

export const vyos: Dialect = { id: 'vyos', encode, statements: vyosStatements }

/** How many interfaces one range may name; more is no range that anybody wrote. */
const longestRange = 512

/** `swp1-3,bond7`: every interface that a list names. */
function interfacesIn(list: string): readonly string[] {
  return list.split(',').flatMap(item => {
    const [, word = '', first, last] = /^(.*?[a-z_])(\d+)-(\d+)$/i.exec(item) ?? []
    const count = Number(last) - Number(first)
    if (first === undefined || last === undefined || count < 0 || count > longestRange) return [item]
    return Array.from({ length: count + 1 }, (_, step) => `${word}${Number(first) + step}`)
  })
}

function nvueStatements(text: string): Statements {
  const lines = setLines(text, 'nv set ').statements.flatMap(line => {
    const [, list, rest] = /^nv set interface (\S+)(.*)$/.exec(line.name) ?? []
    if (list === undefined || rest === undefined) return [line]
    return interfacesIn(list).map(name => ({ ...line, name: `nv set interface ${name}${rest}` }))
  })
  return { statements: lines, diagnostics: [] }
}

export const nvue: Dialect = { id: 'nvue', encode, statements: nvueStatements }
