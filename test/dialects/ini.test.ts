// INI: what is encoded reads back or is refused, and what others write is taken apart with every word in its place.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Statement } from '../../src/dialects/dialect.ts'
import { ini } from '../../src/dialects/ini.ts'

const hostileCharacters = [
  ...'\n\r\t\v\f\0\x1b\x7f\x85\u00a0\u2028\u2029\ufeff\ud800"\'\\%$#;=[]{}<>|&`! abcZ09.:/-+@~,*?',
  '\n[Bond]\nMode=802.3ad',
  '\\\n',
  '%n',
  '{{name}}',
]

const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...hostileCharacters), { maxLength: 8 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.string(),
)

/** Section, key and value of every assignment. */
const assignments = (text: string) => {
  const { statements, diagnostics } = ini.statements(text, 'a.network')
  expect(diagnostics).toEqual([])
  return statements.flatMap(({ name, value, inside }) =>
    value === undefined ? inside.map(inner => [name, inner.name, inner.value]) : [['', name, value]],
  )
}

describe('encode', () => {
  test('what is encoded reads back as it was, and as nothing else', () => {
    let written = 0
    fc.assert(
      fc.property(hostileText, text => {
        const encoded = ini.encode(text)
        if (encoded === undefined) return
        written += 1
        const file = `[A]\nBefore=1\nKey=${encoded}\nAfter=2\n`
        expect(assignments(file)).toEqual([
          ['A', 'Before', '1'],
          ['A', 'Key', text],
          ['A', 'After', '2'],
        ])
      }),
      { numRuns: 2000 },
    )
    expect(written).toBeGreaterThan(200)
  })

  test.each([
    'a\nb',
    'a\rb',
    'a\u0085b',
    'a\u2028b',
    'a\0b',
    'a\tb',
    ' a',
    'a ',
    '#a',
    ';a',
    'a\\',
    'a\\nb',
    'a%b',
    '"a"',
    "a'b",
    '',
    '\ud800',
    '\ufeffa',
  ])('refuses %j', text => {
    expect(ini.encode(text)).toBeUndefined()
  })

  test.each([
    [true, 'yes'],
    [false, 'no'],
    [0, '0'],
    [-5, '-5'],
    [4294967295, '4294967295'],
    ['2001:db8::1/64', '2001:db8::1/64'],
    ['a#b;c', 'a#b;c'],
    ['ä=ß', 'ä=ß'],
  ])('%j is %s', (value, text) => {
    expect(ini.encode(value)).toBe(text)
  })

  test.each([[0.5], [Number.NaN], [['a']], [{ a: 1 }]])('%j has no one way to be written', value => {
    expect(ini.encode(value)).toBeUndefined()
  })
})

describe('statements', () => {
  test('sections, keys, comments and repetition', () => {
    const text = [
      '\ufeff# a comment',
      'Stray = 1',
      '[Match]',
      '  Name = eth0  ',
      '; another',
      '',
      '[Route]',
      'Gateway=192.0.2.1',
      'Empty=',
      '[Route]\r',
      'Gateway=a=b # no comment\r',
    ].join('\n')
    expect(assignments(text)).toEqual([
      ['', 'Stray', '1'],
      ['Match', 'Name', 'eth0'],
      ['Route', 'Gateway', '192.0.2.1'],
      ['Route', 'Empty', ''],
      ['Route', 'Gateway', 'a=b # no comment'],
    ])
    expect(ini.statements(text, '').statements.filter(({ name }) => name === 'Route')).toHaveLength(2)
  })

  test('a backslash at the end continues a line, over comments, and an escaped one does not', () => {
    const text = '[S]\nA=one \\\n# passed over\n ; this too\n   two\\\nthree\nB=four\\\\\nC=five\\'
    expect(assignments(text)).toEqual([
      ['S', 'A', 'one     two three'],
      ['S', 'B', 'four\\\\'],
      ['S', 'C', 'five'],
    ])
    const [section] = ini.statements(text, '').statements
    const [first] = section?.inside ?? []
    expect(text.slice(first?.at.start, first?.at.end)).toBe(
      'one \\\n# passed over\n ; this too\n   two\\\nthree',
    )
  })

  test('what cannot be read is said with its line, and the rest is read', () => {
    const text = '[A]\nKey=1\nno sign\n=no name\n[Broken\nLost=2\n[]\n[B]\n  oops \\\n more\nKey=3\n'
    const { statements, diagnostics } = ini.statements(text, 'b.netdev')
    expect(statements.map(({ name, inside }) => [name, inside.map(one => one.name)])).toEqual([
      ['A', ['Key']],
      ['B', ['Key']],
    ])
    expect(diagnostics.map(({ code, region }) => [code, region])).toEqual(
      [
        [3, 8],
        [4, 9],
        [5, 8],
        [7, 3],
        [9, 9],
      ].map(([line = 0, endColumn]) => [
        'ini-syntax',
        { file: 'b.netdev', line, column: 1, endLine: line, endColumn },
      ]),
    )
  })

  const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9.:/-]{0,9}$/)
  const blanks = fc.stringMatching(/^[ \t]{0,3}$/)
  const line = fc.oneof(
    { weight: 4, arbitrary: fc.record({ key: word, value: fc.oneof(word, fc.constant('')), pad: blanks }) },
    { weight: 1, arbitrary: fc.record({ section: word, pad: blanks }) },
    { weight: 1, arbitrary: fc.constantFrom({ comment: '# c = d' }, { comment: ' ;[x]' }, { comment: '' }) },
  )

  test('the text at every span is the word that was read', () => {
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        const text = lines
          .map(one => {
            if ('comment' in one) return one.comment
            if ('section' in one) return `${one.pad}[${one.section}]${one.pad}`
            return `${one.pad}${one.key}${one.pad}=${one.pad}${one.value}${one.pad}`
          })
          .join(end)
        const { statements, diagnostics } = ini.statements(text, '')
        expect(diagnostics).toEqual([])
        const flat = statements.flatMap((one): readonly Statement[] => [one, ...one.inside])
        expect(flat.map(({ name, value }) => [name, value])).toEqual(
          lines.flatMap(one => {
            if ('comment' in one) return []
            return 'section' in one ? [[one.section, undefined]] : [[one.key, one.value]]
          }),
        )
        for (const { name, value, key, at } of flat) {
          const named = text.slice(key.start, key.end)
          expect(named).toBe(value === undefined ? `[${name}]` : name)
          expect(text.slice(at.start, at.end)).toBe(value === undefined || value === '' ? named : value)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('any text is read without an exception, with spans inside of it', () => {
    fc.assert(
      fc.property(hostileText, fc.array(hostileText), (first, rest) => {
        const text = [first, ...rest].join('\n[S]\n')
        const { statements } = ini.statements(text, '')
        for (const { key, at, inside } of [...statements, ...statements.flatMap(one => one.inside)]) {
          for (const { start, end } of [key, at, ...inside.map(one => one.at)]) {
            expect(start).toBeLessThanOrEqual(end)
            expect(end).toBeLessThanOrEqual(text.length)
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('a large file takes time in proportion to its size', () => {
    const text = `[S]\n${'Key=\\\\\\\\value \\\n'.repeat(20_000)}end\n${'\\'.repeat(100_000)}\n`
    expect(ini.statements(text, '').statements).toHaveLength(1)
  })
})
