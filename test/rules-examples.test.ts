// Whole intents and all that the rules say of them: what explains a hope that fails and nothing else, nothing at all
// where it cannot fail, and no finding on any rightly configured pair of a host and a switch, or of two switches.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Intent } from '../src/intent/intent.ts'
import { partner } from '../src/intent/partner.ts'
import { allModes, type Mode } from '../src/options/index.ts'
import { type Platform, platforms } from '../src/platforms/index.ts'
import { rules } from '../src/rules/index.ts'
import { runRules } from '../src/rules/rule.ts'
import { catalogue, ownIds } from './support/catalogue.ts'
import { effortMs } from './support/effort.ts'
import { read } from './support/read.ts'

const root = join(import.meta.dirname, '..')
const example = (name: string): string => readFileSync(join(root, 'examples', name), 'utf8')

/** Everything that the rules say of a text, with the words that each finding points at. */
function said(text: string) {
  const source = read(text)
  expect(source.diagnostics).toEqual([])
  const lines = text.split('\n')
  return source.locate(runRules(source.intent, rules)).map(({ code, severity, message, help, region }) => ({
    what: `${severity} ${code}`,
    at: region && lines[region.line - 1]?.slice(region.column - 1, region.endColumn - 1),
    message,
    help,
  }))
}

describe('the two servers', () => {
  test('are told why they get one gigabit, and nothing else', () => {
    expect(said(example('two-servers.yaml'))).toEqual([
      {
        what: 'warning hash-policy-egress-only',
        at: 'sw1',
        message:
          'sw1 chooses where s2 bond0 receives, by L3-based unless told otherwise: all that s1 sends arrives over one port, 1G; xmit-hash-policy layer3+4 of s1 and s2 governs only what they send',
        help: 'say load-balance: layer3+4 for sw1',
      },
      {
        what: 'error single-flow-expectation',
        at: '2G',
        message:
          'one TCP stream from s1 bond0 to s2 bond0 takes one member all the way: 2G is expected, and it gets 1G',
        help: 'expect 1G, send more streams at once, or use a port of 2.5G',
      },
    ])
  })
  test('are left in peace when they are right', () => {
    expect(said(example('two-servers-fixed.yaml'))).toEqual([])
  })
  const fixed = example('two-servers-fixed.yaml')
  const codes = (text: string): readonly string[] => said(text).map(({ what }) => what)
  test.each([
    ['streams: 16', 'streams: 1', ['error single-flow-expectation']],
    ['streams: 16', 'streams: 3', ['warning sum-of-links-as-capacity']],
    ['expect: 2G', 'expect: 3G', ['warning sum-of-links-as-capacity']],
    [', load-balance: layer3+4}', '}', ['warning hash-policy-egress-only']],
    ['load-balance: layer3+4', 'load-balance: layer2+3', ['warning switch-hash-too-coarse']],
    ['xmit-hash-policy: layer3+4', 'xmit-hash-policy: layer2', ['warning two-hosts-one-link-layer2']],
    ['xmit-hash-policy: layer3+4', 'xmit-hash-policy: layer2+3', ['warning single-peer-layer23']],
    ['192.0.2.12/24', '198.51.100.12/24', []],
  ])('%s becomes %s', (from, to, expected) => {
    const text = fixed.replace(from, to)
    expect(text).not.toBe(fixed)
    expect(codes(text)).toEqual(expected)
  })
})

test('a golden intent has no finding of two ends, of a fleet or of a hope, except the two servers', () => {
  const both = ['pair', 'fleet', 'expectation']
  const mine = rules.filter(({ id }) => both.includes(catalogue[id]?.needs ?? '') || ownIds[id] === id)
  expect(mine.length).toBeGreaterThan(30)
  const folder = join(root, 'test/golden')
  const found = readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const file = join(folder, entry.name, 'intent.yaml')
    if (!entry.isDirectory() || entry.name === 'switch') return []
    const { intent } = read(readFileSync(file, 'utf8'))
    return runRules(intent, mine).map(({ code }) => `${entry.name} ${code}`)
  })
  expect(found).toEqual(['two-servers hash-policy-egress-only', 'two-servers single-flow-expectation'])
})

/** What a careful author says of a bond in each mode. */
const careful: Readonly<Record<Mode, string>> = {
  'balance-rr': 'mode: balance-rr',
  'active-backup': 'mode: active-backup, primary: eth0',
  'balance-xor': 'mode: balance-xor, xmit-hash-policy: layer3+4',
  broadcast: 'mode: broadcast',
  '802.3ad': 'mode: 802.3ad, lacp-rate: fast, min-links: 1, xmit-hash-policy: layer3+4',
  'balance-tlb': 'mode: balance-tlb, primary: eth0',
  'balance-alb': 'mode: balance-alb, primary: eth0',
}

/** Names of ports on one platform, by the shape of its first example that ends in a number. */
const portOf = ({ ports }: Platform, index: number): string =>
  ports.examples[0].replace(/\d+$/, String(ports.first.port + index))

const quiet = (text: string): void => {
  const { intent, diagnostics } = read(text)
  expect(diagnostics).toEqual([])
  expect(partner(intent).diagnostics, 'the partner has nothing to complain of').toEqual([])
  expect(runRules(intent, rules).map(({ code, message }) => `${code}: ${message}`)).toEqual([])
}

describe('no finding on what is right', () => {
  const switches = platforms.map(platform => [platform.id, platform] as const)

  describe.each(switches)('%s', (id, platform) => {
    test.each(allModes)('with a host in %s', mode => {
      const to = (index: number): string => `to: "sw1:${portOf(platform, index)}"`
      quiet(`
hosts:
  s1:
    ports: {eth0: {speed: 10G, ${to(0)}}, eth1: {speed: 10G, ${to(1)}}}
    bonds:
      bond0: {miimon: 100, members: [eth0, eth1], mtu: 9000, addresses: [192.0.2.11/24], ${careful[mode]}}
    vlans: {bond0.10: {id: 10, link: bond0, addresses: [198.51.100.11/24]}}
  s2:
    ports: {eth0: {speed: 10G, ${to(2)}}, eth1: {speed: 10G, ${to(3)}}}
    bonds: {bond0: {miimon: 100, members: [eth0, eth1], mtu: 9000, addresses: [192.0.2.12/24], ${careful[mode]}}}
switches: {sw1: {platform: ${id}}}
`)
    })

    test('with every other platform at the other end of a LAG', () => {
      for (const other of platforms) {
        const [own, far] = [portOf(platform, 0), portOf(other, 0)]
        quiet(`
switches:
  sw1: {platform: ${id}, lags: {"1": {ports: ["${own}", "${portOf(platform, 1)}"], to: "sw2:1", mode: active}}}
  sw2: {platform: ${other.id}, lags: {"1": {ports: ["${far}", "${portOf(other, 1)}"], to: "sw1:1", mode: active}}}
`)
      }
    })
  })

  const pairs = switches.filter(([, { multichassis }]) => multichassis?.perLag)
  test.each(pairs)('a pair of %s', (id, platform) => {
    const [first, second] = [portOf(platform, 0), portOf(platform, 1)]
    const lb = platform.hash.policies['layer3+4'] === undefined ? '' : ', load-balance: layer3+4'
    quiet(`
hosts:
  s1:
    ports: {eth0: {speed: 10G, to: "sw1:${first}"}, eth1: {speed: 10G, to: "sw2:${first}"}}
    bonds: {bond0: {miimon: 100, members: [eth0, eth1], addresses: [192.0.2.11/24], ${careful['802.3ad']}}}
  s2:
    ports: {eth0: {speed: 10G, to: "sw1:${second}"}, eth1: {speed: 10G, to: "sw2:${second}"}}
    bonds: {bond0: {miimon: 100, members: [eth0, eth1], addresses: [192.0.2.12/24], ${careful['802.3ad']}}}
switches:
  sw1: {platform: ${id}${lb}, mlag: {peer: sw2, domain: 10}}
  sw2: {platform: ${id}${lb}, mlag: {peer: sw1, domain: 10}}
traffic: [{from: s1, to: s2, streams: 64, expect: 20G}]
`)
  })
})

test('what both ends say agrees or is found, in each mode of either', () => {
  const fits: Readonly<Record<string, readonly string[]>> = {
    static: ['balance-rr', 'balance-xor', 'broadcast'],
    active: ['802.3ad'],
    passive: ['802.3ad'],
    plain: ['active-backup', 'balance-tlb', 'balance-alb'],
  }
  for (const mode of allModes) {
    for (const [there, modes] of Object.entries(fits)) {
      const { intent } = read(`
hosts:
  s1:
    ports: {eth0: {to: "sw1:1"}, eth1: {to: "sw1:2"}}
    bonds: {bond0: {miimon: 100, members: [eth0, eth1], ${careful[mode]}, lag: 1}}
switches: {sw1: {platform: aruba-aos-s, lags: {"1": {mode: ${there}}}}}
`)
      const errors = runRules(intent, rules).filter(({ severity }) => severity === 'error')
      expect(errors.length, `${mode} at ${there}`).toBe(modes.includes(mode) ? 0 : 1)
    }
  }
})

/** Two hosts, two switches and a hope, with anything said of either end. */
const anyPair = (): fc.Arbitrary<string> => {
  const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
  const port = fc.integer({ min: 1, max: 8 })
  const cable = fc.tuple(fc.constantFrom('sw1', 'sw2', 'sw3', 's2'), port).map(([box, at]) => `${box}:${at}`)
  const device = fc.record({
    to: some(cable),
    speed: some(fc.constantFrom('1G', '10G')),
    mac: some(fc.constantFrom('52:54:00:00:00:01', '52:54:00:00:00:02')),
  })
  const bond = fc.record({
    mode: some(fc.constantFrom(...allModes)),
    members: fc.subarray(['eth0', 'eth1', 'eth2'], { minLength: 1 }),
    lag: some(fc.integer({ min: 1, max: 4 })),
    mtu: some(fc.constantFrom(1500, 9000)),
    'min-links': some(fc.integer({ min: 0, max: 3 })),
    'lacp-active': some(fc.constantFrom('on', 'off')),
    'ad-actor-system': some(fc.constant('02:00:00:00:00:01')),
    'xmit-hash-policy': some(fc.constantFrom('layer2', 'layer2+3', 'layer3+4', 'encap3+4', 'vlan+srcmac')),
    addresses: some(fc.subarray(['192.0.2.1/24', '198.51.100.1/24', '2001:db8::1/64', 'fe80::1/64'])),
  })
  const host = fc.record({
    ports: fc.record({ eth0: device, eth1: device, eth2: device }),
    bonds: fc.record({ bond0: bond }),
    vlans: some(fc.constant({ v10: { id: 10, link: 'bond0' } })),
  })
  const lag = fc.record({
    mode: some(fc.constantFrom('active', 'passive', 'static', 'plain')),
    ports: some(fc.uniqueArray(port.map(String), { minLength: 1, maxLength: 4 })),
    to: some(fc.constantFrom('sw1:1', 'sw2:1', 'sw2:2')),
    vlans: some(fc.subarray([10, 20], { minLength: 1 })),
    native: some(fc.constantFrom(1, 10)),
    untagged: some(fc.boolean()),
    mtu: some(fc.constantFrom(1500, 9000)),
    'min-links': some(fc.integer({ min: 1, max: 3 })),
    fallback: some(fc.constantFrom('on', 'off')),
    edge: some(fc.boolean()),
  })
  const box = (peer: string) =>
    fc.record({
      platform: fc.constantFrom('aruba-aos-s', 'tplink-jetstream'),
      'load-balance': some(fc.constantFrom('layer2', 'layer2+3', 'layer3+4')),
      mlag: some(fc.constantFrom({ peer }, { peer, domain: 1 }, { peer, domain: 2 })),
      lags: fc.dictionary(fc.constantFrom('1', '2', '3'), lag, { maxKeys: 3 }),
    })
  const hope = fc.record({
    from: fc.constantFrom('s1', 's1:bond0', 's2', 'nobody'),
    to: fc.constantFrom('s1', 's2', 's2:bond0', 's2:bond9'),
    protocol: some(fc.constantFrom('tcp', 'udp', 'gre', 'esp', 'icmp')),
    streams: some(fc.constantFrom(1, 2, 5, 100)),
    expect: some(fc.constantFrom('1G', '2G', '15G')),
  })
  return fc
    .record({
      hosts: fc.record({ s1: host, s2: host }),
      switches: fc.record({ sw1: box('sw2'), sw2: box('sw1') }),
      traffic: fc.array(hope, { maxLength: 3 }),
    })
    .map(intent => JSON.stringify(intent))
}

test('whatever both ends say, findings have a place and whole sentences, and a second run the same', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(anyPair(), text => {
      const { intent, locate, diagnostics } = read(text)
      fc.pre(diagnostics.length === 0)
      const found = runRules(intent, rules)
      for (const { message, help = '', region, code } of locate(found)) {
        seen.add(code)
        expect(region, message).toBeDefined()
        expect(`${message} ${help}`).not.toMatch(/undefined|NaN|\[object|Infinity/)
      }
      const again = runRules({ ...intent, traffic: [...intent.traffic] }, rules)
      expect(again.map(({ code, message }) => `${code} ${message}`)).toEqual(
        found.map(({ code, message }) => `${code} ${message}`),
      )
    }),
    { numRuns: 600, seed: 11 },
  )
  const ours = rules.filter(({ id }) => ['pair', 'expectation'].includes(catalogue[id]?.needs ?? ''))
  // What is rare among these has its examples; a law that meets few of the rules says nothing.
  expect(ours.filter(({ id }) => seen.has(id)).length).toBeGreaterThan(20)
}, 60_000)

test('ten thousand hosts take time that grows with their number', () => {
  const fleet = (count: number): Intent => {
    const hosts = Array.from({ length: count }, (_, index) => {
      const box = `sw${Math.floor(index / 20)}`
      const first = 2 * (index % 20) + 1
      return `"h${index}": {"ports": {"eth0": {"speed": "10G", "to": "${box}:Ethernet${first}"}, "eth1": {"speed": "10G", "to": "${box}:Ethernet${first + 1}"}}, "bonds": {"bond0": {"mode": "802.3ad", "miimon": 100, "lacp-rate": "fast", "min-links": 1, "xmit-hash-policy": "layer3+4", "members": ["eth0", "eth1"], "addresses": ["10.${index >> 16}.${(index >> 8) & 255}.${index & 255}/8"]}}}`
    })
    const boxes = Array.from(
      { length: Math.ceil(count / 20) },
      (_, index) => `"sw${index}": {"platform": "arista-eos"}`,
    )
    const hopes = Array.from(
      { length: count - 1 },
      (_, index) => `{"from": "h${index}", "to": "h${index + 1}", "streams": 64, "expect": "20G"}`,
    )
    const { intent, diagnostics } = read(
      `{"hosts": {${hosts.join(',')}}, "switches": {${boxes.join(',')}}, "traffic": [${hopes.join(',')}]}`,
    )
    expect(diagnostics).toEqual([])
    return intent
  }
  const elapsedMs = (count: number): number => {
    const intent = fleet(count)
    const before = effortMs()
    expect(runRules(intent, rules)).toEqual([])
    return effortMs() - before
  }
  elapsedMs(200)
  const [few, many] = [elapsedMs(1000), elapsedMs(10000)]
  // Ten times as many hosts; a quadratic rule would take a hundred times as long.
  expect(many).toBeLessThan(40 * Math.max(few, 20))
}, 60_000)
