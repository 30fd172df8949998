// Pages from the tables: one for each rule, option, mode, policy and target. Nothing is written here that a row, a rule
// or a stance does not say.

import { deviceSubjects, options, rowsOf, type Subject } from '../options/index.ts'
import { type AnyRow, allModes, modeKind } from '../options/row.ts'
import type { Rule } from '../rules/rule.ts'
import type { Stance } from '../targets/stance.ts'
import type { Target } from '../targets/target.ts'
import { modeFacts, policyFacts } from './facts.ts'
import { type Block, code, heading, list, type Page, table, text } from './page.ts'

const dedent = (source: string): string => {
  const lines = source.replace(/^\n|\s+$/g, '').split('\n')
  const indent = Math.min(
    ...lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length),
  )
  return lines.map(line => line.slice(indent)).join('\n')
}

export function rulePage(rule: Rule): Page {
  return {
    id: rule.id,
    title: `${rule.id} (${rule.severity})`,
    blocks: [
      text(rule.summary),
      text(rule.why),
      heading('Wrong'),
      ...rule.bad.map(example => code(dedent(example))),
      heading('Right'),
      ...rule.good.map(example => code(dedent(example))),
      text(`Source: ${rule.source}`),
    ],
  }
}

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

export function optionPage(subject: Subject, id: string, row: AnyRow, targets: readonly Target[]): Page {
  const elsewhere = row.elsewhere === 'refused' ? 'the driver refuses it' : 'it is stored and does nothing'
  const facts: string[] = [
    `Value: ${row.kind.expects}`,
    `When nothing is said: ${unsetOf(row)}`,
    ...(row.kernel === undefined ? [] : [`Driver: ${row.kernel.name}, changed ${changes[row.change]}`]),
    ...(row.modes.length === allModes.length
      ? []
      : [`Modes: ${row.modes.join(', ')}; in the others ${elsewhere}`]),
    ...(row.since === undefined ? [] : [`Since Linux ${row.since}`]),
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
  return { id, title: `${id} (option of a ${subject})`, blocks: [...blocks, text(`Source: ${row.source}`)] }
}

const changes: Readonly<Record<AnyRow['change'], string>> = {
  live: 'while the bond works',
  down: 'only while the bond is down',
  empty: 'only while the bond is down and has no members',
}

export function modePage(mode: keyof typeof modeFacts): Page {
  const facts = modeFacts[mode]
  const used = Object.entries<AnyRow>(rowsOf('bond')).filter(
    ([, row]) => row.kernel !== undefined && row.modes.length < allModes.length && row.modes.includes(mode),
  )
  return {
    id: mode,
    title: `${mode} (mode ${modeKind.numbers[mode]})`,
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
