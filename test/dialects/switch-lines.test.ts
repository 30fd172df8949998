// The dialects of switches that are command lines: what is encoded stands in its line as it was and adds no statement; what could
// be a second line, a comment, a quote or a question to a console is refused.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aosS } from '../../src/dialects/aos-s.ts'
import type { Dialect, Statement } from '../../src/dialects/dialect.ts'
import { exos } from '../../src/dialects/exos.ts'
import { fastiron } from '../../src/dialects/fastiron.ts'
import { fastpath } from '../../src/dialects/fastpath.ts'
import { fortios } from '../../src/dialects/fortios.ts'
import { ios } from '../../src/dialects/ios.ts'
import { jetstream } from '../../src/dialects/jetstream.ts'
import { junos } from '../../src/dialects/junos.ts'
import { os9 } from '../../src/dialects/os9.ts'
import { vrp } from '../../src/dialects/vrp.ts'

/** A file with a text in it: in a block, indented or not, or on a line of its own. */
const blocks = { head: 'interface a', indent: ' ', leave: 'exit' }
const layouts: readonly {
  readonly dialect: Dialect
  readonly head: string
  readonly indent: string
  readonly leave: string
}[] = [
  { dialect: ios, ...blocks },
  { dialect: aosS, ...blocks },
  { dialect: jetstream, ...blocks },
  { dialect: os9, ...blocks },
  { dialect: fastiron, ...blocks },
  { dialect: fastpath, ...blocks, indent: '' },
  { dialect: vrp, ...blocks, leave: 'quit' },
  { dialect: fortios, head: 'edit "a"', indent: '    ', leave: 'next' },
  { dialect: exos, head: 'create vlan a', indent: '', leave: '' },
  { dialect: junos, head: 'set vlans a', indent: '', leave: '' },
]

const names = (statements: readonly Statement[]): readonly string[] =>
  statements.flatMap(({ name, inside }) => [name, ...names(inside)])

const text = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.string({ minLength: 1, unit: fc.constantFrom(...' \t"\'\\!;#?|&$\n\r\0a1.:/%=,-[]{}é') }),
  fc.constantFrom('to host1 bond0', 'exit', 'a\nno shutdown', '"', 'a ; reload', '# a', '$(reload)', 'what?'),
)

describe.each(layouts)('$dialect.id', ({ dialect, head, indent, leave }) => {
  test('what is encoded reads back, and the rest is refused', () => {
    fc.assert(
      fc.property(text, value => {
        const encoded = dialect.encode(value)
        if (encoded === undefined) {
          expect(/^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/.test(value)).toBe(false)
          return
        }
        const file = `${head}\n${indent}description ${encoded}\n${indent}mtu 1\n${leave}\nlast\n`
        const { statements, diagnostics } = dialect.statements(file, 'file')
        expect(diagnostics).toEqual([])
        expect(names(statements)).toEqual([head, `description ${value}`, 'mtu 1', 'last'])
      }),
      { numRuns: 1000 },
    )
  })
})
