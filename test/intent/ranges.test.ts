// Counted hosts: names that are ranges, formulas in what is said of them, and that a range is the same as its hosts said
// one by one.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { valueOfFormula } from '../../src/intent/formula.ts'
import { addressOf, addressText } from '../../src/intent/ip.ts'
import { counted } from '../../src/intent/ranges.ts'
import { run } from '../support/memory-io.ts'
import { read } from '../support/read.ts'

const namesOf = (range: string) => {
  const all = counted(range)
  return typeof all === 'string' ? all : all.map(({ name }) => name)
}

describe('ranges', () => {
  test.each([
    ['web[1-3]', ['web1', 'web2', 'web3']],
    ['web[08-11]', ['web08', 'web09', 'web10', 'web11']],
    ['web[1,3, 5-6]', ['web1', 'web3', 'web5', 'web6']],
    ['r[1-2]n[01-02].x', ['r1n01.x', 'r1n02.x', 'r2n01.x', 'r2n02.x']],
  ])('%s', (range, names) => {
    expect(namesOf(range)).toEqual(names)
  })

  test.each([
    ['web[1-3', 'a bracket is not closed, or not opened'],
    ['web1-3]', 'a bracket is not closed, or not opened'],
    ['web[[1]]', 'a bracket is not closed, or not opened'],
    ['web[]', '[] is no list of numbers such as [01-40] or [1,3,5-8]'],
    ['web[a-c]', '[a-c] is no list of numbers such as [01-40] or [1,3,5-8]'],
    ['web[9-1]', '[9-1] counts down, from 9 to 1'],
    ['web[1-999999999]', 'it stands for more than 200000 things'],
    ['a[1-1000]b[1-1000]', 'it stands for more than 200000 things'],
  ])('%s is refused', (range, why) => {
    expect(namesOf(range)).toBe(why)
  })
})

describe('formulas', () => {
  const names = { n: 7, i: 6, host: 'web07' }

  test.each([
    ['n', 7],
    [' n + 100 ', 107],
    ['(n-1)/24+1', 1],
    ['(n-1)%4', 2],
    ['2*n-3', 11],
    ['-1/2', undefined],
    ['0-7', -7],
    ['(0-7)/2', -4],
    ['(0-7)%4', 1],
    ['host', 'web07'],
    ['n|02', '07'],
    ['n+20|02x', '1b'],
    ['192.0.2.250+n', '192.0.3.1'],
    ['n+192.0.2.1', '192.0.2.8'],
    ['10.0.1.0-1', '10.0.0.255'],
    ['2001:db8::fff9+n', '2001:db8::1:0'],
    ['::1+n', '::8'],
  ])('{%s} is %s', (formula, value) => {
    const result = valueOfFormula(formula, names)
    expect('value' in result ? result.value : undefined).toBe(value)
  })

  test.each([
    ['', 'a number or a name is missing'],
    ['n+', 'a number or a name is missing'],
    ['n n', 'something stands behind its end'],
    ['(n', 'a parenthesis is not closed'],
    ['m', 'there is no m; known here: n, i, host'],
    ['constructor', 'there is no constructor; known here: n, i, host'],
    ['n/0', 'it divides by 0'],
    ['n%(n-7)', 'it divides by 0'],
    ['host+1', 'web07 is no number to reckon with'],
    ['n*10.0.0.1', 'an address is no number to reckon with'],
    ['255.255.255.250+n', 'the address lies beyond the last one'],
    ['0.0.0.1-n', 'the address lies beyond the last one'],
    ['1.2.3.999+n', '1.2.3.999 is no IP address'],
    ['n|2d', '|2d is no way to write a number; |02 or |02x are'],
    ['999999999999999*999999999999999', 'the number is too large'],
    ['n;n', '";n" is not understood'],
    ['('.repeat(300), 'it is longer than 200 characters'],
  ])('{%s} is refused', (formula, wrong) => {
    expect(valueOfFormula(formula, names)).toEqual({ wrong })
  })

  test('an address reads back as it was, however it is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), text => {
        const address = addressOf(text.toLowerCase())
        const written = addressText(address)
        expect(written).toBeDefined()
        expect(addressOf(written as string)).toEqual(address)
      }),
    )
  })
})

const range = `hosts:
  web[01-03]:
    target: netplan
    groups: [web]
    ports:
      eth0: {to: "sw{(n-1)/2+1}:{n}", mac: "52:54:00:00:00:{n|02x}"}
    bonds:
      bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1], addresses: ["{10.0.0.254+n}/16"]}
    vlans:
      "bond0.{n+100}": {id: "{n+100}", link: bond0, mtu: 1400}
switches: {"sw[1-2]": {platform: "aruba-aos-s"}}
traffic:
  - {from: "web[01-02]", to: "web[02-03]:bond0", expect: 1G}
`

test('what is said of a range is said of each of its hosts', () => {
  const { intent, diagnostics } = read(range)
  expect(diagnostics).toEqual([])
  expect(intent.hosts.map(({ name }) => name)).toEqual(['web01', 'web02', 'web03'])
  const third = intent.hosts[2]
  expect(third?.ports[0]?.options).toEqual({ to: { node: 'sw2', port: '3' }, mac: '52:54:00:00:00:03' })
  expect(third?.bonds[0]?.options.addresses).toEqual(['10.0.1.1/16'])
  expect(third?.vlans).toMatchObject([{ name: 'bond0.103', options: { id: 103, link: 'bond0', mtu: 1400 } }])
  expect(intent.switches.map(({ name }) => name)).toEqual(['sw1', 'sw2'])
  expect(intent.traffic.map(({ options: { from, to } }) => `${from} ${to}`)).toEqual([
    'web01 web02:bond0',
    'web01 web03:bond0',
    'web02 web02:bond0',
    'web02 web03:bond0',
  ])
})

test('a range means what its hosts mean, said one by one', () => {
  const withoutPaths = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value, (key, inner) => (key === 'path' || key === 'stands' ? undefined : inner)),
    )
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 2 ** 31 }),
      (first, count, start) => {
        const address = addressText({ family: 'inet', bits: BigInt(start) })
        const body = (n: string, own: string): string =>
          `{ports: {eth0: {to: "sw1:${n}"}}, bonds: {bond0: {members: [eth0, eth1], addresses: ["${own}/32"]}}}`
        const one = read(
          `hosts:\n  "h[${first}-${first + count - 1}]": ${body('{n}', `{${address}+n}`)}\nswitches: {sw1: {}}`,
        )
        const all = Array.from({ length: count }, (_, at) => {
          const own = addressText({ family: 'inet', bits: BigInt(start + first + at) })
          return `  h${first + at}: ${body(String(first + at), own as string)}`
        })
        const each = read(`hosts:\n${all.join('\n')}\nswitches: {sw1: {}}`)
        expect(one.diagnostics).toEqual([])
        expect(withoutPaths(one.intent)).toEqual(withoutPaths(each.intent))
      },
    ),
    { numRuns: 50 },
  )
})

test('what is wrong in a range is said once, at its text, with how many it concerns', async () => {
  const { out, status } = await run(['lint', 'net.yaml', '--format', 'json'], {
    files: {
      'net.yaml': range
        .replace('mtu: 1400', 'mtu: 140000')
        .replace('{n|02x}', '{n|03x}')
        .replace('miimon: 100', 'miimon: 100, updelay: 150'),
    },
  })
  expect(status).toBe(1)
  const found = JSON.parse(out).diagnostics as { code: string; message: string; line: number }[]
  expect(found.filter(({ code }) => code !== 'sum-of-links-as-capacity')).toMatchObject([
    {
      code: 'value-not-allowed',
      line: 6,
      message: expect.stringMatching(/:001".* \(and 2 more of web\[01-03\]\)$/),
    },
    {
      code: 'delays-not-multiple',
      line: 8,
      message: expect.stringMatching(/ \(and 2 more of web\[01-03\]\)$/),
    },
    {
      code: 'mtu-range',
      line: 10,
      message: expect.stringMatching(/140000.* \(and 2 more of web\[01-03\]\)$/),
    },
  ])
})

test('a range or a formula that cannot be is an error at its place, and nothing else follows from it', async () => {
  const text = `hosts:
  web[1-3: {target: netplan}
  web[3-1]: {target: netplan}
  db[1-2]: {target: netplan, bonds: {bond0: {mode: active-backup, miimon: 100, members: [a, b], mtu: "{m+1}"}}}
  db2: {target: netplan}
`
  const { err, status } = await run(['render', 'net.yaml'], { files: { 'net.yaml': text } })
  expect(status).toBe(1)
  expect(err).toMatchInlineSnapshot(`
    "error[range-malformed]: web[1-3 is no range: a bracket is not closed, or not
      opened
     --> net.yaml:2:3
      |
    2 |   web[1-3: {target: netplan}
      |   ^^^^^^^
    help: write it like web[01-40]

    error[range-malformed]: web[3-1] is no range: [3-1] counts down, from 3 to 1
     --> net.yaml:3:3
      |
    3 |   web[3-1]: {target: netplan}
      |   ^^^^^^^^
    help: write it like web[01-40]

    error[formula-wrong]: {m+1} cannot be worked out for db1: there is no m; known
      here: n, i, host
     --> net.yaml:4:102
      |
    4 | …bond0: {mode: active-backup, miimon: 100, members: [a, b], mtu: "{m+1}"}}}
      |                                                                  ^^^^^^^

    error[defined-twice]: the host db2 is defined twice, by db[1-2] and by db2; only
      the first is used
     --> net.yaml:5:3
      |
    5 |   db2: {target: netplan}
      |   ^^^
    note: first defined here
     --> net.yaml:4:3
      |
    4 |   db[1-2]: {target: netplan, bonds: {bond0: {mode: active-backup, miimon: …
      |   -------
    help: let the ranges not overlap

    4 errors in 1 file
    Nothing was written.
    "
  `)
})

test('hosts are chosen by range, by group and by shard', async () => {
  const files = { 'net.yaml': range }
  const hostsOf = async (...argv: string[]) => {
    const { out, err, status } = await run(['render', 'net.yaml', ...argv], { files })
    if (status !== 0) return err
    return [...out.matchAll(/^==> (\w+)\//gm)].map(([, name]) => name)
  }
  expect(await hostsOf('--host', 'web[02-03]')).toEqual(['web02', 'web03'])
  expect(await hostsOf('--group', 'web')).toEqual(['web01', 'web02', 'web03'])
  expect(await hostsOf('--group', 'wbe')).toBe('bondplan: no host is in a group wbe; did you mean web?\n')
  expect(await hostsOf('--host', 'web[3-9]')).toBe(
    'bondplan: the intent has no host web3; did you mean web03?\n',
  )
  expect(await hostsOf('--host', 'web[')).toMatch(/^bondplan: web\[ is no range: /)
  const shards = await Promise.all(['1/2', '2/2'].map(shard => hostsOf('--shard', shard)))
  expect(shards.flat().sort()).toEqual(['sw1', 'sw2', 'web01', 'web02', 'web03'])
  expect(await hostsOf('--shard', '3/2')).toMatch(/--shard is a part and how many there are/)
})
