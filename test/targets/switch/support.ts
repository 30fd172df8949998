// What the tests of switch targets share: an intent's text to plan, files, and back.

import { templates } from '../../../src/cli/templates.ts'
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts'
import { partner, type SwitchPlan } from '../../../src/intent/partner.ts'
import { switchTargetOf } from '../../../src/targets/switch/index.ts'
import { type RecalledSwitch, recallSwitch } from '../../../src/targets/switch-recall.ts'
import type { SwitchTarget } from '../../../src/targets/switch-target.ts'
import { renderSwitch } from '../../../src/targets/switch-write.ts'
import type { RenderedFile } from '../../../src/targets/write.ts'
import { read } from '../../support/read.ts'

export function targetNamed(id: string): SwitchTarget {
  const target = switchTargetOf(id)
  if (target === undefined) throw new Error(`no switch target ${id}`)
  return target
}

/** The plans of an intent; throws where it is no intent. */
export function planned(text: string): {
  readonly plans: readonly SwitchPlan[]
  readonly diagnostics: readonly Diagnostic[]
} {
  const { intent, diagnostics } = read(text)
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  const { value, diagnostics: found } = partner(intent)
  return { plans: value, diagnostics: found }
}

export interface Made {
  readonly plan: SwitchPlan
  readonly files: readonly RenderedFile[]
  /** Of the partner and of the walk. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The first switch of an intent, written. */
export function made(text: string, target: SwitchTarget, removal = false): Made {
  const { plans, diagnostics } = planned(text)
  const [plan] = plans
  if (plan === undefined) throw new Error('the intent has no switch')
  const { files, lost } = renderSwitch(plan, target, templates, removal)
  return { plan, files, diagnostics: [...diagnostics, ...lost] }
}

/** Text of a target, read back. */
export function readBack(
  files: readonly { readonly path: string; readonly content: string }[],
  target: SwitchTarget,
): RecalledSwitch {
  const scanned = files.map(({ path, content }) => ({
    path,
    statements: target.dialect.statements(content, path).statements,
  }))
  return recallSwitch(scanned, target, 'sw1', (file, { start, end }) => {
    const before = (files.find(({ path }) => path === file)?.content ?? '').slice(0, start).split('\n')
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1]
    return { file, line, column, endLine: line, endColumn: column + end - start }
  })
}

export const asText = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .map(
      ({ code, severity, message, at }) => `${severity} ${code} ${at?.path.join('.') ?? ''}\n  ${message}\n`,
    )
    .join('')
