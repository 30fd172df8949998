// What a rule is: one relation between things that were said, why it matters, and examples that are its tests. A rule
// sees the intent and nothing else; it knows no target, no file and no text.

import type { Diagnostic, Fix, Place, Related, Severity } from '../diagnostics/diagnostic.ts'
import type { Intent } from '../intent/intent.ts'

/** One place where a rule does not hold. */
export interface Finding {
  readonly at: Place
  /** Names the thing, its value and the consequence. */
  readonly message: string
  /** What would be right, as an instruction. */
  readonly help?: string
  readonly related?: readonly Related[]
  readonly fix?: Fix
}

export interface Rule {
  /** Names what is wrong, not the cure, and reads well after "allow". Stable for ever. */
  readonly id: string
  readonly severity: Severity
  readonly summary: string
  readonly why: string
  /** The driver function, the standard's clause, the manual's title. */
  readonly source: string
  /**
   * Intents that break it. A line of carets in a comment below a line expects one finding at exactly those columns,
   * whose message contains what follows the carets.
   */
  readonly bad: readonly string[]
  /** Intents that it has nothing to say to. */
  readonly good: readonly string[]
  check(intent: Intent): Iterable<Finding>
}

/** How much a rule's findings count; `off` runs it not at all. Unset is the rule's own severity. */
export type RuleLevels = Readonly<Record<string, Severity | 'off'>>

/** Runs rules over an intent. */
export function runRules(
  intent: Intent,
  rules: readonly Rule[],
  levels: RuleLevels = {},
): readonly Diagnostic[] {
  return rules.flatMap(rule => {
    const level = levels[rule.id] ?? rule.severity
    if (level === 'off') return []
    return [...rule.check(intent)].map(finding => ({ code: rule.id, severity: level, ...finding }))
  })
}
