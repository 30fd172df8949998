// Diagnostics on their way out: joined with their text, in the format that was asked for, with the exit status that
// they mean.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { locate, type Origin, type Texts } from '../diagnostics/origin.ts'
import { type Reportable, type ReportContext, type RuleInfo, reports } from '../report/index.ts'
import type { Io } from './io.ts'

declare const BONDPLAN_VERSION: string | undefined

/** The program's version; the bundle has it, tests have none. */
export const version = typeof BONDPLAN_VERSION === 'string' ? BONDPLAN_VERSION : '0.0.0'

export interface Findings {
  readonly diagnostics: readonly Diagnostic[]
  readonly origin: Origin
  readonly texts: Texts
  readonly files: readonly string[]
}

/** Joins diagnostics with their text; notes and warnings keep their place among the errors. */
export const located = ({ diagnostics, origin, texts }: Findings): readonly Reportable[] =>
  locate(distinct(diagnostics), origin, texts)

/** The walk and a rule may say the same of the same place in other words: the first is kept. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>()
  return diagnostics.filter(({ code, at }) => {
    if (at === undefined) return true
    const identity = JSON.stringify([code, at])
    if (seen.has(identity)) return false
    seen.add(identity)
    return true
  })
}

/** What a format may want to know beside the findings. */
export function contextOf(
  io: Io,
  files: readonly string[],
  terminal: boolean,
  rules: ReadonlyMap<string, RuleInfo>,
): ReportContext {
  return {
    rules,
    tool: { name: 'bondplan', version },
    colour: terminal && !io.env.NO_COLOR && io.env.TERM !== 'dumb',
    width: terminal ? io.columns : 80,
    filesChecked: files,
  }
}

/** Findings as text on standard error, for commands whose data are something else. */
export function complain(io: Io, findings: Findings): void {
  const shown = located(findings)
  if (shown.length === 0) return
  io.err(reports.text?.(shown, contextOf(io, findings.files, io.errIsTerminal, new Map())) ?? '')
}

/** 1 where there is an error among them, or more warnings than allowed; else 0. */
export function statusOf(
  diagnostics: readonly Pick<Diagnostic, 'severity'>[],
  maxWarnings = Number.POSITIVE_INFINITY,
): 0 | 1 {
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length
  return warnings > maxWarnings || diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0
}
