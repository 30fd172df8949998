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
import type { RenderedFile } from '../../targets/write.ts'
import { cablingOption } from '../cables.ts'
import { type Choice, chooseHosts, chooseNamed, shardOf } from '../choose.ts'
import { collect, type Register, type Status, wholeNumber } from '../command.ts'
import { intentFiles, type Loaded, loadIntents } from '../intents.ts'
import { type Crew, type Io, Usage } from '../io.ts'
import { heeded } from '../one-finding.ts'
import { progress } from '../progress.ts'
import { type RenderResult, renderCrew, shareHosts, shareSwitches } from '../render-job.ts'
import { complain, located, statusOf } from '../report.ts'
import { Printed, type Sink, Written } from '../sinks.ts'

interface Options extends Choice {
  readonly out?: string
  readonly target?: readonly string[]
  readonly remove?: boolean
  readonly check?: boolean
  readonly diff?: boolean
  readonly force?: boolean
  readonly expect?: boolean
  readonly cabling?: string
  readonly jobs?: string
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
    .option(
      '--jobs <n>',
      'threads to work in; unset is as many as there are processors and the hosts are worth',
    )
    .option('--format <format>', 'text or json', 'text')
    .action(async (paths: readonly string[], options: Options) => done(await render(io, paths, options)))
}

async function render(io: Io, paths: readonly string[], options: Options): Promise<Status> {
  if (options.format !== 'text' && options.format !== 'json') {
    throw new Usage(`--format is text or json, not ${options.format}`)
  }
  if (options.out === '') throw new Usage('--out is a folder, and . is this one')
  if ((options.check || options.diff) && options.out === undefined) {
    throw new Usage('--check and --diff need --out, the folder to compare with')
  }
  if (options.expect && (options.format !== 'json' || options.out !== undefined)) {
    throw new Usage('--expect adds to what --format json prints, so it needs that and no --out')
  }
  const wanted = wholeNumber('--jobs', options.jobs)
  const files = intentFiles(io, paths)
  const reading = progress(io, 'read', files.length)
  const loaded = loadIntents(io, files, options.cabling, reading)
  reading.done()
  const sink = options.out === undefined ? new Printed(io, options) : new Written(io, options.out, options)
  const hosts = hostsWanted(options) ? chooseHosts(loaded.intent, options) : []
  const crew = renderCrew(io.threads, hosts.length, wanted)
  const expected = options.expect ? new Expectations() : undefined
  let diagnostics: readonly Diagnostic[]
  try {
    diagnostics = await renderAll(io, loaded, hosts, options, { sink, crew, expected })
  } catch (error) {
    sink.abandon()
    throw error
  } finally {
    crew?.end()
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

interface Rendering {
  readonly sink: Sink
  /** Threads beside this one; undefined: it does all itself. */
  readonly crew: Crew | undefined
  readonly expected: Expectations | undefined
}

/** Hands every file to the sink; answers what is to be said of the intent and of what is lost. */
async function renderAll(
  io: Io,
  { intent, diagnostics: read }: Loaded,
  hosts: readonly Host[],
  options: Options,
  { sink, crew, expected }: Rendering,
): Promise<readonly Diagnostic[]> {
  const remove = options.remove ?? false
  const forced = options.target?.filter(reference => !isPlatform(reference))
  for (const reference of forced ?? []) knownTarget(reference)
  // The threads begin with the hosts; rules and the plan of the switches are reckoned meanwhile.
  const hostShares = shareHosts(crew, hosts, forced, remove)
  // Hopes that cannot come true are no reason to write nothing: lint and predict speak of them.
  const written = { ...intent, traffic: [] }
  const broken = heeded(written, runRules(written, rules)).filter(({ severity }) => severity === 'error')
  const diagnostics: Diagnostic[] = [...read, ...broken]
  const planned = plannedSwitches(intent, options)
  const switchShares = shareSwitches(crew, planned.plans, remove)

  const working = progress(io, 'rendered', hosts.length)
  for (const { things, result } of hostShares) {
    const rendered = await result()
    for (const [at, host] of things.entries()) {
      working.step()
      const parts = rendered[at] ?? []
      if (parts.length === 0 && host.options.target === undefined && !remove)
        diagnostics.push(targetless(host))
      for (const { target, lost } of parts) if (!remove) expected?.add(host, knownTarget(target).target, lost)
      for (const file of filesOf(host, parts, diagnostics)) sink.take(file)
    }
  }
  working.done()
  diagnostics.push(...planned.diagnostics)
  for (const { result } of switchShares) {
    for (const { files, lost } of (await result()).flat()) {
      diagnostics.push(...lost)
      for (const file of files) sink.take(file)
    }
  }
  return diagnostics
}

/** The files of a host, each path once; what is lost and what collides is told. */
function filesOf(host: Host, parts: RenderResult[number], diagnostics: Diagnostic[]): Iterable<RenderedFile> {
  const byPath = new Map<string, RenderedFile>()
  for (const { files, lost } of parts) {
    diagnostics.push(...lost)
    for (const file of files) {
      const twin = byPath.get(file.path)
      if (twin === undefined) byPath.set(file.path, file)
      else diagnostics.push(collision(host, file, twin))
    }
  }
  return byPath.values()
}

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

interface Planned {
  /** Of switches that are asked for and can be written. */
  readonly plans: readonly SwitchPlan[]
  readonly diagnostics: readonly Diagnostic[]
}

function plannedSwitches(intent: Intent, options: Options): Planned {
  const platforms = options.target?.filter(isPlatform)
  const hostsAlone = options.host !== undefined || options.group !== undefined
  const wanted = options.switch !== undefined || (!hostsAlone && platforms?.length !== 0)
  const chosen = options.switch && chooseNamed('switch', intent.switches, options.switch)
  if (intent.switches.length === 0) return { plans: [], diagnostics: [] }
  const planned = partner(intent)
  const told = unruled(planned)
  // What is wrong with an intent is wrong whatever is asked for: a cable to a port that the switch does not have.
  if (!wanted) return { plans: [], diagnostics: told.filter(({ severity }) => severity === 'error') }
  const names = chosen && new Set(chosen.map(({ name }) => name))
  const named = planned.value.filter(({ name }) => names === undefined || names.has(name))
  const plans = shardOf(named, options.shard).filter(
    plan =>
      platforms === undefined || platforms.some(reference => reference.split('@')[0] === plan.platform.id),
  )
  const isKnown = ({ platform }: SwitchPlan): boolean => switchTargetOf(platform.id) !== undefined
  return {
    plans: plans.filter(isKnown),
    diagnostics: [...told, ...plans.filter(plan => !isKnown(plan)).map(unwritten)],
  }
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
