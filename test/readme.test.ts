// The README's tables are printed from the tables of the program; `vitest -u` rewrites them.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { matrix } from '../src/explain/matrix.ts'
import { targets } from '../src/targets/index.ts'
import { run } from './support/memory-io.ts'
import { kernelTest } from './support/packed.ts'

const path = join(import.meta.dirname, '../README.md')

/** The README with one part between its markers replaced. */
const withPart = (text: string, name: string, part: string): string => {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)]
  if (from < begin.length || to < from) throw new Error(`the README has no part ${name}`)
  return `${text.slice(0, from)}\n${part}\n${text.slice(to)}`
}

const row = (...cells: readonly string[]): string =>
  `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`

async function commands(): Promise<string> {
  const { out } = await run(['--help'])
  const list = out.slice(out.indexOf('Commands:')).split('\n').slice(1)
  const names = list.flatMap(line => /^ {2}(\w+)/.exec(line)?.[1] ?? [])
  const rows = await Promise.all(
    names.map(async name => {
      const help = (await run([name, '--help'])).out
      const summary = help.split('\n\n')[1]?.replaceAll(/\s+/g, ' ').trim() ?? ''
      return row(`\`${name}\``, summary)
    }),
  )
  return [row('command', 'what it does'), row('---', '---'), ...rows].join('\n')
}

function options(): string {
  const hosts = targets.filter(target => target.side === 'host')
  return [
    row('of', 'option', ...hosts.map(target => target.id)),
    row('---', '---', ...hosts.map(() => ':-:')),
    ...matrix(hosts).map(({ subject, id, cells }) => row(subject, `\`${id}\``, ...cells)),
  ].join('\n')
}

function figures(): string {
  const cases = kernelTest().length
  return `The kernel test holds ${cases} cases of 7 modes for each of 3 targets, ${cases * 3} in all, and 21 in which traffic passes.`
}

test('the tables of the README are those of the program', async () => {
  const text = readFileSync(path, 'utf8')
  const wanted = withPart(
    withPart(withPart(text, 'commands', await commands()), 'matrix', options()),
    'figures',
    figures(),
  )
  await expect(wanted).toMatchFileSnapshot(path)
})
