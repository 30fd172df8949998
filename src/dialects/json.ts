// JSON as configuration: SONiC's tables, OpenConfig's trees. A text is encoded as what stands between quotes, which the
// table or the template writes; a list brings its own quotes and brackets.
//
// Read, every leaf is one statement: the keys that lead to it, then `name: value` without quotes. An item of a list is
// called by its `name` or `interface`, which are the keys of such lists, else by its number.

import type { Value } from '../options/kind.ts'
import { asEncoded, type Dialect, type Encoded, type Statement, type Statements } from './dialect.ts'
import { yaml } from './yaml.ts'

/** Only ASCII, so that no reader meets a character that it takes for a line's end. */
const escaped = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^ -~]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

function encode(value: Value): Encoded | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? asEncoded(escaped(value)) : undefined
  if (typeof value === 'boolean') return asEncoded(String(value))
  if (typeof value === 'number') return Number.isFinite(value) ? asEncoded(String(value)) : undefined
  if (!Array.isArray(value)) return undefined
  const items = value.map(item => {
    const encoded = typeof item === 'object' ? undefined : encode(item)
    return encoded !== undefined && typeof item === 'string' ? `"${encoded}"` : encoded
  })
  return items.includes(undefined) ? undefined : asEncoded(`[${items.join(', ')}]`)
}

/** JSON is YAML, whose reader knows where everything stands; what is YAML only is refused before. */
function statements(text: string, file: string): Statements {
  const read = yaml.statements(text, file)
  if (isJson(text)) return { statements: leaves(read.statements, []), diagnostics: [] }
  const region = read.diagnostics[0]?.region ?? { file, line: 1, column: 1, endLine: 1, endColumn: 2 }
  return {
    statements: [],
    diagnostics: [{ code: 'json-syntax', severity: 'error', message: 'this is not JSON', region }],
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function leaves(inside: readonly Statement[], path: readonly string[]): readonly Statement[] {
  return inside.flatMap(one => {
    const word = wordOf(one)
    if (one.inside.some(({ inside: deeper }) => deeper.length > 0) || isTable(one))
      return leaves(one.inside, [...path, word])
    const text = [...path, `${word}: ${shown(one.value)}`].join(' ')
    return [{ name: text, value: undefined, key: one.key, at: one.at, inside: [] }]
  })
}

const isTable = ({ value, inside }: Statement): boolean => inside.length > 0 && !Array.isArray(value)

function wordOf({ name, value }: Statement): string {
  if (typeof value !== 'object' || Array.isArray(value)) return name
  const { name: called, interface: port } = value as Readonly<Record<string, Value>>
  if (!/^\d+$/.test(name)) return name
  return typeof called === 'string' ? called : typeof port === 'string' ? port : name
}

function shown(value: Value | undefined): string {
  if (value === undefined) return 'null'
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  return typeof value === 'object' ? '{ }' : String(value)
}

export const json: Dialect = { id: 'json', encode, statements }
