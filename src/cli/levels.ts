// How much findings count, as people say it: which ids there are, which words, and what was meant by one that is none.

import type { Severity } from '../diagnostics/diagnostic.ts'
import { nearest } from '../diagnostics/nearest.ts'
import type { RuleInfo } from '../report/index.ts'
import { rules } from '../rules/index.ts'
import { codesOf, type RuleLevels } from '../rules/rule.ts'

export type Level = Severity | 'off'

export const levelWords: readonly Level[] = ['off', 'note', 'warning', 'error']

export const isLevel = (word: unknown): word is Level => levelWords.some(level => level === word)

/** Findings about what is said to lint itself, and how much they count. */
export const ownCodes = {
  'allow-unused': {
    severity: 'warning',
    summary: 'A comment allows a finding that is not there.',
  },
  'baseline-stale': {
    severity: 'warning',
    summary: 'The baseline accepts a finding that is not there any more.',
  },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly summary: string }>>

const codes = codesOf(rules)

/** Whether a comment may allow a finding of this id: only what rules find can be lived with. */
export const isRuleCode = (id: string): boolean => codes.has(id)

/** The rule that reports under a code. */
export const ruleOf = (code: string): string | undefined => codes.get(code)?.rule.id

/** Why an id cannot be given a level, with what may have been meant; undefined for one that can. */
export function unknownId(
  id: string,
): { readonly message: string; readonly meant: string | undefined } | undefined {
  if (codes.has(id) || Object.hasOwn(ownCodes, id)) return undefined
  const meant = nearest(id, [...codes.keys(), ...Object.keys(ownCodes)])
  return { message: `there is no rule ${id}`, meant }
}

/** The level of a code where `levels` are given, of the rule's own or of ours. */
export function levelOf(code: string, levels: RuleLevels, unset: Severity): Level {
  const rule = ruleOf(code)
  return levels[code] ?? (rule === undefined ? undefined : levels[rule]) ?? unset
}

/** What reports may say of every code; pages about them stand below `docsUrl`. */
export function infosOf(docsUrl: string | undefined): ReadonlyMap<string, RuleInfo> {
  const infos = new Map<string, RuleInfo>()
  for (const [code, { rule, severity }] of codes) {
    infos.set(code, {
      summary: rule.summary,
      why: rule.why,
      defaultSeverity: severity,
      ...(docsUrl !== undefined && { helpUri: `${docsUrl.replace(/\/+$/, '')}/rules/${rule.id}.md` }),
    })
  }
  for (const [code, { severity, summary }] of Object.entries(ownCodes)) {
    infos.set(code, { summary, defaultSeverity: severity })
  }
  return infos
}
