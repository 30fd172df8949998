// docs/ansible.md, followed word by word, on two hosts without systemd; then what the page promises of a change that cuts
// the network, and of a boot before it was confirmed.

import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bundle, bundled } from '../support/bundle.ts'
import { type Hosts, type Ran, withHosts } from './ansible/far.ts'
import { stepsOf } from './ansible/page.ts'

const root = join(import.meta.dirname, '../..')
const hosts = ['web1', 'web2']
const steps = stepsOf(join(root, 'docs/ansible.md'))
const commands = steps.filter(step => step.kind === 'command').map(step => step.text)

/** How the hosts of the page are reached here, where there is no sshd; nothing else is added to it. */
const reach = 'ansible_connection: far\nansible_python_interpreter: /usr/bin/python3\n'
const interfacesOf = (number: number): string =>
  `auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet static\n    address 192.0.2.1${number}/24\n`

interface Seen extends Ran {
  readonly command: string
  /** The hosts' own file after the command, and what they have of a bond. */
  readonly files: readonly string[]
  readonly bonds: readonly string[]
}

let bundle: Bundle
const seen: Seen[] = []
const afterwards: Record<string, string> = {}

async function look(far: Hosts): Promise<Pick<Seen, 'files' | 'bonds'>> {
  const files: string[] = []
  const bonds: string[] = []
  for (const host of hosts) {
    files.push((await far.console(host, 'cat /etc/network/interfaces')).out)
    bonds.push((await far.console(host, 'cat /proc/net/bonding/bond0 2>&1')).out)
  }
  return { files, bonds }
}

beforeAll(async () => {
  bundle = await bundled()
  const files = Object.fromEntries(hosts.map((host, at) => [`interfaces.${host}`, interfacesOf(at + 1)]))
  await withHosts({ script: 'namespaces.sh', hosts, program: bundle.program }, files, async far => {
    const site = join(far.folder, 'site')
    await mkdir(join(site, 'group_vars'), { recursive: true })
    await writeFile(join(site, 'group_vars/all.yaml'), reach)
    await symlink(root, join(far.folder, 'bondplan'))
    for (const step of steps) {
      if (step.kind === 'file') {
        await mkdir(dirname(join(site, step.name)), { recursive: true })
        await writeFile(join(site, step.name), step.text)
        continue
      }
      const ran = await far.run(`cd site && ${step.text}`)
      // To look takes a while, so it is done where something may have changed.
      const found = step.text.startsWith('ansible-playbook') ? await look(far) : { files: [], bonds: [] }
      seen.push({ ...ran, ...found, command: step.text })
    }
    await cutAndBoot(far)
  })
})
afterAll(() => bundle.remove())

/** The page's playbook with an intent whose address of web1 nobody expects: web1 is out of reach, web2 is as it was. */
async function cutAndBoot(far: Hosts): Promise<void> {
  const play = (seconds: number) =>
    far.run(
      `cd site && sed 's/192.0.2.11/192.0.2.99/' site.yaml > cut.yaml && ansible-playbook -i inventory.yaml bonds.yaml -e '{"bond_intent": ["cut.yaml"], "bond_timeout": ${seconds}}'`,
    )
  const file = async () => (await far.console('web1', 'cat /etc/network/interfaces')).out
  const good = await file()
  const cut = await play(20)
  afterwards.cut = cut.out
  await far.until('web1', '! test -e /var/lib/bondplan/change.json')
  await far.until('web1', isFormed)
  afterwards.cutLeft = (await file()) === good ? 'the old file' : await file()

  const pending = play(300)
  await far.until('web1', 'test -e /var/lib/bondplan/outcome.json && test -e /var/lib/bondplan/change.json')
  afterwards.between = await file()
  // The power is gone, and with it everything that is not on the disk; then what init does, in its order.
  const kill =
    'for p in /proc/[0-9]*; do [ "$(readlink $p/ns/net)" = "$(readlink /proc/self/ns/net)" ] && grep -q python $p/cmdline && ! grep -q far_shell $p/cmdline && kill -9 ${p#/proc/}; done'
  const boot = `${kill}; ip link delete bond0; ip address flush dev eth0; rm -rf /run/network/*
    ls /etc/rcS.d | grep -c bondplan-recover && /etc/init.d/bondplan-recover start && ifup -a`
  const booted = await far.console('web1', boot)
  afterwards.boot = `${booted.status} ${booted.out}`
  await far.until('web1', isFormed)
  afterwards.bootLeft = (await file()) === good ? 'the old file' : await file()
  afterwards.pending = (await pending).out
}

const isFormed =
  'ip -4 -o address show bond0 | grep -w 192.0.2.11 && grep -A6 "Active Aggregator" /proc/net/bonding/bond0 | grep "Number of ports: 2"'

test('the page has all that it takes', () => {
  expect(commands.filter(command => command.startsWith('ansible-playbook'))).toHaveLength(3)
  expect(commands.length).toBeGreaterThan(12)
})

test.each(commands.map((command, at) => ({ command, at })))('$command', ({ at }) => {
  expect(seen[at]?.status, seen[at]?.out).toBe(0)
})

describe('what the page says of its three runs', () => {
  const runs = () => seen.filter(({ command }) => command.startsWith('ansible-playbook'))

  test('check mode changes nothing and shows the difference', () => {
    const [check] = runs()
    expect(check?.files).toEqual([interfacesOf(1), interfacesOf(2)])
    expect(check?.out).toContain('+iface bond0 inet static')
    expect(check?.bonds.join()).not.toContain('Bonding Mode')
  })

  test('a real run leaves each bond with both members in one aggregator', () => {
    const [, real] = runs()
    expect(real?.bonds).toHaveLength(2)
    for (const bond of real?.bonds ?? []) {
      expect(bond).toContain('Number of ports: 2')
      expect(bond).not.toContain('Partner Mac Address: 00:00:00:00:00:00')
    }
  })

  test('a second run changes nothing', () => {
    const [, real, again] = runs()
    expect(again?.out.match(/changed=0\s+unreachable=0\s+failed=0/g)).toHaveLength(2)
    expect(again?.files).toEqual(real?.files)
  })
})

describe('what the page promises', () => {
  test('a change that cuts the network comes back by itself, and only where it does', () => {
    expect(afterwards.cut).toMatch(/web1\s+: .*failed=1/)
    expect(afterwards.cut).toMatch(/web2\s+: .*changed=0\s+unreachable=0\s+failed=0/)
    expect(afterwards.cut).toContain('the change goes back by itself')
    expect(afterwards.cutLeft).toBe('the old file')
  })

  test('a boot before the change was confirmed has the old files', () => {
    expect(afterwards.between).toContain('192.0.2.99')
    expect(afterwards.boot).toMatch(/^0 [1-9]/)
    expect(afterwards.bootLeft).toBe('the old file')
    expect(afterwards.pending).toMatch(/web1\s+: .*failed=1/)
  })
})
