// What is pasted, and what is found in it.

import type { Check } from '../../src/diagnose/checks/check.ts'
import { runChecks } from '../../src/diagnose/checks/check.ts'
import { gather } from '../../src/diagnose/gather.ts'
import { locate } from '../../src/diagnostics/origin.ts'
import { sourceText } from '../../src/intent/text.ts'
import type { Found } from '../support/examples.ts'

/** The text without the comments of an example; every line stays where it is. */
export const pasted = (text: string): string =>
  text
    .split('\n')
    .map(line => (/^\s*#/.test(line) ? '' : line))
    .join('\n')

export const gathered = (text: string, path = 'paste.txt') =>
  gather([{ path, source: sourceText(path, text) }])

/** What a check finds in an example. */
export function foundBy(check: Check, example: string): readonly Found[] {
  const { value } = gathered(pasted(example))
  return locate(runChecks(value, [check])).map(({ region, message }) => ({
    where: region === undefined ? 'nowhere' : `${region.line}:${region.column}-${region.endColumn}`,
    message,
  }))
}
