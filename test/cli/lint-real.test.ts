// lint on a real file system, as the bundle: links, modes, what cannot be written, and many files in several threads.

import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Bundle, bundled } from '../support/bundle.ts'
import { refused, rounded, sound } from './lint-support.ts'

let bundle: Bundle
let folder = ''

beforeAll(async () => {
  bundle = await bundled()
}, 60_000)
afterAll(() => bundle.remove())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bondplan-lint-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const lint = (...argv: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle.program, 'lint', ...argv], {
    cwd: folder,
    encoding: 'utf8',
    input: '',
    maxBuffer: 1 << 28,
  })
  return { status, stdout, stderr }
}
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

describe('--fix', () => {
  test('keeps modes and leaves nothing beside the file', () => {
    write('a.yaml', rounded)
    chmodSync(join(folder, 'a.yaml'), 0o640)
    expect(lint('--fix', 'a.yaml')).toMatchObject({ status: 0, stderr: 'Fixed a.yaml.\n' })
    expect(read('a.yaml')).toBe(rounded.replace('250', '200'))
    expect(statSync(join(folder, 'a.yaml')).mode & 0o777).toBe(0o640)
    expect(readdirSync(folder)).toEqual(['a.yaml'])
  })

  test('writes what a link leads to, and the link stays one', () => {
    mkdirSync(join(folder, 'real'))
    mkdirSync(join(folder, 'links'))
    write('real/a.yaml', rounded)
    symlinkSync('../real/a.yaml', join(folder, 'links/a.yaml'))
    write('links/b.yaml', refused)
    expect(lint('--fix', 'links').stderr).toBe('Fixed 2 files.\n')
    expect(lstatSync(join(folder, 'links/a.yaml')).isSymbolicLink()).toBe(true)
    expect(read('real/a.yaml')).toBe(rounded.replace('250', '200'))
  })

  test('changes all files or none', () => {
    mkdirSync(join(folder, 'd'))
    write('a.yaml', rounded)
    write('d/b.yaml', refused)
    // Where the new text of d/b.yaml has to be for a moment stands something that cannot be replaced.
    mkdirSync(join(folder, 'd/b.yaml.bondplan-new'))
    const { status, stderr } = lint('--fix', 'a.yaml', 'd/b.yaml')
    expect(status).toBe(2)
    expect(stderr).toContain('nothing was changed')
    expect([read('a.yaml'), read('d/b.yaml')]).toEqual([rounded, refused])
    expect(readdirSync(folder).sort()).toEqual(['a.yaml', 'd'])
  })

  test('--diff is a patch that patch and git apply', () => {
    write('a.yaml', `# first\n${refused}# last`)
    const { stdout } = lint('--fix', '--diff', 'a.yaml')
    write('change.patch', stdout)
    execFileSync('git', ['apply', 'change.patch'], { cwd: folder })
    const applied = read('a.yaml')
    write('a.yaml', `# first\n${refused}# last`)
    lint('--fix', 'a.yaml')
    expect(applied).toBe(read('a.yaml'))
  })
})

test('a folder with a link to itself is opened once', () => {
  mkdirSync(join(folder, 'd'))
  write('d/a.yaml', sound)
  symlinkSync('.', join(folder, 'd/again'))
  expect(lint('d')).toMatchObject({ status: 0, stdout: 'no findings in 1 file\n' })
})

test('of a folder only files are read: a pipe in it is nobody to wait for', () => {
  mkdirSync(join(folder, 'd'))
  write('d/a.yaml', sound)
  expect(spawnSync('mkfifo', [join(folder, 'd/b.yaml')]).status).toBe(0)
  symlinkSync('/dev/zero', join(folder, 'd/c.yaml'))
  expect(lint('d')).toMatchObject({ status: 0, stdout: 'no findings in 1 file\n' })
})

test('a pattern over folders follows no links, which may lead back to where they stand', () => {
  mkdirSync(join(folder, 'd/e'), { recursive: true })
  write('d/e/a.yaml', sound)
  for (const name of ['again', 'and-again', 'e/up']) symlinkSync(join(folder, 'd'), join(folder, 'd', name))
  expect(lint('d/**/*.yaml')).toMatchObject({ status: 0, stdout: 'no findings in 1 file\n' })
  expect(lint('--each', 'd/*/e/*.yaml')).toMatchObject({ status: 0, stdout: 'no findings in 2 files\n' })
})

describe('many files, each for itself', () => {
  const count = 220

  beforeEach(() => {
    mkdirSync(join(folder, 'many'))
    for (let at = 0; at < count; at++) {
      const text = [sound, rounded, refused][at % 3] ?? sound
      write(`many/f${String(at).padStart(3, '0')}.yaml`, `${'\n'.repeat(at % 5)}${text}`)
    }
    write('many/bondplan.config.yaml', 'rules: {delays-not-multiple: note}\nignore: ["f21*"]\n')
  })

  test.each(['text', 'json', 'sarif'])('in threads and in none the %s is the same', format => {
    const shared = lint('--each', '--format', format, '--jobs', '3', 'many')
    const alone = lint('--each', '--format', format, '--jobs', '1', 'many')
    expect(shared).toEqual(alone)
    expect(shared.status).toBe(1)
    expect(shared.stdout.match(/lacp-rate-mode/g)?.length).toBeGreaterThan(60)
  })

  test('a baseline accepts what threads find', () => {
    lint('--each', '--jobs', '3', '--baseline', 'base.json', '--update-baseline', 'many')
    const accepted = read('base.json')
    expect(accepted.match(/"fingerprint"/g)).toHaveLength(140)
    const again = lint('--each', '--jobs', '2', '--baseline', 'base.json', 'many')
    expect(again).toMatchObject({ status: 0, stdout: 'no findings in 210 files\n' })
  })

  test('a file that goes away is said as without threads', () => {
    symlinkSync('nowhere', join(folder, 'many/f100x.yaml'))
    for (const jobs of ['1', '3']) {
      const { status, stderr } = lint('--each', '--jobs', jobs, 'many')
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: 'bondplan: many/f100x.yaml cannot be read: there is no such file or folder\n',
      })
    }
  })

  test('a file that cannot be read stops it with the first of them', () => {
    for (const at of ['120', '190']) {
      rmSync(join(folder, `many/f${at}.yaml`))
      // A name that is there and no file: reading says so, listing does not.
      symlinkSync('/proc/self/mem', join(folder, `many/f${at}.yaml`))
    }
    const errors = ['1', '3'].map(jobs => lint('--each', '--jobs', jobs, 'many'))
    expect(errors[0]).toEqual(errors[1])
    expect(errors[0]?.stderr).toMatch(/^bondplan: many\/f120\.yaml cannot be read: /)
    expect(errors[0]?.status).toBe(2)
  })
})
