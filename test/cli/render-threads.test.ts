// render in several threads, as the bundle on a real file system: the same files, the same words, and nothing of either kind
// where something is wrong.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bundle, bundled } from '../support/bundle.ts'

let bundle: Bundle
let folder = ''

beforeAll(async () => {
  bundle = await bundled()
}, 60_000)
afterAll(() => bundle.remove())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bondplan-render-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Hosts of three targets at a pair of switches, and one with a target of its own; two files of ranges. */
const fleet = (rate = 'fast'): string => `
profiles:
  lacp: {mode: 802.3ad, miimon: 100, lacp-rate: fast}
hosts:
${['netplan', 'ifupdown', 'networkd']
  .map(
    (target, at) => `  ${target}[001-080]:
    target: ${target}
    ports:
      eth0: {to: "leaf1:Ethernet{n+${at * 100}}"}
      eth1: {to: "leaf2:Ethernet{n+${at * 100}}"}
    bonds: {bond0: {use: lacp, members: [eth0, eth1], addresses: ["{10.0.${at}.0+n}/16"]}}
`,
  )
  .join('')}  alone:
    target: netplan
    bonds: {bond0: {use: lacp, lacp-rate: ${rate}, members: [eth0, eth1], addresses: [10.0.9.1/16]}}
switches:
  leaf[1-2]: {platform: arista-eos, mlag: {peer: "leaf{3-n}", domain: 1, peer-link: [Ethernet401, Ethernet402]}}
`

const render = (...argv: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle.program, 'render', ...argv], {
    cwd: folder,
    encoding: 'utf8',
    input: '',
    maxBuffer: 1 << 28,
  })
  return { status, stdout, stderr }
}
const write = (text: string): void => writeFileSync(join(folder, 'fleet.yaml'), text)
const below = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
      .map(path => [path, join(folder, name, path)] as const)
      .filter(([, path]) => statSync(path).isFile())
      .map(([path, full]) => [path, readFileSync(full, 'utf8')]),
  )

test('the files and the words are the same as in one thread', () => {
  write(fleet())
  const alone = render('--jobs', '1', '--out', 'out', 'fleet.yaml')
  const files = below('out')
  rmSync(join(folder, 'out'), { recursive: true })
  const shared = render('--jobs', '3', '--out', 'out', 'fleet.yaml')
  expect(shared).toEqual(alone)
  expect(shared.status, shared.stderr).toBe(0)
  expect(below('out')).toEqual(files)
  expect(Object.keys(files).length).toBeGreaterThan(80 * 2 + 80 * 5)
})

test('with --format json and --expect as well', () => {
  write(fleet())
  const words = ['--format', 'json', '--expect', 'fleet.yaml']
  const alone = render('--jobs', '1', ...words)
  expect(render('--jobs', '2', ...words)).toEqual(alone)
  expect(JSON.parse(alone.stdout).hosts).toHaveLength(241)
})

test('one change writes one file, and no other is touched', () => {
  write(fleet())
  render('--jobs', '2', '--out', 'out', 'fleet.yaml')
  const paths = Object.keys(below('out')).map(path => join(folder, 'out', path))
  const stamps = paths.map(path => statSync(path, { bigint: true }))
  write(fleet('slow'))
  const { stderr } = render('--jobs', '2', '--out', 'out', 'fleet.yaml')
  expect(stderr).toContain(`1 of ${paths.length} files written below out`)
  const touched = paths.filter((path, at) => {
    const { ino, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
    const was = stamps[at]
    return ino !== was?.ino || mtimeNs !== was.mtimeNs || ctimeNs !== was.ctimeNs
  })
  expect(touched).toEqual([join(folder, 'out/alone/etc/netplan/60-bondplan.yaml')])
})

test('an error writes nothing, whichever thread finds it', () => {
  write(fleet().replace('10.0.9.1/16]', '10.0.9.1/16], xmit-hash-policy: vlan+srcmac, arp-missed-max: 3'))
  const alone = render('--jobs', '1', '--out', 'out', 'fleet.yaml', '--target', 'modprobe')
  const shared = render('--jobs', '3', '--out', 'out', 'fleet.yaml', '--target', 'modprobe')
  expect(shared).toEqual(alone)
  expect(shared.status).toBe(1)
  expect(readdirSync(folder)).not.toContain('out')
})
