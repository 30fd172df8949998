// lint: what will not work, and what does less than its author believes.

import { type Reportable, reports } from '../../report/index.ts'
import type { RuleLevels } from '../../rules/rule.ts'
import { Baseline } from '../baseline.ts'
import { cablingOption, withoutFile } from '../cables.ts'
import { collect, type Register, type Status, wholeNumber } from '../command.ts'
import { Configs, isWebAddress } from '../config.ts'
import { unifiedDiff } from '../diff.ts'
import { type Changed, fixFiles, writeChanged } from '../fixing.ts'
import { knownFiles, knownFrom, machines } from '../foreign.ts'
import { type Io, Usage } from '../io.ts'
import { infosOf, isLevel, type Level, levelOf, levelWords, ownCodes, unknownId } from '../levels.ts'
import { shareOut } from '../lint-job.ts'
import { type LintSettings, lintFiles } from '../linting.ts'
import { type Progress, progress } from '../progress.ts'
import { contextOf, located, statusOf } from '../report.ts'

interface Options {
  readonly format: string
  readonly from?: string
  readonly cabling?: string
  readonly each?: boolean
  readonly fix?: boolean
  readonly diff?: boolean
  readonly unsafe?: boolean
  readonly rule?: readonly string[]
  readonly maxWarnings?: string
  readonly baseline?: string
  readonly updateBaseline?: boolean
  readonly docsUrl?: string
  readonly jobs?: string
}

const help = `
Files and folders that are named together are one intent, as for render. With --each every file is one of its own.
Configurations that exist may stand beside intents: what a file is, is recognised by its place and content. The files
below NAME/etc are those of the host NAME, and a switch is called what its configuration says, or as its file is.
Patterns are followed where the shell has not: bondplan lint 'sites/**/*.yaml'

A finding is allowed by a comment at its line or on the line above, with the reason:
  mode: balance-rr  # bondplan-allow mode-missing: said in the profile of the old site

A file bondplan.config.yaml, in the folder of an intent or above, configures lint:
  rules: {miimon-too-low: off, members-single: error}
  ignore: [drafts, "*.old.yaml"]
  targets: {netplan: "0.105"}       # the version that is meant where an intent names none
  docs-url: https://example.org/bondplan

Exit status: 0 fine, 1 errors, more warnings than --max-warnings, or something to change under --diff; 2 could not run.
`

export const register: Register = (program, io, done) => {
  program
    .command('lint')
    .summary('say what will not work, and why')
    .description(
      'Checks intents and existing configurations of hosts and switches: what the schema, the driver and the targets say of them, and what they cannot give.',
    )
    .argument('[file...]', 'files, folders or patterns; - is standard input', ['-'])
    .option('--format <format>', Object.keys(reports).join(', '), 'text')
    .option('--from <target>', 'what the files are; auto recognises each by its name and content', 'auto')
    .option(...cablingOption)
    .option('--each', 'each file or machine is an intent of its own, not all together one')
    .option('--fix', 'settle what can be settled without changing what the driver does')
    .option('--unsafe', 'with --fix: also what changes what the driver does')
    .option('--diff', 'show what --fix would change as a unified diff, and write nothing')
    .option('--rule <id=level>', `${levelWords.join(', ')} for one rule or code (repeatable)`, collect)
    .option('--max-warnings <n>', 'exit 1 where there are more warnings than this')
    .option('--baseline <file>', 'say only what this file does not accept')
    .option('--update-baseline', 'accept all that is found now: write it to the file of --baseline')
    .option('--docs-url <url>', 'where the pages about rules stand, for formats that link to them')
    .option('--jobs <n>', 'with --each: threads to work in; unset is as many as there are processors')
    .addHelpText('after', help)
    .action(async (paths: readonly string[], options: Options) => done(await lint(io, paths, options)))
}

/** The options, checked against each other. Throws Usage. */
function checked(options: Options) {
  const report = Object.hasOwn(reports, options.format) ? reports[options.format] : undefined
  if (report === undefined)
    throw new Usage(`--format is one of ${Object.keys(reports).join(', ')}, not ${options.format}`)
  const maxWarnings = wholeNumber('--max-warnings', options.maxWarnings)
  const jobs = wholeNumber('--jobs', options.jobs)
  const fix = options.fix === true || options.diff === true
  if (options.unsafe && !fix)
    throw new Usage('--unsafe says which fixes --fix makes; it needs --fix or --diff')
  if (options.updateBaseline && options.baseline === undefined) {
    throw new Usage('--update-baseline needs --baseline, the file to write')
  }
  if (options.updateBaseline && fix) {
    throw new Usage('--update-baseline accepts what --fix would settle: give one of them')
  }
  if (options.cabling !== undefined && options.each) {
    throw new Usage(
      '--cabling joins hosts and switches into one intent, and --each takes them apart: give one of them',
    )
  }
  if (options.docsUrl !== undefined && !isWebAddress(options.docsUrl)) {
    throw new Usage(`--docs-url is an address that begins with https:// or http://, not ${options.docsUrl}`)
  }
  return { report, maxWarnings, jobs, fix, levels: levelsOf(options.rule ?? []) }
}

async function lint(io: Io, paths: readonly string[], options: Options): Promise<Status> {
  const { report, maxWarnings, jobs, fix, levels } = checked(options)
  const { baseline: baselineFile, updateBaseline = false } = options
  const configs = new Configs(io)
  const from = knownFrom(options.from)
  const { cabling } = options
  const files = withoutFile(io, lintable(io, paths, configs, baselineFile, from), cabling)
  const baseline = baselineFile === undefined ? undefined : Baseline.read(io, baselineFile, updateBaseline)
  const settings: LintSettings = {
    configs,
    levels,
    baseline: updateBaseline ? undefined : baseline,
    from,
    cabling,
  }
  const units = options.each ? machines(files) : files.length === 0 ? [] : [files]
  const working = progress(io, options.each ? 'linted' : 'read', files.length)
  const { found, changed } = fix
    ? fixAll(io, units, settings, options)
    : { found: await lintAll(io, units, settings, working, jobs), changed: [] }
  working.done()
  if (baseline !== undefined && updateBaseline) return accept(io, baseline, found)
  const all = [...aboutConfigs(configs), ...found, ...aboutBaseline(baseline, levels)]
  const shown = files.map(file => (file === '-' ? '<stdin>' : file))
  const infos = infosOf(
    options.docsUrl ?? configs.found.find(({ docsUrl }) => docsUrl !== undefined)?.docsUrl,
  )
  // Where the changed text itself is the data, findings go to where diagnostics go.
  const beside = options.diff || changed.some(({ file }) => file === '-')
  const text = (beside ? reports.text : report)?.(
    all,
    contextOf(io, shown, beside ? io.errIsTerminal : io.outIsTerminal, infos),
  )
  if (fix) deliver(io, changed, options.diff === true)
  if (text !== undefined) (beside ? io.err : io.out)(text)
  return options.diff && changed.length > 0 ? 1 : statusOf(all, maxWarnings)
}

/** The files to lint: those that no configuration passes over, and no file of ours. */
function lintable(
  io: Io,
  paths: readonly string[],
  configs: Configs,
  baseline: string | undefined,
  from: string | undefined,
): readonly string[] {
  const own = baseline === undefined ? undefined : configs.pathOf(baseline)
  const files = knownFiles(io, paths, from).filter(file => configs.pathOf(file) !== own)
  const kept = files.filter(file => !configs.ignores(file))
  const ignored = files.length - kept.length
  if (ignored > 0 && kept.length === 0) {
    const names = configs.found.map(({ file }) => file).join(', ')
    io.err(`${ignored === 1 ? 'The file is' : `All ${ignored} files are`} ignored by ${names}.\n`)
  }
  return kept
}

async function lintAll(
  io: Io,
  units: readonly (readonly string[])[],
  settings: LintSettings,
  working: Progress,
  jobs: number | undefined,
): Promise<readonly Reportable[]> {
  const shared = await shareOut(io, units, settings, working, jobs)
  if (shared !== undefined) return shared
  const found: Reportable[] = []
  for (const unit of units)
    for (const finding of lintFiles(io, unit, settings, working).found) found.push(finding)
  return found
}

function fixAll(
  io: Io,
  units: readonly (readonly string[])[],
  settings: LintSettings,
  { unsafe = false }: Options,
): { readonly found: readonly Reportable[]; readonly changed: readonly Changed[] } {
  const found: Reportable[] = []
  const changed: Changed[] = []
  for (const unit of units) {
    const fixed = fixFiles(io, unit, settings, unsafe)
    for (const finding of fixed.linted.found) found.push(finding)
    changed.push(...fixed.changed)
  }
  return { found, changed }
}

/** Writes what was fixed, or shows it. */
function deliver(io: Io, changed: readonly Changed[], diff: boolean): void {
  if (diff) {
    for (const { file, before, after } of changed) {
      io.out(unifiedDiff(io, file === '-' ? 'stdin' : file.replace(/^(?:\.\/)+/, ''), before, after))
    }
    return
  }
  for (const { file, after } of changed) if (file === '-') io.out(after)
  const files = changed.filter(({ file }) => file !== '-')
  writeChanged(io, files)
  if (files.length > 0) io.err(`Fixed ${files.length === 1 ? files[0]?.file : `${files.length} files`}.\n`)
}

/** Writes a baseline of what was found. */
function accept(io: Io, baseline: Baseline, found: readonly Reportable[]): Status {
  const content = baseline.textOf(found)
  const slash = baseline.file.lastIndexOf('/')
  const folder = slash < 0 ? '.' : baseline.file.slice(0, slash) || '/'
  const transaction = io.transaction(folder)
  transaction.add({ path: baseline.file.slice(slash + 1), mode: 0o644, content })
  transaction.commit()
  io.err(`${found.length} finding${found.length === 1 ? '' : 's'} accepted in ${baseline.file}\n`)
  return 0
}

/** What is wrong with the configuration that was found. */
function aboutConfigs(configs: Configs): readonly Reportable[] {
  return configs.found.flatMap(({ diagnostics, source, file = '' }) =>
    located({
      diagnostics,
      origin: { regionOf: () => undefined, lines: () => [] },
      texts: new Map(source === undefined ? [] : [[file, source]]),
      files: [],
    }),
  )
}

function aboutBaseline(baseline: Baseline | undefined, levels: RuleLevels): readonly Reportable[] {
  if (baseline === undefined) return []
  const level = levelOf('baseline-stale', levels, ownCodes['baseline-stale'].severity)
  return located({
    diagnostics: baseline.stale(level),
    origin: { regionOf: () => undefined, lines: () => [] },
    texts: new Map(baseline.source === undefined ? [] : [[baseline.file, baseline.source]]),
    files: [],
  })
}

function levelsOf(settings: readonly string[]): RuleLevels {
  const levels: Record<string, Level> = {}
  for (const setting of settings) {
    const [id = '', level = ''] = setting.split('=')
    const unknown = unknownId(id)
    if (unknown !== undefined) {
      throw new Usage(`${unknown.message}${unknown.meant ? `; did you mean ${unknown.meant}?` : ''}`)
    }
    if (!isLevel(level))
      throw new Usage(`--rule ${id}= is followed by ${levelWords.join(', ')}, not ${level}`)
    levels[id] = level
  }
  return levels
}
