// The real program on a real file system: modes, whole files, refusals. Only this file runs the bundle.

import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
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
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'bin/bondplan.js')
let folder = ''

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'build.js')])
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bondplan-'))
  writeFileSync(
    join(folder, 'web1.yaml'),
    'target: netplan\nbonds:\n  bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1]}\n',
  )
})
const made: string[] = []
afterAll(() => {
  for (const one of made) rmSync(one, { recursive: true, force: true })
})

const bondplan = (...argv: string[]) => {
  made.push(folder)
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    input: '',
  })
  return { status, stdout, stderr }
}

test('writes the file with its mode, whatever the umask, and leaves nothing beside it', () => {
  const { status, stderr } = bondplan('render', 'web1.yaml', '--out', 'out')
  expect(stderr).toBe('1 of 1 files written below out\n')
  expect(status).toBe(0)
  const file = join(folder, 'out/web1/etc/netplan/60-bondplan.yaml')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toContain('active-backup')
  expect(readdirSync(join(folder, 'out/web1/etc/netplan'))).toEqual(['60-bondplan.yaml'])
})

test('the same input gives the same bytes and touches nothing', () => {
  bondplan('render', 'web1.yaml', '--out', 'out')
  const file = join(folder, 'out/web1/etc/netplan/60-bondplan.yaml')
  const before = statSync(file)
  const { stderr } = bondplan('render', 'web1.yaml', '--out', 'out')
  expect(stderr).toBe('0 of 1 files written below out\n')
  expect(statSync(file).mtimeMs).toBe(before.mtimeMs)
  expect(statSync(file).ino).toBe(before.ino)
})

test('does not follow a link out of the folder', () => {
  mkdirSync(join(folder, 'elsewhere'))
  mkdirSync(join(folder, 'out'))
  symlinkSync('../elsewhere', join(folder, 'out/web1'))
  const { status, stderr } = bondplan('render', 'web1.yaml', '--out', 'out')
  expect(status).toBe(2)
  expect(stderr).toContain('a link leads out of out')
  expect(readdirSync(join(folder, 'elsewhere'))).toEqual([])
})

test('a failure half way leaves everything as it was', () => {
  writeFileSync(
    join(folder, 'web2.yaml'),
    'target: netplan\nbonds:\n  bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1]}\n',
  )
  bondplan('render', 'web1.yaml', '--out', 'out')
  const file = join(folder, 'out/web1/etc/netplan/60-bondplan.yaml')
  const before = readFileSync(file, 'utf8')
  writeFileSync(
    join(folder, 'web1.yaml'),
    readFileSync(join(folder, 'web1.yaml'), 'utf8').replace('100', '50'),
  )
  // A file where the second host's folder has to be.
  writeFileSync(join(folder, 'out/web2'), 'in the way')
  const { status, stderr } = bondplan('render', 'web1.yaml', 'web2.yaml', '--out', 'out')
  expect(status).toBe(2)
  expect(stderr).toContain('nothing was changed')
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect(readdirSync(join(folder, 'out/web1/etc/netplan'))).toEqual(['60-bondplan.yaml'])
})

test('a run that fails leaves no folder that it made, and what others put into one', () => {
  const good = readFileSync(join(folder, 'web1.yaml'), 'utf8')
  // One in the way of the second host: the first one's folders are there by then.
  writeFileSync(join(folder, 'web2.yaml'), good)
  mkdirSync(join(folder, 'out/web2/etc/netplan/60-bondplan.yaml'), { recursive: true })
  expect(bondplan('render', 'web1.yaml', 'web2.yaml', '--out', 'out').status).toBe(2)
  expect(readdirSync(join(folder, 'out'), { recursive: true }).sort()).toEqual([
    'web2',
    'web2/etc',
    'web2/etc/netplan',
    'web2/etc/netplan/60-bondplan.yaml',
  ])
  // An error that is found when the first host is written already.
  writeFileSync(join(folder, 'web3.yaml'), good.replace('target: netplan\n', ''))
  expect(bondplan('render', 'web1.yaml', 'web3.yaml', '--out', 'a/b/c').status).toBe(1)
  expect(readdirSync(folder).sort()).toEqual(['out', 'web1.yaml', 'web2.yaml', 'web3.yaml'])
})

test('a folder that cannot be made, or is a file, ends the run with a reason', () => {
  writeFileSync(join(folder, 'file'), '')
  const said = (out: string) => {
    const { status, stderr } = bondplan('render', 'web1.yaml', '--out', out)
    return { status, stderr }
  }
  const ended = (out: string, why: string) => ({
    status: 2,
    stderr: `bondplan: ${out} cannot be written: ${why}; nothing was changed\n`,
  })
  expect(said('/proc/bondplan/x')).toEqual(ended('/proc/bondplan/x', 'there is no such file or folder'))
  expect(said('file')).toEqual(ended('file', 'a part of the path is not a folder'))
  expect(said('')).toEqual({ status: 2, stderr: 'bondplan: --out is a folder, and . is this one\n' })
})

test('a reader that goes away is no error', () => {
  const text = execFileSync(
    'bash',
    ['-c', `set -o pipefail; "${process.execPath}" "${program}" options | head -1`],
    { encoding: 'utf8' },
  )
  expect(text).toMatch(/\w/)
})

test.each([
  [
    'data that nowhere has room',
    'explain single-flow > /dev/full',
    /^bondplan: standard output .*: the disk is full\n$/,
  ],
  [
    'findings that nowhere have room',
    'lint web1.yaml > /dev/full',
    /^bondplan: standard output .*: the disk is full\n$/,
  ],
  ['words that nowhere have room', 'render web1.yaml --out out 2> /dev/full', /^$/],
])('%s end the run with status 2', (_, words, said) => {
  made.push(folder)
  const { status, stderr } = spawnSync('/bin/sh', ['-c', `"${process.execPath}" "${program}" ${words}`], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect(stderr).toMatch(said)
  expect(status).toBe(2)
})

test('no bad input gets a stack trace', () => {
  chmodSync(join(folder, 'web1.yaml'), 0o644)
  const inputs = [
    '\0',
    '\xff\xfe',
    '[',
    '{a: *b}',
    '- - - -',
    'bonds: 5',
    'hosts: {s1: {bonds: {bond0: []}}}',
    '!!js/function "x"',
    'a: &a [*a]',
    '%YAML 9',
    '__proto__: {x: 1}',
    '?',
    '---\na: 1\n---\nb: 2\n',
  ]
  for (const [index, text] of inputs.entries())
    writeFileSync(join(folder, `bad${index}.yaml`), Buffer.from(text, 'latin1'))
  for (const index of inputs.keys()) {
    const { status, stdout, stderr } = bondplan('lint', `bad${index}.yaml`)
    expect({ index, status }).toEqual({ index, status: 1 })
    expect(stdout + stderr).not.toMatch(/\n\s+at |bug in bondplan/)
  }
})

test('of a fleet, one change writes one file', () => {
  const fleet = (changed: number): string =>
    [
      'hosts:',
      ...Array.from({ length: 200 }, (_, at) => [
        `  h${at}:`,
        '    target: ifupdown',
        `    bonds: {bond0: {members: [eth0, eth1], mode: 802.3ad, miimon: ${at === changed ? 50 : 100}}}`,
        `    ports: {eth0: {to: 'sw${at >> 3}:Gi1/0/${2 * (at & 7) + 1}'}, eth1: {to: 'sw${at >> 3}:Gi1/0/${2 * (at & 7) + 2}'}}`,
      ]),
      'switches:',
      ...Array.from({ length: 25 }, (_, at) => `  sw${at}: {platform: cisco-ios}`),
      '',
    ]
      .flat()
      .join('\n')
  const times = (): ReadonlyMap<string, string> =>
    new Map(
      readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => {
          const path = join(entry.path, entry.name)
          const { ino, mtimeMs } = statSync(path)
          return [path, `${ino} ${mtimeMs}`]
        }),
    )
  rmSync(join(folder, 'out'), { recursive: true, force: true })
  writeFileSync(join(folder, 'fleet.yaml'), fleet(-1))
  expect(bondplan('render', 'fleet.yaml', '--out', 'out').stderr).toBe('225 of 225 files written below out\n')
  const before = times()
  writeFileSync(join(folder, 'fleet.yaml'), fleet(123))
  expect(bondplan('render', 'fleet.yaml', '--out', 'out').stderr).toBe('1 of 225 files written below out\n')
  const changed = [...times()].filter(([path, state]) => before.get(path) !== state).map(([path]) => path)
  expect(changed).toEqual([join(folder, 'out/h123/etc/network/interfaces')])
})
