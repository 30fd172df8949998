// targets: what can be written, who reads it, and what it cannot say.

import { legend, matrix } from '../../explain/matrix.ts'
import { type Platform, platforms } from '../../platforms/index.ts'
import { jsonText } from '../../report/escape.ts'
import { table } from '../../report/terminal.ts'
import { targets } from '../../targets/index.ts'
import { switchTargetOf } from '../../targets/switch/index.ts'
import { mark } from '../../targets/write.ts'
import type { Register } from '../command.ts'
import { Usage } from '../io.ts'

export const register: Register = (program, io, done) => {
  program
    .command('targets')
    .summary('list what can be written, and what it cannot say')
    .description(
      'Lists the targets and the matrix of options by targets. `explain TARGET` gives the reasons.',
    )
    .option('--format <format>', 'text or json', 'text')
    .action(({ format }: { format: string }) => {
      if (format !== 'text' && format !== 'json') throw new Usage(`--format is text or json, not ${format}`)
      if (format === 'json')
        io.out(jsonText({ mark, targets: targets.map(asData), platforms: platforms.map(platformData) }))
      else io.out(asTables(io.outIsTerminal ? io.columns : 80))
      done(0)
    })
}

const asData = ({
  id,
  title,
  side,
  reader,
  versions,
  proof,
  files,
  spellings,
  deployment,
}: (typeof targets)[number]) => ({
  id,
  title,
  side,
  reader,
  versions,
  proof,
  files: files.map(({ path, mode }) => ({ path, mode: mode.toString(8).padStart(4, '0') })),
  spellings,
  deployment,
})

/** A platform's facts with what its target writes and says; facts without a source carry their mark. */
function platformData({ ports, ...facts }: Platform) {
  const target = switchTargetOf(facts.id)
  return {
    ...facts,
    ports: ports.examples,
    files: target?.files.map(({ path }) => path) ?? [],
    removal: target?.removal.map(({ path }) => path) ?? [],
    spellings: target?.spellings ?? {},
  }
}

const platformRow = ({ id, vendor, product, confidence, unverified }: Platform): readonly string[] => [
  id,
  `${vendor} ${product}`,
  confidence,
  Object.keys(unverified).join(', '),
  switchTargetOf(id)
    ?.files.map(({ path }) => path)
    .join(' ') ?? 'not yet',
]

function asTables(width: number): string {
  const list = targets.map(({ id, title, proof, versions, files }) => [
    id,
    title,
    proof,
    versions.at(-1) ?? '',
    files.map(file => file.path).join(' '),
  ])
  const hosts = targets.filter(target => target.side === 'host')
  const rows = matrix(hosts).map(({ subject, id, cells }) => [subject, id, ...cells])
  return [
    table(list, { width, header: ['target', 'is', 'facts', 'version', 'writes'] }),
    '',
    table(platforms.map(platformRow), {
      width,
      header: ['switch', 'is', 'facts', 'unverified', 'writes'],
    }),
    '',
    table(rows, { width, header: ['of', 'option', ...hosts.map(target => target.id)] }),
    '',
    legend,
    '',
  ].join('\n')
}
