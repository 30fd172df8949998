// docs/ansible.md, followed word by word: its files are written, its commands run in their order. The commands that reach
// its two hosts are run up to where they would; hosts are the business of ansible-back.test.ts.

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bundle, bundled } from '../support/bundle.ts'
import { controller, type Ran, runShell } from './ansible/far.ts'
import { stepsOf } from './ansible/page.ts'

const root = join(import.meta.dirname, '../..')
const steps = stepsOf(join(root, 'docs/ansible.md'))
const commands = steps.flatMap(step => (step.kind === 'command' ? [step.text] : []))

/** What keeps a command from reaching for a host, by the word that it begins with. */
const short: Readonly<Record<string, string>> = {
  'ansible-playbook': '--syntax-check',
  ansible: '--list-hosts',
}

let bundle: Bundle
let folder: string
const seen: Ran[] = []

beforeAll(async () => {
  bundle = await bundled()
  folder = await controller()
  const site = join(folder, 'site')
  mkdirSync(site)
  symlinkSync(root, join(folder, 'bondplan'))
  for (const step of steps) {
    if (step.kind === 'file') writeFileSync(join(site, step.name), step.text)
    else {
      const end = short[step.text.split(' ')[0] ?? ''] ?? ''
      seen.push(await runShell(`${step.text} ${end}`, site, { BONDPLAN_PROGRAM: bundle.program }))
    }
  }
})
afterAll(() => {
  bundle.remove()
  rmSync(folder, { recursive: true, force: true })
})

test('the page has all that it takes', () => {
  expect(commands.filter(command => command.startsWith('ansible-playbook'))).toHaveLength(3)
  expect(commands.length).toBeGreaterThan(12)
})

test.each(commands.map((command, at) => ({ command, at })))('$command', ({ at }) => {
  expect(seen[at]?.status, seen[at]?.out).toBe(0)
})
