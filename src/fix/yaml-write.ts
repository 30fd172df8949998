// Values and keys as text that may stand anywhere in a YAML document, in the style of what stands there already.

import { yaml } from '../dialects/yaml.ts'
import type { Value } from '../options/kind.ts'

/** How the text around is written: as JSON, or with the quotes that stood there. */
export interface Style {
  readonly json: boolean
  readonly quote?: '"' | "'"
}

/** The text of a value on one line; undefined for what cannot be written, such as a text with a line break. */
export function written(value: unknown, { json, quote }: Style): string | undefined {
  const plain = isValue(value) ? yaml.encode(value) : undefined
  if (plain === undefined) return undefined
  if (json) return jsonOf(value)
  if (typeof value !== 'string' || quote === undefined) return plain
  return quote === '"' ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`
}

function isValue(value: unknown): value is Value {
  if (typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  return typeof value === 'object' && value !== null && Object.values(value).every(isValue)
}

function jsonOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${jsonOf(inner)}`)
    .join(', ')}}`
}
