// No false alarms: of the golden intents, lint finds what they were written to show and nothing else; and of their files,
// as every host target writes them, nothing that the intent itself does not have.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { targets } from '../../src/targets/index.ts'
import { run } from '../support/memory-io.ts'

const folder = join(import.meta.dirname, '../golden')
const cases = readdirSync(folder).filter(
  name => name !== 'switch' && statSync(join(folder, name)).isDirectory(),
)

interface Finding {
  readonly code: string
  readonly severity: string
  readonly message: string
}

/** Findings above notes, in files as they would lie in the working folder. */
async function alarms(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const { out, err } = await run(
    ['lint', '--format', 'json', ...new Set(Object.keys(files).map(file => file.split('/')[0] ?? ''))],
    { files },
  )
  expect(err).toBe('')
  return (JSON.parse(out).diagnostics as Finding[]).filter(({ severity }) => severity !== 'note')
}

const intentOf = (name: string) => ({
  'intent.yaml': readFileSync(join(folder, name, 'intent.yaml'), 'utf8'),
})

/** What a case was written to show. */
const meant: Readonly<Record<string, readonly string[]>> = {
  'active-backup': ['all-slaves-active-duplicates'],
  'balance-alb': ['active-slave-not-lasting'],
  'balance-xor': ['vlan-srcmac-on-host'],
  refused: [
    'ad-actor-mode',
    'arp-monitor-mode',
    'lacp-rate-mode',
    'min-links-mode',
    'no-link-monitoring',
    'primary-mode',
  ],
  'two-servers': ['hash-policy-egress-only', 'single-flow-expectation'],
}

test.each(cases)('the intent of %s has what it was written to show', async name => {
  const codes = (await alarms(intentOf(name))).map(({ code }) => code)
  expect(codes.sort()).toEqual(meant[name] ?? [])
})

/** Whether a target could say all of a case: what it could not is missing from its files, and rightly missed. */
const isWhole = (name: string, target: string): boolean =>
  !/^(?:error|warning)\b|: (?:error|warning)\[/m.test(
    readFileSync(join(folder, name, target, 'diagnostics.txt'), 'utf8'),
  )

/** Files of a case for one target, below the folder of their host. */
function filesOf(name: string, target: string): Readonly<Record<string, string>> {
  const root = join(folder, name, target)
  const files = (readdirSync(root, { recursive: true }) as string[]).filter(
    file => statSync(join(root, file)).isFile() && !file.endsWith('diagnostics.txt'),
  )
  return Object.fromEntries(files.map(file => [file, readFileSync(join(root, file), 'utf8')]))
}

const whole = targets.flatMap(({ id }) => cases.filter(name => isWhole(name, id)).map(name => ({ id, name })))

test('most targets can say most of them', () => expect(whole.length).toBeGreaterThan(40))

describe('the files', () => {
  test.each(whole)('of $name as $id', async ({ id, name }) => {
    const files = filesOf(name, id)
    expect(Object.keys(files)).not.toEqual([])
    const known = new Set(meant[name])
    const surplus = (await alarms(files)).filter(({ code }) => !known.has(code))
    expect(surplus.map(({ code, message }) => `${code}: ${message}`)).toEqual([])
  })
})

test('one mistake is said once, unless the rule is told to be quieter than the loss', async () => {
  const files = {
    'intent.yaml':
      'target: [netplan, networkd]\nbonds: {bond0: {mode: active-backup, members: [eth0, eth1], miimon: 100, lacp-rate: fast}}\n',
  }
  const said = async (...more: readonly string[]) => {
    const { out } = await run(['lint', '--format', 'json', 'intent.yaml', ...more], { files })
    return (JSON.parse(out).diagnostics as Finding[]).map(({ severity, message }) => `${severity} ${message}`)
  }
  const byRule = /^(?:error|note) the driver refuses lacp-rate/
  const byTarget = /^error bond0: lacp-rate fast is not written for (?:Netplan|systemd-networkd)/
  expect(await said()).toEqual([expect.stringMatching(byRule)])
  expect(await said('--rule', 'lacp-rate-mode=off')).toEqual(Array(2).fill(expect.stringMatching(byTarget)))
  expect(await said('--rule', 'lacp-rate-mode=note')).toHaveLength(3)
})

test('a rule that means nothing to a target says nothing of its hosts, unless another target is there', async () => {
  const codes = async (target: string) => {
    const text = `target: ${target}\nbonds: {lagg0: {mode: balance-xor, members: [em0, em1]}}\n`
    const { out } = await run(['lint', '--format', 'json', 'intent.yaml'], { files: { 'intent.yaml': text } })
    return (JSON.parse(out).diagnostics as Finding[]).map(({ code }) => code)
  }
  expect(await codes('freebsd')).not.toContain('no-link-monitoring')
  expect(await codes('[freebsd, netplan]')).toContain('no-link-monitoring')
})
