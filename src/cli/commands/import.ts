// import: configurations that exist, as an intent.

import type { Register, Status } from '../command.ts'
import { knownFiles, knownFrom, knownName, loadAll } from '../foreign.ts'
import type { Io } from '../io.ts'
import { intentText } from '../print-intent.ts'
import { complain, statusOf } from '../report.ts'

interface Options {
  readonly from?: string
  readonly name?: string
}

export const register: Register = (program, io, done) => {
  program
    .command('import')
    .summary('turn existing configuration into an intent')
    .description(
      'Reads existing configuration of hosts and switches and prints the intent that it means. What is not understood is said at its line.',
    )
    .argument('<file...>', 'files or folders; - is standard input')
    .option('--from <target>', 'what they are; auto recognises each by its name and content', 'auto')
    .option('--name <host>', 'all files are of one host, which is called so; unset follows from the paths')
    .action((paths: readonly string[], options: Options) => done(importFiles(io, paths, options)))
}

function importFiles(io: Io, paths: readonly string[], options: Options): Status {
  const from = knownFrom(options.from)
  const name = knownName(options.name)
  const files = knownFiles(io, paths, from)
  const loaded = loadAll(io, files, { from, name, intents: false })
  const { intent, remarks, diagnostics } = loaded
  complain(io, loaded)
  if (intent.hosts.length + intent.switches.length > 0) io.out(intentText(intent, remarks))
  return statusOf(diagnostics)
}
