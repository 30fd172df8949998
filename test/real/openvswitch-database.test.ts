// What is rendered for Open vSwitch is run by its own ovs-vsctl on a real database (no daemon behind it): every golden
// intent is taken, a second run changes nothing, and the removal leaves the database as it was.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { switchCases } from '../targets/switch/cases.ts'
import { intents } from '../targets/switch/intents.ts'
import { made, targetNamed } from '../targets/switch/support.ts'

const folder = mkdtempSync(join(tmpdir(), 'bondplan-ovs-'))
const schema = '/usr/share/openvswitch/vswitch.ovsschema'

/** What is configured, of the tables that a script may touch; columns that the daemon fills are left out. */
const columns = {
  Bridge: 'name,ports,external_ids,other_config',
  Port: 'name,interfaces,tag,trunks,vlan_mode,lacp,bond_mode,external_ids,other_config',
  Interface: 'name,type,mtu_request,external_ids,other_config',
} as const

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env.PATH}`, OVS_RUNDIR: folder },
  })
  expect([status, stderr]).toEqual([0, ''])
  return stdout
}

/** By table, rows in the order of their names; asked by one program. */
function database(): readonly unknown[] {
  const parts = Object.entries(columns).flatMap(([table, wanted]) => [
    '--',
    `--columns=${wanted}`,
    'list',
    table,
  ])
  return run('ovs-vsctl', ['--format=json', ...parts])
    .trim()
    .split('\n')
    .map(line => {
      const { data } = JSON.parse(line) as { readonly data: readonly (readonly unknown[])[] }
      return [...data].sort((a, b) => String(a[0]).localeCompare(String(b[0])))
    })
}

function runScript(content: string): void {
  const file = join(folder, 'script')
  writeFileSync(file, content)
  run('sh', [file])
}

beforeAll(() => {
  // There is no daemon that would take up what is configured, so nothing is waited for.
  writeFileSync(join(folder, 'ovs-vsctl'), '#!/bin/sh\nexec /usr/bin/ovs-vsctl --no-wait "$@"\n', {
    mode: 0o755,
  })
  const base = join(folder, 'conf.db')
  run('ovsdb-tool', ['create', base, schema])
  const log = join(folder, 'log')
  const files = [`--pidfile=${folder}/pid`, `--log-file=${log}`, `--unixctl=${folder}/ctl`]
  run('ovsdb-server', [
    base,
    `--remote=punix:${folder}/db.sock`,
    '--detach',
    '--no-chdir',
    '-vconsole:off',
    ...files,
  ])
  run('ovs-vsctl', ['init'])
  run('ovs-vsctl', ['add-br', 'br0', '--', 'add-port', 'br0', 'tap0', 'tag=7'])
})

afterAll(() => {
  process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')))
  rmSync(folder, { recursive: true })
})

const [one] = switchCases.filter(({ id }) => id === 'openvswitch')
if (one === undefined) throw new Error('Open vSwitch has no case')
const target = targetNamed(one.id)
const all = Object.entries(intents(one.id, one.ports))

describe.each(all.filter(([name]) => name !== 'mlag'))('%s', (_, text) => {
  test('is taken, once and again, and taken back', () => {
    const script = made(text, target)
      .files.map(({ content }) => content)
      .join('')
    const removal = made(text, target, true)
      .files.map(({ content }) => content)
      .join('')
    const before = database()
    runScript(script)
    const configured = database()
    expect(configured).not.toEqual(before)
    runScript(script)
    expect(database()).toEqual(configured)
    runScript(removal)
    expect(database()).toEqual(before)
  })
})

test('a bond of one port is refused, as the error says', () => {
  const { files, diagnostics } = made(intents(one.id, one.ports).mlag ?? '', target)
  expect(diagnostics.map(({ code }) => code)).toContain('lag-too-few-ports')
  const before = database()
  const file = join(folder, 'script')
  writeFileSync(file, files.map(({ content }) => content).join(''))
  const { status, stderr } = spawnSync('sh', [file], {
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env.PATH}`, OVS_RUNDIR: folder },
  })
  expect(status).not.toBe(0)
  expect(stderr).toContain("'add-bond' command requires at least 4 arguments")
  expect(database()).toEqual(before)
})
