// docs/ansible.md, followed word by word on two hosts without systemd: its files are written, its commands run in their
// order. Nothing is added but how hosts are reached here, where there is no sshd.

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bundle, bundled } from '../support/bundle.ts'
import { type Ran, type Site, withHosts } from './ansible/far.ts'
import { stepsOf } from './ansible/page.ts'

const root = join(import.meta.dirname, '../..')
const hosts = ['web1', 'web2']
const steps = stepsOf(join(root, 'docs/ansible.md'))
const commands = steps.flatMap(step => (step.kind === 'command' ? [step.text] : []))

const reach = 'ansible_connection: far\nansible_python_interpreter: /usr/bin/python3\n'
const interfacesOf = (number: number): string =>
  `auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet static\n    address 192.0.2.1${number}/24\n`

interface Seen extends Ran {
  /** After a playbook: the hosts' own file, and what the kernel has of their bond. */
  readonly files: readonly string[]
  readonly bonds: readonly string[]
}

let bundle: Bundle
const seen: Seen[] = []
const playbooks = (): readonly Seen[] =>
  seen.filter((_, at) => commands[at]?.startsWith('ansible-playbook') ?? false)

async function follow(far: Site): Promise<void> {
  const site = join(far.folder, 'site')
  mkdirSync(join(site, 'group_vars'), { recursive: true })
  writeFileSync(join(site, 'group_vars/all.yaml'), reach)
  symlinkSync(root, join(far.folder, 'bondplan'))
  const look = (command: string) =>
    Promise.all(hosts.map(async host => (await far.console(host, command)).out))
  for (const step of steps) {
    if (step.kind === 'file') {
      writeFileSync(join(site, step.name), step.text)
      continue
    }
    const ran = await far.run(`cd site && ${step.text}`)
    const found = step.text.startsWith('ansible-playbook')
      ? {
          files: await look('cat /etc/network/interfaces'),
          bonds: await look('cat /proc/net/bonding/bond0 2>&1'),
        }
      : { files: [], bonds: [] }
    seen.push({ ...ran, ...found })
  }
}

beforeAll(async () => {
  bundle = await bundled()
  const files = Object.fromEntries(hosts.map((host, at) => [`interfaces.${host}`, interfacesOf(at + 1)]))
  await withHosts({ script: 'namespaces.sh', hosts, program: bundle.program }, files, follow)
})
afterAll(() => bundle.remove())

test('the page has all that it takes', () => {
  expect(commands.filter(command => command.startsWith('ansible-playbook'))).toHaveLength(3)
  expect(commands.length).toBeGreaterThan(12)
})

test.each(commands.map((command, at) => ({ command, at })))('$command', ({ at }) => {
  expect(seen[at]?.status, seen[at]?.out).toBe(0)
})

describe('what the page says of its three runs', () => {
  test('check mode changes nothing and shows the difference', () => {
    const [check] = playbooks()
    expect(check?.files).toEqual([interfacesOf(1), interfacesOf(2)])
    expect(check?.out).toContain('+iface bond0 inet static')
    expect(check?.bonds.join()).not.toContain('Bonding Mode')
  })

  test('a real run leaves each bond with both members in one aggregator, and a partner', () => {
    const [, real] = playbooks()
    expect(real?.bonds).toHaveLength(2)
    for (const bond of real?.bonds ?? []) {
      expect(bond).toContain('Number of ports: 2')
      expect(bond).toMatch(/Partner Mac Address: (?!00:00:00:00:00:00)/)
    }
  })

  test('a second run changes nothing', () => {
    const [, real, again] = playbooks()
    expect(again?.out.match(/changed=0\s+unreachable=0\s+failed=0/g)).toHaveLength(2)
    expect(again?.files).toEqual(real?.files)
  })
})
