// options: everything that can be said, as a table.

import { unsetOf } from '../../explain/pages.ts'
import { options, rowsOf, type Subject } from '../../options/index.ts'
import { type AnyRow, allModes } from '../../options/row.ts'
import { jsonText } from '../../report/escape.ts'
import { table } from '../../report/terminal.ts'
import type { Register } from '../command.ts'
import { Usage } from '../io.ts'

export const register: Register = (program, io, done) => {
  program
    .command('options')
    .summary('list what can be said')
    .description('Lists every option with its default, the modes in which it acts, and what it does.')
    .argument('[subject]', `only of a ${Object.keys(options).join(', ')}`)
    .option('--format <format>', 'text or json', 'text')
    .action((subject: string | undefined, { format }: { format: string }) => {
      if (format !== 'text' && format !== 'json') throw new Usage(`--format is text or json, not ${format}`)
      const all = Object.keys(options) as Subject[]
      if (subject !== undefined && !all.includes(subject as Subject))
        throw new Usage(`the subjects are ${all.join(', ')}`)
      const chosen = all.filter(one => subject === undefined || one === subject)
      const rows = chosen.flatMap(one =>
        Object.entries(rowsOf(one)).map(([id, row]) => ({ subject: one, id, row })),
      )
      if (format === 'json')
        io.out(jsonText({ options: rows.map(({ subject: of, id, row }) => ({ of, id, ...asData(row) })) }))
      else io.out(asTables(rows, io.outIsTerminal ? io.columns : 80))
      done(0)
    })
}

interface Line {
  readonly subject: Subject
  readonly id: string
  readonly row: AnyRow
}

const asData = ({ kind, unset, kernel, ...row }: AnyRow) => ({
  ...row,
  expects: kind.expects,
  schema: kind.schema,
  ...(unset === undefined || unset === '' ? {} : { unset: kind.write(unset) }),
  ...(kernel && { kernel: kernel.name }),
})

function asTables(lines: readonly Line[], width: number): string {
  const subjects = [...new Set(lines.map(line => line.subject))]
  const parts = subjects.map(subject => {
    const rows = lines
      .filter(line => line.subject === subject)
      .map(({ id, row }) => [
        id,
        unsetOf(row),
        row.modes.length === allModes.length ? '' : row.modes.join(' '),
        row.summary,
      ])
    const withModes = rows.some(row => row[2] !== '')
    const shown = withModes ? rows : rows.map(row => row.filter((_, column) => column !== 2))
    const header = withModes ? [subject, 'unset', 'modes', ''] : [subject, 'unset', '']
    return table(shown, { width, header })
  })
  return `${parts.join('\n\n')}\n`
}
