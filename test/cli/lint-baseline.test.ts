// A baseline: what is found today is accepted, what is new is said, and what is gone is reported.

import { describe, expect, test } from 'vitest'
import { findings, lint, refused, rounded, sound } from './lint-support.ts'

const files = { 'a.yaml': refused, 'b.yaml': rounded }

/** The world after today's findings were accepted. */
async function accepted(world: Readonly<Record<string, string>>, ...paths: string[]) {
  const ran = await lint(['--baseline', 'base.json', '--update-baseline', ...paths], { files: world })
  expect(ran).toMatchObject({ status: 0, out: '' })
  return Object.fromEntries(ran.files)
}

test('what was found is accepted, in one line a finding', async () => {
  const world = await accepted(files, '.')
  const lines = world['base.json']?.split('\n') ?? []
  expect(lines.filter(line => line.includes('"code"'))).toEqual([
    expect.stringMatching(
      /^ {4}\{ "file": "a.yaml", "code": "lacp-rate-mode", "fingerprint": "[0-9a-f]{16}:1", "message": ".*" \},$/,
    ),
    expect.stringMatching(/^ {4}\{ "file": "b.yaml", "code": "delays-not-multiple", .*\}$/),
  ])
  const { status, out } = await lint(['--baseline', 'base.json', '.'], { files: world })
  expect([status, out]).toEqual([0, 'no findings in 2 files\n'])
  expect(await accepted(world, '.')).toEqual(world)
})

test('lines may move, and it may be run from anywhere', async () => {
  const world = await accepted(files, 'a.yaml', 'b.yaml')
  const moved = { ...world, 'a.yaml': `# one\n\n${refused}` }
  expect(
    await findings(['--baseline', 'base.json', './a.yaml', '/home/work/b.yaml'], { files: moved }),
  ).toEqual([])
  expect(await findings(['--each', '--baseline', './base.json', '.'], { files: moved })).toEqual([])
})

test('what is new counts', async () => {
  const world = await accepted(files, '.')
  const worse = { ...world, 'b.yaml': rounded.replace('updelay: 250', 'updelay: 250, downdelay: 250') }
  expect(await findings(['--baseline', 'base.json', '.'], { files: worse })).toEqual([
    './b.yaml:4 delays-not-multiple warning',
  ])
  const twice = { ...world, 'c.yaml': refused.replace('gamma', 'delta') }
  expect((await lint(['--baseline', 'base.json', '.'], { files: twice })).status).toBe(1)
})

describe('what is gone', () => {
  test('is reported at its line, if its file was linted', async () => {
    const world = { ...(await accepted(files, '.')), 'a.yaml': sound }
    expect(await findings(['--baseline', 'base.json', '.'], { files: world })).toEqual([
      'base.json:4 baseline-stale warning',
    ])
    expect(await findings(['--baseline', 'base.json', 'b.yaml'], { files: world })).toEqual([])
    expect(
      await findings(['--baseline', 'base.json', '--rule', 'baseline-stale=off', '.'], { files: world }),
    ).toEqual([])
  })
})

test('what is accepted is not fixed', async () => {
  const world = await accepted(files, '.')
  const ran = await lint(['--fix', '--baseline', 'base.json', '.'], { files: world })
  expect(Object.fromEntries(ran.files)).toEqual(world)
})

test('an empty one accepts nothing', async () => {
  const world = await accepted({ 'a.yaml': sound }, '.')
  expect(JSON.parse(world['base.json'] ?? '')).toEqual({ version: 1, findings: [] })
})

test.each([
  [['--update-baseline', 'a.yaml'], '--baseline'],
  [['--baseline', 'none.json', 'a.yaml'], '--update-baseline writes it'],
  [['--baseline', 'a.yaml', 'b.yaml'], 'a.yaml is no baseline'],
  [['--baseline', 'other.json', 'b.yaml'], 'other.json is no baseline'],
  [['--baseline', 'broken.json', 'b.yaml'], 'broken.json is no baseline'],
])('%j', async (argv, said) => {
  const world = { ...files, 'other.json': '{"version": 2, "findings": []}', 'broken.json': '{"version": 1' }
  const { status, err } = await lint(argv, { files: world })
  expect(status).toBe(2)
  expect(err).toContain(said)
})
