// What runs, and what is wrong with it: texts that machines have printed become what was observed, and checks say what does
// not work and why.

import type { Outcome } from '../diagnostics/diagnostic.ts'
import { runChecks } from './checks/check.ts'
import { checks } from './checks/index.ts'
import { gather, type Input } from './gather.ts'
import type { Observed } from './observed.ts'

export type { Input } from './gather.ts'
export type { Observed } from './observed.ts'

/** Reads and checks. Pure; never throws, whatever the texts are. */
export function diagnose(inputs: readonly Input[], only?: string): Outcome<Observed> {
  const { value, diagnostics } = gather(inputs, only)
  return { value, diagnostics: [...diagnostics, ...runChecks(value, checks)] }
}
