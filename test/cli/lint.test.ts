// lint as people and scripts call it: which files, as one intent or each for itself, how much counts, in which format.

import { describe, expect, test } from 'vitest'
import { reports } from '../../src/report/index.ts'
import { findings, lint, refused, rounded, sound } from './lint-support.ts'

const faulty = { mode: 'active-backup', miimon: 100, updelay: 150, members: ['eth0', 'eth1'] }

describe('which files', () => {
  const files = {
    'a/one.yaml': sound,
    'a/two.yml': rounded,
    'a/deep/three.json': `{"hosts": {"h9": ${JSON.stringify({ bonds: { bond0: faulty } })}}}`,
    'a/.hidden.yaml': refused,
    'a/node_modules/x.yaml': refused,
    'a/notes.txt': 'no intent',
    'a/bondplan.config.yaml': '{}',
  }

  test('a folder is opened, and what is hidden, installed or configuration is passed over', async () => {
    expect(await findings(['a'], { files })).toEqual([
      'a/deep/three.json:1 delays-not-multiple warning',
      'a/two.yml:4 delays-not-multiple warning',
    ])
  })

  test.each([
    ['a/*.yml', ['a/two.yml']],
    ['**/*.y{,a}ml', ['a/one.yaml', 'a/two.yml']],
    ['a/**/t*.{yml,json}', ['a/deep/three.json', 'a/two.yml']],
    ['a/[!o]*.y?l', ['a/two.yml']],
  ])('%s', async (pattern, expected) => {
    const { out } = await lint(['--format', 'checkstyle', pattern], { files })
    expect([...out.matchAll(/<file name="([^"]*)"/g)].map(match => match[1])).toEqual(expected)
  })

  test('a name that is a pattern and a file is the file', async () => {
    const odd = { 'a[1].yaml': rounded, 'a1.yaml': sound }
    expect(await findings(['a[1].yaml'], { files: odd })).toEqual(['a[1].yaml:4 delays-not-multiple warning'])
  })

  test('what is not there is said, and nothing is linted', async () => {
    for (const path of ['missing.yaml', 'a/*.toml']) {
      const { status, err, out } = await lint(['a', path], { files })
      expect(status).toBe(2)
      expect(err).toContain(path)
      expect(out).toBe('')
    }
  })
})

describe('one intent or several', () => {
  const files = { 'a.yaml': sound, 'b.yaml': sound }

  test('files named together are one: a name defined twice is an error', async () => {
    expect(await findings(['a.yaml', 'b.yaml'], { files })).toEqual(['b.yaml:2 defined-twice error'])
  })

  test('with --each they are several', async () => {
    expect(await findings(['--each', 'a.yaml', 'b.yaml'], { files })).toEqual([])
    const world = { files: { ...files, 'c.yaml': rounded } }
    expect(await findings(['--each', 'c.yaml', 'a.yaml', 'b.yaml'], world)).toEqual([
      'c.yaml:4 delays-not-multiple warning',
    ])
    const { out } = await lint(['--each', '.'], world)
    expect(out).toContain('1 warning in 1 of 3 files')
  })

  test('hundreds of files are read again where something is found', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [
        `many/f${String(at).padStart(3, '0')}.yaml`,
        rounded.replace('beta', `h${at}`).replace('hosts:', `${'\n'.repeat(at % 7)}hosts:`),
      ]),
    )
    const expected = Object.keys(many).map(
      (file, at) => `${file}:${4 + (at % 7)} delays-not-multiple warning`,
    )
    expect(await findings(['many'], { files: many })).toEqual(expected)
    expect(await findings(['--each', 'many'], { files: many })).toEqual(expected)
  })
})

describe('how much counts', () => {
  const files = { 'a.yaml': refused, 'b.yaml': rounded }

  test('--rule changes the level of a rule or of one code', async () => {
    const severity = async (...rules: string[]) =>
      findings(rules.flatMap(rule => ['--rule', rule]).concat('a.yaml'), { files })
    expect(await severity()).toEqual(['a.yaml:4 lacp-rate-mode error'])
    expect(await severity('lacp-rate-mode=note')).toEqual(['a.yaml:4 lacp-rate-mode note'])
    expect(await severity('option-does-nothing=warning')).toEqual(['a.yaml:4 lacp-rate-mode warning'])
    expect(await severity('option-does-nothing=off')).toEqual([])
    expect(await severity('option-does-nothing=off', 'lacp-rate-mode=note')).toEqual([])
  })

  test.each([
    ['lacp-rate-mod=off', 'did you mean lacp-rate-mode?'],
    ['unknown-option=off', 'there is no rule unknown-option'],
    ['lacp-rate-mode=loud', 'off, note, warning, error'],
    ['lacp-rate-mode', 'off, note, warning, error'],
  ])('--rule %s', async (setting, said) => {
    const { status, err } = await lint(['--rule', setting, 'a.yaml'], { files })
    expect(status).toBe(2)
    expect(err).toContain(said)
  })

  test('the exit status', async () => {
    const status = async (...argv: string[]) => (await lint(argv, { files })).status
    expect(await status('a.yaml')).toBe(1)
    expect(await status('b.yaml')).toBe(0)
    expect(await status('b.yaml', '--max-warnings', '1')).toBe(0)
    expect(await status('b.yaml', '--max-warnings', '0')).toBe(1)
    expect(await status('b.yaml', '--rule', 'delays-not-multiple=error')).toBe(1)
    expect(await status('a.yaml', '--rule', 'lacp-rate-mode=off')).toBe(0)
    for (const wrong of ['-1', '1.5', 'x', ''])
      expect(await status('b.yaml', '--max-warnings', wrong)).toBe(2)
  })
})

describe('formats', () => {
  const files = { 'b.yaml': rounded }

  test.each(Object.keys(reports))('%s names the finding', async format => {
    const { out, err, status } = await lint(['--format', format, 'b.yaml'], { files })
    expect(out).toContain('updelay 250 ms becomes 200 ms')
    expect([err, status]).toEqual(['', 0])
  })

  test('an unknown one is refused', async () => {
    expect((await lint(['--format', 'xml', 'b.yaml'], { files })).status).toBe(2)
  })

  test('JSON and SARIF carry the change of text that settles it', async () => {
    const json = JSON.parse((await lint(['--format', 'json', 'b.yaml'], { files })).out)
    const region = { file: 'b.yaml', line: 4, endLine: 4 }
    expect(json.diagnostics[0].fix.replacements).toMatchObject([{ ...region, text: '200' }])
    const sarif = JSON.parse((await lint(['--format', 'sarif', 'b.yaml'], { files })).out)
    const [change] = sarif.runs[0].results[0].fixes[0].artifactChanges
    expect(change.replacements).toMatchObject([
      { insertedContent: { text: '200' }, deletedRegion: { startLine: 4 } },
    ])
  })

  test('what was not read whole is no ground for a change by a rule, but for one of its own', async () => {
    const broken = { 'c.yaml': rounded.replace('mode:', 'mod:') }
    const { diagnostics } = JSON.parse((await lint(['--format', 'json', 'c.yaml'], { files: broken })).out)
    const fixable = diagnostics.filter((one: { fix?: { replacements?: unknown } }) => one.fix?.replacements)
    expect(fixable.map((one: { code: string }) => one.code)).toEqual(['unknown-option'])
  })

  test('the text says what --fix settles', async () => {
    const { out } = await lint(['b.yaml'], { files })
    expect(out).toContain('fix: write 200 (--fix)\n')
    expect(out).toMatch(/1 warning in 1 file\n--fix settles 1 of them\n$/)
  })

  test('SARIF links to the pages about rules where it is told where they stand', async () => {
    const link = async (...argv: string[]) => {
      const { out } = await lint(['--format', 'sarif', ...argv, 'a.yaml'], { files: { 'a.yaml': refused } })
      return JSON.parse(out).runs[0].tool.driver.rules[0].helpUri
    }
    expect(await link()).toBeUndefined()
    expect(await link('--docs-url', 'https://example.org/docs/')).toBe(
      'https://example.org/docs/rules/option-does-nothing.md',
    )
    expect((await lint(['--docs-url', 'docs', 'a.yaml'], { files: { 'a.yaml': refused } })).status).toBe(2)
  })
})

test('help says what files together are', async () => {
  const { out } = await lint(['--help'], {})
  expect(out).toMatch(/named together are one intent/)
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(120)
})
