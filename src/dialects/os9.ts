// Dell OS9: indented like IOS. Its running configuration prints a `!` at the margin within the block of a port, before the
// lines in which the port joins a LAG, so here a comment closes no block: what stands less deep does.

import type { Dialect } from './dialect.ts'
import { ios } from './ios.ts'

export const os9: Dialect = {
  ...ios,
  id: 'os9',
  // Blanks of the same length, so that every later line stands where it stood.
  statements: (text, file) =>
    ios.statements(
      text.replace(/^[ \t]*!.*$/gm, line => ' '.repeat(line.length)),
      file,
    ),
}
