// Junos: `set` lines, and the same tree in curly braces, which is read as the set lines that it stands for. Text with
// spaces is quoted. `#` begins a comment; what is inactive or deactivated is no configuration and is left out.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import {
  type Comment,
  commentIn,
  type Dialect,
  type Span,
  type Statement,
  type Statements,
} from './dialect.ts'
import { encodeWords, textLines } from './ios.ts'

const statementOf = (name: string, span: Span): Statement => ({
  name,
  value: undefined,
  key: span,
  at: span,
  inside: [],
})

function statements(text: string, file: string): Statements {
  const read =
    /^\s*[\w-]+[^;\n]*\{/m.test(text) && !/^\s*set /m.test(text) ? curly(text, file) : setLines(text)
  return { ...read, comments: commentsOf(text) }
}

function setLines(text: string): Statements {
  const found = textLines(text).filter(line => !line.text.startsWith('#'))
  const idle = found.flatMap(({ text: line }) => (line.startsWith('deactivate ') ? [line.slice(11)] : []))
  const isIdle = (line: string): boolean =>
    idle.some(one => line === `set ${one}` || line.startsWith(`set ${one} `))
  const active = found.filter(({ text: line }) => !line.startsWith('deactivate ') && !isIdle(line))
  return { statements: active.map(({ text: line, span }) => statementOf(line, span)), diagnostics: [] }
}

/** Remarks of both kinds; what is quoted is none. */
function commentsOf(text: string): readonly Comment[] {
  const pattern = /"(?:[^"\\]|\\.)*"|(#[^\n]*|\/\*[\s\S]*?\*\/)/g
  return [...text.matchAll(pattern)].flatMap(({ 1: remark, index: start }) => {
    if (remark === undefined) return []
    const comment = commentIn(text, { start, end: start + remark.length }, /^(?:#+|\/\*+)/)
    return comment === undefined ? [] : [{ ...comment, text: comment.text.replace(/\s*\*+\/$/, '') }]
  })
}

interface Token {
  readonly text: string
  readonly span: Span
}

/** Words, quoted texts, and the signs `{ } [ ] ;`; comments of both kinds left out. */
function tokens(text: string): readonly Token[] {
  const pattern = /#[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|[{}[\];]|[^\s{}[\];"]+/g
  return [...text.matchAll(pattern)]
    .filter(([word]) => !word.startsWith('#') && !word.startsWith('/*'))
    .map(match => ({ text: match[0], span: { start: match.index, end: match.index + match[0].length } }))
}

interface Level {
  /** The words that lead here. */
  readonly words: readonly string[]
  readonly idle: boolean
}

/** Every leaf of the tree as the set line that makes it; a list in brackets is one line for each of its items. */
function curly(text: string, file: string): Statements {
  const found: Statement[] = []
  const levels: Level[] = [{ words: ['set'], idle: false }]
  let words: Token[] = []
  let items: Token[] | undefined
  let closed = 0
  for (const token of tokens(text)) {
    const level = levels.at(-1) ?? { words: ['set'], idle: false }
    const idle = level.idle || words[0]?.text === 'inactive:'
    const own = words.filter(
      ({ text: word }) => word !== 'inactive:' && word !== 'replace:' && word !== 'protect:',
    )
    const path = [...level.words, ...own.map(({ text: word }) => word)]
    if (token.text === '{') {
      levels.push({ words: path, idle })
      words = []
    } else if (token.text === '}') {
      if (levels.length > 1) levels.pop()
      else closed++
    } else if (token.text === '[') items = []
    else if (token.text === ']') continue
    else if (token.text === ';') {
      const [first] = own
      const leaves = items ?? [undefined]
      for (const item of leaves) {
        const start = item ?? first
        const end = item ?? own.at(-1)
        if (idle || start === undefined || end === undefined) continue
        const line = item === undefined ? path : [...path, item.text]
        found.push(statementOf(line.join(' '), { start: start.span.start, end: end.span.end }))
      }
      words = []
      items = undefined
    } else if (items !== undefined) items.push(token)
    else words.push(token)
  }
  const complete = levels.length === 1 && closed === 0 && words.length === 0
  return { statements: found, diagnostics: complete ? [] : [unbalanced(file)] }
}

const unbalanced = (file: string): Diagnostic => ({
  code: 'junos-syntax',
  severity: 'error',
  message: 'the braces do not match, or the last statement has no semicolon',
  region: { file, line: 1, column: 1, endLine: 1, endColumn: 2 },
})

export const junos: Dialect = { id: 'junos', encode: encodeWords, statements }
