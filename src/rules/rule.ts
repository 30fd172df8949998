// What a rule is: one relation between things that were said, why it matters, and examples that are its tests. A rule
// sees the intent and nothing else; it knows no target, no file and no text.

import type { Diagnostic, Fix, Place, Related, Severity } from '../diagnostics/diagnostic.ts'
import { devicesOf, type Intent, type Node } from '../intent/intent.ts'
import { once } from '../intent/once.ts'
import type { OptionId, Subject } from '../options/index.ts'

/** One place where a rule does not hold. */
export interface Finding {
  /** One of the rule's `codes`, where it reports under several. */
  readonly code?: string
  /** Where it counts more or less than the code does. */
  readonly severity?: Severity
  readonly at: Place
  /** Names the thing, its value and the consequence. */
  readonly message: string
  /** What would be right, as an instruction. */
  readonly help?: string
  readonly related?: readonly Related[]
  readonly fix?: Fix
}

/** Options by what they are said of. */
export type About = { readonly [S in Subject]?: readonly OptionId<S>[] }

export interface Rule {
  /** Names what is wrong, not the cure, and reads well after "allow". Stable for ever. */
  readonly id: string
  readonly severity: Severity
  /** Further codes that it reports under, and how much they count: a walk over rows has those of the rows. */
  readonly codes?: Readonly<Record<string, Severity>>
  /**
   * What it is about: an intent that says none of these options breaks it nowhere, and it is not asked. Absent: it is
   * about what was not said, or about how things stand together.
   */
  readonly about?: About
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

/** How much the findings of a rule or of one code count; `off` drops them. Unset is what the rule itself says. */
export type RuleLevels = Readonly<Record<string, Severity | 'off'>>

/** Every code that rules report under, with the rule that explains it and how much it counts if nothing else is said. */
export function codesOf(
  rules: readonly Rule[],
): ReadonlyMap<string, { readonly rule: Rule; readonly severity: Severity }> {
  const codes = new Map(rules.map(rule => [rule.id, { rule, severity: rule.severity }]))
  for (const rule of rules) {
    for (const [code, severity] of Object.entries(rule.codes ?? {})) {
      // A rule of that name says more than the walk that shares its code.
      if (!codes.has(code)) codes.set(code, { rule, severity })
    }
  }
  return codes
}

/** Runs rules over an intent. */
export function runRules(
  intent: Intent,
  rules: readonly Rule[],
  levels: RuleLevels = {},
): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  for (const rule of rules) {
    const own = levels[rule.id]
    if (own === 'off' || !concerns(rule, intent)) continue
    for (const finding of rule.check(intent)) {
      const code = finding.code ?? rule.id
      const level = levels[code] ?? own ?? finding.severity ?? rule.codes?.[code] ?? rule.severity
      if (level !== 'off') found.push({ ...finding, code, severity: level })
    }
  }
  return found
}

/** Whether an intent says something that a rule is about. */
export function concerns({ about }: Rule, intent: Intent): boolean {
  if (about === undefined) return true
  const said = saidIn(intent)
  for (const subject in about)
    if (about[subject as Subject]?.some(id => said[subject as Subject].has(id))) return true
  return false
}

/** Every option that is said anywhere in an intent. */
const saidIn = once(({ hosts, switches, traffic }: Intent) => {
  const set = (): Set<string> => new Set()
  const said: Readonly<Record<Subject, Set<string>>> = {
    host: set(),
    port: set(),
    bond: set(),
    vlan: set(),
    bridge: set(),
    switch: set(),
    lag: set(),
    traffic: set(),
  }
  const add = ({ subject, options }: Node<Subject>): void => {
    for (const id of Object.keys(options)) said[subject].add(id)
  }
  for (const host of hosts) {
    add(host)
    for (const device of devicesOf(host)) add(device)
  }
  for (const box of switches) {
    add(box)
    for (const lag of box.lags) add(lag)
  }
  for (const hope of traffic) add(hope)
  return said
})
