// Writing XML 1.0 that is well-formed whatever the strings are. Knows elements and attributes, no vocabulary.

import { visible } from './escape.ts'

/** An element with elements inside it, or with lines of text. */
export interface Element {
  readonly name: string
  /** Those that are undefined are left out. */
  readonly attributes: Readonly<Record<string, string | number | undefined>>
  readonly children?: readonly Element[]
  readonly lines?: readonly string[]
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * `text` as character data or as the value of an attribute. XML 1.0 (section 2.2) has no place at all for
 * most control characters, escaped or not, so they become visible escapes; with them go line breaks.
 */
const escaped = (text: string): string => visible(text).replace(/[&<>"]/g, found => entities[found] ?? found)

function write({ name, attributes, children = [], lines = [] }: Element, indent: string): string {
  const said = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('')
  const open = `${indent}<${name}${said}`
  if (lines.length > 0) return `${open}>${lines.map(escaped).join('\n')}</${name}>\n`
  if (children.length === 0) return `${open}/>\n`
  return `${open}>\n${children.map(child => write(child, `${indent}  `)).join('')}${indent}</${name}>\n`
}

/** A whole document. White space between elements is for the eye; text has none added. */
export const xmlDocument = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}`
