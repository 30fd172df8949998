// interfaces(5) as blocks of lines, for switches: an `iface` opens one and what follows stands inside, indented or not.
// Hosts' files, with all that their readers allow, are taken apart by eni.ts.

import type { Value } from '../options/kind.ts'
import type { Dialect, Encoded, Statement, Statements } from './dialect.ts'
import { encodeWords, textLines } from './ios.ts'

/** ifupdown2 takes a file with a percent sign for a template. */
const encode = (value: Value): Encoded | undefined =>
  typeof value === 'string' && value.includes('%') ? undefined : encodeWords(value)

const opener = /^(?:auto|iface|vlan|source|allow-\S+)\s/

function statements(text: string): Statements {
  const top: Statement[] = []
  let open = top
  for (const { text: line, span } of textLines(text)) {
    if (line.startsWith('#')) continue
    const inside: Statement[] = []
    const opens = opener.test(line)
    ;(opens ? top : open).push({ name: line, value: undefined, key: span, at: span, inside })
    if (opens) open = inside
  }
  return { statements: top, diagnostics: [] }
}

export const eniBlocks: Dialect = { id: 'eni-blocks', encode, statements }
