// Two ends that were made for each other: files of every host target beside every switch, and every two switches, rendered
// from one intent and read back from their files with a list of cables. No rule that sees both ends has anything to say.
// Targets and platforms come from the indexes, so a new one is held to it as soon as it stands.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { templates } from '../src/cli/templates.ts'
import { partner } from '../src/intent/partner.ts'
import { platforms } from '../src/platforms/index.ts'
import { claims } from '../src/targets/claims.ts'
import { targets } from '../src/targets/index.ts'
import { switchTargetOf, switchTargets } from '../src/targets/switch/index.ts'
import { renderSwitch } from '../src/targets/switch-write.ts'
import { renderHost } from '../src/targets/write.ts'
import { run } from './support/memory-io.ts'
import { read } from './support/read.ts'
import { switchCases } from './targets/switch/cases.ts'

const folder = join(import.meta.dirname, '../src/rules')

/** The rules that see both ends. */
const pairRules = new Set(
  readdirSync(folder)
    .filter(file => readFileSync(join(folder, file), 'utf8').includes("from './pair.ts'"))
    .map(file => file.replace(/\.ts$/, '')),
)

interface Finding {
  readonly code: string
  readonly severity: string
  readonly message: string
}

/** What is found in the files of both ends that a pair rule says, or that reading did not understand. */
async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const names = ['hosts', 'switches'].filter(name =>
    Object.keys(files).some(file => file.startsWith(`${name}/`)),
  )
  return foundBy([...names, '--cabling', 'cables.csv'], files)
}

async function foundBy(
  args: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { out, err } = await run(['lint', '--format', 'json', ...args], { files })
  if (out === '') throw new Error(err)
  return (JSON.parse(out).diagnostics as Finding[])
    .filter(
      ({ code, severity }) =>
        severity !== 'note' && (pairRules.has(code) || /^(?:not-|cabling|cable-|.*-syntax)/.test(code)),
    )
    .map(({ code, message }) => `${code}: ${message}`)
}

/** The files of everything in an intent, below hosts/ and switches/. */
function filesOf(text: string): Readonly<Record<string, string>> {
  const { intent, diagnostics } = read(text)
  expect(diagnostics).toEqual([])
  const files: Record<string, string> = {}
  for (const host of intent.hosts) {
    const target = targets.find(({ id }) => id === host.options.target?.[0])
    if (target === undefined) throw new Error('a host without a target')
    for (const { path, content } of renderHost(host, target, templates).files)
      files[`hosts/${host.name}/${path}`] = content
  }
  for (const plan of partner(intent).value) {
    const target = switchTargetOf(plan.platform.id)
    if (target === undefined) throw new Error(`no target ${plan.platform.id}`)
    for (const { path, content } of renderSwitch(plan, target, templates).files)
      files[`switches/${plan.name}${path.includes('/') ? `/${path}` : path.slice(path.lastIndexOf('.'))}`] =
        content
  }
  return files
}

const cabled = (rows: readonly string[]): string => `host,port,switch,port\n${rows.join('\n')}\n`

/** Its scripts may be a host's, and are read as a switch's only where --from says so, of all files at once. */
const likeHosts = ['linux-bridge']

const readable = switchCases.filter(
  ({ id, reads }) => reads && switchTargets.some(target => target.id === id) && !likeHosts.includes(id),
)
const speaks = new Map(platforms.map(({ id, modes }) => [id, modes]))

test('a switch that is left out has no claim of its own', () => {
  expect(claims.filter(({ target }) => likeHosts.includes(target))).toEqual([])
  expect(switchTargets.map(({ id }) => id)).toEqual(expect.arrayContaining(likeHosts))
})

describe.each(readable.map(({ id, ports }) => ({ id, ports })))('hosts on $id', ({ id, ports: [a, b] }) => {
  test.each(targets.map(({ id: host }) => host))('%s', async host => {
    const intent = (mode: string, more: string): string => `hosts:
  h1:
    target: ${host}
    ports: {eth0: {to: "sw1:${a}"}, eth1: {to: "sw1:${b}"}}
    bonds: {bond0: {members: [eth0, eth1], mode: ${mode}, miimon: 100, lag: 1${more}}}
    vlans: {bond0.10: {id: 10, link: bond0, addresses: [192.0.2.10/24]}}
switches:
  sw1: {platform: ${id}}
`
    const cables = cabled([`h1,eth0,sw1,"${a}"`, `h1,eth1,sw1,"${b}"`])
    const modes = speaks.get(id)
    if (modes?.active)
      expect(
        await found({ ...filesOf(intent('802.3ad', ', lacp-rate: fast')), 'cables.csv': cables }),
      ).toEqual([])
    if (modes?.static)
      expect(await found({ ...filesOf(intent('balance-xor', '')), 'cables.csv': cables })).toEqual([])
    expect(await found({ ...filesOf(intent('active-backup', '')), 'cables.csv': cables })).toEqual([])
  })
})

test.each(
  readable
    .filter(({ id }) => speaks.get(id)?.active && speaks.get(id)?.static)
    .map(({ id, ports }) => ({ id, ports })),
)('what does not fit is found on $id', async ({ id, ports: [a, b, c] }) => {
  const intent = (mode: string): Readonly<Record<string, string>> =>
    filesOf(`hosts:
  h1:
    target: netplan
    ports: {eth0: {to: "sw1:${a}"}, eth1: {to: "sw1:${b}"}}
    bonds: {bond0: {members: [eth0, eth1], mode: ${mode}, miimon: 100, lag: 1, dhcp4: true}}
switches:
  sw1: {platform: ${id}}
`)
  const only = (files: Readonly<Record<string, string>>, folder: string) =>
    Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(folder)))
  const cables = cabled([`h1,eth0,sw1,"${a}"`, `h1,eth1,sw1,"${b}"`])
  const mixed = { ...only(intent('802.3ad'), 'hosts/'), ...only(intent('balance-xor'), 'switches/') }
  expect(await found({ ...mixed, 'cables.csv': cables })).toEqual([
    expect.stringContaining('lacp-vs-static: '),
  ])
  const astray = cabled([`h1,eth0,sw1,"${a}"`, `h1,eth1,sw1,"${c}"`])
  expect(await found({ ...intent('802.3ad'), 'cables.csv': astray })).not.toEqual([])
})

describe.each(readable.map(({ id, ports }) => ({ id, ports })))('switches beside $id', ({ id, ports }) => {
  const own = [ports[4], ports[5]] as const

  test.each(readable.map(other => ({ other: other.id, theirs: [other.ports[4], other.ports[5]] as const })))(
    '$other',
    async ({ other, theirs }) => {
      const intent = `switches:
  sw1: {platform: ${id}, lags: {"1": {ports: ["${own[0]}", "${own[1]}"], to: "sw2:1", mode: active, vlans: [10, 20]}}}
  sw2: {platform: ${other}, lags: {"1": {ports: ["${theirs[0]}", "${theirs[1]}"], to: "sw1:1", mode: active, vlans: [10, 20]}}}
`
      const cables = cabled([`sw1,"${own[0]}",sw2,"${theirs[0]}"`, `sw1,"${own[1]}",sw2,"${theirs[1]}"`])
      if (speaks.get(id)?.active && speaks.get(other)?.active)
        expect(await found({ ...filesOf(intent), 'cables.csv': cables })).toEqual([])
    },
  )
})

// A platform whose files are not told from a host's meets the others in one intent.
describe.each(switchCases.filter(({ id }) => likeHosts.includes(id)))(
  '$id in one intent',
  ({ id, ports }) => {
    test.each(switchCases.map(({ id: other, ports: theirs }) => ({ other, theirs })))(
      'beside $other',
      async ({ other, theirs }) => {
        const list = (own: readonly string[]): string => `["${own[4]}", "${own[5]}"]`
        const intent = `switches:
  sw1: {platform: ${id}, lags: {"1": {ports: ${list(ports)}, to: "sw2:1", mode: active, vlans: [10, 20]}}}
  sw2: {platform: ${other}, lags: {"1": {ports: ${list(theirs)}, to: "sw1:1", mode: active, vlans: [10, 20]}}}
`
        expect(await foundBy(['x.yaml'], { 'x.yaml': intent })).toEqual([])
        expect(
          await foundBy(['x.yaml'], { 'x.yaml': intent.replace('mode: active', 'mode: static') }),
        ).toEqual([expect.stringContaining('lacp-vs-static: ')])
      },
    )
    test.each(targets.map(({ id: host }) => host))('below %s', async host => {
      const intent = `hosts:
  h1:
    target: ${host}
    ports: {eth0: {to: "sw1:${ports[0]}"}, eth1: {to: "sw1:${ports[1]}"}}
    bonds: {bond0: {members: [eth0, eth1], mode: 802.3ad, miimon: 100, lag: 1}}
    vlans: {bond0.10: {id: 10, link: bond0, addresses: [192.0.2.10/24]}}
switches:
  sw1: {platform: ${id}}
`
      expect(await foundBy(['x.yaml'], { 'x.yaml': intent })).toEqual([])
    })
  },
)
