// A change of one file as a unified diff.

import { structuredPatch } from 'diff'
import { paint } from '../report/terminal.ts'
import type { Io } from './io.ts'

/** `old` undefined: the file is new. Coloured on a terminal. */
export function unifiedDiff(io: Io, path: string, old: string | undefined, content: string): string {
  const coloured = paint(io.outIsTerminal && !io.env.NO_COLOR)
  const { hunks } = structuredPatch(path, path, old ?? '', content, undefined, undefined, { context: 3 })
  const from = old === undefined ? '/dev/null' : `a/${path}`
  const lines = [`--- ${from}`, `+++ b/${path}`]
  for (const hunk of hunks) {
    lines.push(coloured.place(`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`))
    for (const line of hunk.lines) {
      lines.push(
        line.startsWith('+') ? coloured.added(line) : line.startsWith('-') ? coloured.removed(line) : line,
      )
    }
  }
  return `${lines.join('\n')}\n`
}
