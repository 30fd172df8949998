// diagnose: what runs, and what is wrong with it.

import { checks } from '../../diagnose/checks/index.ts'
import { platformsRead, shows } from '../../diagnose/formats/index.ts'
import { diagnose, type Input } from '../../diagnose/index.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import { decodeText, type SourceText } from '../../intent/text.ts'
import { jsonText } from '../../report/escape.ts'
import { reports } from '../../report/index.ts'
import { jsonDiagnostic } from '../../report/json.ts'
import { observedData } from '../../report/observed-json.ts'
import { observedText } from '../../report/observed-text.ts'
import { paint, table } from '../../report/terminal.ts'
import type { RuleInfo } from '../../report/types.ts'
import { cablingOption } from '../cables.ts'
import { plainCapture } from '../capture.ts'
import { collect, type Register, type Status, wholeNumber } from '../command.ts'
import { knownName } from '../foreign.ts'
import { intentFiles, loadIntents } from '../intents.ts'
import { type Io, Usage } from '../io.ts'
import { contextOf, located, statusOf } from '../report.ts'
import { shown } from '../shelf.ts'

interface Options {
  readonly from: string
  readonly name?: string
  readonly intent?: readonly string[]
  readonly cabling?: string
  readonly format: string
  readonly maxWarnings?: string
}

/** Where a host shows its bonds: what is read when nothing is named. */
const ownBonds = '/proc/net/bonding'

const help = `
Collect as root, on each host:
  cat /proc/net/bonding/*; ip -d -j link; dmesg
and what the switch shows, in files or pasted into one with the prompts, by which
machines are told apart. Files below NAME/proc are those of NAME; other files of
a folder are of one host. Without a file it reads ${ownBonds} here.

It reads:
${table(
  shows.map(({ platform, commands }) => ['', platform, commands.join(', ')]),
  { width: 80 },
)}

Exit status: 0 nothing is wrong, 1 errors, or more warnings than --max-warnings;
2 could not run.
`

export const register: Register = (program, io, done) => {
  program
    .command('diagnose')
    .summary('say what is wrong with bonds that run')
    .description(
      'Reads what hosts and switches show of their bonds and LAGs, and says what does not work, why, and what to do; with an intent, also where it is otherwise than was meant.',
    )
    .argument('[file...]', 'files, folders or patterns; - is standard input', [ownBonds])
    .option('--from <platform>', 'what the output is of; auto recognises it', 'auto')
    .option('--name <host>', 'the host of what does not tell whose it is')
    .option('--intent <file>', 'say as well where it differs from this intent (repeatable)', collect)
    .option(...cablingOption)
    .option('--format <format>', Object.keys(reports).join(', '), 'text')
    .option('--max-warnings <n>', 'exit 1 where there are more warnings than this')
    .addHelpText('after', help)
    .action((paths: readonly string[], options: Options) => done(answer(io, paths, options)))
}

function answer(io: Io, paths: readonly string[], options: Options): Status {
  const report = Object.hasOwn(reports, options.format) ? reports[options.format] : undefined
  if (report === undefined)
    throw new Usage(`--format is one of ${Object.keys(reports).join(', ')}, not ${options.format}`)
  const maxWarnings = wholeNumber('--max-warnings', options.maxWarnings)
  const from = knownPlatform(options.from)
  const name = knownName(options.name)
  if (options.cabling !== undefined && options.intent === undefined)
    throw new Usage('--cabling tells where the cables of an intent lead; it needs --intent')
  if (paths[0] === ownBonds && io.kind(ownBonds) === undefined)
    throw new Usage(
      `there is no ${ownBonds} on this machine: name what was collected, or - for standard input`,
    )
  const files = intentFiles(io, paths, () => true)
  const texts = new Map<string, SourceText>()
  const diagnostics: Diagnostic[] = []
  const inputs = files.flatMap((path): readonly Input[] => {
    const decoded = decodeText(plainCapture(io.read(path)), shown(path))
    diagnostics.push(...decoded.diagnostics)
    if (decoded.value === undefined) return []
    texts.set(decoded.value.file, decoded.value)
    return [{ path, source: decoded.value }]
  })
  const meant = options.intent && loadIntents(io, intentFiles(io, options.intent), options.cabling)
  const found = diagnose(inputs, { only: from, name, intent: meant?.intent })
  const names = [...files.map(shown), ...(meant?.files ?? [])]
  const all = [...diagnostics, ...(meant?.diagnostics ?? []), ...found.diagnostics]
  const findings = located({
    diagnostics: all,
    origin: meant?.origin ?? nowhere,
    texts: { get: file => texts.get(file) ?? meant?.texts.get(file) },
    files: names,
  })
  const context = contextOf(io, names, io.outIsTerminal, infos())
  if (options.format === 'text')
    io.out(observedText(found.value, { width: context.width, paint: paint(context.colour) }))
  io.out(
    options.format === 'json'
      ? jsonText({ diagnostics: findings.map(jsonDiagnostic), machines: observedData(found.value) })
      : report(findings, context),
  )
  return statusOf(all, maxWarnings)
}

const nowhere = { regionOf: () => undefined, lines: () => [] }

const infos = (): ReadonlyMap<string, RuleInfo> =>
  new Map(checks.map(({ id, summary, why, severity }) => [id, { summary, why, defaultSeverity: severity }]))

function knownPlatform(from: string): string | undefined {
  if (from === 'auto') return undefined
  if (platformsRead.includes(from)) return from
  const meant = nearest(from, platformsRead)
  throw new Usage(
    `--from is auto, ${platformsRead.join(', ')}, not ${from}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
  )
}
