// What `explain` shows is also in docs/, page by page as Markdown, and laid out for terminals of every width. A rewrite is
// `vitest -u`; a page whose rule is gone is noticed.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contents, type Group, groups, pageOf, pages } from '../../src/explain/index.ts'
import { asMarkdown, asText } from '../../src/report/layout.ts'
import type { Page } from '../../src/report/page.ts'
import { displayWidth, paint } from '../../src/report/terminal.ts'
import { rules } from '../../src/rules/index.ts'

const root = join(import.meta.dirname, '../..')

/** Options and targets change with every target, and their tables are in the README. */
const inDocs = ({ id }: Group): boolean => id !== 'options' && id !== 'targets' && id !== 'platforms'

const fileOf = (id: string, group: Group): string => `${group.id}/${id}.md`
const written = groups().filter(inDocs)

test.each(written.map(group => [group.id, group] as const))('docs/%s', async (_, group) => {
  for (const { id, page } of group.entries) {
    await expect(asMarkdown(page())).toMatchFileSnapshot(join(root, 'docs', fileOf(id, group)))
  }
  const files = readdirSync(join(root, 'docs', group.id))
  expect(files.sort()).toEqual(group.entries.map(({ id }) => `${id}.md`).sort())
})

test('docs/README.md leads to each of them', async () => {
  const index = asMarkdown(contents((id, group) => `[${id}](${fileOf(id, group)})`, written))
  await expect(index).toMatchFileSnapshot(join(root, 'docs/README.md'))
  const links = [...index.matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => to)
  expect(links.filter(to => !existsSync(join(root, 'docs', to)))).toEqual([])
})

describe('every code that is reported has a page', () => {
  const sources = (readdirSync(join(root, 'src'), { recursive: true }) as string[]).filter(
    file => file.endsWith('.ts') && !/^(?:generated|simulate|explain)\//.test(file),
  )
  const lines = sources.flatMap(file => readFileSync(join(root, 'src', file), 'utf8').split('\n'))
  const codes = lines
    .filter(line => /\bcode: /.test(line) || /'config-/.test(line))
    .flatMap(line => [...line.matchAll(/'([a-z][a-z0-9]*(?:-[a-z0-9]+)*)'/g)].map(([, code = '']) => code))
    .filter(code => code.includes('-') || code === 'outside')
  test('as the sources name them', () => {
    expect(codes.length).toBeGreaterThan(30)
    expect([...new Set(codes)].filter(code => pageOf(code) === undefined)).toEqual([])
    expect(pageOf('frobnicate')).toBeUndefined()
  })
})

test('what a rule is about has a page that names the rule', () => {
  const astray: string[] = []
  for (const rule of rules) {
    for (const line of asText(pageOf(rule.id) as Page, 1000, paint(false)).split('\n')) {
      const [, see] = /^See also: (.*)$/.exec(line) ?? []
      for (const id of see?.split(', ') ?? []) {
        const page = pageOf(id)
        if (page === undefined || !asText(page, 80, paint(false)).includes(`- ${rule.id}:`))
          astray.push(`${rule.id}: ${id}`)
      }
    }
  }
  expect(astray).toEqual([])
})

test('at 80 columns nothing is wider, code included', () => {
  const astray: string[] = []
  for (const [id, page] of pages()) {
    for (const line of asText(page(), 80, paint(false)).split('\n'))
      if (displayWidth(line) > 80) astray.push(`${id}: ${line}`)
  }
  expect(astray).toEqual([])
})

const widths = [40, 80, 200]
test.each(widths)('at %i columns only code is wider', width => {
  const astray: string[] = []
  for (const [id, page] of pages()) {
    // Tables have a least width for each column.
    const { blocks } = page()
    const least = Math.max(
      width,
      ...blocks.map(block => (block.kind === 'table' ? 10 * block.header.length : 0)),
    )
    for (const line of asText(page(), width, paint(false)).split('\n')) {
      if (displayWidth(line) > least && !line.startsWith('    ')) astray.push(`${id}: ${line}`)
      if (/\s$/.test(line)) astray.push(`${id} has a line that ends in space`)
    }
  }
  expect(astray).toEqual([])
})

test('what stands below carets is wrapped beside or below them', () => {
  const shown = asText(
    {
      id: 'x',
      title: 'x',
      summary: '',
      blocks: [
        {
          kind: 'code',
          language: 'yaml',
          text: 'a: 1\n#  ^ one two three four five six seven eight nine ten',
        },
        { kind: 'code', language: 'yaml', text: `a: 1\n#${' '.repeat(40)}^ one two three four five six` },
      ],
    },
    48,
    paint(false),
  )
  expect(shown).toBe(`x

    a: 1
    #  ^ one two three four five six seven eight
    #    nine ten

    a: 1
    #                                        ^
    # one two three four five six
`)
})

test('what a program shows is broken, and what points into it goes with the part', () => {
  const shown = asText(
    {
      id: 'x',
      title: 'x',
      summary: '',
      blocks: [
        {
          kind: 'code',
          language: 'text',
          text: '1: aaaa bbbb cccc dddd eeee ffff gggg hhhh\n#       ^^^^ early\n#                                ^^^^ late\n  on',
        },
      ],
    },
    40,
    paint(false),
  )
  expect(shown).toBe(`x

    1: aaaa bbbb cccc dddd eeee ffff
    #       ^^^^
    # early
        gggg hhhh
    #   ^^^^ late
      on
`)
})

test('colour is for a terminal alone, and carets are marked by it', () => {
  const page = pages().get('members-empty')?.()
  if (page === undefined) throw new Error('the rule is gone')
  const plain = asText(page, 80, paint(false))
  const coloured = asText(page, 80, paint(true))
  expect(plain).not.toContain('\x1b')
  expect(coloured).toContain('\x1b[1;33m#')
  expect(coloured.replace(/\x1b\[[0-9;]*m/g, '')).toBe(plain)
})
