// Fixes made in configurations that others wrote: by example before and after, in each dialect that can be changed; and as
// a law for whatever a target writes, dressed as people do: the text after a fix means what the fix makes of the host, and
// every line that it is not about is still there.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import type { Edit } from '../../src/diagnostics/diagnostic.ts'
import { type Machine, nativeChanges, nativeFixed } from '../../src/fix/native.ts'
import { type Device, devicesOf, type Host } from '../../src/intent/intent.ts'
import { sourceText } from '../../src/intent/text.ts'
import { rowsOf } from '../../src/options/index.ts'
import { targets } from '../../src/targets/index.ts'
import { renderHost } from '../../src/targets/write.ts'
import { anyHost } from '../support/intents.ts'
import { valueOfKind } from '../support/values.ts'

const machineOf = (id: string, files: Readonly<Record<string, string>>): Machine => {
  const target = targets.find(one => one.id === id)
  if (target === undefined) throw new Error(`there is no target ${id}`)
  const sources = Object.entries(files).map(([file, text]) => sourceText(file, text))
  return { target, name: 'h1', sources }
}

const steps = (path: string): (string | number)[] => [
  'hosts',
  'h1',
  ...path.split(' ').map(step => (/^\d+$/.test(step) ? Number(step) : step)),
]
const set = (path: string, value: unknown): Edit => ({ kind: 'set', path: steps(path), value })
const remove = (path: string): Edit => ({ kind: 'remove', path: steps(path) })

/** The files after fixes; both ways of asking agree about each. */
function fix(machine: Machine, ...fixes: Edit[][]): readonly string[] {
  const after = nativeFixed(machine, fixes)
  if (fixes.length === 1) expect(after === machine).toBe(nativeChanges(machine, fixes[0] ?? []) === undefined)
  return after.sources.map(({ text }) => text)
}

describe('interfaces(5)', () => {
  const before = `# the rack by the door
auto bond0
iface bond0 inet static
	address 192.0.2.11/24
	bond-slaves eth0 eth1  eth0
	bond_mode   active-backup   
	# as the old switch needed it
	bond-miimon 100
	bond-updelay 250

	bond-lacp-rate fast
iface other inet dhcp
`
  const machine = machineOf('ifupdown', { 'etc/network/interfaces': before })
  test.each<[string, Edit, string]>([
    ['a value', set('bonds bond0 updelay', 200), before.replace('250', '200')],
    [
      'a value spelled its way',
      set('bonds bond0 mode', '802.3ad'),
      before.replace('active-backup', '802.3ad'),
    ],
    ['a line that goes', remove('bonds bond0 lacp-rate'), before.replace('\tbond-lacp-rate fast\n', '')],
    [
      'a line that comes',
      set('bonds bond0 xmit-hash-policy', 'layer3+4'),
      before.replace('bond-lacp-rate fast\n', 'bond-lacp-rate fast\n\tbond-xmit-hash-policy layer3+4\n'),
    ],
    ['a list', set('bonds bond0 members', ['eth0', 'eth1']), before.replace('eth0 eth1  eth0', 'eth0 eth1')],
  ])('%s', (_, edit, after) => {
    expect(fix(machine, [edit])).toEqual([after])
  })

  test('several at once, and one that cannot be made holds up no other', () => {
    const after = before.replace('250', '200').replace('\tbond-lacp-rate fast\n', '')
    const hopeless = remove('bonds bond7 miimon')
    expect(
      fix(
        machine,
        [hopeless],
        [set('bonds bond0 updelay', 200)],
        [remove('bonds bond0 lacp-rate')],
        [remove('bonds bond0 updelay')],
      ),
    ).toEqual([after])
  })

  test('a continued line is left alone, and so is a text that says it in a command', () => {
    const continued = machineOf('ifupdown', {
      interfaces: 'iface bond0 inet manual\n  bond-slaves eth0 \\\n    eth0\n  bond-miimon 100\n',
    })
    expect(nativeChanges(continued, [set('bonds bond0 members', ['eth0'])])).toBeUndefined()
    const command = machineOf('ifupdown', {
      interfaces:
        'iface bond0 inet manual\n  bond-slaves eth0 eth1\n  up echo 250 > /sys/class/net/bond0/bonding/updelay\n',
    })
    expect(fix(command, [remove('bonds bond0 updelay')])).toEqual(command.sources.map(({ text }) => text))
  })

  test('line breaks stay what they are, and a last line needs none', () => {
    const text =
      'iface bond0 inet manual\r\n  bond-slaves eth0 eth1\r\n  bond-miimon 100\r\n  bond-updelay 250'
    const crlf = machineOf('ifupdown', { interfaces: text })
    expect(fix(crlf, [set('bonds bond0 updelay', 200)])).toEqual([text.replace('250', '200')])
    expect(fix(crlf, [remove('bonds bond0 updelay')])).toEqual([text.replace('\r\n  bond-updelay 250', '')])
    expect(fix(crlf, [set('bonds bond0 downdelay', 200)])).toEqual([`${text}\r\n  bond-downdelay 200`])
  })
})

describe('unit files', () => {
  const netdev = `[NetDev]
Name = bond0
Kind = bond

[Bond]
# slow, and why
Mode = active-backup
MIIMonitorSec = 100ms
UpDelaySec = 250ms
`
  const network = (name: string): string => `[Match]\nName=${name}\n\n[Network]\nBond=bond0\n`
  const machine = machineOf('networkd', {
    'etc/systemd/network/10-bond0.netdev': netdev,
    'etc/systemd/network/20-eth0.network': network('eth0'),
    'etc/systemd/network/20-eth1.network': network('eth1'),
  })
  const rest = [network('eth0'), network('eth1')]
  test('a value, a line that goes, a line that comes', () => {
    expect(fix(machine, [set('bonds bond0 updelay', 200)])).toEqual([
      netdev.replace('250ms', '200ms'),
      ...rest,
    ])
    expect(fix(machine, [remove('bonds bond0 updelay')])).toEqual([
      netdev.replace('UpDelaySec = 250ms\n', ''),
      ...rest,
    ])
    expect(fix(machine, [set('bonds bond0 downdelay', 200)])).toEqual([
      `${netdev}DownDelaySec = 200ms\n`,
      ...rest,
    ])
  })
  test('a member that goes is a line of its own file', () => {
    expect(fix(machine, [set('bonds bond0 members', ['eth0'])])).toEqual([
      netdev,
      network('eth0'),
      network('eth1').replace('Bond=bond0\n', ''),
    ])
  })
  test('no section is made up', () => {
    expect(nativeChanges(machine, [set('bonds bond0 addresses', ['192.0.2.1/24'])])).toBeUndefined()
  })
})

test('keyfiles', () => {
  const text = `[connection]
id=bond0
type=bond
interface-name=bond0

[bond]
mode=active-backup
miimon=100
updelay=250
`
  const machine = machineOf('networkmanager', {
    'etc/NetworkManager/system-connections/bond0.nmconnection': text,
  })
  expect(fix(machine, [set('bonds bond0 updelay', 200)])).toEqual([text.replace('250', '200')])
})

test('Netplan', () => {
  const text = `network:
  version: 2
  ethernets: {eth0: {}, eth1: {}}
  bonds:
    bond0:
      interfaces: [eth0, eth1, eth0]   # both ports
      parameters:
        mode: active-backup
        mii-monitor-interval: 100  # ms
        up-delay: 250
`
  const machine = machineOf('netplan', { 'etc/netplan/01.yaml': text })
  expect(fix(machine, [set('bonds bond0 updelay', 200)])).toEqual([text.replace('250', '200')])
  expect(fix(machine, [remove('bonds bond0 updelay')])).toEqual([text.replace('        up-delay: 250\n', '')])
  expect(fix(machine, [set('bonds bond0 members', ['eth0', 'eth1'])])).toEqual([
    text.replace('eth0, eth1, eth0]', 'eth0, eth1]'),
  ])
  expect(fix(machine, [set('bonds bond0 downdelay', 200)])).toEqual([
    text.replace('up-delay: 250\n', 'up-delay: 250\n        down-delay: 200\n'),
  ])
})

/** Dialects in which a change is made; in others a value stands among words that other values share. */
const changeable = ['eni', 'ini', 'keyfile', 'yaml']

test('the dialects that are left alone', () => {
  const others = targets.map(({ dialect }) => dialect.id).filter(id => !changeable.includes(id))
  expect([...new Set(others)]).toEqual(['shell'])
})

/** What a fix may do to one option of one device. */
interface Wish {
  readonly device: Device
  readonly edit: Edit
}

/** Some option of a host that is said goes, or some option gets another value. */
const wishIn = (host: Host): fc.Arbitrary<Wish | undefined> => {
  const spots = devicesOf(host).flatMap(device =>
    Object.entries(rowsOf(device.subject))
      .filter(
        ([id, row]) => !row.fact && (device.options as Readonly<Record<string, unknown>>)[id] !== undefined,
      )
      .map(([id, row]) => ({ device, id, row })),
  )
  if (spots.length === 0) return fc.constant(undefined)
  return fc.constantFrom(...spots).chain(({ device, id, row }) => {
    const path = [...device.path, id]
    return fc.oneof(
      fc.constant<Wish>({ device, edit: { kind: 'remove', path } }),
      valueOfKind(row.kind).map(
        (value): Wish => ({ device, edit: { kind: 'set', path, value: row.kind.write(value) } }),
      ),
    )
  })
}

/** A remark above some lines, as people write it. */
const dressed = (text: string, every: number, dialect: string): string =>
  text
    .split('\n')
    .flatMap((line, at) => {
      const indent = /^\s*/.exec(line)?.[0] ?? ''
      // A comment inside of an eni option's continuation would belong to it; no target writes one.
      return at % every === 0 && line.trim() !== '' && dialect !== 'none'
        ? [`${indent}# remark ${at}`, line]
        : [line]
    })
    .join('\n')

describe.each(targets.map(target => ({ id: target.id, target })))('$id', ({ target }) => {
  test('a changed text means what the fix makes of the host, and remarks stay', () => {
    let made = 0
    fc.assert(
      fc.property(
        anyHost.chain(host => fc.tuple(fc.constant(host), wishIn(host), fc.integer({ min: 1, max: 5 }))),
        ([host, wish, every]) => {
          if (wish === undefined) return
          const { files } = renderHost(host, target, templates)
          const machine: Machine = {
            target,
            name: host.name,
            sources: files.map(({ path, content }) =>
              sourceText(path, dressed(content, every, target.dialect.id)),
            ),
          }
          const changes = nativeChanges(machine, [wish.edit])
          if (changes === undefined) return
          made++
          const after = nativeFixed(machine, [[wish.edit]])
          for (const [index, source] of machine.sources.entries()) {
            const now = after.sources[index]?.text ?? ''
            if (!changes.has(source.file)) expect(now).toBe(source.text)
            const remarks = (text: string) => text.split('\n').filter(line => /^\s*# remark/.test(line))
            expect(remarks(now)).toEqual(remarks(source.text))
          }
          // A second run finds nothing to do.
          expect(nativeChanges(after, [wish.edit])).toBeUndefined()
        },
      ),
      { numRuns: 100, seed: 7 },
    )
    if (changeable.includes(target.dialect.id)) expect(made).toBeGreaterThan(10)
    else expect(made).toBe(0)
  })
})
