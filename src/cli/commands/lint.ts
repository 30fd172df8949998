// lint: what will not work, and what does less than its author believes.

import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import { type RuleInfo, reports } from '../../report/index.ts'
import { rules } from '../../rules/index.ts'
import { type RuleLevels, runRules } from '../../rules/rule.ts'
import { targetOf } from '../../targets/index.ts'
import { place } from '../../targets/place.ts'
import { collect, type Register, type Status } from '../command.ts'
import { intentFiles, type Loaded, loadIntents } from '../intents.ts'
import { type Io, Usage } from '../io.ts'
import { progress } from '../progress.ts'
import { contextOf, located, statusOf } from '../report.ts'

interface Options {
  readonly format: string
  readonly rule?: readonly string[]
  readonly maxWarnings?: string
}

export const register: Register = (program, io, done) => {
  program
    .command('lint')
    .summary('say what will not work, and why')
    .description(
      'Checks intents: what the schema, the driver and the targets say of them, and what they cannot give.',
    )
    .argument('[file...]', 'files or folders; - is standard input', ['-'])
    .option('--format <format>', Object.keys(reports).join(', '), 'text')
    .option('--rule <id=level>', 'off, note, warning or error for one rule (repeatable)', collect)
    .option('--max-warnings <n>', 'exit 1 where there are more warnings than this')
    .action((paths: readonly string[], options: Options) => done(lint(io, paths, options)))
}

function lint(io: Io, paths: readonly string[], options: Options): Status {
  const report = Object.hasOwn(reports, options.format) ? reports[options.format] : undefined
  if (report === undefined)
    throw new Usage(`--format is one of ${Object.keys(reports).join(', ')}, not ${options.format}`)
  const levels = levelsOf(options.rule ?? [])
  const maxWarnings = options.maxWarnings === undefined ? undefined : Number(options.maxWarnings)
  if (maxWarnings !== undefined && !(Number.isInteger(maxWarnings) && maxWarnings >= 0)) {
    throw new Usage(`--max-warnings is a whole number, not ${options.maxWarnings}`)
  }
  const files = intentFiles(io, paths)
  const reading = progress(io, 'read', files.length)
  const loaded = loadIntents(io, files, reading)
  reading.done()
  const found = located({ ...loaded, diagnostics: [...loaded.diagnostics, ...findingsOf(loaded, levels)] })
  io.out(report(found, contextOf(io, loaded.files, io.outIsTerminal, infos())))
  return statusOf(found, maxWarnings)
}

/** What the rules find, and what the declared targets cannot say. What cannot be said can not be switched off. */
function findingsOf({ intent }: Loaded, levels: RuleLevels): readonly Diagnostic[] {
  const lost = intent.hosts.flatMap(host =>
    (host.options.target ?? []).flatMap(reference => {
      const known = targetOf(reference)
      return known === undefined ? [] : place(host, known.target, known.version).lost
    }),
  )
  return [...runRules(intent, rules, levels), ...lost]
}

const severities: readonly string[] = ['off', 'note', 'warning', 'error']

function levelsOf(settings: readonly string[]): RuleLevels {
  const known = rules.map(rule => rule.id)
  return Object.fromEntries(
    settings.map(setting => {
      const [id = '', level = ''] = setting.split('=')
      if (!known.includes(id)) {
        const meant = nearest(id, known)
        throw new Usage(`there is no rule ${id}${meant ? `; did you mean ${meant}?` : ''}`)
      }
      if (!severities.includes(level))
        throw new Usage(`--rule ${id}= is followed by off, note, warning or error`)
      return [id, level as Severity | 'off']
    }),
  )
}

const infos = (): ReadonlyMap<string, RuleInfo> =>
  new Map(
    rules.map(rule => [rule.id, { summary: rule.summary, why: rule.why, defaultSeverity: rule.severity }]),
  )
