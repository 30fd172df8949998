// import: configurations that exist, as an intent.

import { jsonText } from '../../report/escape.ts'
import { cablingOption, withoutFile } from '../cables.ts'
import type { Register, Status } from '../command.ts'
import { knownFiles, knownFrom, knownName, loadAll } from '../foreign.ts'
import { intentData } from '../intent-data.ts'
import { intentFiles } from '../intents.ts'
import { type Io, Usage } from '../io.ts'
import { loadNetbox } from '../netbox.ts'
import { intentText } from '../print-intent.ts'
import { complain, statusOf } from '../report.ts'

interface Options {
  readonly from?: string
  readonly name?: string
  readonly cabling?: string
  readonly format: string
}

export const register: Register = (program, io, done) => {
  program
    .command('import')
    .summary('turn existing configuration into an intent')
    .description(
      'Reads existing configuration of hosts and switches and prints the intent that it means. What is not understood is said at its line.',
    )
    .argument('<file...>', 'files or folders; - is standard input')
    .option(
      '--from <target>',
      'what they are; auto recognises each by its name and content; netbox is JSON of its REST interface',
      'auto',
    )
    .option('--name <host>', 'all files are of one host, which is called so; unset follows from the paths')
    .option(...cablingOption)
    .option('--format <format>', 'text, which is YAML, or json', 'text')
    .action((paths: readonly string[], options: Options) => done(importFiles(io, paths, options)))
}

function importFiles(io: Io, paths: readonly string[], options: Options): Status {
  const { format } = options
  if (format !== 'text' && format !== 'json') throw new Usage(`--format is text or json, not ${format}`)
  const { cabling } = options
  const netbox = options.from === 'netbox'
  if (netbox && options.name !== undefined)
    throw new Usage('--name is for files of one host, not for --from netbox')
  const from = netbox ? undefined : knownFrom(options.from)
  const name = knownName(options.name)
  const files = withoutFile(io, netbox ? intentFiles(io, paths) : knownFiles(io, paths, from), cabling)
  const loaded = netbox
    ? { ...loadNetbox(io, files, cabling), remarks: () => new Map() }
    : loadAll(io, files, { from, name, cabling, intents: false })
  const { intent, remarks, diagnostics } = loaded
  complain(io, loaded)
  if (format === 'json') io.out(jsonText(intentData(intent)))
  else if (intent.hosts.length + intent.switches.length > 0) io.out(intentText(intent, remarks()))
  return statusOf(diagnostics)
}
