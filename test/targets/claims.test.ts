// What a file is: every golden file is recognised as what it is, by its place, and by its content where that can tell.

import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { claimOf, claims, nameIn, rootOf } from '../../src/targets/claims.ts'
import { targets } from '../../src/targets/index.ts'
import { switchTargets } from '../../src/targets/switch/index.ts'
import { effortMs } from '../support/effort.ts'

const golden = join(import.meta.dirname, '../golden')

const filesBelow = (folder: string): readonly string[] =>
  (
    readdirSync(folder, { recursive: true, withFileTypes: true }) as {
      name: string
      parentPath: string
      isFile(): boolean
    }[]
  )
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).split(sep).join('/'))

const cases = readdirSync(golden, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== 'switch')
  .map(({ name }) => join(golden, name))

const isClaimed = ({ id }: { readonly id: string }): boolean => claims.some(({ target }) => target === id)

/** Switches that are Linux hosts with the files of one: only --from tells that they are switches. */
const likeHosts: Readonly<Record<string, string>> = {
  'cumulus-ifupdown2': 'its interfaces files are those of ifupdown2',
  'linux-bridge': 'its commands are those of any host',
}

/** The same words: only the place of the file tells which of the two reads it. */
const likeNetplan: Readonly<Record<string, string>> = { 'cloud-init': 'netplan' }

/** Three programs read interfaces files; what all of them read alike is taken for the oldest one's. */
const plainInterfaces = ['ifupdown2', 'ifupdown-ng']
const fits = (id: string, target: string | undefined): boolean =>
  target === id || target === likeNetplan[id] || (plainInterfaces.includes(id) && target === 'ifupdown')

describe.each(targets.filter(isClaimed).map(({ id }) => id))('%s', id => {
  const files = cases
    .flatMap(folder => filesBelow(join(folder, id)))
    .filter(file => !file.endsWith('/diagnostics.txt'))

  test('its golden files lie where it is looked for', () => {
    expect(files.length).toBeGreaterThan(3)
    for (const file of files) {
      const below = file.slice(file.indexOf(`/${id}/`) + id.length + 2)
      const target = claimOf(below, readFileSync(file, 'utf8'))?.target
      expect([below, target, fits(id, target)]).toEqual([below, target, true])
      expect(rootOf(`machines/m1/${below}`)).toMatch(/^machines\/m1(?:\/h\d|\/s\d|\/\w+)?$/)
    }
  })

  test('they are known by what they say', () => {
    const foreign = files.filter(file => !/\.(?:link)$/.test(file))
    for (const file of foreign) {
      const { target } = claimOf('x', readFileSync(file, 'utf8')) ?? {}
      expect([file, target, fits(id, target)]).toEqual([file, target, true])
    }
  })
})

describe.each(switchTargets.map(({ id }) => id).filter(id => !Object.hasOwn(likeHosts, id)))('%s', id => {
  const folder = join(golden, 'switch', id)
  const files = filesBelow(folder).filter(file => !/diagnostics\.txt$|\.remove\./.test(file))

  test('its golden files are known by what they say', () => {
    expect(files.length).toBeGreaterThan(3)
    for (const file of files) {
      const text = readFileSync(file, 'utf8')
      expect([file, claimOf('x', text)?.target]).toEqual([file, id])
    }
  })
})

test('an intent is nothing that is claimed', () => {
  for (const folder of cases)
    expect(claimOf('x.yaml', readFileSync(join(folder, 'intent.yaml'), 'utf8'))).toBeUndefined()
})

test.each([
  ['cisco-ios', 'hostname core-1\ninterface Port-channel1\n', 'core-1'],
  ['aruba-aos-s', '; J9729A Configuration Editor\nhostname "HP-2920"\n', 'HP-2920'],
  ['juniper-junos', 'set system host-name qfx1\nset interfaces ae0 mtu 9014\n', 'qfx1'],
  ['juniper-junos', 'system {\n    host-name qfx2;\n}\ninterfaces {\n}\n', 'qfx2'],
  ['cisco-nxos', 'feature lacp\nswitchname n9k\n', 'n9k'],
])('%s says its name', (id, text, name) => {
  const claim = claimOf('x.cfg', text)
  expect(claim?.target).toBe(id)
  expect(claim && nameIn(claim, text)).toBe(name)
})

test.each([
  [
    'a remark',
    '# was: ovs-vsctl add-bond br0 bond0 eth0 eth1\nhosts:\n  h1: {bonds: {bond0: {members: [eth0, eth1]}}}\n',
  ],
  [
    'lines as text',
    'hosts:\n  h1: {use: |\n\n"PORTCHANNEL": {\n\n}}\nswitches: # two\n  sw1: {platform: sonic}\n',
  ],
])('an intent is one although %s in it is of a switch', (_, text) => {
  expect(claimOf('site.yaml', text)).toBeUndefined()
  expect(claimOf('site.yaml', text.replace(/^(?:hosts|switches):.*/gm, 'x:'))).toBeDefined()
})

test('the root of a machine is what stands above the place of its files', () => {
  expect(rootOf('/etc/network/interfaces')).toBe('/')
  expect(rootOf('etc/netplan/01-x.yaml')).toBe('.')
  expect(rootOf('a/web1/etc/network/interfaces.d/bond0')).toBe('a/web1')
  expect(rootOf('a/web1/interfaces')).toBe('a/web1')
  expect(rootOf('a/web1/run/systemd/network/10-x.netdev.d/50-y.conf')).toBe('a/web1')
  expect(rootOf('a/web1/10-x.network')).toBe('a/web1')
  expect(rootOf('a/web1/etc/NetworkManager/system-connections/bond0')).toBe('a/web1')
  expect(rootOf('a/sw1.cfg')).toBeUndefined()
})

test.each([
  ['blank lines', '\n'.repeat(400_000)],
  ['blanks', ' '.repeat(400_000)],
  ['blanks and a key', `interfaces:${' '.repeat(400_000)}`],
  ['keys', 'interfaces:\n'.repeat(40_000)],
  ['half a stanza', 'iface a'.repeat(50_000)],
  ['names', `hostname ${'a'.repeat(300_000)} b\n`],
])('what a text of %s is, is told in bounded time', (_, text) => {
  const before = effortMs()
  claimOf('x', text)
  expect(effortMs() - before).toBeLessThan(3000)
})
