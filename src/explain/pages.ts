// Pages from the tables: one for each rule, option, mode, policy, target, platform, topic and code. Nothing is written
// here that a row, a rule, a stance or a topic does not say.

import type { Check } from '../diagnose/checks/check.ts'
import { deviceSubjects, options, rowsOf, type Subject } from '../options/index.ts'
import { type AnyRow, allModes, modeKind } from '../options/row.ts'
import { type Block, code, heading, list, type Page, table, text } from '../report/page.ts'
import type { Rule } from '../rules/rule.ts'
import type { Stance } from '../targets/stance.ts'
import type { Target } from '../targets/target.ts'
import type { CodeFacts } from './codes.ts'
import { modeFacts, policyFacts } from './facts.ts'
import type { Advice, Topic } from './topics/topic.ts'

/** An example without the indentation that it has in its source. */
export const dedent = (source: string): string => {
  const lines = source.replace(/^\n|\s+$/g, '').split('\n')
  const indent = Math.min(
    ...lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length),
  )
  return lines.map(line => line.slice(indent)).join('\n')
}

/** `instead`: what the rule advises where its wrong examples are. `options`: the pages of those that it is about. */
export function rulePage(rule: Rule, instead: readonly string[], options: readonly string[]): Page {
  const codes = Object.entries(rule.codes ?? {})
  return {
    id: rule.id,
    title: `${rule.id} (${rule.severity})`,
    summary: rule.summary,
    blocks: [
      text(rule.summary),
      text(rule.why),
      ...(codes.length === 0
        ? []
        : [heading('Reported as'), list(...codes.map(([code, severity]) => `${code} (${severity})`))]),
      heading('Wrong'),
      ...rule.bad.map(example => code(dedent(example))),
      ...(instead.length === 0 ? [] : [heading('What to do there'), list(...instead)]),
      heading('Right'),
      ...rule.good.map(example => code(dedent(example))),
      ...(options.length === 0 ? [] : [text(`See also: ${options.join(', ')}`)]),
      text(`Source: ${rule.source}`),
    ],
  }
}

export const checkPage = ({ id, severity, summary, why, source, bad, good }: Check): Page => ({
  id,
  title: `${id} (${severity})`,
  summary,
  blocks: [
    text(summary),
    text(why),
    heading('Wrong'),
    ...bad.map(example => code(dedent(example), 'text')),
    heading('Right'),
    ...good.map(example => code(dedent(example), 'text')),
    text(`Source: ${source}`),
  ],
})

export const codePage = (id: string, { says, why, instead }: CodeFacts): Page => ({
  id,
  title: id,
  summary: says,
  blocks: [text(says), text(why), heading('What to do'), text(instead)],
})

/** A row that reports under a code, by its column. */
export interface Reporting {
  readonly id: string
  readonly row: AnyRow
  readonly column: 'mode' | 'value'
}

/** What the columns of some rows are reported as. */
export function rowCodeFacts(rows: readonly Reporting[]): CodeFacts {
  const names = rows.map(({ id }) => id)
  const pages = names.map(id => `bondplan explain ${id}`).join(', ')
  if (rows.every(({ column }) => column === 'value')) {
    return {
      says: `${names.join(', ')} has a value that it cannot have.`,
      why: rows
        .map(
          ({ id, row }) =>
            `${id} is ${row.kind.expects}. The driver refuses anything else, or whoever reads it does.`,
        )
        .join('\n\n'),
      instead: `Write a value that it can have: ${pages}`,
    }
  }
  return {
    says: `${names.join(', ')} is said in a mode that does not use it.`,
    why: rows
      .map(({ id, row }) => `${id} acts in ${row.modes.join(', ')}; ${elsewhereWords[row.elsewhere]}`)
      .join('\n\n'),
    instead: `Take it away, or choose a mode that uses it: ${pages}`,
  }
}

const elsewhereWords: Readonly<Record<AnyRow['elsewhere'], string>> = {
  refused: 'in the others the driver refuses it, and over netlink the whole bond with it.',
  ignored: 'in the others the driver stores it and does nothing with it.',
}

export function topicPage(topic: Topic): Page {
  const { id, title, answer, why, examples, instead, advice = [], see, sources } = topic
  return {
    id,
    title,
    summary: title,
    blocks: [
      text(answer),
      ...why.map(text),
      ...(topic.table === undefined ? [] : [table(topic.table.header, topic.table.rows)]),
      ...examples.flatMap(({ shows, intent }) => [
        heading(`${shows.charAt(0).toUpperCase()}${shows.slice(1)}`),
        code(dedent(intent)),
      ]),
      heading('What to do'),
      list(...instead),
      ...(advice.length === 0 ? [] : [heading('Worth knowing, and not found by lint')]),
      ...(advice.length === 0 ? [] : [list(...advice.map(one => `${one.id}: ${one.says}`))]),
      text(`See also: ${see.join(', ')}`),
      text(`Source: ${sources.join('; ')}`),
    ],
  }
}

export const advicePage = ({ id, says, because, source }: Advice, { id: topic, title }: Topic): Page => ({
  id,
  title: `${id} (advice)`,
  summary: says,
  blocks: [
    text(says),
    text(`Lint does not say it: ${because}.`),
    text(`See also: ${topic} (${title})`),
    text(`Source: ${source}`),
  ],
})

/** How an option's default reads. */
export function unsetOf(row: AnyRow): string {
  if (row.unset === undefined || row.unset === '') return 'nothing'
  const value = row.kind.write(row.unset)
  return Array.isArray(value) ? (value.length === 0 ? 'none' : value.join(', ')) : String(value)
}

/** What a target does with an option, in a few words. */
export function stanceInWords(stance: Stance | undefined): string {
  switch (stance?.stance) {
    case 'says':
      return stance.since === undefined ? stance.name : `${stance.name} (from ${stance.since})`
    case 'only':
      return `always ${String(stance.value)}: ${stance.because}`
    case 'cannot':
      return `cannot: ${stance.because}`
    case 'custom':
      return stance.shape
    default:
      return 'not mapped yet'
  }
}

/** `about`: the rules that the option is what they are about. */
export function optionPage(
  subject: Subject,
  id: string,
  row: AnyRow,
  targets: readonly Target[],
  about: readonly Rule[],
): Page {
  const elsewhere = row.elsewhere === 'refused' ? 'the driver refuses it' : 'it is stored and does nothing'
  const facts: string[] = [
    `Value: ${row.kind.expects}`,
    `When nothing is said: ${unsetOf(row)}`,
    ...(row.kernel === undefined ? [] : [`Driver: ${row.kernel.name}, changed ${changes[row.change]}`]),
    ...(row.modes.length === allModes.length
      ? []
      : [`Modes: ${row.modes.join(', ')}; in the others ${elsewhere}`]),
    ...(row.since === undefined ? [] : [`Since Linux ${[row.since, ...row.backports].join(', ')}`]),
    ...Object.entries(row.valuesSince).map(([value, since]) => `${value} since Linux ${since}`),
    ...(row.aliases.length === 0 ? [] : [`Also read: ${row.aliases.join(', ')}`]),
    ...(row.fact ? ['A fact: it describes what is there and is written to no host.'] : []),
  ]
  const spoken = row.fact
    ? []
    : targets
        .filter(target => row.side === 'both' || row.side === target.side)
        .map(target => {
          const stances: Readonly<Record<string, Stance>> = target.spellings[subject] ?? {}
          return [target.id, stanceInWords(Object.hasOwn(stances, id) ? stances[id] : undefined)]
        })
  const blocks: Block[] = [text(row.summary), list(...facts)]
  if (spoken.length > 0) blocks.push(heading('In configurations'), table(['target', 'says'], spoken))
  if (about.length > 0)
    blocks.push(heading('What lint may find'), list(...about.map(rule => `${rule.id}: ${rule.summary}`)))
  return {
    id: `${subject}.${id}`,
    title: `${id} (option of a ${subject})`,
    summary: row.summary,
    blocks: [...blocks, text(`Source: ${row.source}`)],
  }
}

const changes: Readonly<Record<AnyRow['change'], string>> = {
  live: 'while the bond works',
  down: 'only while the bond is down',
  empty: 'only while the bond is down and has no members',
  anew: 'only on a device that is made anew',
}

export function modePage(mode: keyof typeof modeFacts): Page {
  const facts = modeFacts[mode]
  const used = Object.entries<AnyRow>(rowsOf('bond')).filter(
    ([, row]) => row.kernel !== undefined && row.modes.length < allModes.length && row.modes.includes(mode),
  )
  return {
    id: mode,
    title: `${mode} (mode ${modeKind.numbers[mode]})`,
    summary: facts.purpose,
    blocks: [
      text(facts.purpose),
      list(
        `Switch: ${facts.needs}`,
        `One connection: ${facts.oneFlow}`,
        `Many connections: ${facts.manyFlows}`,
        `Two separate switches: ${facts.twoSwitches}`,
        `Below a bridge: ${facts.bridge}`,
      ),
      heading('Mind'),
      list(...facts.traps),
      heading('Options of this mode'),
      list(...used.map(([id, row]) => `${id}: ${row.summary}`)),
      text(`Source: ${facts.source}`),
    ],
  }
}

export function policyPage(policy: keyof typeof policyFacts): Page {
  const facts = policyFacts[policy]
  return {
    id: policy,
    title: `${policy} (xmit hash policy)`,
    summary: facts.sees,
    blocks: [
      text(facts.sees),
      list(...facts.follows),
      text(
        'It decides what this host sends. What it receives is decided by the load balancing of the switch.',
      ),
      text('Source: linux drivers/net/bonding/bond_main.c, bond_xmit_hash() and what it calls'),
    ],
  }
}

export function targetPage(target: Target): Page {
  const rows = deviceSubjects.flatMap(subject =>
    Object.entries<AnyRow>(options[subject])
      .filter(([, row]) => !row.fact && (row.side === 'both' || row.side === target.side))
      .map(([id]) => {
        const stances: Readonly<Record<string, Stance>> = target.spellings[subject] ?? {}
        return [subject, id, stanceInWords(Object.hasOwn(stances, id) ? stances[id] : undefined)]
      }),
  )
  return {
    id: target.id,
    title: `${target.title} (target ${target.id})`,
    summary: target.title,
    blocks: [
      list(
        `Read by: ${target.reader}`,
        `Versions known: ${target.versions.join(', ')}; the last is written for when none is named`,
        `Files: ${target.files.map(({ path, mode }) => `${path} (${mode.toString(8).padStart(4, '0')})`).join(', ')}`,
        target.proof === 'proven'
          ? 'Proven: the reader itself decides in our tests.'
          : 'Documented: held against its manual.',
        target.keepsMemberOrder
          ? 'Members are attached in the order in which they are said.'
          : 'Members are attached in an order of its own.',
      ),
      heading('Options'),
      table(['of', 'option', 'says'], rows),
    ],
  }
}
