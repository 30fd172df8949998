// Shell text: what is encoded reads back or is refused, what a shell itself makes of it is the same, and what others write
// is taken apart with every word in its place.

import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Statement } from '../../src/dialects/dialect.ts'
import { shell } from '../../src/dialects/shell.ts'

const hostileText = fc.oneof(
  fc
    .array(
      fc.constantFrom(...'\n\r\t\0\x1b\u2028\ud800"\'\\%$#;=[]{}<>|&`! abcZ09.:/-+@~,*?()', '$(id)', '${x}'),
      {
        maxLength: 8,
      },
    )
    .map(parts => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.string(),
)

/** Assignments and commands, as plain data. */
const plain = (text: string) => {
  const { statements, diagnostics } = shell.statements(text, 'script')
  expect(diagnostics).toEqual([])
  return statements.map(({ name, value, inside }) =>
    value === undefined ? [name, ...inside.map(word => word.value)] : { [name]: value },
  )
}

describe('encode', () => {
  test('what is encoded reads back as it was, and as nothing else', () => {
    let written = 0
    fc.assert(
      fc.property(hostileText, text => {
        const encoded = shell.encode(text)
        if (encoded === undefined) return
        written += 1
        expect(plain(`A=1\nB=${encoded}\nrun ${encoded} C\n`)).toEqual([
          { A: '1' },
          { B: text },
          ['run', text, 'C'],
        ])
      }),
      { numRuns: 2000 },
    )
    expect(written).toBeGreaterThan(200)
  })

  test('a shell reads the same', () => {
    const words = fc.sample(hostileText, { numRuns: 2000, seed: 5 }).flatMap(text => {
      const encoded = shell.encode(text)
      return encoded === undefined ? [] : [{ text, encoded }]
    })
    const script = words.map(({ encoded }) => `B=${encoded}; printf '%s\\n' "$B" ${encoded}`).join('\n')
    const out = execFileSync('/bin/sh', ['-eu'], { input: script, encoding: 'utf8' })
    expect(out).toBe(words.map(({ text }) => `${text}\n${text}\n`).join(''))
  })

  test.each([
    '',
    ' a',
    'a ',
    'a  b',
    'a\nb',
    'a"b',
    "a'b",
    'a$b',
    'a`b',
    'a\\b',
    'a;b',
    'a#b',
    'a*',
    '~',
    'ü',
  ])('refuses %j', text => {
    expect(shell.encode(text)).toBeUndefined()
  })

  test.each([
    [true, 'yes'],
    [-5, '-5'],
    [['a', 1], '"a 1"'],
    ['2001:db8::1/64', '2001:db8::1/64'],
    ['mode=4 miimon=100', '"mode=4 miimon=100"'],
  ])('writes %j as %s', (value, text) => {
    expect(shell.encode(value)).toBe(text)
  })
})

describe('statements', () => {
  test.each<[string, unknown]>([
    ['A=1 # comment\n#B=2\nC="x y"', [{ A: '1' }, { C: 'x y' }]],
    ['A=\'it is\'" so"', [{ A: 'it is so' }]],
    ['A=a\\ b\\\nc', [{ A: 'a bc' }]],
    ['there b || ip link add b; x && y', [['there', 'b'], ['ip', 'link', 'add', 'b'], ['x'], ['y']]],
    [
      'if [ -e "$1" ]; then\n  ip a\nfi',
      [
        ['[', '-e', '$1', ']'],
        ['ip', 'a'],
      ],
    ],
    ['f() { ip a; }', [['f'], ['ip', 'a']]],
    ['echo "+eth0" > /sys/x', [['echo', '+eth0', '/sys/x']]],
    ['ip link del b 2>/dev/null || true', [['ip', 'link', 'del', 'b'], ['true']]],
    ['A=$(ip -o link | wc -l)\nB=1', [{ A: '$(ip -o link | wc -l)' }, { B: '1' }]],
    ['A=1 B=2 run x', [{ A: '1' }, { B: '2' }, ['run', 'x']]],
    ['default via 192.0.2.1 dev bond0', [['default', 'via', '192.0.2.1', 'dev', 'bond0']]],
  ])('%j', (text, statements) => {
    expect(plain(text)).toEqual(statements)
  })

  test('every word stands where it says', () => {
    const text = 'A="x y"\nip link  add "b 0" >  \'/f\'\n'
    const { statements } = shell.statements(text, 'script')
    const spots = (one: Statement): string[] => [
      text.slice(one.key.start, one.key.end),
      text.slice(one.at.start, one.at.end),
      ...one.inside.flatMap(spots),
    ]
    expect(statements.map(spots)).toEqual([
      ['A', 'x y'],
      ['ip', 'ip', 'link', 'link', 'add', 'add', '"b 0"', 'b 0', "'/f'", '/f'],
    ])
  })

  test('a quote that is never closed is told, where it opens', () => {
    const { diagnostics } = shell.statements('A=1\nB="x\nC=2\n', 'script')
    expect(diagnostics).toMatchObject([{ code: 'shell-syntax', region: { line: 2, column: 3 } }])
  })

  test('never throws', () => {
    fc.assert(
      fc.property(hostileText, text => void shell.statements(text, 'script')),
      { numRuns: 2000 },
    )
  })
})
