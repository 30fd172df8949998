// What a new value needs of a bond that is there, asked of the kernel: it is written to a bond that is up and has
// members, then to one that is down, then to one without members, until the driver takes it. The column `change` of the
// option's row says which it is.

import { beforeAll, expect, test } from 'vitest'
import { bonding, type Mode } from '../../src/options/index.ts'
import type { AnyRow, Change } from '../../src/options/row.ts'
import { runGuest } from '../rig/guest.ts'
import { optionCases } from '../support/option-cases.ts'

interface Asked {
  readonly id: string
  readonly mode: Mode
  readonly file: string
  /** Written before there are members. */
  readonly before: readonly (readonly [string, string])[]
  readonly value: string
}

/** Numbers are taken for words everywhere; of lists one item is added. */
const written = (value: unknown): string =>
  value === 'on' ? '1' : value === 'off' ? '0' : Array.isArray(value) ? `+${value[0]}` : String(value)

const fileOf = (id: string): string | undefined => {
  const { kernel } = (bonding as Readonly<Record<string, AnyRow>>)[id] as AnyRow
  return kernel?.sysfs ? kernel.name : undefined
}

/** Each option once, with a value that is not the driver's default, in a mode that acts on it. */
function asked(): readonly Asked[] {
  const all = optionCases('6.1', 'MEMBER')
  return Object.entries<AnyRow>(bonding).flatMap(([id, row]): readonly Asked[] => {
    const file = fileOf(id)
    const found = all.find(
      one =>
        one.id === id &&
        row.modes.includes(one.mode) &&
        JSON.stringify(one.said[id]) !== JSON.stringify(row.unset) &&
        one.said[id] !== (one.mode === '802.3ad' ? 100 : 0),
    )
    if (file === undefined || found === undefined) return []
    const before = Object.entries(found.said).flatMap(([other, value]) => {
      const path = fileOf(other)
      return other === id || other === 'mode' || path === undefined ? [] : [[path, written(value)] as const]
    })
    return [{ id, mode: found.mode, file, before, value: written(found.said[id]) }]
  })
}

/** A bond for each of them, each with two members of its own; few processes, for they are what costs in the guest. */
const player = `
import json, os, subprocess

def ip(lines):
    subprocess.run(['ip', '-batch', '-'], input='\\n'.join(lines), text=True, check=True)

def attempt(path, text):
    try:
        with open(path, 'w') as file:
            file.write(text)
        return True
    except OSError:
        return False

asked = json.load(open('/mnt/asked.json'))
for at, one in enumerate(asked):
    one['bond'], one['members'] = f'bond{at}', [f'd{at}a', f'd{at}b']
    one['path'] = f'/sys/class/net/bond{at}/bonding/'
    one['value'] = one['value'].replace('MEMBER', one['members'][0])
members = [name for one in asked for name in one['members']]
ip([f'link add {name} type dummy' for name in members])
ip([f"link add {one['bond']} type bond mode {one['mode']}" for one in asked])
for one in asked:
    for file, text in one['before']:
        assert attempt(one['path'] + file, text), (one['id'], file, text)
ip([f"link set {name} master {one['bond']}" for one in asked for name in one['members']])
ip([f"link set {one['bond']} up" for one in asked])

def ask(needs):
    for one in asked:
        if 'needs' not in one and attempt(one['path'] + one['file'], one['value']):
            one['needs'] = needs

ask('live')
ip([f"link set {one['bond']} down" for one in asked if 'needs' not in one])
ask('down')
ip([f'link set {name} nomaster' for one in asked if 'needs' not in one for name in one['members']])
ask('empty')
os.makedirs('/mnt/out', exist_ok=True)
json.dump({one['id']: one.get('needs', 'never') for one in asked}, open('/mnt/out/outcome.json', 'w'))
`

const all = asked()
let outcome: Readonly<Record<string, Change | 'never'>> = {}

beforeAll(async () => {
  const guest = await runGuest({
    script: 'python3 /mnt/player.py',
    files: { 'player.py': player, 'asked.json': JSON.stringify(all) },
    modules: ['bonding', 'dummy'],
    timeoutMs: 300_000,
  })
  expect(guest.problem).toBeUndefined()
  outcome = JSON.parse(guest.results['outcome.json'] ?? '{}')
})

test('every option with a file is asked, but the one that is an action of the moment', () => {
  const sysfs = Object.keys(bonding).filter(id => fileOf(id) !== undefined)
  expect(sysfs.filter(id => !all.some(one => one.id === id))).toEqual(['active-slave'])
})

test.each(all)('$id in $mode', ({ id }) => {
  const row = (bonding as Readonly<Record<string, AnyRow>>)[id] as AnyRow
  expect(outcome[id]).toBe(row.change)
})
