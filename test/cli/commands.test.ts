import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { pages } from '../../src/explain/index.ts'
import { run } from '../support/memory-io.ts'

test('schema prints the committed schema', async () => {
  const { out, status } = await run(['schema'])
  expect(status).toBe(0)
  expect(JSON.parse(out).title).toBe('bondplan intent')
})

test('options and targets, as text within 80 columns and as JSON', async () => {
  for (const command of ['options', 'targets']) {
    const text = await run([command])
    expect(text.status).toBe(0)
    if (command === 'options')
      for (const line of text.out.split('\n')) expect([...line].length).toBeLessThanOrEqual(80)
    const data = JSON.parse((await run([command, '--format', 'json'])).out)
    expect(data[command].length).toBeGreaterThan(0)
  }
})

describe('explain', () => {
  test('every page can be shown on a terminal and as Markdown', () => {
    expect(pages().size).toBeGreaterThan(60)
  })

  test.each([...pages().keys()])('%s', async id => {
    const { out, status } = await run(['explain', id])
    expect(status).toBe(0)
    expect(out.length).toBeGreaterThan(80)
    const markdown = await run(['explain', id, '--format', 'markdown'])
    expect(markdown.out.startsWith('# ')).toBe(true)
  })

  test('an unknown word is answered with the nearest', async () => {
    const { err, status } = await run(['explain', 'lacp_rate'])
    expect(status).toBe(2)
    expect(err).toContain('did you mean lacp-rate?')
  })
})

test('init prints an intent that is read without complaint and renders', async () => {
  const { out } = await run(['init', '--example'])
  const { status, err } = await run(['render', '-'], { stdin: out })
  expect(err).toBe('')
  expect(status).toBe(0)
})

test('init takes the ports of the machine', async () => {
  const net = '/sys/class/net'
  const files = Object.fromEntries(
    ['enp1s0', 'enp2s0'].flatMap((name, at) => [
      [`${net}/${name}/device/vendor`, '0x8086'],
      [`${net}/${name}/speed`, '10000\n'],
      [`${net}/${name}/address`, `52:54:00:00:00:0${at}\n`],
    ]),
  )
  const { out } = await run(['init'], { files: { ...files, [`${net}/lo/address`]: '00:00:00:00:00:00' } })
  expect(out).toContain('enp1s0: {speed: 10G, mac: "52:54:00:00:00:00"}')
  expect(out).toContain('members: [enp1s0, enp2s0]')
  expect(out).not.toContain('lo:')
})

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish'])('%s names every command', async shell => {
    const { out, status } = await run(['completion', shell])
    expect(status).toBe(0)
    for (const command of ['render', 'lint', 'explain', 'targets']) expect(out).toContain(command)
  })

  test('bash completes commands and targets', async () => {
    const { out } = await run(['completion', 'bash'])
    const complete = (...words: string[]): string =>
      execFileSync(
        'bash',
        [
          '--norc',
          '-c',
          `${out}\nCOMP_WORDS=(bondplan ${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; compopt() { :; }; _bondplan; echo "\${COMPREPLY[@]}"`,
        ],
        { encoding: 'utf8' },
      ).trim()
    expect(complete('ren')).toBe('render')
    expect(complete('render', '--target', 'netp')).toBe('netplan')
  })

  test('another shell is refused', async () => {
    expect((await run(['completion', 'tcsh'])).status).toBe(2)
  })
})

describe('colour', () => {
  const broken = { files: { 'a.yaml': 'bonds: {bond0: {mode: nonsense}}' } }
  test('on a terminal only, and never with NO_COLOR', async () => {
    expect((await run(['lint', 'a.yaml'], { ...broken, terminal: true })).out).toContain('\x1b[')
    expect((await run(['lint', 'a.yaml'], broken)).out).not.toContain('\x1b[')
    expect(
      (await run(['lint', 'a.yaml'], { ...broken, terminal: true, env: { NO_COLOR: '1' } })).out,
    ).not.toContain('\x1b[')
  })
})

test.each([
  [['lnt', 'x'], /^bondplan: unknown command 'lnt'\n\(Did you mean lint\?\)\nsee bondplan --help\n$/],
  [
    ['lint', '--fromat', 'json'],
    /^bondplan: unknown option '--fromat'\n\(Did you mean --format\?\)\nsee bondplan lint --help\n$/,
  ],
  [['plan', 'x'], /^bondplan: missing required argument 'new'\nsee bondplan plan --help\n$/],
])('%j is told by whom it was not understood, and where to look', async (argv, said) => {
  const { err, status, out } = await run(argv)
  expect({ status, out }).toEqual({ status: 2, out: '' })
  expect(err).toMatch(said)
})
