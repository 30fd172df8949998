// Configurations as they are found: test/import/<target-id>/<case>/ holds the files of one machine and what they mean.
// `vitest -u` rewrites the meaning; the diff is the review. What was understood goes out again and comes back the same.

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { templates } from '../src/cli/templates.ts'
import { sourceText } from '../src/intent/text.ts'
import { targets } from '../src/targets/index.ts'
import { switchTargets } from '../src/targets/switch/index.ts'
import { readSystem } from '../src/targets/system.ts'
import { renderHost } from '../src/targets/write.ts'
import { run } from './support/memory-io.ts'
import { meaningOf } from './support/return.ts'

const root = join(import.meta.dirname, 'import')

const filesBelow = (folder: string): readonly string[] =>
  (
    readdirSync(folder, { recursive: true, withFileTypes: true }) as {
      name: string
      parentPath: string
      isFile(): boolean
    }[]
  )
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .sort()

const folders = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => (entry.isDirectory() ? [entry.name] : []))

const results = ['intent.yaml', 'diagnostics.txt']

const cases = folders(root).flatMap(id =>
  folders(join(root, id)).map(name => ({ id, name, dir: join(root, id, name) })),
)

const textsOf = (dir: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    filesBelow(dir)
      .filter(file => !results.includes(file))
      .map(file => [file, readFileSync(join(dir, file), 'utf8')]),
  )

test('there are enough of them, and of every target that is claimed', () => {
  expect(cases.length).toBeGreaterThanOrEqual(60)
})

describe.each(cases)('$id $name', ({ id, dir }) => {
  const files = textsOf(dir)
  const tops = [...new Set(Object.keys(files).map(file => file.split('/')[0] ?? ''))]

  test('means this', async () => {
    const { out, err, status } = await run(['import', ...tops], { files })
    await expect(out).toMatchFileSnapshot(join(dir, 'intent.yaml'))
    await expect(err).toMatchFileSnapshot(join(dir, 'diagnostics.txt'))
    expect(status).toBe(err.includes('error[') ? 1 : 0)
    expect(out).toContain(id)
  })

  test('and what it means can be read', async () => {
    const { out } = await run(['import', ...tops], { files })
    const again = await run(['lint', '--format', 'json', 'intent.yaml'], { files: { 'intent.yaml': out } })
    const wrong = (JSON.parse(again.out).diagnostics as { code: string }[]).map(({ code }) => code)
    const syntax = [
      'unknown-option',
      'value-not-allowed',
      'unknown-key',
      'defined-twice',
      'yaml-syntax',
      'type-wrong',
    ]
    expect(wrong.filter(code => syntax.includes(code))).toEqual([])
  })
})

describe('golden files are real files, and are read like them', () => {
  const golden = join(import.meta.dirname, 'golden')

  test.each(targets.map(({ id }) => id))('%s', id => {
    const target = targets.find(one => one.id === id)
    if (target === undefined) throw new Error(`no target ${id}`)
    for (const name of folders(golden).filter(one => one !== 'switch')) {
      const dir = join(golden, name, id)
      // Of several hosts each has a folder.
      const several = folders(dir).some(node =>
        folders(join(dir, node)).some(one => /^(?:etc|usr)$/.test(one)),
      )
      const nodes = several ? folders(dir).map(node => join(dir, node)) : [dir]
      for (const node of nodes) {
        const sources = filesBelow(node)
          .filter(file => file !== 'diagnostics.txt')
          .map(file => sourceText(file, readFileSync(join(node, file), 'utf8')))
        if (sources.length === 0) continue
        const { hosts, diagnostics } = readSystem(target, sources, 'h1')
        expect([name, diagnostics]).toEqual([name, []])
        const [host] = hosts
        if (host === undefined) throw new Error(`${name} of ${id} has no host`)
        // Written again and read again it is the same.
        const rendered = renderHost(host, target, templates).files.map(({ path, content }) =>
          sourceText(path, content),
        )
        const [again] = readSystem(target, rendered, 'h1').hosts
        expect([name, again && meaningOf(again, target)]).toEqual([name, meaningOf(host, target)])
      }
    }
  })

  test.each(switchTargets.map(({ id }) => id))('%s', id => {
    const target = switchTargets.find(one => one.id === id)
    if (target === undefined) throw new Error(`no target ${id}`)
    const dir = join(golden, 'switch', id)
    for (const name of folders(dir)) {
      const sources = filesBelow(join(dir, name))
        .filter(file => file !== 'diagnostics.txt' && !file.includes('.remove.'))
        .map(file => sourceText(file, readFileSync(join(dir, name, file), 'utf8')))
      if (sources.length === 0) continue
      const { switches, diagnostics } = readSystem(target, sources, 'sw1')
      expect([name, diagnostics.filter(({ code }) => code !== 'outside')]).toEqual([name, []])
      expect(switches[0]?.name).toBe('sw1')
    }
  })
})
