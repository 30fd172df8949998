// What real kernels have shown, each of 5.10, 6.1, 6.12 and 7.2 in two dozen situations, collected by test/real/diagnose:
// every line is understood, and what is found is what was done to the bonds.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formats } from '../../src/diagnose/formats/index.ts'
import { diagnose } from '../../src/diagnose/index.ts'
import { bundleFacts, endFacts, memberFacts } from '../../src/diagnose/observed.ts'
import { sourceText } from '../../src/intent/text.ts'
import { platformOf } from '../../src/platforms/index.ts'
import { run } from '../support/memory-io.ts'

const folder = join(import.meta.dirname, '../fixtures/diagnose')
const recorded = (name: string): string => readFileSync(join(folder, `${name}.txt`), 'utf8')

describe.each(['linux-5.10', 'linux-6.1', 'linux-6.12', 'linux-7.2'])('%s', name => {
  const text = recorded(name)
  const { value, diagnostics } = diagnose([{ path: `${name}.txt`, source: sourceText(name, text) }])

  test('is understood whole', () => {
    expect(diagnostics.filter(({ code }) => code.startsWith('not-'))).toEqual([])
    const prompts = new Set(text.match(/(?<=@)[\w-]+(?=:~[#$])/g))
    expect(value.machines.map(machine => machine.name)).toEqual([...prompts])
  })

  test('has the findings of its situations', async () => {
    const lines = value.machines.flatMap(machine => {
      const named = new RegExp(`(?<![\\w-])${machine.name} bond0`)
      const found = diagnostics.filter(({ message }) => named.test(message))
      return [`${machine.name}:`, ...found.map(({ severity, code }) => `  ${severity} ${code}`)]
    })
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(folder, `${name}.found`))
  })
})

/** What one machine has shown. */
const partOf = (text: string, machine: string): string =>
  text
    .split(/^(?=\w+@)/m)
    .filter(part => part.slice(part.indexOf('@') + 1).startsWith(`${machine}:`))
    .join('')

test('a page at 80 columns', async () => {
  const text = recorded('linux-7.2')
  const shown = ['healthy', 'split', 'min-links', 'arp'].map(machine => partOf(text, machine)).join('')
  const { out, err, status } = await run(['diagnose', 'state.txt'], { files: { 'state.txt': shown } })
  expect([err, status]).toEqual(['', 1])
  expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(80)
  await expect(out).toMatchFileSnapshot(join(folder, 'page.out'))
})

describe('whose it is', () => {
  const healthy = partOf(recorded('linux-7.2'), 'healthy')
  const proc = healthy.slice(healthy.indexOf('\n') + 1, healthy.indexOf('root@healthy:~# ip'))
  const json = /^\[\{.*$/m.exec(healthy)?.[0] ?? ''
  const titles = async (files: Readonly<Record<string, string>>) => {
    const { '-': stdin = '', ...rest } = files
    const { out } = await run(['diagnose', ...Object.keys(files)], { files: rest, stdin })
    return out.split('\n').flatMap(line => /^(\S+ \S+): /.exec(line)?.[1] ?? [])
  }

  test.each<[string, Record<string, string>, string[]]>([
    ['the folder above /proc', { 'h1/proc/net/bonding/bond7': proc }, ['h1 bond7']],
    ['the folder of several files', { 'h1/bond0.txt': proc, 'h1/link.json': json }, ['h1 bond0']],
    [
      'the file, where several show one bond',
      { 'all/h1.txt': proc, 'all/h2.txt': proc },
      ['h1 bond', 'h2 bond'],
    ],
    ['the bond that its members have', { 'h1/state': proc, 'h1/link.json': json }, ['h1 bond0']],
    ['nobody', { state: proc }, ['host bond']],
    ['names of files, as head prints them', { x: `==> /proc/net/bonding/bond9 <==\n${proc}` }, ['x bond9']],
    ['the only host that there is', { 'h1/proc/net/bonding/bond0': proc, '-': json }, ['h1 bond0']],
    [
      'several files in one command, in their turn',
      { x: `root@h1:~# cat /proc/net/bonding/a /proc/net/bonding/b\n${proc}${proc}` },
      ['h1 a', 'h1 b'],
    ],
    [
      'what the help says to collect, without a prompt',
      { 'h1.txt': `${proc}${proc.replaceAll('eth', 'ens')}${json}\n[    0.000000] Linux version 6.1\n` },
      ['h1 bond0', 'h1 bond'],
    ],
    ['two bonds in one text', { h1: `${proc}${proc}` }, ['h1 bond', 'h1 bond#2']],
  ])('%s', async (_, files, wanted) => {
    expect(await titles(files)).toEqual(wanted)
  })

  test('of two states of one bond the last is judged', async () => {
    const before = proc.replaceAll('port state: 63', 'port state: 7')
    const command = 'root@h1:~# cat /proc/net/bonding/bond0\n'
    const { out, status } = await run(['diagnose', '-'], { stdin: `${command}${before}${command}${proc}` })
    expect([status, out]).toEqual([0, expect.stringContaining('2 of 2 members carry')])
    expect(out).toContain('note[shown-again]')
    const shown = 'sw1#show etherchannel summary\nGroup  Port-channel  Protocol    Ports\n'
    const again = await run(['diagnose', '-'], {
      stdin: `${shown}1      Po1(SD)         LACP      Gi1/0/1(D)\n${shown}1      Po1(SU)         LACP      Gi1/0/1(P)\n`,
    })
    expect([again.status, again.out]).toEqual([0, expect.stringContaining('1 of 1 member carries')])
  })

  test('without a file it is this host', async () => {
    const own = await run(['diagnose'], { files: { '/proc/net/bonding/bond0': proc } })
    expect([own.status, own.out.split('\n')[0]]).toEqual([
      0,
      'host bond0: 802.3ad, layer3+4, up, 2 of 2 members carry, 20G of 20G',
    ])
    const none = await run(['diagnose'])
    expect([none.status, none.err]).toEqual([2, expect.stringContaining('there is no /proc/net/bonding')])
  })
})

describe('what is no state', () => {
  const status = async (text: string, ...more: readonly string[]) =>
    (await run(['diagnose', 'x', ...more], { files: { x: text } })).status
  test('is an error, and so is nothing', async () => {
    expect(await status('auto bond0\niface bond0 inet dhcp\n')).toBe(1)
    expect(await status('')).toBe(1)
    expect(await status('[1, 2]')).toBe(1)
    expect(await status('[{"ifname": "eth0"')).toBe(1)
  })
  test('words that are not known are usage', async () => {
    expect(await status('x', '--from', 'cisco')).toBe(2)
    expect(await status('x', '--format', 'yaml')).toBe(2)
    expect((await run(['diagnose', 'nowhere'])).status).toBe(2)
  })
})

describe('switches', () => {
  const text = recorded('switches')
  const { diagnostics } = diagnose([{ path: 'switches.txt', source: sourceText('switches.txt', text) }])

  test('are understood whole, each format by its table', () => {
    expect(
      diagnostics
        .filter(({ code }) => code.startsWith('not-'))
        .map(({ message, region }) => [message, region?.line]),
    ).toEqual([])
    const platforms = formats.map(({ platform }) => platform)
    expect(platforms.filter(id => id !== 'linux' && platformOf(id) === undefined)).toEqual([])
    for (const { platform, command, begins } of formats) {
      if (platform === 'linux' || platform === 'openvswitch') continue
      expect(
        text.split('\n').some(line => begins.some(one => one.test(line))),
        command,
      ).toBe(true)
    }
  })

  test('show which ports are in use, and what is wrong', async () => {
    const { out } = await run(['diagnose', 'switches.txt'], { files: { 'switches.txt': text } })
    await expect(out).toMatchFileSnapshot(join(folder, 'switches.out'))
  })

  test('every group of a pattern is a fact', () => {
    for (const { command, rows, words = {}, states = {} } of formats) {
      const named = rows.flatMap(({ line, each, gives = {} }) => [
        ...Object.keys(gives),
        ...[line, each].flatMap(one =>
          [...(one?.source.matchAll(/\(\?<(\w+)>/g) ?? [])].map(([, name = '']) => name),
        ),
      ])
      const known = named.filter(name => !['bundle', 'member', 'port', 'list'].includes(name))
      const tables = { b: bundleFacts, m: memberFacts, a: endFacts, p: endFacts } as const
      const unknown = known.filter(
        name => !Object.hasOwn(tables[name[0] as keyof typeof tables] ?? {}, name.slice(2)),
      )
      expect(unknown, command).toEqual([])
      expect(
        Object.keys({ ...words, ...states }).filter(name => !known.includes(name)),
        command,
      ).toEqual([])
      for (const name of known.filter(one => one.endsWith('_state')))
        expect(Object.keys(states), command).toContain(name)
    }
  })
})

test('a host and Open vSwitch, as both were', async () => {
  const { out, status } = await run(['diagnose', '-'], { stdin: recorded('openvswitch-3.1') })
  await expect(out).toMatchFileSnapshot(join(folder, 'openvswitch-3.1.out'))
  expect(status).toBe(0)
})

test('as JSON with what was observed', async () => {
  const stdin = partOf(recorded('linux-7.2'), 'min-links')
  const { out } = await run(['diagnose', '-', '--format', 'json'], { stdin })
  await expect(out).toMatchFileSnapshot(join(folder, 'min-links.json'))
})

test.each([
  [
    'a member above its LAG',
    'sw1#show etherchannel summary\nGroup  Port-channel  Protocol    Ports\n                                 Gi1/0/4(P)\n',
    'stands further up',
  ],
  [
    'a fact above its member',
    'h1# x\nBonding Mode: load balancing (xor)\nDuplex: full\n',
    'stands further up',
  ],
  [
    'ip without -d',
    '[{"ifindex":1,"ifname":"eth0","flags":["UP"],"mtu":1500,"master":"bond0"}]',
    'ip tells of bonds with -d',
  ],
])('%s is said', async (_, stdin, wanted) => {
  expect((await run(['diagnose', '-'], { stdin })).out.replace(/\n +/g, ' ')).toContain(wanted)
})

test('the files of sysfs, as grep prints them', async () => {
  const bond = '/sys/class/net/bond0/bonding'
  const member = '/sys/class/net/eth1/bonding_slave'
  const stdin = [
    `${member}/mii_status:down`,
    `${member}/link_failure_count:2`,
    `${bond}/mode:802.3ad 4`,
    `${bond}/mii_status:up`,
    `${bond}/miimon:0`,
    `${bond}/slaves:eth0 eth1`,
    `${bond}/use_carrier:1`,
  ].join('\n')
  const { out } = await run(['diagnose', '-'], { stdin })
  expect(out).toContain('error[member-down]: eth1 of host bond0 has no link, for the 2nd time')
  expect(out).toContain('error[links-unwatched]: host bond0')
  expect(out).toContain('2 errors in 1 file')
})

test('what is no port in a list of ports is said', async () => {
  const { out } = await run(['diagnose', '-'], {
    stdin:
      'sw1#show etherchannel summary\nGroup  Port-channel  Protocol    Ports\n1      Po1(SU)         LACP      Gi1/0/1(P)   Gi1/0/2!P   Gi1/0/3(P)\n',
  })
  expect(out).toContain('warning[not-understood]: Gi1/0/2!P is no port as show etherchannel summary is')
  expect(out).toContain('2 of 2 members carry')
})

test('what an unknown command about LAGs has printed is said', async () => {
  const { out } = await run(['diagnose', '-'], {
    stdin: 'sw1# show lacp\n\n  Port  Enabled\n  1     Active\n',
  })
  expect(out).toContain('warning[not-recognised]: what show lacp has printed is in no form')
})
