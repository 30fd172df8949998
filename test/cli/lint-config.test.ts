// bondplan.config.yaml: which one holds for a file, what it changes, and what is wrong with one.

import { describe, expect, test } from 'vitest'
import { findings, lint, refused, rounded, sound } from './lint-support.ts'

const config = 'bondplan.config.yaml'

describe('levels', () => {
  test('of rules and codes, for files below', async () => {
    const files = {
      [config]: 'rules: {delays-not-multiple: error}\n',
      'a/b/one.yaml': rounded,
      'a/b/two.yaml': refused,
    }
    expect(await findings(['a'], { files })).toEqual([
      'a/b/one.yaml:4 delays-not-multiple error',
      'a/b/two.yaml:4 lacp-rate-mode error',
    ])
    expect(await findings(['a', '--rule', 'delays-not-multiple=note'], { files })).toContain(
      'a/b/one.yaml:4 delays-not-multiple note',
    )
  })

  test('the nearest one holds alone', async () => {
    const files = {
      [config]: 'rules: {delays-not-multiple: off, lacp-rate-mode: off}\n',
      [`a/${config}`]: 'rules: {delays-not-multiple: note}\n',
      'a/one.yaml': rounded,
      'a/two.yaml': refused,
      'three.yaml': rounded.replace('beta', 'delta'),
    }
    // Files together, of two configurations.
    expect(await findings(['.'], { files })).toEqual([
      './a/one.yaml:4 delays-not-multiple note',
      './a/two.yaml:4 lacp-rate-mode error',
    ])
    expect(await findings(['--each', 'a', 'three.yaml'], { files })).toEqual([
      'a/one.yaml:4 delays-not-multiple note',
      'a/two.yaml:4 lacp-rate-mode error',
    ])
  })

  test('of standard input, and of files elsewhere', async () => {
    const files = {
      [config]: 'rules: {delays-not-multiple: note}\n',
      '/home/bondplan.config.yaml': 'rules: {delays-not-multiple: error}\n',
      '/home/other/x.yaml': rounded,
    }
    expect(await findings(['-'], { files, stdin: rounded })).toEqual(['<stdin>:4 delays-not-multiple note'])
    expect(await findings(['/home/other/x.yaml'], { files })).toEqual([
      '/home/other/x.yaml:4 delays-not-multiple error',
    ])
    expect(await findings(['../other/x.yaml'], { files })).toEqual([
      '../other/x.yaml:4 delays-not-multiple error',
    ])
  })
})

describe('ignore', () => {
  test.each([
    ['drafts', ['keep.yaml', 'sub/keep.yaml', 'sub/x.old.yaml']],
    ['sub/', ['drafts/a.yaml', 'keep.yaml']],
    ['sub/drafts', ['drafts/a.yaml', 'keep.yaml', 'sub/keep.yaml', 'sub/x.old.yaml']],
    ['./drafts/**', ['keep.yaml', 'sub/drafts/b.yaml', 'sub/keep.yaml', 'sub/x.old.yaml']],
    ['"*.old.yaml"', ['drafts/a.yaml', 'keep.yaml', 'sub/drafts/b.yaml', 'sub/keep.yaml']],
    ['"**/k*"', ['drafts/a.yaml', 'sub/drafts/b.yaml', 'sub/x.old.yaml']],
  ])('%s', async (pattern, left) => {
    const paths = ['drafts/a.yaml', 'keep.yaml', 'sub/drafts/b.yaml', 'sub/keep.yaml', 'sub/x.old.yaml']
    const files = Object.fromEntries(paths.map(path => [`r/${path}`, sound]))
    const world = { files: { ...files, [`r/${config}`]: `ignore: [${pattern}]\n` } }
    const { out } = await lint(['--each', '--format', 'checkstyle', 'r'], world)
    expect([...out.matchAll(/<file name="r\/([^"]*)"/g)].map(match => match[1])).toEqual(left)
  })

  test('a file that is named and ignored is not passed over in silence', async () => {
    const { err, out, status } = await lint(['a.yaml'], {
      files: { 'a.yaml': refused, [config]: 'ignore: a.yaml' },
    })
    expect(err).toBe('The file is ignored by bondplan.config.yaml.\n')
    expect([out, status]).toEqual(['', 0])
  })
})

test('versions of targets hold where an intent names none', async () => {
  const lost = async (target: string, version?: string) => {
    const host = `{target: ${target}, bonds: {bond0: {mode: 802.3ad, miimon: 100, lacp-active: off, members: [eth0]}}}`
    const configured = version === undefined ? {} : { [config]: `targets: {ifupdown: ${version}}\n` }
    const files = { 'a.yaml': `hosts: {alpha: ${host}}\n`, ...configured }
    return (await lint(['a.yaml'], { files })).out.includes('0.8.41')
  }
  expect(await lost('ifupdown')).toBe(false)
  expect(await lost('ifupdown@0.8.36')).toBe(true)
  expect(await lost('ifupdown', '0.8.36')).toBe(true)
  expect(await lost('ifupdown', '"0.8.36"')).toBe(true)
  expect(await lost('ifupdown', '0.9')).toBe(false)
  // To YAML these are numbers, 0.8 and 0.1.
  expect(await lost('ifupdown', '0.80')).toBe(false)
  expect(await lost('ifupdown', '0.8')).toBe(true)
  expect(await lost('ifupdown@0.8.44', '0.8.36')).toBe(false)
})

test('docs-url is where SARIF links to', async () => {
  const files = { 'a.yaml': refused, [config]: 'docs-url: https://example.org/x\n' }
  const { out } = await lint(['--format', 'sarif', 'a.yaml'], { files })
  expect(JSON.parse(out).runs[0].tool.driver.rules[0].helpUri).toBe(
    'https://example.org/x/rules/option-does-nothing.md',
  )
})

describe('what is wrong with it is said at its place, all at once', () => {
  test('and what is right holds', async () => {
    const files = {
      'a.yaml': rounded,
      [config]: [
        'rule: {}',
        'rules:',
        '  delays-not-multipl: off',
        '  delays-not-multiple: loud',
        '  lacp-rate-mode: off',
        'ignore: [drafts, 5]',
        'targets: {netplam: 1, networkd: old}',
        'docs-url: docs/',
        '',
      ].join('\n'),
    }
    const { out, status } = await lint(['a.yaml'], { files })
    expect(status).toBe(1)
    expect(await findings(['a.yaml'], { files })).toEqual([
      `${config}:1 config-unknown-key error`,
      `${config}:3 config-unknown-rule error`,
      `${config}:4 config-value-not-allowed error`,
      `${config}:6 config-value-not-allowed error`,
      `${config}:7 config-unknown-target error`,
      `${config}:7 config-value-not-allowed error`,
      `${config}:8 config-value-not-allowed error`,
      'a.yaml:4 delays-not-multiple warning',
    ])
    for (const meant of ['rules', 'delays-not-multiple', 'netplan'])
      expect(out).toContain(`did you mean ${meant}?`)
    expect(out).toContain('3 |   delays-not-multipl: off\n  |   ^^^^^^^^^^^^^^^^^^')
  })

  test.each(['- a', 'rules: [a]', 'rules: 5', 'ignore: {a: b}', 'a: [', 'x: &a [*a]', '\xff'])(
    '%j',
    async text => {
      const world = { files: { 'a.yaml': sound, [config]: text } }
      const { status, err } = await lint(['a.yaml'], world)
      expect([status, err]).toEqual([1, ''])
    },
  )

  test.each(['', '# nothing\n', 'rules:\n', 'rules: {}\nignore: []\ntargets: {}\n'])(
    'nothing with %j',
    async text => {
      expect(await findings(['a.yaml'], { files: { 'a.yaml': sound, [config]: text } })).toEqual([])
    },
  )
})
