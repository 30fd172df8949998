// Every case through every host target; `vitest -u` rewrites, the diff is the review.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { templates } from '../src/cli/templates.ts'
import { legend, matrix } from '../src/explain/matrix.ts'
import { text as asText } from '../src/report/text.ts'
import { targets } from '../src/targets/index.ts'
import { lossesIn, place } from '../src/targets/place.ts'
import { renderHost } from '../src/targets/write.ts'
import { read } from './support/read.ts'

const root = join(import.meta.dirname, 'golden')
const cases = readdirSync(root, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== 'switch')
  .map(entry => entry.name)

const context = {
  rules: new Map(),
  tool: { name: 'bondplan', version: '0' },
  colour: false,
  width: 100,
  filesChecked: ['intent.yaml'],
}

for (const name of cases) {
  const { intent, diagnostics, locate } = read(readFileSync(join(root, name, 'intent.yaml'), 'utf8'))

  test(`${name} is read without complaint`, () => {
    expect(diagnostics).toEqual([])
    expect(intent.hosts.length).toBeGreaterThan(0)
  })

  for (const target of targets.filter(one => one.side === 'host')) {
    test(`${name} on ${target.id}`, async () => {
      const rendered = intent.hosts.map(host => renderHost(host, target, templates))
      for (const { node, path, content } of rendered.flatMap(({ files }) => files)) {
        const folder = intent.hosts.length > 1 ? `${target.id}/${node}` : target.id
        await expect(content).toMatchFileSnapshot(join(root, name, folder, path))
      }
      const lost = locate(rendered.flatMap(one => one.lost))
      await expect(asText(lost, context)).toMatchFileSnapshot(join(root, name, target.id, 'diagnostics.txt'))
      for (const host of intent.hosts) expect(lossesIn(host, target)).toEqual(place(host, target).lost)
    })
  }
}

test('the matrix of options by targets', async () => {
  const hosts = targets.filter(target => target.side === 'host')
  const width = Math.max(...hosts.map(target => target.id.length)) + 2
  const line = (subject: string, id: string, cells: readonly string[]): string =>
    `${subject.padEnd(8)}${id.padEnd(20)}${cells.map(cell => cell.padEnd(width)).join('')}`.trimEnd()
  const rows = matrix(hosts).map(({ subject, id, cells }) => line(subject, id, cells))
  const text = [
    line(
      'of',
      'option',
      hosts.map(target => target.id),
    ),
    ...rows,
    '',
    legend,
    '',
  ].join('\n')
  await expect(text).toMatchFileSnapshot(join(root, 'coverage.txt'))
})
