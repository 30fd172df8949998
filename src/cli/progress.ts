// A line of progress on a terminal, shown only once more than a second of work is left.

import type { Io } from './io.ts'

export interface Progress {
  step(): void
  done(): void
}

const everyMs = 100

/** Counts steps of a whole and shows the rate and the time left on standard error, if that is a terminal. */
export function progress(io: Io, what: string, total: number): Progress {
  if (!io.errIsTerminal) return { step: () => {}, done: () => {} }
  const began = io.now()
  let steps = 0
  let shown = began
  let visible = false
  return {
    step() {
      steps += 1
      // The clock is asked rarely: a step may take a few microseconds.
      if (steps % 64 !== 0) return
      const now = io.now()
      if (now - shown < everyMs) return
      shown = now
      const perSecond = (steps / (now - began)) * 1000
      const leftS = (total - steps) / perSecond
      if (!visible && leftS < 1) return
      visible = true
      io.err(`\r\x1b[K${what} ${steps} of ${total}, ${Math.round(perSecond)}/s, ${Math.ceil(leftS)} s left`)
    },
    done() {
      if (visible) io.err('\r\x1b[K')
    },
  }
}
