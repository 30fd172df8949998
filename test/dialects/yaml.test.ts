// YAML: what is encoded reads back by any reader or is refused, and what others write is taken apart with every word in
// its place. That readers of YAML 1.1 agree is held by the real test of Netplan.

import fc from 'fast-check'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { yaml } from '../../src/dialects/yaml.ts'
import type { Value } from '../../src/options/kind.ts'
import { anyValue, isClean } from '../support/plain-values.ts'

describe('encode', () => {
  test('what is encoded reads back as it was, on one line, and what cannot be is refused', () => {
    fc.assert(
      fc.property(anyValue, value => {
        const encoded = yaml.encode(value)
        expect(encoded === undefined).toBe(!isClean(value))
        if (encoded === undefined) return
        expect(encoded).not.toMatch(/[\r\n]/)
        const text = `key: ${encoded}\nlist: [${encoded}, {inside: ${encoded}}]\n`
        expect(load(text)).toEqual({ key: value, list: [value, { inside: value }] })
        const [statement] = yaml.statements(text, '').statements
        expect(statement?.value).toEqual(value)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['802.3ad', '802.3ad'],
    ['layer3+4', 'layer3+4'],
    ['52:54:00:12:34:56', "'52:54:00:12:34:56'"],
    ['::1', "'::1'"],
    ['2001:db8::', "'2001:db8::'"],
    ['on', "'on'"],
    ['no', "'no'"],
    ['0123', "'0123'"],
    ['192.0.2.1/24', '192.0.2.1/24'],
    [100, '100'],
    [true, 'true'],
    [['2001:db8::/32', 'eth0'], "['2001:db8::/32', eth0]"],
    [{ to: 'default', via: 'fe80::1' }, "{to: default, via: 'fe80::1'}"],
  ] as const)('%j is %s', (value, text) => {
    expect(yaml.encode(value as Value)).toBe(text)
  })

  test.each(['a\nb', 'a\0b', 'a\u2028b', 'a\u0085b', '\ufeff', '\ud800', '\x7f'])('refuses %j', text => {
    expect(yaml.encode(text)).toBeUndefined()
    expect(yaml.encode([{ a: text }])).toBeUndefined()
    expect(yaml.encode({ [text]: 1 })).toBeUndefined()
  })
})

describe('statements', () => {
  test('pairs, lists and what stands inside of them', () => {
    const text = 'network:\n  bonds:\n    bond0: {interfaces: [eth0, eth1], mtu: 9000}\n  version: 2\n'
    const [network] = yaml.statements(text, '').statements
    expect(network?.inside.map(({ name, value }) => [name, value])).toEqual([
      ['bonds', { bond0: { interfaces: ['eth0', 'eth1'], mtu: 9000 } }],
      ['version', 2],
    ])
    const bond = network?.inside[0]?.inside[0]
    expect(text.slice(bond?.key.start, bond?.key.end)).toBe('bond0')
    const [interfaces, mtu] = bond?.inside ?? []
    expect(text.slice(mtu?.at.start, mtu?.at.end)).toBe('9000')
    expect(interfaces?.inside.map(({ at }) => text.slice(at.start, at.end))).toEqual(['eth0', 'eth1'])
  })

  test('an alias has the value of its anchor', () => {
    const { statements } = yaml.statements('a: &x [1, 2]\nb: *x\nc:\n', '')
    expect(statements.map(({ name, value }) => [name, value])).toEqual([
      ['a', [1, 2]],
      ['b', [1, 2]],
      ['c', undefined],
    ])
  })

  test('what is not YAML is said with its place', () => {
    const { statements, diagnostics } = yaml.statements('a: 1\nb: [1, 2\n', 'c.yaml')
    expect(statements).toEqual([])
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'yaml-syntax',
        severity: 'error',
        region: expect.objectContaining({ file: 'c.yaml' }),
      }),
    ])
  })

  test('any text is read without an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          fc.stringMatching(/^[\n:{}[\],&*!|> a1-]{0,30}$/),
        ),
        text => {
          yaml.statements(text, '')
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('hostile files cost bounded time', () => {
  test.each([
    [
      'aliases that unfold without end',
      `a0: &a0 [x, x]\n${Array.from({ length: 60 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`).join('\n')}\n`,
    ],
    ['brackets without end', `a: ${'['.repeat(50_000)}`],
    ['mappings without end', `${Array.from({ length: 200 }, (_, at) => `${' '.repeat(at)}k:\n`).join('')}`],
  ])('%s', (_, text) => {
    const { statements, diagnostics } = yaml.statements(text, 'x.yaml')
    expect(statements).toEqual([])
    expect(diagnostics).toMatchObject([{ code: expect.stringMatching(/^yaml-/), severity: 'error' }])
  })
})
