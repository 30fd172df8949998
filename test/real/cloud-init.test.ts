// The real cloud-init: its converter takes the network configuration of hosts of every shape, in both versions, for every
// kind of system that it renders; and what it makes of them for Netplan, read by that target's own table, is what was said.
//
// BONDPLAN_HOSTS_SEED repeats a run; BONDPLAN_HOSTS sets how many.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { templates } from '../../src/cli/templates.ts'
import type { Host } from '../../src/intent/intent.ts'
import type { Value } from '../../src/options/kind.ts'
import { cloudInit } from '../../src/targets/host/cloud-init.ts'
import { cloudInitV1 } from '../../src/targets/host/cloud-init-v1.ts'
import { netplan } from '../../src/targets/host/netplan.ts'
import { recall } from '../../src/targets/recall.ts'
import type { Target } from '../../src/targets/target.ts'
import { renderHost } from '../../src/targets/write.ts'
import { kept, unpack } from '../rig/kernels.ts'
import { anyHost } from '../support/intents.ts'
import { lostOption, type Meaning, meaningOf } from '../support/return.ts'

const seed = Number(process.env.BONDPLAN_HOSTS_SEED ?? Math.floor(Math.random() * 2 ** 31))
const amount = Number(process.env.BONDPLAN_HOSTS ?? 60)

function installedVersion(): string {
  const { stdout, error } = spawnSync('dpkg-query', ['-W', '-f', '${Version}', 'cloud-init'], {
    encoding: 'utf8',
  })
  const version = /^\d+\.\d+/.exec(stdout ?? '')?.[0]
  if (version === undefined) throw new Error(`cloud-init is not installed: ${error ?? stdout}`)
  return version
}

/**
 * The converter for many files and one kind of system at a time: each start of the command costs most of a second. What
 * the command does is net_convert.handle_args() over the arguments of its own parser.
 */
const driver = `
import json, os, sys, traceback
from cloudinit.cmd.devel import net_convert
order = json.load(sys.stdin)
outcomes = []
for number, path in enumerate(order['paths']):
    out = os.path.join(order['out'], str(number))
    args = net_convert.get_parser().parse_args(
        ['-p', path, '-k', 'yaml', '-d', out, '-D', order['distro'], '-O', order['kind']])
    stdout, sys.stdout = sys.stdout, sys.stderr
    try:
        net_convert.handle_args('net-convert', args)
        outcomes.append(None)
    except BaseException:
        outcomes.append(traceback.format_exc())
    sys.stdout = stdout
print(json.dumps(outcomes))
`

interface Converted {
  /** What it ended with; null where it did its work. */
  readonly errors: readonly (string | null)[]
  /** A file that it made of one configuration. */
  read(number: number, path: string): string
}

function convert<T>(
  contents: readonly string[],
  kind: string,
  distro: string,
  use: (converted: Converted) => T,
): T {
  const root = mkdtempSync(join(tmpdir(), 'bondplan-cloud-init-'))
  try {
    const paths = contents.map((content, number) => {
      const path = join(root, `${number}.yaml`)
      writeFileSync(path, content)
      mkdirSync(join(root, 'out', String(number)), { recursive: true })
      return path
    })
    // Debian's own Python, which is the one that has the package.
    const { status, stdout, stderr, error } = spawnSync('/usr/bin/python3', ['-c', driver], {
      input: JSON.stringify({ paths, out: join(root, 'out'), kind, distro }),
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    if (status !== 0) throw new Error(`cloud-init does not run: ${error ?? stderr}`)
    return use({
      errors: JSON.parse(stdout),
      read: (number, path) => readFileSync(join(root, 'out', String(number), path), 'utf8'),
    })
  } finally {
    rmSync(root, { recursive: true })
  }
}

// Without a port there is no network: the converter ends at an empty list, and networkd's renderer at one without a port.
const hosts = fc.sample(
  anyHost.filter(({ ports }) => ports.length > 0),
  { seed, numRuns: amount },
)

const renderedFor = (target: Target) =>
  hosts.map(host => {
    const { files, lost } = renderHost(host, target, templates, installedVersion())
    return { host, content: files[0]?.content ?? '', lost }
  })

/** What Netplan's table reads from a file. */
function readByNetplan(host: Host, content: string): Meaning {
  const { statements, diagnostics } = netplan.dialect.statements(content, 'netplan')
  expect(diagnostics).toEqual([])
  const { devices } = netplan.recognise([{ path: 'netplan', statements }])
  const region = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 }
  return meaningOf(recall(devices, netplan, host.name, () => region).host, netplan)
}

/** Lists without the order that has no meaning in Netplan, and without what the table does not compare. */
function normal(meaning: Meaning, without: (option: string) => boolean): Meaning {
  const sorted = (value: Value): Value =>
    Array.isArray(value) ? value.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : value
  return Object.fromEntries(
    Object.entries(meaning).map(([device, options]) => [
      device,
      Object.fromEntries(
        Object.entries(options).flatMap(([id, value]) =>
          without(`${device}.${id}`) ? [] : [[id, id === 'arp-ip-target' ? value : sorted(value)]],
        ),
      ),
    ]),
  )
}

const kinds = [
  ['netplan', 'ubuntu'],
  ['eni', 'debian'],
  ['sysconfig', 'rhel'],
  ['network-manager', 'fedora'],
  ['networkd', 'arch'],
] as const

describe.each([cloudInit, cloudInitV1])(`cloud-init converts (seed ${seed}): $id`, target => {
  test.each(kinds)(`${amount} hosts for %s`, (kind, distro) => {
    const runs = renderedFor(target)
    const errors = convert(
      runs.map(({ content }) => content),
      kind,
      distro,
      ({ errors }) => errors,
    )
    expect(errors).toHaveLength(amount)
    const faulty = errors.flatMap((error, at) => (error === null ? [] : [`${error}\n${runs[at]?.content}`]))
    expect(faulty.slice(0, 2)).toEqual([])
  })

  test('what it makes for Netplan says what was said, less what was reported', () => {
    const runs = renderedFor(target)
    convert(
      runs.map(({ content }) => content),
      'netplan',
      'ubuntu',
      ({ read }) => {
        for (const [at, { host, content, lost }] of runs.entries()) {
          const gone = new Set(lost.map(diagnostic => lostOption(host, diagnostic)))
          // Netplan's table writes it for every member, and so does not read it of one.
          const without = (option: string): boolean => gone.has(option) || /^port .*\.optional$/.test(option)
          const made = read(at, 'etc/netplan/50-cloud-init.yaml')
          expect(normal(readByNetplan(host, made), without), `${content}\n${made}`).toEqual(
            normal(meaningOf(host, target), without),
          )
        }
      },
    )
  })
})

test('the converter does end where there is something to say', () => {
  const content = 'network: {version: 2, bonds: {b: {interfaces: [], parameters: {resend-igmp: 3}}}}\n'
  convert([content], 'eni', 'debian', ({ errors }) => expect(errors[0]).toContain('resend-igmp'))
})

/**
 * cloud-init's own check of a network configuration came with 24.1, and Debian 12 has an older one; so the next release's
 * package is unpacked beside it, schema and checker together. Where there is Netplan it leaves version 2 to that, whose
 * opinion netplan.test.ts asks; here it is to use its own.
 */
const checker = `
import json, sys, yaml
sys.modules['netplan'] = None
import cloudinit.net.netplan
cloudinit.net.netplan.available = lambda: False
from cloudinit.config.schema import SchemaType, SchemaValidationError, get_schema, validate_cloudconfig_schema
order = json.load(sys.stdin)
kind = SchemaType[order['kind']]
schema = get_schema(kind)
for name, keys in order['besides'].items():
    schema['$defs'][name]['properties'].update({key: {} for key in keys})
outcomes = []
for text in order['contents']:
    config = yaml.safe_load(text)['network']
    try:
        validate_cloudconfig_schema(config, schema=schema, schema_type=kind, strict=True)
        outcomes.append(None)
    except SchemaValidationError as error:
        outcomes.append(str(error))
print(json.dumps(outcomes))
`

/**
 * Keys that cloud-init reads and its schema does not list, by the schema's definitions. Version 1: every kind of device
 * goes through handle_physical() (cloudinit/net/network_state.py), which reads them all; and of the parameters of a bond
 * the schema has the kernel's names, updelay as a text and arp_validate as a truth, where its renderers read ifupdown's
 * names (net/netplan.py and eni.py). That all of them arrive is tested above.
 */
const besides: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  NETWORK_CONFIG_V1: {
    anyOf_type_bond: ['accept-ra', 'params'],
    anyOf_type_vlan: ['accept-ra'],
    anyOf_type_bridge: ['accept-ra', 'mac_address', 'mtu'],
  },
  NETWORK_CONFIG_V2: {},
}

async function checkBySchema(kind: string, contents: readonly string[]): Promise<readonly (string | null)[]> {
  const root = await kept('cloud-init-trixie', into => unpack('trixie', ['cloud-init'], into))
  const { status, stdout, stderr, error } = spawnSync('/usr/bin/python3', ['-c', checker], {
    input: JSON.stringify({ kind, contents, besides: besides[kind] }),
    env: {
      ...process.env,
      PYTHONPATH: join(root, 'usr/lib/python3/dist-packages'),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(`cloud-init does not run: ${error ?? stderr}`)
  return JSON.parse(stdout)
}

describe("cloud-init's own schema", () => {
  test.each([
    ['NETWORK_CONFIG_V1', cloudInitV1],
    ['NETWORK_CONFIG_V2', cloudInit],
  ] as const)(`%s accepts ${amount} hosts`, async (kind, target) => {
    const contents = renderedFor(target).map(({ content }) => content)
    const faulty = (await checkBySchema(kind, contents)).flatMap((said, at) =>
      said === null ? [] : [`${said}\n${contents[at]}`],
    )
    expect(faulty.slice(0, 3)).toEqual([])
  })

  test('refuses what it does not know', async () => {
    const content = 'network: {version: 1, config: [{type: bond, name: 7}]}\n'
    expect(await checkBySchema('NETWORK_CONFIG_V1', [content])).toEqual([expect.any(String)])
    const second = 'network: {version: 2, bonds: {b: {interfaces: 7}}}\n'
    expect(await checkBySchema('NETWORK_CONFIG_V2', [second])).toEqual([expect.any(String)])
  })
})
