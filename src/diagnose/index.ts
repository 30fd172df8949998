// What runs, and what is wrong with it: texts that machines have printed become what was observed, and checks say what does
// not work and why.

import type { Outcome } from '../diagnostics/diagnostic.ts'
import type { Intent } from '../intent/intent.ts'
import { against } from './against.ts'
import { runChecks } from './checks/check.ts'
import { checks } from './checks/index.ts'
import { gather, type Input } from './gather.ts'
import type { Observed } from './observed.ts'

export type { Input } from './gather.ts'
export type { Observed } from './observed.ts'

export interface Asked {
  /** The platform that all of it is of; unset: it is recognised. */
  readonly only?: string | undefined
  /** The host that whatever names none is of. */
  readonly name?: string | undefined
  /** What was meant. */
  readonly intent?: Intent | undefined
}

/** Reads, checks, and compares with an intent. Pure; never throws, whatever the texts are. */
export function diagnose(inputs: readonly Input[], { only, name, intent }: Asked = {}): Outcome<Observed> {
  const { value, diagnostics } = gather(inputs, only, name)
  const differing = intent === undefined ? [] : against(value, intent)
  return { value, diagnostics: [...diagnostics, ...runChecks(value, checks), ...differing] }
}
