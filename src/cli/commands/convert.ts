// convert: existing configuration for another target, import and render in one.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Switch } from '../../intent/intent.ts'
import { annotated } from '../../targets/annotate.ts'
import { targetOf } from '../../targets/index.ts'
import { renderHost } from '../../targets/write.ts'
import type { Register, Status } from '../command.ts'
import { knownFiles, knownFrom, knownName, loadAll } from '../foreign.ts'
import { type Io, Usage } from '../io.ts'
import { complain, statusOf } from '../report.ts'
import { Printed, type SinkOptions, Written } from '../sinks.ts'
import { templates } from '../templates.ts'

interface Options extends SinkOptions {
  readonly to: string
  readonly from?: string
  readonly name?: string
  readonly out?: string
}

export const register: Register = (program, io, done) => {
  program
    .command('convert')
    .summary('turn existing configuration into that of another target')
    .description(
      'Reads existing configuration and writes it for another target. What cannot be carried over is said at its line.',
    )
    .argument('<file...>', 'files or folders; - is standard input')
    .requiredOption('--to <target>', 'what to write')
    .option('--from <target>', 'what the files are; auto recognises each by its name and content', 'auto')
    .option('--name <host>', 'all files are of one host, which is called so; unset follows from the paths')
    .option('-o, --out <dir>', 'write below this folder')
    .option('--force', 'overwrite files that bondplan did not write')
    .option('--format <format>', 'text or json', 'text')
    .action(async (paths: readonly string[], options: Options) => done(await convert(io, paths, options)))
}

const leftOut = (box: Switch): Diagnostic => ({
  code: 'not-converted',
  severity: 'warning',
  message: `${box.name} is a switch, and its ports have other names on another platform: nothing is written for it`,
  at: { path: box.path, part: 'key' },
  help: 'import it, change the platform and the ports in the intent, and render that',
})

async function convert(io: Io, paths: readonly string[], options: Options): Promise<Status> {
  const wanted = targetOf(options.to)
  if (wanted === undefined) throw new Usage(`there is no target ${options.to}; see bondplan targets`)
  if (options.format !== 'text' && options.format !== 'json')
    throw new Usage(`--format is text or json, not ${options.format}`)
  const from = knownFrom(options.from)
  const read = loadAll(io, knownFiles(io, paths, from), {
    from,
    name: knownName(options.name),
    intents: false,
  })
  const diagnostics: Diagnostic[] = [...read.diagnostics]
  const sink = options.out === undefined ? new Printed(io, options) : new Written(io, options.out, options)
  const remarks = read.remarks()
  for (const host of read.intent.hosts) {
    const { files: rendered, lost } = renderHost(host, wanted.target, templates, wanted.version)
    diagnostics.push(...lost)
    for (const file of annotated(rendered, host, wanted.target, remarks)) sink.take(file)
  }
  for (const box of read.intent.switches) diagnostics.push(leftOut(box))
  complain(io, { ...read, diagnostics })
  if (statusOf(diagnostics) !== 0) {
    sink.abandon()
    io.err('Nothing was written.\n')
    return 1
  }
  return sink.finish([])
}
