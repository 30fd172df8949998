// Lines that a backslash at their end continues, as RouterOS exports and shell scripts have them; `#` begins a comment.

/** A line with those that continue it; every character stands where it stood. */
export interface LogicalLine {
  readonly text: string
  readonly start: number
}

/** Logical lines: continued ones joined, comments and empty ones left out. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = []
  let open: LogicalLine | undefined
  let start = 0
  for (const whole of text.split('\n')) {
    // A blank for each character that goes, so that places stay right.
    const continued = /\\\s*$/.test(whole)
    const own = continued ? whole.replace(/\\(\s*)$/, ' $1') : whole
    open = open === undefined ? { text: own, start } : { text: `${open.text}\n${own}`, start: open.start }
    if (!continued) {
      if (open.text.trim() !== '' && !open.text.trimStart().startsWith('#')) lines.push(open)
      open = undefined
    }
    start += whole.length + 1
  }
  return open === undefined ? lines : [...lines, open]
}
