// FortiOS and FortiSwitchOS: tables open with `config`, entries with `edit`; `end` and `next` leave them, however lines are
// indented. `#` begins a comment.

import type { Dialect, Statement, Statements } from './dialect.ts'
import { encodeWords, textLines } from './ios.ts'

function statements(text: string): Statements {
  const top: Statement[] = []
  const open: Statement[][] = [top]
  for (const { text: line, span } of textLines(text)) {
    if (line.startsWith('#')) continue
    if (/^(?:next|end)$/.test(line)) {
      if (open.length > 1) open.pop()
      continue
    }
    const inside: Statement[] = []
    open.at(-1)?.push({ name: line, value: undefined, key: span, at: span, inside })
    if (/^(?:config|edit) /.test(line)) open.push(inside)
  }
  return { statements: top, diagnostics: [] }
}

export const fortios: Dialect = { id: 'fortios', encode: encodeWords, statements }
