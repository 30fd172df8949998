// The states of bondplan_config, the inventory and the lookup by the real Ansible, and the documentation that ansible-doc
// shows. The host is this machine behind a file system of its own; nothing is put in force, which ansible.test.ts does.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bundle, bundled } from '../support/bundle.ts'
import { controller, type Ran, runShell } from './ansible/far.ts'

let bundle: Bundle
let folder: string
let results: Record<string, Result>

interface Result {
  readonly changed: boolean
  readonly failed?: boolean
  readonly msg?: string
  readonly before?: Readonly<Record<string, string | null>>
  readonly after?: Readonly<Record<string, string | null>>
  readonly diff?: readonly Readonly<Record<string, string>>[]
  readonly rendered?: readonly { readonly path: string; readonly mode: string; readonly content: string }[]
  readonly parsed?: Intent
  readonly gathered?: Intent
  readonly ansible_facts?: { readonly found: unknown }
}

interface Intent {
  readonly target: readonly string[]
  readonly bonds: Readonly<Record<string, unknown>>
}

const path = '/etc/netplan/60-bondplan.yaml'
const bond = { mode: '802.3ad', miimon: 100, members: ['eth0', 'eth1'], addresses: ['192.0.2.11/24'] }
const other = { mode: 'active-backup', miimon: 100, members: ['eth2', 'eth3'] }
const foreign = 'network:\n  version: 2\n  ethernets:\n    eth9: {addresses: [198.51.100.9/24]}\n'

/** Each task by the name that its result has. */
const tasks: Readonly<Record<string, object>> = {
  rendered: { state: 'rendered', target: 'netplan', config: { bonds: { bond0: bond } } },
  refused: {
    state: 'rendered',
    target: 'netplan',
    config: { bonds: { bond0: { ...bond, mode: '802.3ab' } } },
  },
  parsed: {
    state: 'parsed',
    target: 'ifupdown',
    running_config:
      'auto bond0\niface bond0 inet manual\n    bond-slaves eth0 eth1\n    bond-mode 802.3ad\n    bond-miimon 100\n    bond-lacp-rate fast\n',
  },
  gathered: { state: 'gathered', target: 'netplan' },
  merged: {
    state: 'merged',
    target: 'netplan',
    config: { bonds: { bond0: { 'lacp-rate': 'fast' }, bond1: other } },
  },
  replaced: {
    state: 'replaced',
    target: 'netplan',
    config: { bonds: { bond0: { ...other, members: ['eth0'] }, bond1: other } },
  },
  overridden: { state: 'overridden', target: 'netplan', config: { bonds: { bond1: other } } },
  deleted: { state: 'deleted', target: 'netplan', config: { bonds: { bond0: {} } } },
  deletedAll: { state: 'deleted', target: 'netplan' },
  absent: { state: 'merged', target: 'netplan', absent: ['/etc/netplan/50-foreign.yaml'] },
  same: { state: 'merged', target: 'netplan', config: { bonds: { bond0: bond } } },
  notOurs: { state: 'overridden', target: 'ifupdown', config: { bonds: { bond0: bond } } },
  notOursForced: { state: 'overridden', target: 'ifupdown', force: true, config: { bonds: { bond0: bond } } },
  unknown: { state: 'gathered', target: 'netpaln' },
}

/** Runs a command where /etc and the state of changes are the test's own. */
const apart = (command: string): Promise<Ran> => {
  const lines = [
    'mkdir -p /var/lib/bondplan && mount -t tmpfs tmpfs /var/lib/bondplan',
    'mount -t tmpfs tmpfs /etc/netplan && mount -t tmpfs tmpfs /etc/network',
    'cp 60-bondplan.yaml 50-foreign.yaml /etc/netplan && chmod 600 /etc/netplan/*',
    'cp interfaces /etc/network',
    command,
  ]
  writeFileSync(join(folder, 'apart.sh'), `set -e\n${lines.join('\n')}\n`)
  return run('unshare --mount sh apart.sh')
}

const run = (command: string): Promise<Ran> => runShell(command, folder, { BONDPLAN_PROGRAM: bundle.program })

beforeAll(async () => {
  bundle = await bundled()
  folder = await controller()
  writeFileSync(join(folder, 'h.json'), JSON.stringify({ target: 'netplan', bonds: { bond0: bond } }))
  const { out } = await run('bondplan render h.json --out . && mv h/etc/netplan/60-bondplan.yaml .')
  expect(out).toContain('1 of 1 files written')
  writeFileSync(join(folder, '50-foreign.yaml'), foreign)
  writeFileSync(join(folder, 'interfaces'), 'auto lo\niface lo inet loopback\n')
  const play = Object.entries(tasks).flatMap(([name, args]) => [
    {
      'bondplan.bonding.bondplan_config': args,
      check_mode: true,
      diff: true,
      register: name,
      ignore_errors: true,
    },
    {
      'ansible.builtin.copy': {
        content: `{{ ${name} | to_json }}`,
        dest: `{{ playbook_dir }}/${name}.result`,
        mode: '0600',
      },
    },
  ])
  const looked = [
    {
      'ansible.builtin.set_fact': { found: "{{ query('bondplan.bonding.rendered', 'h.json') }}" },
      register: 'lookup',
    },
    {
      'ansible.builtin.copy': { content: '{{ lookup | to_json }}', dest: '{{ playbook_dir }}/lookup.result' },
    },
  ]
  writeFileSync(
    join(folder, 'play.yml'),
    JSON.stringify([{ hosts: 'all', gather_facts: false, tasks: [...play, ...looked] }]),
  )
  writeFileSync(
    join(folder, 'inventory'),
    'here ansible_connection=local ansible_python_interpreter=/usr/bin/python3\n',
  )
  const played = await apart('ansible-playbook -i inventory play.yml')
  expect(played.status, played.out).toBe(0)
  const names = [...Object.keys(tasks), 'lookup']
  results = Object.fromEntries(
    names.map(name => [name, JSON.parse(readFileSync(join(folder, `${name}.result`), 'utf8'))]),
  )
})
afterAll(() => {
  bundle.remove()
  rmSync(folder, { recursive: true, force: true })
})

const after = (name: string): string => results[name]?.after?.[path] ?? ''

test('rendered: the files, and nothing else', () => {
  expect(results.rendered).toMatchObject({ changed: false })
  expect(results.rendered?.rendered).toMatchObject([{ path: path.slice(1), mode: '0600' }])
})

test('an intent that is wrong fails with what bondplan says of it', () => {
  expect(results.refused).toMatchObject({ failed: true })
  expect(results.refused?.msg).toContain('mode is "802.3ab", expected balance-rr')
})

test('parsed: what a text means', () => {
  expect(results.parsed?.parsed).toMatchObject({
    target: ['ifupdown'],
    bonds: { bond0: { members: ['eth0', 'eth1'], mode: '802.3ad', miimon: 100, 'lacp-rate': 'fast' } },
  })
})

test('gathered: what the files of the host mean, also those of others', () => {
  expect(results.gathered?.gathered).toMatchObject({
    target: ['netplan'],
    bonds: { bond0: bond },
    ports: { eth9: { addresses: ['198.51.100.9/24'] } },
  })
})

test('merged: what is said wins, the rest stays, and files of others are none of its business', () => {
  expect(after('merged')).toMatch(/mode: 802.3ad[\s\S]*lacp-rate: fast/)
  expect(after('merged')).toContain('addresses: [192.0.2.11/24]')
  expect(after('merged')).toContain('bond1:')
  expect(after('merged')).not.toContain('eth9')
  expect(results.same).toMatchObject({ changed: false, after: {} })
})

test('replaced: a bond that is named has only what is said', () => {
  expect(after('replaced')).toMatch(/bond0:\n\s+interfaces: \[eth0\]/)
  expect(after('replaced')).not.toContain('192.0.2.11')
})

test('overridden: nothing but what is said', () => {
  expect(after('overridden')).toContain('bond1:')
  expect(after('overridden')).not.toContain('bond0:')
})

test('deleted: one, or all that is ours', () => {
  expect(results.deleted?.changed).toBe(true)
  expect(after('deleted')).not.toContain('bond0:')
  expect(results.deletedAll?.changed).toBe(true)
  expect(after('deletedAll')).not.toContain('bond0')
})

test('a file of others goes where that is asked for, and its text is in the diff', () => {
  expect(results.absent?.after).toEqual({ '/etc/netplan/50-foreign.yaml': null })
  expect(results.absent?.diff).toMatchObject([{ before: foreign, after: '', after_header: '/dev/null' }])
})

test('a file of others is not overwritten without force', () => {
  expect(results.notOurs).toMatchObject({ failed: true })
  expect(results.notOurs?.msg).toContain('/etc/network/interfaces was not written by bondplan')
  expect(results.notOursForced).toMatchObject({ changed: true })
})

test('a target that there is not', () => {
  expect(results.unknown).toMatchObject({ failed: true })
  expect(results.unknown?.msg).toContain('there is no target netpaln')
})

test('the lookup gives the files', () => {
  expect(results.lookup?.ansible_facts?.found).toMatchObject([{ node: 'h', target: 'netplan', mode: '0600' }])
})

test('the inventory plugin makes hosts, groups and variables of an intent', async () => {
  const intent = {
    hosts: { h1: { target: 'netplan', ports: { eth0: { to: 'sw1:Ethernet1' } }, bonds: { bond0: bond } } },
    switches: { sw1: { platform: 'arista-eos' } },
  }
  writeFileSync(join(folder, 'site.json'), JSON.stringify(intent))
  writeFileSync(join(folder, 'site.bondplan.yaml'), 'plugin: bondplan.bonding.intent\nintent: [site.json]\n')
  writeFileSync(join(folder, 'script.sh'), '#!/bin/sh\nexec bondplan inventory "$@" site.json\n', {
    mode: 0o755,
  })
  for (const source of ['site.bondplan.yaml', './script.sh']) {
    const { status, out } = await run(`ansible-inventory -i ${source} --list 2>/dev/null`)
    expect(status, out).toBe(0)
    const listed = JSON.parse(out)
    expect(listed).toMatchObject({
      bondplan_hosts: { hosts: ['h1'] },
      target_netplan: { hosts: ['h1'] },
      switch_sw1: { hosts: ['h1'] },
      platform_arista_eos: { hosts: ['sw1'] },
    })
    expect(listed._meta.hostvars.h1.bondplan.bonds).toEqual({ bond0: bond })
  }
})

test('every module and plugin is documented, with the options that it takes', async () => {
  const list = {
    module: ['bondplan_config', 'bondplan_verify', 'bondplan_confirm'],
    lookup: ['rendered'],
    inventory: ['intent'],
  }
  for (const [kind, names] of Object.entries(list)) {
    const full = names.map(name => `bondplan.bonding.${name}`)
    const { status, out } = await run(`ansible-doc --json -t ${kind} ${full.join(' ')} 2>/dev/null`)
    expect(status, out).toBe(0)
    const found = JSON.parse(out)
    for (const name of full) {
      expect(found[name].doc.short_description, name).toMatch(/\S/)
      expect(found[name].examples, name).toMatch(/\S/)
      for (const [option, { description }] of Object.entries<{ description: unknown }>(
        found[name].doc.options,
      ))
        expect(description, `${name} ${option}`).toBeTruthy()
    }
  }
})

test('modules and the role take the options that their documentation has, with the same defaults', async () => {
  const check = `
import importlib, sys, yaml
from ansible.module_utils import basic
class Seen(Exception): pass
def spec_of(name):
    module = importlib.import_module('ansible_collections.bondplan.bonding.plugins.modules.' + name)
    def catch(argument_spec, **more): raise Seen(argument_spec)
    module.AnsibleModule = catch
    try: module.main()
    except Seen as seen: return module, seen.args[0]
for name in sys.argv[1:]:
    module, spec = spec_of(name)
    options = yaml.safe_load(module.DOCUMENTATION)['options']
    assert options.keys() == spec.keys(), (name, options.keys() ^ spec.keys())
    for key, said in options.items():
        for word, usual in (('type', 'str'), ('default', None), ('choices', None), ('required', False), ('elements', None)):
            assert said.get(word, usual) == spec[key].get(word, usual), (name, key, word)
    yaml.safe_load(module.EXAMPLES), yaml.safe_load(module.RETURN)
role = 'collections/ansible_collections/bondplan/bonding/roles/bond/'
with open(role + 'meta/argument_specs.yml') as specs, open(role + 'defaults/main.yml') as defaults:
    options = yaml.safe_load(specs)['argument_specs']['main']['options']
    said = {key: option['default'] for key, option in options.items() if 'default' in option}
    assert said == yaml.safe_load(defaults), 'the role has other defaults than it says'
print('same')
`
  writeFileSync(join(folder, 'check.py'), check)
  const { out } = await run(
    'PYTHONPATH=collections python3 check.py bondplan_config bondplan_verify bondplan_confirm',
  )
  expect(out.trim()).toBe('same')
})

test('the collection can be built', async () => {
  const { status, out } = await run(
    'ansible-galaxy collection build collections/ansible_collections/bondplan/bonding',
  )
  expect(status, out).toBe(0)
  const { out: inside } = await run('tar -tzf bondplan-bonding-0.1.0.tar.gz')
  expect(inside).toContain('plugins/module_utils/guard.py')
  expect(inside).toContain('roles/bond/tasks/main.yml')
})
