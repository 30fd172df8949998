// The real Netplan: hosts of every shape are rendered, `netplan generate` takes each file, networkd has nothing to say to
// what it makes of them, and that, read by the networkd target's own table, is what was said. So the words of both
// tables mean the same to the programs that they are for.
//
// BONDPLAN_HOSTS_SEED repeats a run; BONDPLAN_HOSTS sets how many.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import { yaml } from '../../src/dialects/yaml.ts'
import type { Host } from '../../src/intent/intent.ts'
import type { Value } from '../../src/options/kind.ts'
import { netplan } from '../../src/targets/host/netplan.ts'
import { networkd } from '../../src/targets/host/networkd.ts'
import { recall } from '../../src/targets/recall.ts'
import { type Rendered, renderHost } from '../../src/targets/write.ts'
import { anyHost } from '../support/intents.ts'
import { refusedCases } from '../support/netplan-refused.ts'
import { anyValue, isClean } from '../support/plain-values.ts'
import { lostOption, type Meaning, meaningOf } from '../support/return.ts'
import { type Configuration, isNamed, networkdComplaints, networkdVersion } from './networkd/parser.ts'

const seed = Number(process.env.BONDPLAN_HOSTS_SEED ?? Math.floor(Math.random() * 2 ** 31))
const amount = Number(process.env.BONDPLAN_HOSTS ?? 300)

/** What `netplan generate` runs. */
const generators = ['/usr/libexec/netplan/generate', '/usr/lib/netplan/generate', '/lib/netplan/generate']

function netplanVersion(): string {
  const { stdout, error } = spawnSync('dpkg-query', ['-W', '-f', '${Version}', 'netplan.io'], {
    encoding: 'utf8',
  })
  const version = /^\d+\.\d+/.exec(stdout ?? '')?.[0]
  if (version === undefined) throw new Error(`netplan.io is not installed: ${error ?? stdout}`)
  return version
}

interface Run {
  readonly host: Host
  readonly rendered: Rendered
  readonly status: number | null
  readonly errors: string
  /** What Netplan has written for networkd. */
  readonly made: Configuration
}

/** Runs `netplan generate` over what is rendered, in a root folder of its own. */
function generate(host: Host, version: string): Run {
  const program = generators.find(path => existsSync(path))
  if (program === undefined) throw new Error('netplan generate is not installed')
  const root = mkdtempSync(join(tmpdir(), 'bondplan-netplan-'))
  try {
    const rendered = renderHost(host, netplan, templates, version)
    for (const { path, content, mode } of rendered.files) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), content)
      chmodSync(join(root, path), mode)
    }
    const { status, stderr } = spawnSync(program, ['--root-dir', root], { encoding: 'utf8' })
    const folder = join(root, 'run/systemd/network')
    const names = existsSync(folder) ? readdirSync(folder).sort() : []
    const files = names.map(name => ({
      path: `run/systemd/network/${name}`,
      content: readFileSync(join(folder, name), 'utf8'),
    }))
    return { host, rendered, status, errors: stderr, made: { files } }
  } finally {
    rmSync(root, { recursive: true })
  }
}

describe('what netplan generate refuses of how definitions stand together', () => {
  test.each(Object.entries(refusedCases))('%s', (_, { files, found }) => {
    const program = generators.find(path => existsSync(path))
    if (program === undefined) throw new Error('netplan generate is not installed')
    const root = mkdtempSync(join(tmpdir(), 'bondplan-netplan-'))
    try {
      mkdirSync(join(root, 'etc/netplan'), { recursive: true })
      for (const [name, content] of Object.entries(files))
        writeFileSync(join(root, 'etc/netplan', name), content, { mode: 0o600 })
      const { status, stderr } = spawnSync(program, ['--root-dir', root], { encoding: 'utf8' })
      expect(status, stderr).toBe(found.length === 0 ? 0 : 1)
      // It ends at one of them, and tells of its place; of a definition as a whole, of that behind its name.
      const [, line, column] = /netplan\/(\w+\.yaml:\d+)(:\d+): Error/.exec(stderr) ?? []
      const whole = /mapping|property/.test(stderr)
      const places = whole ? found.map(place => place.replace(/:\d+$/, '')) : found
      if (found.length > 0) expect(places).toContain(whole ? line : `${line}${column}`)
    } finally {
      rmSync(root, { recursive: true })
    }
  })
})

/** Harmless, and of Netplan's own making: it always writes UseMTU= and gives every route without a next hop a scope. */
const own = /UseMTU= in \[DHCP\] section are set|Scope= is specified for IPv6 route/

const shown = ({ rendered, errors }: Run) =>
  `${errors}\n${rendered.files.map(({ content }) => content).join('\n')}`

/** What networkd's table reads from what Netplan made. */
function readByNetworkd({ host, made }: Pick<Run, 'host' | 'made'>): Meaning {
  const scanned = made.files.map(({ path, content }) => ({
    path,
    statements: networkd.dialect.statements(content, path).statements,
  }))
  const { devices } = networkd.recognise(scanned)
  const region = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 }
  return meaningOf(recall(devices, networkd, host.name, () => region).host, networkd)
}

/**
 * In the words that both know: Netplan sorts addresses by family, writes a default route as one to everywhere, and says
 * resolvers and domains twice where it must read a file twice (a VLAN that stands before its link).
 */
function normal(meaning: Meaning): Meaning {
  const sorted = (value: Value | undefined): Value =>
    Array.isArray(value) ? value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : []
  const option = (id: string, value: Value): Value => {
    switch (id) {
      case 'members':
      case 'ports':
      case 'addresses':
        return sorted(value)
      case 'routes':
        return sorted((value as readonly Readonly<Record<string, Value>>[]).map(everywhere))
      case 'nameservers': {
        const { addresses, search } = value as Readonly<Record<string, Value>>
        return { addresses: once(sorted(addresses)), search: once(search ?? []) }
      }
      default:
        return value
    }
  }
  return Object.fromEntries(
    Object.entries(meaning).map(([device, options]) => [
      device,
      Object.fromEntries(Object.entries(options).map(([id, value]) => [id, option(id, value)])),
    ]),
  )
}

const once = (list: Value): Value => (Array.isArray(list) ? [...new Set(list)] : list)

const everywhere = (route: Readonly<Record<string, Value>>): Value =>
  route.to === 'default' ? { ...route, to: String(route.via).includes(':') ? '::/0' : '0.0.0.0/0' } : route

test('a reader of YAML 1.1, with the library that Netplan uses, reads what is encoded', () => {
  const values = fc.sample(anyValue.filter(isClean), { seed, numRuns: 3000 })
  const lines = values.map(value => `- [${yaml.encode(value)}, {a: ${yaml.encode(value)}}]`)
  const program =
    'import json, sys, yaml; json.dump(yaml.load(sys.stdin.buffer, Loader=yaml.CSafeLoader), sys.stdout)'
  const { stdout, stderr, status } = spawnSync('python3', ['-c', program], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(JSON.parse(stdout)).toEqual(values.map(value => [value, { a: value }]))
})

describe(`netplan generate (seed ${seed})`, () => {
  let runs: readonly Run[] = []
  beforeAll(() => {
    const version = netplanVersion()
    runs = fc.sample(anyHost.filter(isNamed), { seed, numRuns: amount }).map(host => generate(host, version))
  })

  test(`takes the files of ${amount} hosts`, () => {
    expect(
      runs
        .filter(({ status }) => status !== 0)
        .slice(0, 3)
        .map(shown),
    ).toEqual([])
  })

  test('makes files that networkd has nothing to say to', () => {
    const complaints = networkdComplaints(runs.map(({ made }) => made))
    const faulty = runs.flatMap((run, at) => {
      const lines = (complaints[at] ?? []).filter(line => !own.test(line))
      return lines.length === 0 ? [] : [`${lines.join('\n')}\n${shown(run)}`]
    })
    expect(faulty.slice(0, 3)).toEqual([])
  })

  test('makes files that say what was said, less what was reported', () => {
    for (const run of runs) {
      const lost = new Set(run.rendered.lost.map(diagnostic => lostOption(run.host, diagnostic)))
      const without = (meaning: Meaning): Meaning =>
        Object.fromEntries(
          Object.entries(normal(meaning)).map(([device, options]) => [
            device,
            Object.fromEntries(Object.entries(options).filter(([id]) => !lost.has(`${device}.${id}`))),
          ]),
        )
      expect(without(readByNetworkd(run)), shown(run)).toEqual(without(meaningOf(run.host, networkd)))
    }
  })

  test('makes files that mean the same as our own for networkd', () => {
    const version = networkdVersion()
    const found: string[] = []
    let options = 0
    for (const run of runs) {
      const own = renderHost(run.host, networkd, templates, version)
      const lost = [...run.rendered.lost, ...own.lost].map(diagnostic => lostOption(run.host, diagnostic))
      const theirs = normal(readByNetworkd(run))
      const ours = normal(readByNetworkd({ host: run.host, made: own }))
      found.push(...differences(theirs, ours, new Set(lost)))
      options += Object.values(ours).reduce((sum, device) => sum + Object.keys(device).length, 0)
    }
    // There is no known difference: what Netplan cannot say is reported, and the rest it hands on as we write it.
    expect([...new Set(found)].slice(0, 20)).toEqual([])
    expect(options).toBeGreaterThan(amount)
  })
})

/** `bond bond0 miimon: 100, not 200`, of every option that neither side reported as lost. */
function differences(theirs: Meaning, ours: Meaning, lost: ReadonlySet<string>): readonly string[] {
  return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].flatMap(device => {
    const [a, b] = [theirs[device] ?? {}, ours[device] ?? {}]
    return [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .filter(id => !lost.has(`${device}.${id}`) && JSON.stringify(a[id]) !== JSON.stringify(b[id]))
      .map(id => `${device} ${id}: ${JSON.stringify(a[id])}, not ${JSON.stringify(b[id])}`)
  })
}
