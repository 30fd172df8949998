// render: the files of the chosen hosts and switches, to a folder or to standard output.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import type { Host, Intent } from '../../intent/intent.ts'
import { partner, type SwitchPlan, unruled } from '../../intent/partner.ts'
import { jsonText } from '../../report/escape.ts'
import { jsonDiagnostic } from '../../report/json.ts'

import { rules } from '../../rules/index.ts'
import { runRules } from '../../rules/rule.ts'
import { Expectations } from '../../targets/expect.ts'
import { targetIds, targetOf } from '../../targets/index.ts'
import { switchTargetOf } from '../../targets/switch/index.ts'
import { renderSwitch } from '../../targets/switch-write.ts'
import type { Target } from '../../targets/target.ts'
import { type RenderedFile, renderHost, renderRemoval } from '../../targets/write.ts'
import { cablingOption } from '../cables.ts'
import { type Choice, chooseHosts, chooseNamed, shardOf } from '../choose.ts'
import { collect, type Register, type Status } from '../command.ts'
import { intentFiles, loadIntents } from '../intents.ts'
import { type Io, Usage } from '../io.ts'
import { progress } from '../progress.ts'
import { complain, located, statusOf } from '../report.ts'
import { Printed, Written } from '../sinks.ts'
import { templates } from '../templates.ts'

interface Options extends Choice {
  readonly out?: string
  readonly target?: readonly string[]
  readonly remove?: boolean
  readonly check?: boolean
  readonly diff?: boolean
  readonly force?: boolean
  readonly expect?: boolean
  readonly cabling?: string
  readonly format: string
}

export const register: Register = (program, io, done) => {
  program
    .command('render')
    .summary('write the files of hosts and switches')
    .description(
      'Writes the files of the chosen hosts and switches to a folder, or to standard output with a header line per file.',
    )
    .argument('[intent...]', 'intent files or folders; - is standard input', ['-'])
    .option('-o, --out <dir>', 'write below this folder, one folder for each host and switch')
    .option(
      '-t, --target <id>',
      'render for this target instead of those the hosts name (repeatable)',
      collect,
    )
    .option(
      '--host <name>',
      'only this host, or those of a range such as web[01-40], and no switches but those of --switch (repeatable)',
      collect,
    )
    .option('--group <name>', 'only hosts of this group, in the same way (repeatable)', collect)
    .option('--switch <name>', 'only this switch, and no hosts but those of --host (repeatable)', collect)
    .option('--shard <part/parts>', 'only this part of the hosts and switches, such as 3/10')
    .option(...cablingOption)
    .option('--remove', 'write what takes it back again: of switches, and of hosts that run a script')
    .option('--check', 'write nothing; exit 1 where files below --out would change')
    .option('--diff', 'show what changes below --out as a unified diff')
    .option('--force', 'overwrite files that bondplan did not write')
    .option('--expect', 'with --format json: add what each host will have when its files are in force')
    .option('--format <format>', 'text or json', 'text')
    .action(async (paths: readonly string[], options: Options) => done(await render(io, paths, options)))
}

async function render(io: Io, paths: readonly string[], options: Options): Promise<Status> {
  if (options.format !== 'text' && options.format !== 'json') {
    throw new Usage(`--format is text or json, not ${options.format}`)
  }
  if ((options.check || options.diff) && options.out === undefined) {
    throw new Usage('--check and --diff need --out, the folder to compare with')
  }
  if (options.expect && (options.format !== 'json' || options.out !== undefined)) {
    throw new Usage('--expect adds to what --format json prints, so it needs that and no --out')
  }
  const files = intentFiles(io, paths)
  const reading = progress(io, 'read', files.length)
  const loaded = loadIntents(io, files, options.cabling, reading)
  reading.done()
  // Hopes that cannot come true are no reason to write nothing: lint and predict speak of them.
  const written = { ...loaded.intent, traffic: [] }
  const broken = runRules(written, rules).filter(({ severity }) => severity === 'error')
  const diagnostics: Diagnostic[] = [...loaded.diagnostics, ...broken]
  const expected = options.expect ? new Expectations() : undefined
  const sink = options.out === undefined ? new Printed(io, options) : new Written(io, options.out, options)
  try {
    for (const file of renderedFiles(io, loaded.intent, options, diagnostics, expected)) sink.take(file)
    for (const file of renderedSwitches(loaded.intent, options, diagnostics)) sink.take(file)
  } catch (error) {
    sink.abandon()
    throw error
  }
  const findings = { ...loaded, diagnostics }
  const status = statusOf(diagnostics)
  if (options.format === 'text') complain(io, findings)
  if (status !== 0) {
    sink.abandon()
    if (options.format === 'json')
      io.out(jsonText({ files: [], diagnostics: located(findings).map(jsonDiagnostic) }))
    else io.err('Nothing was written.\n')
    return status
  }
  return sink.finish(located(findings), expected?.all())
}

function* renderedFiles(
  io: Io,
  intent: Intent,
  options: Options,
  diagnostics: Diagnostic[],
  expected: Expectations | undefined,
): Generator<RenderedFile> {
  const chosen = hostsWanted(options) ? chooseHosts(intent, options) : []
  const forced = options.target?.filter(reference => !isPlatform(reference)).map(knownTarget)
  const working = progress(io, 'rendered', chosen.length)
  for (const host of chosen) {
    working.step()
    const wanted = forced ?? (host.options.target ?? []).flatMap(reference => targetOf(reference) ?? [])
    if (wanted.length === 0 && host.options.target === undefined && !options.remove)
      diagnostics.push(targetless(host))
    const byPath = new Map<string, RenderedFile>()
    for (const { target, version } of wanted) {
      const { files, lost } = renderedFor(host, target, version, options)
      diagnostics.push(...lost)
      if (!options.remove) expected?.add(host, target, lost)
      for (const file of files) {
        const twin = byPath.get(file.path)
        if (twin === undefined) byPath.set(file.path, file)
        else diagnostics.push(collision(host, file, twin))
      }
    }
    yield* byPath.values()
  }
  working.done()
}

/** What brings a host up; or what takes that back, of which nothing can be lost that was not reported then. */
const renderedFor = (host: Host, target: Target, version: string | undefined, { remove }: Options) =>
  remove
    ? { files: renderRemoval(host, target, templates, version), lost: [] }
    : renderHost(host, target, templates, version)

/** Switches alone are asked for by --switch, and by a --target that is a platform. */
const hostsWanted = ({ host, group, switch: switches, target }: Options): boolean =>
  (host !== undefined || group !== undefined || switches === undefined) &&
  (target === undefined || !target.every(isPlatform))

const isPlatform = (reference: string): boolean => switchTargetOf(reference.split('@')[0] ?? '') !== undefined

function knownTarget(reference: string) {
  const found = targetOf(reference)
  if (found !== undefined) return found
  const meant = nearest(reference, [...targetIds('host'), ...targetIds('switch')])
  throw new Usage(
    `there is no target ${reference}${meant ? `; did you mean ${meant}?` : ''}; see bondplan targets`,
  )
}

function renderedSwitches(
  intent: Intent,
  options: Options,
  diagnostics: Diagnostic[],
): readonly RenderedFile[] {
  const platforms = options.target?.filter(isPlatform)
  const hostsAlone = options.host !== undefined || options.group !== undefined
  const wanted = options.switch !== undefined || (!hostsAlone && platforms?.length !== 0)
  const chosen = options.switch && chooseNamed('switch', intent.switches, options.switch)
  if (!wanted || intent.switches.length === 0) return []
  const planned = partner(intent)
  diagnostics.push(...unruled(planned))
  const names = chosen && new Set(chosen.map(({ name }) => name))
  const plans = planned.value.filter(({ name }) => names === undefined || names.has(name))
  return shardOf(plans, options.shard).flatMap(plan => {
    if (platforms !== undefined && !platforms.some(reference => reference.split('@')[0] === plan.platform.id))
      return []
    const target = switchTargetOf(plan.platform.id)
    if (target === undefined) {
      diagnostics.push(unwritten(plan))
      return []
    }
    const { files, lost } = renderSwitch(plan, target, templates, options.remove)
    diagnostics.push(...lost)
    return files
  })
}

const unwritten = ({ name, path, platform }: SwitchPlan): Diagnostic => ({
  code: 'not-yet-mapped',
  severity: 'error',
  message: `${name}: nobody has looked yet how ${platform.product} is configured, so nothing is written for it`,
  at: { path: [...path, 'platform'], part: 'value' },
  help: `these are: ${targetIds('switch').join(', ')}`,
})

const targetless = (host: Host): Diagnostic => ({
  code: 'target-missing',
  severity: 'error',
  message: `${host.name} names no target, so nothing can be written for it`,
  at: { path: host.path, part: 'key' },
  help: `say target: ${targetIds('host').join(' | ')}, or use --target`,
})

const collision = (host: Host, file: RenderedFile, twin: RenderedFile): Diagnostic => ({
  code: 'targets-collide',
  severity: 'error',
  message: `${file.target} and ${twin.target} both write ${file.path} of ${host.name}`,
  at: { path: [...host.path, 'target'], part: 'value' },
  help: 'choose one with --target',
})
