// render: the files of the chosen hosts, to a folder or to standard output.

import { structuredPatch } from 'diff'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import type { Host, Intent } from '../../intent/intent.ts'
import { jsonText } from '../../report/escape.ts'
import { jsonDiagnostic } from '../../report/json.ts'
import { paint } from '../../report/terminal.ts'
import { rules } from '../../rules/index.ts'
import { runRules } from '../../rules/rule.ts'
import { targetIds, targetOf } from '../../targets/index.ts'
import { type RenderedFile, renderHost } from '../../targets/write.ts'
import { collect, type Register, type Status } from '../command.ts'
import { intentFiles, loadIntents } from '../intents.ts'
import { type Io, type NewFile, Usage } from '../io.ts'
import { progress } from '../progress.ts'
import { complain, located, statusOf } from '../report.ts'
import { templates } from '../templates.ts'

interface Options {
  readonly out?: string
  readonly target?: readonly string[]
  readonly host?: readonly string[]
  readonly check?: boolean
  readonly diff?: boolean
  readonly force?: boolean
  readonly format: string
}

export const register: Register = (program, io, done) => {
  program
    .command('render')
    .summary('write the files of hosts and switches')
    .description(
      'Writes the files of the chosen hosts to a folder, or to standard output with a header line per file.',
    )
    .argument('[intent...]', 'intent files or folders; - is standard input', ['-'])
    .option('-o, --out <dir>', 'write below this folder, one folder for each host')
    .option(
      '-t, --target <id>',
      'render for this target instead of those the hosts name (repeatable)',
      collect,
    )
    .option('--host <name>', 'only this host (repeatable)', collect)
    .option('--check', 'write nothing; exit 1 where files below --out would change')
    .option('--diff', 'show what changes below --out as a unified diff')
    .option('--force', 'overwrite files that bondplan did not write')
    .option('--format <format>', 'text or json', 'text')
    .action((paths: readonly string[], options: Options) => done(render(io, paths, options)))
}

function render(io: Io, paths: readonly string[], options: Options): Status {
  if (options.format !== 'text' && options.format !== 'json')
    throw new Usage(`--format is text or json, not ${options.format}`)
  if ((options.check || options.diff) && options.out === undefined)
    throw new Usage('--check and --diff need --out, the folder to compare with')
  const files = intentFiles(io, paths)
  const reading = progress(io, 'read', files.length)
  const loaded = loadIntents(io, files, reading)
  reading.done()
  const broken = runRules(loaded.intent, rules).filter(({ severity }) => severity === 'error')
  const diagnostics: Diagnostic[] = [...loaded.diagnostics, ...broken]
  const rendered = renderHosts(io, loaded.intent, options, diagnostics)
  const findings = { ...loaded, diagnostics }
  const status = statusOf(diagnostics)
  if (options.format === 'json') {
    const shown = status === 0 ? rendered : []
    io.out(jsonText({ files: shown.map(jsonFile), diagnostics: located(findings).map(jsonDiagnostic) }))
  } else complain(io, findings)
  if (status !== 0) {
    if (options.format === 'text') io.err('Nothing was written.\n')
    return status
  }
  if (options.out !== undefined) return writeOut(io, rendered, options.out, options)
  if (options.format === 'text') io.out(rendered.map(withHeader).join('\n'))
  return 0
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')

const jsonFile = ({ node, target, path, mode, content }: RenderedFile) => ({
  node,
  target,
  path,
  mode: octal(mode),
  content,
})

const withHeader = ({ node, target, path, mode, content }: RenderedFile): string =>
  `==> ${node}/${path} (${target}, mode ${octal(mode)}) <==\n${content}`

function renderHosts(
  io: Io,
  intent: Intent,
  options: Options,
  diagnostics: Diagnostic[],
): readonly RenderedFile[] {
  const chosen = chooseHosts(intent, options.host)
  const forced = options.target?.map(reference => ({ reference, ...knownTarget(reference) }))
  const working = progress(io, 'rendered', chosen.length)
  const files: RenderedFile[] = []
  for (const host of chosen) {
    working.step()
    const wanted = forced ?? (host.options.target ?? []).flatMap(reference => targetOf(reference) ?? [])
    if (wanted.length === 0 && host.options.target === undefined) diagnostics.push(targetless(host))
    const byPath = new Map<string, RenderedFile>()
    for (const { target, version } of wanted) {
      const { files: own, lost } = renderHost(host, target, templates, version)
      diagnostics.push(...lost)
      for (const file of own) {
        const twin = byPath.get(file.path)
        if (twin === undefined) byPath.set(file.path, file)
        else diagnostics.push(collision(host, file, twin))
      }
    }
    files.push(...byPath.values())
  }
  working.done()
  return files
}

function chooseHosts(intent: Intent, names: readonly string[] | undefined): readonly Host[] {
  if (names === undefined) return intent.hosts
  return names.map(name => {
    const host = intent.hosts.find(one => one.name === name)
    if (host !== undefined) return host
    const meant = nearest(
      name,
      intent.hosts.map(one => one.name),
    )
    throw new Usage(`the intent has no host ${name}${meant ? `; did you mean ${meant}?` : ''}`)
  })
}

function knownTarget(reference: string) {
  const found = targetOf(reference)
  if (found !== undefined) return found
  const meant = nearest(reference, targetIds('host'))
  throw new Usage(
    `there is no target ${reference}${meant ? `; did you mean ${meant}?` : ''}; see bondplan targets`,
  )
}

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

interface Change {
  readonly file: NewFile
  readonly old: string | undefined
}

/** How a file of ours is known again: every template begins with it. */
const mark = 'Written by bondplan'

function writeOut(io: Io, rendered: readonly RenderedFile[], folder: string, options: Options): Status {
  const changes: Change[] = []
  for (const { node, path, mode, content } of rendered) {
    const file = { path: `${node}/${path}`, mode, content }
    const full = `${folder}/${file.path}`
    const kind = io.kind(full)
    if (kind === 'folder') throw new Usage(`${full} is a folder, and a file is to be written there`)
    const old = kind === undefined ? undefined : new TextDecoder().decode(io.read(full))
    if (old === content) continue
    if (old !== undefined && !options.force && !old.slice(0, 400).includes(mark)) {
      throw new Usage(
        `${full} was not written by bondplan, so it is not overwritten; --force does it all the same`,
      )
    }
    changes.push({ file, old })
  }
  if (options.diff) for (const change of changes) io.out(diffOf(io, change))
  const sum = `${changes.length} of ${rendered.length} files ${options.check ? 'would change' : 'written'} below ${folder}`
  if (options.check) {
    io.err(`${sum}\n`)
    return changes.length > 0 ? 1 : 0
  }
  if (changes.length > 0)
    io.writeAll(
      folder,
      changes.map(({ file }) => file),
    )
  io.err(`${sum}\n`)
  return 0
}

function diffOf(io: Io, { file, old }: Change): string {
  const coloured = paint(io.outIsTerminal && !io.env.NO_COLOR)
  const { hunks } = structuredPatch(file.path, file.path, old ?? '', file.content, undefined, undefined, {
    context: 3,
  })
  const from = old === undefined ? '/dev/null' : `a/${file.path}`
  const lines = [`--- ${from}`, `+++ b/${file.path}`]
  for (const hunk of hunks) {
    lines.push(coloured.place(`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`))
    for (const line of hunk.lines) {
      lines.push(
        line.startsWith('+') ? coloured.added(line) : line.startsWith('-') ? coloured.removed(line) : line,
      )
    }
  }
  return `${lines.join('\n')}\n`
}
