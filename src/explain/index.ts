// Every page by what it is asked for.

import { type HashPolicy, type Mode, rowsOf, type Subject } from '../options/index.ts'
import { rules } from '../rules/index.ts'
import { targets } from '../targets/index.ts'
import { modeFacts, policyFacts } from './facts.ts'
import type { Page } from './page.ts'
import { modePage, optionPage, policyPage, rulePage, targetPage } from './pages.ts'

/** Subjects in the order in which an option's name is looked for. */
const subjects: readonly Subject[] = ['bond', 'port', 'vlan', 'bridge', 'host', 'switch', 'lag', 'traffic']

/** The makers of all pages; a page is made when it is asked for. */
export function pages(): ReadonlyMap<string, () => Page> {
  const all = new Map<string, () => Page>()
  const add = (id: string, page: () => Page): void => {
    if (!all.has(id)) all.set(id, page)
  }
  for (const rule of rules) add(rule.id, () => rulePage(rule))
  for (const mode of Object.keys(modeFacts) as Mode[]) add(mode, () => modePage(mode))
  for (const policy of Object.keys(policyFacts) as HashPolicy[]) add(policy, () => policyPage(policy))
  for (const target of targets) add(target.id, () => targetPage(target))
  for (const subject of subjects) {
    for (const [id, row] of Object.entries(rowsOf(subject))) {
      add(id, () => optionPage(subject, id, row, targets))
      add(`${subject}.${id}`, () => optionPage(subject, id, row, targets))
    }
  }
  return all
}
