import { describe, expect, test } from 'vitest'
import { limits } from '../../src/intent/limits.ts'
import { piecesOf, sectionsOf } from '../../src/intent/yaml/sections.ts'
import { effortMs } from '../support/effort.ts'
import { briefs, read } from '../support/yaml.ts'

describe('hostile text costs little', () => {
  const repeated = (text: string, count: number): string => text.repeat(count)
  const bomb = Array.from({ length: 60 }, (_, level) => {
    const inner = Array(9).fill(level === 0 ? 'x' : `*a${level - 1}`)
    return `a${level}: &a${level} [${inner.join(', ')}]`
  }).join('\n')
  const chain = Array.from(
    { length: 10_000 },
    (_, level) => `a${level}: &a${level} [${level === 0 ? 'x' : `*a${level - 1}`}]`,
  )
  const cases: Readonly<Record<string, readonly [text: string, code: string | undefined]>> = {
    'nested lists': [repeated('[', 10_000), 'yaml-too-deep'],
    'nested mappings': [repeated('{a: ', 10_000), 'yaml-too-deep'],
    'nested dashes': [repeated('- ', 100_000), 'yaml-too-deep'],
    'nested blocks': [
      Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'yaml-too-deep',
    ],
    'aliases of aliases': [bomb, 'yaml-aliases-too-large'],
    'a chain of aliases': [chain.join('\n'), 'yaml-too-deep'],
    'an alias inside of itself': ['&a [*a, {b: *a}]', 'yaml-alias-inside-itself'],
    'many anchors': [Array.from({ length: 100_000 }, (_, i) => `- &a${i} x`).join('\n'), undefined],
    'many anchors in a row': [repeated('&a ', 300_000), 'yaml-syntax'],
    'anchors line by line': [repeated('&a\n', 300_000), 'yaml-syntax'],
    'many unknown aliases': [repeated('- *a\n', 100_000), 'yaml-alias-unknown'],
    'many keys twice': [repeated('a: 1\n', 200_000), 'yaml-key-twice'],
    'an open quote': [`"${repeated('a\n', 300_000)}`, 'yaml-syntax'],
    'open brackets line by line': [repeated('a: [\n', 100_000), 'yaml-syntax'],
    'wrong hosts': [`hosts:\n${repeated('  a: @\n', 100_000)}`, 'yaml-syntax'],
    commas: [`[${repeated(',', 300_000)}`, 'yaml-syntax'],
    'colons on one line': [`a${repeated(' :', 300_000)}`, 'yaml-syntax'],
    'a long tag': [`a: !${repeated('x', 1_000_000)} b`, 'yaml-tag-unknown'],
    'a long key twice': [repeated(`${repeated('k', 500_000)}: 1\n`, 2), 'yaml-key-twice'],
    'a long number': [`a: ${repeated('9', 1_000_000)}`, undefined],
    'blank lines': [repeated('\n', 1_000_000), undefined],
    documents: [repeated('---\n', 100_000), undefined],
    'full documents': [repeated('--- a\n', 100_000), 'yaml-several-documents'],
  }

  test.each(Object.entries(cases))('%s', (_, [text, code]) => {
    const start = effortMs()
    const { diagnostics } = read(text)
    // Seconds, on a busy machine; quadratic time would be minutes.
    expect(effortMs() - start).toBeLessThan(20_000)
    expect(diagnostics.length).toBeLessThanOrEqual(2 * limits.complaints + 2)
    if (code === undefined) expect(diagnostics).toEqual([])
    else expect(diagnostics[0]?.code).toBe(code)
    for (const { region } of diagnostics) expect(region).toBeDefined()
  })

  test('what aliases repeat stays bounded in the value too', () => {
    const { value } = read(bomb, { ...limits, aliasedValues: 10_000 })
    let count = 0
    const walk = (inner: unknown): void => {
      count++
      if (typeof inner === 'object' && inner !== null) for (const child of Object.values(inner)) walk(child)
    }
    walk(value?.value)
    expect(count).toBeLessThan(12_000)
    const depth = (inner: unknown): number =>
      typeof inner === 'object' && inner !== null ? 1 + Math.max(0, ...Object.values(inner).map(depth)) : 0
    expect(depth(read(chain.join('\n')).value?.value)).toBeLessThanOrEqual(limits.depth)
  })

  test('what goes beyond the listed complaints is counted', () => {
    const { diagnostics } = read('[a: 1, a: 2]\n'.replace('a: 1, a: 2', Array(500).fill('{b, b}').join(',')))
    expect(diagnostics).toHaveLength(limits.complaints + 1)
    expect(diagnostics.at(-1)?.message).toBe(
      '300 more errors of the kind yaml-key-twice are in this file and not listed',
    )
  })

  test('too many lines or entries are refused before they cost memory, at the first too many', () => {
    const small = { ...limits, lines: 100, entries: 1000, entriesAtOnce: 500 }
    expect(briefs('', read('\n'.repeat(200), small).diagnostics)).toEqual(['yaml-too-large 101:1'])
    expect(read(`{${'a,'.repeat(600)}}`, small).diagnostics).toMatchObject([
      { code: 'yaml-too-large', region: { column: 1001 } },
    ])
    expect(read(`{${'a,'.repeat(2000)}}`, small).diagnostics).toMatchObject([
      { code: 'yaml-too-large', region: { column: 2001 } },
    ])
    expect(read(`a: ${'b'.repeat(5000)}`, small).diagnostics).toEqual([])
  })
})

describe('cutting a file', () => {
  const text = `# head
hosts: # all of them
  s1:
    a: |
      x
  # between

  s2: {b: [
      1
  ]}
  "s3": 1
profiles: {}
traffic:
- a
-  b
`
  const parts = (all: readonly { start: number; end: number }[]): string[] =>
    all.map(({ start, end }) => text.slice(start, end))

  test('sections are the outermost entries, and those of keys with nothing beside them', () => {
    expect(parts(sectionsOf(text))).toEqual([
      'hosts: # all of them\n',
      '  s1:\n    a: |\n      x\n  # between\n\n',
      '  s2: {b: [\n      1\n  ]}\n',
      '  "s3": 1\n',
      'profiles: {}\n',
      'traffic:\n',
      '- a\n',
      '-  b\n',
    ])
    expect(sectionsOf('[a,\nb]')).toEqual([])
    expect(sectionsOf('a: 1\n---\nb: 1')).toEqual([])
  })

  test('pieces begin at words, hold everything, and say whether they go on inside', () => {
    const pieces = piecesOf(text, 1)
    expect(parts(pieces)).toEqual([
      '# head\nhosts: # all of them\n  s1:\n    a: |\n      x\n  # between\n\n',
      '  s2: {b: [\n      1\n  ]}\n',
      '  "s3": 1\n',
      'profiles: {}\n',
      'traffic:\n- a\n-  b\n',
    ])
    expect(pieces.map(({ inner }) => inner)).toEqual([false, true, true, false, false])
    expect(piecesOf(' a: 1\nb: 2', 1)).toEqual([])
  })

  test.each([
    ['an end of the document between them', 'a: 1\n...\nb: 2\n'],
    ['a less indented entry', 'a:\n    b: 1\n    c: 2\n  d: 3\n  e: 4\n'],
    ['a list below the key', 'a:\n  - b\n  - c\nd: 1\n'],
    ['a text that goes on', 'a:\n  b\n  c: 1\n  d: 2\n'],
    ['an explicit key', 'a: 1\n? b\n: c\nd: 1\ne: 2\n'],
    ['a block scalar of all', '--- |\nhosts:\n  s1: 1\n  s2: 2\nx: 1\n'],
    ['a quote over all', 'a: "\n  b: 1\n  c: 2\n"\nd: 3\n'],
    ['handles of tags', '%TAG !e! tag:yaml.org,2002:\n---\na: !e!str 1\nb: !e!str 2\nc: !e!int 3\n'],
    ['a tag on the whole', '!!map\na: 1\nb: 2\nc: 3\n'],
    ['an anchor on the whole', '&x\na: 1\nb: 2\nc: *x\n'],
  ])('%s is not cut wrongly', (_, odd) => {
    const [inPieces, atOnce] = [1, 1_000_000].map(pieceLength => read(odd, { ...limits, pieceLength }))
    expect(inPieces?.value?.value).toEqual(atOnce?.value?.value)
    expect(inPieces?.diagnostics).toEqual(atOnce?.diagnostics)
  })

  test('a file read in pieces is what it is when read at once', () => {
    const entry = (name: string): string =>
      `  ${name}:\n    mtu: 9000\n    members: [a, b]\n    note: |\n      ${name}\n`
    const hosts = Array.from({ length: 400 }, (_, index) => entry(`s${index}`)).join('')
    const whole = `# top\nprofiles: {p: &p {mode: 1}}\nhosts:\n${hosts}  last: *p\nswitches: {}\nhosts: 2\n`
    const [inPieces, atOnce] = [1000, 1_000_000].map(pieceLength => read(whole, { ...limits, pieceLength }))
    expect(piecesOf(whole, whole.length / 8).length).toBeGreaterThan(5)
    expect(inPieces?.value?.value).toEqual(atOnce?.value?.value)
    expect(inPieces?.diagnostics).toEqual(atOnce?.diagnostics)
    expect(briefs(whole, inPieces?.diagnostics)).toEqual(['yaml-key-twice 2006:1 hosts'])
    for (const path of [
      ['hosts', 's399', 'members', 1],
      ['hosts', 'last', 'mode'],
      ['hosts', 's200', 'note'],
      ['switches'],
    ]) {
      const place = { path, part: 'value' as const }
      expect(inPieces?.value?.origin.regionOf(place)).toEqual(atOnce?.value?.origin.regionOf(place))
    }
  })
})
