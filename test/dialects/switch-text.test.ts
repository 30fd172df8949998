// The dialects of switches that are no classic command lines: what is encoded reads back as it was, in the place where a
// table or a template writes it, and adds no statement; the rest is refused.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Dialect } from '../../src/dialects/dialect.ts'
import { json } from '../../src/dialects/json.ts'
import { ovsVsctl } from '../../src/dialects/ovs-vsctl.ts'
import { routeros } from '../../src/dialects/routeros.ts'
import { nvue, vyos } from '../../src/dialects/set-lines.ts'

interface Placing {
  readonly dialect: Dialect
  readonly file: (encoded: string) => string
  readonly reads: (value: string) => readonly string[]
}

const placings: Readonly<Record<string, Placing>> = {
  json: {
    dialect: json,
    file: encoded => `{"A": {"b": {"description": "${encoded}", "mtu": 1}}}`,
    reads: value => [`A b description: ${value}`, 'A b mtu: 1'],
  },
  routeros: {
    dialect: routeros,
    file: encoded => `/interface bonding\nadd name=bond1 comment="${encoded}" \\\n    mtu=1\n`,
    reads: value =>
      ['name=bond1', `comment=${value}`, 'mtu=1'].map(pair => `/interface bonding bond1 ${pair}`),
  },
  vyos: {
    dialect: vyos,
    file: encoded => `set a description '${encoded}'\nset a mtu 1\n`,
    reads: value => [`set a description ${value}`, 'set a mtu 1'],
  },
  nvue: {
    dialect: nvue,
    file: encoded => `nv set a description "${encoded}"\nnv set a mtu 1\n`,
    reads: value => [`nv set a description ${value}`, 'nv set a mtu 1'],
  },
  'ovs-vsctl': {
    dialect: ovsVsctl,
    file: encoded => `ovs-vsctl set port a external_ids:d=${encoded} \\\n  -- set port b tag=1\n`,
    reads: value => [`port a external_ids:d=${value}`, 'port b tag=1'],
  },
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...' \t\\#"\'$`;|&\n\r\0a1.:/%=,-[]{}é\u2028\u0085') }),
  fc.constantFrom(
    'to host1 bond0',
    'a',
    '-',
    '--',
    '"',
    "'",
    '$(reboot)',
    '`reboot`',
    'a\nset b c',
    '\ud800',
  ),
)

describe.each(Object.entries(placings))('%s', (_, { dialect, file, reads }) => {
  test('what is encoded reads back, and the rest is refused', () => {
    fc.assert(
      fc.property(text, value => {
        const encoded = dialect.encode(value)
        if (encoded === undefined) {
          // Refused is only what some reader could take for something else.
          expect(/^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/.test(value)).toBe(false)
          return
        }
        const { statements, diagnostics } = dialect.statements(file(encoded), 'file')
        expect(diagnostics).toEqual([])
        expect(statements.map(({ name }) => name)).toEqual(reads(value))
      }),
      { numRuns: 2000 },
    )
  })
})

test('JSON: every list and every text is the same to another reader', () => {
  const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.array(fc.oneof(text, fc.integer())))
  fc.assert(
    fc.property(value, said => {
      const encoded = json.encode(said)
      const wellFormed = (one: unknown): boolean => typeof one !== 'string' || one.isWellFormed()
      if (encoded === undefined)
        expect(Array.isArray(said) ? said.every(wellFormed) : wellFormed(said)).toBe(false)
      else expect(JSON.parse(typeof said === 'string' ? `"${encoded}"` : encoded)).toEqual(said)
    }),
  )
})

test('what is no JSON, and braces that do not match, are said', () => {
  expect(json.statements('{"a": 1,}', 'x.json').diagnostics).toMatchObject([{ code: 'json-syntax' }])
  expect(json.statements('a: 1', 'x.json').diagnostics).toMatchObject([{ code: 'json-syntax' }])
  expect(vyos.statements('interfaces {\n  a {\n}\n', 'config.boot').diagnostics).toMatchObject([
    { code: 'vyos-syntax' },
  ])
  expect(vyos.statements('interfaces {\n}\n}\n', 'config.boot').diagnostics).toMatchObject([
    { code: 'vyos-syntax' },
  ])
})
