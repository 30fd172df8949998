// No false alarms either of configurations as they are found: those of test/import that are right have nothing above a
// note, and of those that are faulty what is wrong with each is named here, with all that lint says of it.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../support/memory-io.ts'

const root = join(import.meta.dirname, '../import')
const results = ['intent.yaml', 'diagnostics.txt']

const cases = readdirSync(root).flatMap(target =>
  readdirSync(join(root, target)).map(name => `${target}/${name}`),
)

/** What is really wrong, by case: why, and the codes. */
const faulty: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'cisco-ios/catalyst': ['has a line that nobody has taught bondplan', ['not-understood']],
  'ifupdown-ng/netmask-and-wrong-order': [
    'watches no link, and gives members a size that the bond takes from them',
    ['mtu-on-member-only', 'no-link-monitoring'],
  ],
  'ifupdown-ng/use-and-requires': [
    'names its members in words that the executor does not read',
    ['lossy-render', 'members-empty'],
  ],
  'ifupdown2/cumulus-words': ['has a bond that watches no link', ['no-link-monitoring']],
  'ifupdown2/not-its-words': [
    'has words of other programs, and so no members',
    ['members-empty', 'not-understood', 'not-understood', 'not-understood'],
  ],
  'ifupdown2/ranges-and-patterns': ['names devices by patterns', ['not-understood', 'not-understood']],
  'ifupdown2/several-stanzas': ['says what does nothing in its mode', ['min-links-mode']],
  'sysconfig/vlan-bridge-routes': ['has a single member', ['members-single']],
  'wicked/vlan-bridge-routes': ['has guests on a bond that balances', ['bridge-over-tlb-alb']],
  'ifupdown/hooks': [
    'runs commands of its own, and demands all of its links',
    ['hook-lines-in-import', 'hook-lines-in-import', 'hook-lines-in-import', 'min-links-equals-members'],
  ],
  'ifupdown/hotplug-and-slaves-all': ['leaves its members to chance', ['bond-slaves-all']],
  'ifupdown/master-and-slaves': [
    'names members at both ends, starts nothing at boot, and gives a number a unit',
    ['bond-master-and-slaves', 'missing-auto-stanza', 'time-unit-trap'],
  ],
  'ifupdown/mode-without-prefix': [
    'says its mode in words that nobody reads',
    ['legacy-slaves-keyword', 'mode-missing', 'no-link-monitoring', 'not-understood', 'not-understood'],
  ],
  'ifupdown/old-ifenslave-command': ['watches no link', ['no-link-monitoring']],
  'ifupdown/options-with-members': [
    'says options of the bond with its members',
    ['slave-stanza-options-differ', 'slave-stanza-options-differ', 'slave-stanza-options-differ'],
  ],
  'ifupdown/underscores': ['has the old word for its members', ['legacy-slaves-keyword']],
  'ifupdown/vlan-raw-device': ['has larger packets on the VLAN than on the bond', ['vlan-mtu-exceeds-bond']],
  'netplan/bridge-and-vlans': ['has larger packets on the VLAN than on the bond', ['vlan-mtu-exceeds-bond']],
  'netplan/match-by-name': ['matches by a pattern', ['not-understood']],
  'netplan/old-spellings': [
    'says what the driver refuses in its mode, and lets broadcasts in twice',
    ['all-slaves-active-duplicates', 'packets-per-slave-mode'],
  ],
  'netplan/outside': ['has a value that is none', ['netplan-unvalidated-value']],
  'netplan/several-files': ['says one bond in two files', ['netplan-file-order', 'netplan-file-order']],
  'netplan/shadowed': [
    'has a file in /run with one member and no monitor, which is read instead',
    ['file-shadowed', 'members-single', 'no-link-monitoring'],
  ],
  'netplan/two-renderers': [
    'gives members and bond to two programs, and has a value that is none',
    ['netplan-renderer-mix', 'netplan-unvalidated-value'],
  ],
  'networkd/bare-times': ['has seconds for milliseconds', ['time-unit-trap']],
  'networkd/drop-ins': ['adds to a file that there is not', ['file-shadowed']],
  'networkd/folders': [
    'has files that others hide, and so a bond of one member',
    ['file-shadowed', 'file-shadowed', 'members-single'],
  ],
  'networkd/patterns': ['matches by patterns and addresses', ['not-understood', 'not-understood']],
  'networkd/typos': ['has typing mistakes', ['not-understood', 'not-understood', 'not-understood']],
  'networkmanager/by-connection-id': [
    'names the controller by its id, by which NetworkManager does not find it',
    ['members-empty', 'not-understood', 'not-understood'],
  ],
  'networkmanager/outside': ['has a key that there is not', ['not-understood']],
}

test('most of them are right', () => {
  expect(Object.keys(faulty).filter(name => !cases.includes(name))).toEqual([])
  expect(cases.length - Object.keys(faulty).length).toBeGreaterThan(45)
})

test.each(cases)('%s', async name => {
  const folder = join(root, name)
  const paths = (readdirSync(folder, { recursive: true }) as string[]).filter(
    path => statSync(join(folder, path)).isFile() && !results.includes(path),
  )
  const files = Object.fromEntries(paths.map(path => [path, readFileSync(join(folder, path), 'utf8')]))
  const tops = [...new Set(paths.map(path => path.split('/')[0] ?? ''))]
  const { out, err } = await run(['lint', '--format', 'json', ...tops], { files })
  expect(err).toBe('')
  const alarms = (JSON.parse(out).diagnostics as { code: string; severity: string }[]).filter(
    ({ severity }) => severity !== 'note',
  )
  expect(alarms.map(({ code }) => code).sort()).toEqual(faulty[name]?.[1] ?? [])
})
