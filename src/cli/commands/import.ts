// import: configurations that exist, as an intent.

import type { Register, Status } from '../command.ts'
import { allFiles, hostNameFor, knownFrom, readForeign } from '../foreign.ts'
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
      'Reads existing configuration and prints the intent that it means. What is not understood is said at its line.',
    )
    .argument('<file...>', 'files or folders; - is standard input')
    .option('--from <target>', 'what they are; auto recognises each by its name and content', 'auto')
    .option('--name <host>', 'what the host is called; unset follows from the path')
    .action((paths: readonly string[], options: Options) => done(importFiles(io, paths, options)))
}

function importFiles(io: Io, paths: readonly string[], { from, name }: Options): Status {
  const files = allFiles(io, paths)
  const { hosts, origin, texts, diagnostics } = readForeign(
    io,
    files,
    knownFrom(from),
    name ?? hostNameFor(files),
  )
  complain(io, { diagnostics, origin, texts, files })
  if (hosts.length > 0) io.out(intentText(hosts))
  return statusOf(diagnostics)
}
