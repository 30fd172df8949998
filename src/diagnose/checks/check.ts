// What a check is: one thing that can be wrong with bonds as they run, why it matters, and examples that are its tests. A
// check sees what was observed and no text; the places of its facts come with them.

import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts'
import type { Region } from '../../diagnostics/region.ts'
import type { Observed } from '../observed.ts'

export interface Finding {
  /** Where it counts more or less than the check does. */
  readonly severity?: Severity
  readonly at: Region
  /** Names the thing, what it shows, and what follows. */
  readonly message: string
  /** What to do, as an instruction. */
  readonly help?: string
  readonly related?: readonly { readonly message: string; readonly region: Region }[]
}

export interface Check {
  /** Names what is wrong. Stable for ever. */
  readonly id: string
  readonly severity: Severity
  readonly summary: string
  readonly why: string
  /** The driver function, the standard's clause, or that a kernel has shown it. */
  readonly source: string
  /**
   * What is pasted, and breaks it. A line of carets in a comment below a line expects one finding at exactly those
   * columns, whose message contains what follows the carets.
   */
  readonly bad: readonly string[]
  /** What it has nothing to say to. */
  readonly good: readonly string[]
  check(observed: Observed): Iterable<Finding>
}

/** Runs checks over what was observed. */
export const runChecks = (observed: Observed, checks: readonly Check[]): readonly Diagnostic[] =>
  checks.flatMap(check =>
    Array.from(check.check(observed), ({ at, severity = check.severity, ...finding }) => ({
      ...finding,
      code: check.id,
      severity,
      region: at,
    })),
  )
