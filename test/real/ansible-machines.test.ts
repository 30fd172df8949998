// The role on machines: one that reads networkd's files, one that reads Netplan's, one that reads ifupdown's. Each boots with
// systemd, has a disk of its own, and is reached over the very links that are bonded. From nothing to a formed bond; again;
// a change that cuts the network; and the power that fails before a change is confirmed.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bundle, bundled } from '../support/bundle.ts'
import { controller, type Ran, runShell } from './ansible/far.ts'
import { Machine } from './ansible/machine.ts'
import { type Change, changeOf, playbook } from './ansible/playbook.ts'

/** In CI one of them with each commit, another with another: a life is a minute of a processor. */
const everySystem = [
  {
    target: 'networkd',
    address: '192.0.2.11',
    wants: ['systemd-networkd.service'],
    old: {
      '/etc/systemd/network/10-eth0.network': '[Match]\nName=eth0\n\n[Network]\nAddress=192.0.2.11/24\n',
    },
    vars: { bond_absent: ['/etc/systemd/network/10-eth0.network'] },
  },
  {
    target: 'netplan',
    address: '192.0.2.12',
    wants: ['systemd-networkd.service'],
    old: {
      '/etc/netplan/50-cloud-init.yaml':
        'network:\n  version: 2\n  ethernets:\n    eth0: {addresses: [192.0.2.12/24]}\n',
    },
    vars: { bond_absent: ['/etc/netplan/50-cloud-init.yaml'] },
  },
  {
    target: 'ifupdown',
    address: '192.0.2.13',
    wants: ['networking.service'],
    old: {
      '/etc/network/interfaces':
        'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet static\n    address 192.0.2.13/24\n',
    },
    vars: { bond_force: true },
  },
] as const
/** A number of which one system follows; all of them where none is said. */
const one = process.env.BONDPLAN_MACHINE
const systems = everySystem.filter(
  (_, at) => one === undefined || Number.parseInt(one, 16) % everySystem.length === at,
)

/** The intent of all of them; `cut` gives each an address at which nobody looks for it. */
const intentOf = (cut: boolean): string => {
  const lacp = { mode: '802.3ad', miimon: 100, 'lacp-rate': 'fast', members: ['eth0', 'eth1'] }
  const hosts = systems.map(({ target, address }) => {
    const addresses = [`${cut ? address.replace('.1', '.9') : address}/24`]
    return [target, { target, bonds: { bond0: { ...lacp, addresses } } }]
  })
  return JSON.stringify({ hosts: Object.fromEntries(hosts) })
}

/** What bondplan has written and what was there before, with modes. */
const allFiles =
  'cd /etc && find netplan systemd/network network/interfaces -type f | sort > /run/files && xargs stat -c "%a %n" < /run/files && xargs cat < /run/files'
const isFormed =
  'grep -A5 "Active Aggregator" /proc/net/bonding/bond0 | grep "Number of ports: 2" && ! grep "Partner Mac Address: 00:00:00:00:00:00" /proc/net/bonding/bond0'
const answersAt = (address: string) => `ip -4 -o address show | grep -w ${address}`
const isPending =
  'test -e /var/lib/bondplan/outcome.json && test -e /var/lib/bondplan/change.json && systemctl list-units --all --no-legend "bondplan-revert-*.timer"'

type What = 'checked' | 'done' | 'again' | 'cut' | 'pending'

let bundle: Bundle
let folder: string
let machines: readonly Machine[] = []
const runs: Partial<Record<What, Ran>> = {}
/** By moment, the files of each host, in the order of the systems. */
const files: Record<string, readonly string[]> = {}
const bonds: Record<string, readonly string[]> = {}
const seen: Record<string, readonly string[]> = {}

const all = <T>(ask: (machine: Machine, at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(machines.map(ask))
const output = (command: string) => all(async machine => (await machine.console(command)).out)
/** Back as it was, by its own account, and then by that of who looks for it over the network: a switch may lag behind. */
const isBack = async (machine: Machine, at: number) => {
  const address = systems[at]?.address ?? ''
  await machine.until(`! test -e /var/lib/bondplan/change.json && ${answersAt(address)} && ${isFormed}`)
  await machine.reached(address)
}

async function play(what: What, intent: string, words = '', timeout = 120): Promise<void> {
  const vars = JSON.stringify({ bond_intent: [intent], bond_timeout: timeout, bond_wait: 60, what })
  const command = `ansible-playbook -i inventory.json --diff ${words} -e '${vars}' play.json`
  runs[what] = await runShell(command, folder, { BONDPLAN_PROGRAM: bundle.program })
}

async function life(): Promise<void> {
  await all(machine => machine.boot())
  await all((machine, at) => machine.reached(systems[at]?.address ?? '', 400))
  files.installed = await output(allFiles)
  await play('checked', 'good.json', '--check')
  files.checked = await output(allFiles)
  await play('done', 'good.json')
  files.done = await output(allFiles)
  bonds.done = await output('cat /proc/net/bonding/bond0')
  await play('again', 'good.json')
  files.again = await output(allFiles)
  await play('cut', 'cut.json', '', 20)
  await all(isBack)
  files.cut = await output(allFiles)

  const pending = play('pending', 'cut.json', '', 300)
  seen.timer = await all(machine => machine.until(isPending))
  files.between = await output(allFiles)
  await all(machine => machine.cutPower())
  await all(machine => machine.boot())
  await all(isBack)
  files.booted = await output(allFiles)
  bonds.booted = await output('cat /proc/net/bonding/bond0')
  await pending
}

beforeAll(async () => {
  bundle = await bundled()
  folder = await controller()
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
  put('play.json', playbook)
  put('good.json', intentOf(false))
  put('cut.json', intentOf(true))
  const state = join(folder, 'machines')
  mkdirSync(state)
  machines = systems.map(
    ({ target, wants, old }, cpu) => new Machine(state, { name: target, wants, old, cpu }),
  )
  const hosts = systems.map(({ target, address, vars }, at) => [
    target,
    {
      ansible_connection: 'far',
      ansible_host: address,
      ansible_python_interpreter: '/usr/bin/python3',
      far_wire: machines[at]?.wire,
      ...vars,
    },
  ])
  put('inventory.json', JSON.stringify({ all: { hosts: Object.fromEntries(hosts) } }))
  try {
    await life()
  } catch (failure) {
    const said = Object.entries(runs).map(([what, { out }]) => `${what}:\n${out}`)
    throw new Error([String(failure), ...said].join('\n'), { cause: failure })
  } finally {
    await all(machine => machine.off())
  }
})
afterAll(() => {
  bundle.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(systems.map(({ target }, at) => ({ target, at })))('$target', ({ target, at }) => {
  const recap = (what: What, line: RegExp) =>
    expect(runs[what]?.out).toMatch(new RegExp(`^${target} +: ${line.source}`, 'm'))

  test('check mode changes nothing, and says exactly what a real run then does', () => {
    expect(files.checked?.[at]).toBe(files.installed?.[at])
    const [said, did] = (['checked', 'done'] as const).map(what => changeOf(folder, target, what)) as [
      Change,
      Change,
    ]
    expect(said.change).toBeNull()
    expect(did.change).toMatch(/^[0-9a-f]{12}$/)
    const { before, after, diff } = said
    expect(did).toMatchObject({ before, after, diff, changed: true })
    const written = Object.values(after).filter(text => text !== null)
    expect(written).not.toEqual([])
    for (const text of written) expect(files.done?.[at]).toContain(text)
  })

  test('a real run leaves a bond that has formed with the switch, and it stays', () => {
    recap('done', /ok=\d+\s+changed=2\s+unreachable=0\s+failed=0/)
    expect(bonds.done?.[at]).toContain('Number of ports: 2')
    expect(bonds.done?.[at]).toMatch(/Partner Mac Address: (?!00:00:00:00:00:00)/)
    expect(files.done?.[at]).not.toBe(files.installed?.[at])
  })

  test('a second run changes nothing', () => {
    recap('again', /ok=\d+\s+changed=0\s+unreachable=0\s+failed=0/)
    expect(changeOf(folder, target, 'again')).toMatchObject({ changed: false, after: {}, change: null })
    expect(files.again?.[at]).toBe(files.done?.[at])
  })

  test('a change that cuts the network comes back by itself', () => {
    recap('cut', /.*failed=1/)
    expect(runs.cut?.out).toContain('the change goes back by itself')
    expect(files.cut?.[at]).toBe(files.done?.[at])
  })

  test('after a power cut in the middle it boots with the old files, and its bond forms', () => {
    expect(seen.timer?.[at]).toMatch(/bondplan-revert-[0-9a-f]{12}\.timer/)
    expect(files.between?.[at]).toMatch(/192\.0\.2\.9\d\/24/)
    expect(files.booted?.[at]).toBe(files.done?.[at])
    expect(bonds.booted?.[at]).toMatch(/Partner Mac Address: (?!00:00:00:00:00:00)/)
    recap('pending', /.*failed=1/)
    expect(runs.pending?.out).toContain('the host was started anew before it was confirmed')
  })
})
