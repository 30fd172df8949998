// The collection on real hosts: kernels that boot, systems that take files, a network that is cut. Ansible is Debian's.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bundle, bundled } from '../support/bundle.ts'
import { type Hosts, withHosts } from './ansible/far.ts'

let bundle: Bundle
beforeAll(async () => {
  bundle = await bundled()
})
afterAll(() => bundle.remove())

const guard = join(import.meta.dirname, '../../ansible/plugins/module_utils/guard.py')

test('a power cut at any step leaves the old files or the new ones, whole', () => {
  const seed = String(Math.floor(Math.random() * 1e6))
  const { status, stdout, stderr } = spawnSync(
    'python3',
    ['-B', join(import.meta.dirname, 'ansible/power_cut.py'), guard, seed],
    { encoding: 'utf8' },
  )
  expect(status, stderr).toBe(0)
  const { confirmed, gone_back: goneBack } = JSON.parse(stdout)
  expect(confirmed.wrong, `seed ${seed}`).toEqual([])
  expect(goneBack.wrong, `seed ${seed}`).toEqual([])
  expect(confirmed.ends).toMatchObject({
    'at the end: new': 1,
    new: expect.any(Number),
    old: expect.any(Number),
  })
  expect(goneBack.ends).toMatchObject({ 'at the end: old': 1 })
  expect(confirmed.steps).toBeGreaterThan(30)
})

/** What the playbook of the tests leaves of a run at the controller: the change with its diff. */
interface Change {
  readonly changed: boolean
  readonly before: Readonly<Record<string, string | null>>
  readonly after: Readonly<Record<string, string | null>>
  readonly diff: unknown
}

const playbook = `
- hosts: all
  gather_facts: false
  roles: [bondplan.bonding.bond]
  post_tasks:
    - ansible.builtin.copy:
        content: "{{ bond_change | to_json }}"
        dest: "{{ playbook_dir }}/{{ inventory_hostname }}.change"
        mode: "0600"
      delegate_to: localhost
      vars: {ansible_connection: local}
      check_mode: false
      diff: false
`

const intentOf = (target: string, address: string): string =>
  JSON.stringify({
    hosts: {
      host: {
        target,
        bonds: {
          bond0: {
            mode: '802.3ad',
            miimon: 100,
            'lacp-rate': 'fast',
            members: ['eth0', 'eth1'],
            addresses: [`${address}/24`],
          },
        },
      },
    },
  })

const isFormed = 'grep -A6 "Active Aggregator" /proc/net/bonding/bond0 | grep "Number of ports: 2"'
const answers = (address: string) => `ip -4 -o address show | grep -w ${address}`

/** A system that a guest with systemd has: its files before there is a bond, and how it takes them up. */
const systems = [
  {
    target: 'networkd',
    old: {
      '/etc/systemd/network/10-eth0.network': '[Match]\nName=eth0\n\n[Network]\nAddress=192.0.2.11/24\n',
    },
    start: 'systemctl restart systemd-networkd',
  },
  {
    target: 'netplan',
    old: {
      '/etc/netplan/50-cloud-init.yaml':
        'network:\n  version: 2\n  ethernets:\n    eth0: {addresses: [192.0.2.11/24]}\n',
    },
    start: 'netplan apply',
  },
] as const

describe('a host with systemd', () => {
  const seen: Record<string, string[]> = {}

  beforeAll(async () => {
    await withHosts(
      { script: 'systemd.sh', hosts: ['host'], systemd: true, program: bundle.program },
      {},
      async hosts => {
        for (const system of systems) seen[system.target] = await wholeLife(hosts, system)
      },
    )
  })

  test.each(systems)(
    '$target: from nothing to a bond, again, back from a cut network, back after a boot',
    ({ target }) => {
      expect(seen[target]).toEqual([
        'check mode changed nothing',
        'a real run did what check mode said, and the bond is formed',
        'a second run changed nothing',
        'a change that cut the network came back by itself',
        'a boot before the change was confirmed has the old files',
      ])
    },
  )
})

/** Plays everything that may happen to a host; answers what came true, throws where something did not. */
async function wholeLife(hosts: Hosts, { target, old, start }: (typeof systems)[number]): Promise<string[]> {
  const did: string[] = []
  const stale = Object.keys(old)
  for (const [path, text] of Object.entries(old))
    expect(await hosts.console('host', `printf '%s' '${text}' > ${path} && chmod 600 ${path}`)).toMatchObject(
      { status: 0 },
    )
  if (target === 'networkd') await hosts.console('host', `chmod 644 ${stale.join(' ')}`)
  const started = await hosts.console('host', start)
  expect(started.status, started.out).toBe(0)
  await hosts.until('host', answers('192.0.2.11'))

  const file = (name: string, text: string) => writeFile(join(hosts.folder, name), text)
  await file('play.yml', playbook)
  await file('site.json', intentOf(target, '192.0.2.11'))
  await file('cut.json', intentOf(target, '192.0.2.99'))
  await file(
    'inventory',
    'host ansible_connection=far ansible_host=192.0.2.11 ansible_python_interpreter=/usr/bin/python3\n',
  )
  const vars = (intent: string, more: object = {}) =>
    `-e '${JSON.stringify({ bond_intent: [intent], bond_absent: stale, bond_wait: 60, ...more })}'`
  const run = async (words: string) => {
    const { status, out } = await hosts.run(`ansible-playbook -i inventory --diff play.yml ${words}`)
    return { status, out }
  }
  const change = (): Change => JSON.parse(readFileSync(join(hosts.folder, 'host.change'), 'utf8'))
  const files = async () =>
    (
      await hosts.console(
        'host',
        'cd /etc && find netplan systemd/network -type f -exec stat -c "%a %n" {} + | sort',
      )
    ).out

  const untouched = await files()
  const checked = await run(`--check ${vars('site.json')}`)
  expect(checked.status, checked.out).toBe(0)
  expect(await files()).toBe(untouched)
  const said = change()
  expect(said.changed).toBe(true)
  did.push('check mode changed nothing')

  const real = await run(vars('site.json'))
  expect(real.status, real.out).toBe(0)
  const done = change()
  expect({ ...done, change: null, log: null }).toEqual({ ...said, change: null, log: null })
  expect((await hosts.console('host', isFormed)).status).toBe(0)
  const formed = await files()
  expect(formed).not.toBe(untouched)
  did.push('a real run did what check mode said, and the bond is formed')

  const again = await run(vars('site.json'))
  expect(again.out).toMatch(/host\s+: ok=\d+\s+changed=0\s+unreachable=0\s+failed=0/)
  expect(await files()).toBe(formed)
  did.push('a second run changed nothing')

  const cut = await run(vars('cut.json', { bond_timeout: 20 }))
  expect(cut.status, cut.out).not.toBe(0)
  expect(cut.out).toContain('the change goes back by itself')
  await hosts.until('host', '! test -e /var/lib/bondplan/change.json')
  await hosts.until('host', `${answers('192.0.2.11')} && ${isFormed}`)
  expect(await files()).toBe(formed)
  const back = await run(vars('site.json'))
  expect(back.out).toMatch(/host\s+: ok=\d+\s+changed=0\s+unreachable=0\s+failed=0/)
  did.push('a change that cut the network came back by itself')

  // As if the power had failed after the files were changed and before anybody confirmed: the programs are gone, and so is
  // everything that is not on the disk.
  const pending = run(vars('cut.json', { bond_timeout: 300 }))
  await hosts.until('host', 'test -e /var/lib/bondplan/outcome.json && test -e /var/lib/bondplan/change.json')
  expect((await hosts.console('host', 'grep -r 192.0.2.99 /etc/netplan /etc/systemd/network')).status).toBe(0)
  await hosts.console(
    'host',
    'systemctl stop systemd-networkd "bondplan-*.timer" "bondplan-apply-*"; ip link delete bond0; rm -rf /run/systemd/network/*',
  )
  await hosts.console('host', 'systemctl daemon-reload')
  const order = await hosts.console('host', 'systemctl show -p Before,WantedBy bondplan-recover.service')
  expect(order.out).toMatch(/^Before=.*systemd-networkd\.service/m)
  expect(order.out).toMatch(/^WantedBy=sysinit\.target$/m)
  const boot = await hosts.console(
    'host',
    'systemctl start bondplan-recover.service && systemctl start systemd-networkd',
  )
  expect(boot.status, boot.out).toBe(0)
  await hosts.until('host', `${answers('192.0.2.11')} && ${isFormed}`)
  expect(await files()).toBe(formed)
  expect((await pending).status).not.toBe(0)
  did.push('a boot before the change was confirmed has the old files')

  await hosts.console(
    'host',
    'rm -f /etc/netplan/* /etc/systemd/network/* /run/systemd/network/* /var/lib/bondplan/*.json; ip link delete bond0',
  )
  return did
}
