// Every page by what it is asked for, in groups as a table of contents has them. A page is made when it is wanted.

import { checks } from '../diagnose/checks/index.ts'
import { type HashPolicy, type Mode, options, rowsOf, type Subject } from '../options/index.ts'
import type { AnyRow } from '../options/row.ts'
import { platforms } from '../platforms/index.ts'
import { heading, type Page, table } from '../report/page.ts'
import { rules } from '../rules/index.ts'
import type { Rule } from '../rules/rule.ts'
import { targets } from '../targets/index.ts'
import { switchTargetOf } from '../targets/switch/index.ts'
import { type CodeFacts, codeFacts, codeFactsOf } from './codes.ts'
import { helpsOf } from './examples.ts'
import { modeFacts, policyFacts } from './facts.ts'
import {
  advicePage,
  checkPage,
  codePage,
  modePage,
  optionPage,
  policyPage,
  type Reporting,
  rowCodeFacts,
  rulePage,
  targetPage,
  topicPage,
} from './pages.ts'
import { platformPage } from './platform-page.ts'
import { topics } from './topics/index.ts'

/** Subjects in the order in which an option's name is looked for. */
const subjects: readonly Subject[] = ['bond', 'port', 'vlan', 'bridge', 'host', 'switch', 'lag', 'traffic']

export interface Entry {
  /** What `explain` is asked for. */
  readonly id: string
  readonly summary: string
  readonly page: () => Page
}

export interface Group {
  /** The folder of its pages as files. */
  readonly id: string
  readonly title: string
  readonly entries: readonly Entry[]
}

const made = (page: Page): Entry => ({ id: page.id, summary: page.summary, page: () => page })

/** All pages, group by group. An id may stand in several groups; the first is what is shown under the bare id. */
export function groups(): readonly Group[] {
  return [
    { id: 'topics', title: 'Questions', entries: topics.map(topic => made(topicPage(topic))) },
    {
      id: 'rules',
      title: 'Rules',
      entries: rules.map(rule => ({
        id: rule.id,
        summary: rule.summary,
        page: () => rulePage(rule, helpsOf(rule), optionsAbout(rule)),
      })),
    },
    {
      id: 'checks',
      title: 'What diagnose finds',
      entries: checks.map(check => made(checkPage(check))),
    },
    {
      id: 'codes',
      title: 'Other findings',
      entries: [...rowCodes(), ...Object.entries(codeFacts)].map(([id, facts]) => made(codePage(id, facts))),
    },
    {
      id: 'advice',
      title: 'Worth knowing, and not found by lint',
      entries: topics.flatMap(topic => (topic.advice ?? []).map(one => made(advicePage(one, topic)))),
    },
    {
      id: 'modes',
      title: 'Modes',
      entries: (Object.keys(modeFacts) as Mode[]).map(mode => made(modePage(mode))),
    },
    {
      id: 'policies',
      title: 'Transmit hash policies',
      entries: (Object.keys(policyFacts) as HashPolicy[]).map(policy => made(policyPage(policy))),
    },
    { id: 'targets', title: 'Host targets', entries: targets.map(target => made(targetPage(target))) },
    {
      id: 'platforms',
      title: 'Switch platforms',
      entries: platforms.map(platform => made(platformPage(platform, switchTargetOf(platform.id)))),
    },
    {
      id: 'options',
      title: 'Options',
      entries: subjects.flatMap(subject =>
        Object.entries<AnyRow>(options[subject]).map(([id, row]) =>
          made(optionPage(subject, id, row, targets, rulesAbout(subject, id))),
        ),
      ),
    },
  ]
}

/** The options that a rule is about, by what explain is asked for. */
const optionsAbout = ({ about = {} }: Rule): readonly string[] => [
  ...new Set(
    subjects.flatMap(subject =>
      (about[subject] ?? []).map(id => {
        const first = subjects.find(one => Object.hasOwn(rowsOf(one), id))
        const alone =
          first !== undefined && about[first] !== undefined && !topics.some(topic => topic.id === id)
        return alone ? id : `${subject}.${id}`
      }),
    ),
  ),
]

const rulesAbout = (subject: Subject, id: string): readonly Rule[] =>
  rules.filter(({ about }) => (about?.[subject] as readonly string[] | undefined)?.includes(id))

/** What columns of rows are reported as, less what a rule or a page of that name says better. */
function rowCodes(): readonly (readonly [string, CodeFacts])[] {
  const known = new Set([...rules.map(({ id }) => id), ...Object.keys(codeFacts)])
  const reporting = new Map<string, Reporting[]>()
  for (const subject of subjects) {
    for (const [id, row] of Object.entries<AnyRow>(rowsOf(subject))) {
      for (const column of ['mode', 'value'] as const) {
        const code = row.codes[column]
        if (!known.has(code)) reporting.set(code, [...(reporting.get(code) ?? []), { id, row, column }])
      }
    }
  }
  return [...reporting].map(([code, rows]) => [code, rowCodeFacts(rows)])
}

/** Every page by its id, and options also by their bare name where nothing else has it. */
export function pages(): ReadonlyMap<string, () => Page> {
  const all = new Map<string, () => Page>()
  for (const { entries } of groups()) {
    for (const { id, page } of entries) {
      if (!all.has(id)) all.set(id, page)
      const bare = id === '802.3ad' ? id : id.slice(id.indexOf('.') + 1)
      if (!all.has(bare)) all.set(bare, page)
    }
  }
  return all
}

/** The page of an id; undefined where there is nothing to explain. */
export function pageOf(id: string): Page | undefined {
  const facts = codeFactsOf(id)
  return pages().get(id)?.() ?? (facts && codePage(id, facts))
}

/** The table of contents. `link` makes a cell of an id. */
export function contents(
  link: (id: string, group: Group) => string = id => id,
  chosen: readonly Group[] = groups(),
): Page {
  return {
    id: 'contents',
    title: 'What bondplan explains',
    summary: 'Every page by what it is asked for.',
    blocks: chosen.flatMap(group => [
      heading(group.title),
      table(
        ['bondplan explain …', ''],
        group.entries.map(entry => [link(entry.id, group), entry.summary]),
      ),
    ]),
  }
}
