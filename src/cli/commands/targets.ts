// targets: what can be written, who reads it, and what it cannot say.

import { legend, matrix } from '../../explain/matrix.ts'
import { deviceSubjects, rowsOf } from '../../options/index.ts'
import { type Platform, platforms } from '../../platforms/index.ts'
import { jsonText } from '../../report/escape.ts'
import { table, wrap } from '../../report/terminal.ts'
import { targets } from '../../targets/index.ts'
import type { Stance } from '../../targets/stance.ts'
import { switchTargetOf } from '../../targets/switch/index.ts'
import type { Target, TargetFile } from '../../targets/target.ts'
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

const fileData = ({ path, mode }: TargetFile) => ({ path, mode: mode.toString(8).padStart(4, '0') })

const asData = ({
  id,
  title,
  side,
  reader,
  versions,
  proof,
  files,
  removal = [],
  spellings,
  deployment,
}: Target) => ({
  id,
  title,
  side,
  reader,
  versions,
  proof,
  files: files.map(fileData),
  removal: removal.map(fileData),
  spellings,
  deployment,
})

/** A platform's facts with what its target writes and says; facts without a source carry their mark. */
function platformData({ ports, ...facts }: Platform) {
  const target = switchTargetOf(facts.id)
  return {
    ...facts,
    ports: ports.examples,
    proof: target?.proof,
    files: target?.files.map(({ path }) => path) ?? [],
    removal: target?.removal.map(({ path }) => path) ?? [],
    spellings: target?.spellings ?? {},
  }
}

function platformRow({ id, vendor, product, confidence, unverified }: Platform): readonly string[] {
  const target = switchTargetOf(id)
  return [
    id,
    `${vendor} ${product}`,
    target?.proof === 'proven' ? target.proof : confidence,
    Object.keys(unverified).join(', '),
    target?.files.map(({ path }) => path).join(' ') ?? 'not yet',
  ]
}

/** What a target cannot say, by the reason: `prio, queue-id (port)` for options of others than bonds alone. */
function unsaid({ spellings }: Target): readonly string[] {
  const reasons = new Map<string, Map<string, string[]>>()
  for (const subject of deviceSubjects) {
    for (const [id, stance] of Object.entries<Stance>(spellings[subject] ?? {})) {
      const row = rowsOf(subject)[id]
      if (stance.stance !== 'cannot' || row === undefined || row.fact) continue
      const ids = reasons.get(stance.because) ?? new Map<string, string[]>()
      ids.set(id, [...(ids.get(id) ?? []), subject])
      reasons.set(stance.because, ids)
    }
  }
  return [...reasons].map(([because, ids]) => {
    const named = [...ids].map(([id, subjects]) =>
      subjects.length > 1 || subjects[0] === 'bond' ? id : `${id} (${subjects[0]})`,
    )
    return `${named.join(', ')}: ${because}`
  })
}

/** One block for each target: its name, then what it cannot say, wrapped to the width. */
const unsaidBlock = (target: Target, width: number): string =>
  [`${target.id} cannot say`, ...unsaid(target).map(line => `- ${wrap(line, width - 2).join('\n  ')}`)].join(
    '\n',
  )

function asTables(width: number): string {
  const hosts = targets.filter(target => target.side === 'host')
  const number = (at: number): string => String(at + 1)
  const list = hosts.map(({ id, title, proof, versions }, at) => [
    number(at),
    id,
    title,
    proof,
    versions.at(-1) ?? '',
  ])
  const written = hosts.flatMap(({ id, files, removal = [] }) =>
    [...files, ...removal].map(({ path }, at) => [at === 0 ? id : '', path]),
  )
  const rows = matrix(hosts).map(({ subject, id, cells }) => [subject, id, ...cells])
  return [
    table(list, { width, header: ['', 'target', 'is', 'facts', 'version'] }),
    '',
    table(written, { width, header: ['target', 'writes'] }),
    '',
    table(rows, { width, header: ['of', 'option', ...hosts.map((_, at) => number(at))], gap: 1 }),
    '',
    wrap(legend, width).join('\n'),
    '',
    hosts.map(target => unsaidBlock(target, width)).join('\n\n'),
    '',
    table(platforms.map(platformRow), {
      width,
      header: ['switch', 'is', 'facts', 'unverified', 'writes'],
    }),
    '',
  ].join('\n')
}
