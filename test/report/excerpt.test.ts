import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excerpt, show } from '../../src/report/excerpt.ts'
import { displayWidth, paint } from '../../src/report/terminal.ts'
import { effortMs } from '../support/effort.ts'
import { find } from './support.ts'

const options = { gutter: 1, width: 80, mark: '^', style: 'error', paint: paint(false) } as const
const draw = (source: string, needle: string, to = needle, more: object = {}) => {
  const { region, lines } = find('f', source, needle, to)
  return excerpt(region, lines, { ...options, ...more }).join('\n')
}

describe('one line', () => {
  test.each([
    ['plain', 'mode: 4', '4', ['1 | mode: 4', '  |       ^']],
    ['after tabs', '\tbond-mode\t4 x', '4', ['1 |     bond-mode   4 x', '  |                 ^']],
    ['a tab itself', 'a\tb', '\t', ['1 | a   b', '  |  ^^^']],
    ['after wide characters', '名前: 東京 x', 'x', ['1 | 名前: 東京 x', '  |            ^']],
    ['wide characters', 'a 東京', '東京', ['1 | a 東京', '  |   ^^^^']],
    ['after emoji', '👩‍🔧👍🏽🇩🇪 x', 'x', ['1 | 👩‍🔧👍🏽🇩🇪 x', '  |        ^']],
    ['after combining marks', 'e\u0301e\u0301e\u0301 x', 'x', ['1 | e\u0301e\u0301e\u0301 x', '  |     ^']],
    ['half of a surrogate pair', 'a👍b', '\udc4d', ['1 | a👍b', '  |  ^^']],
    ['a control character', 'a\x1b[2Jb', '\x1b', ['1 | a\\x1b[2Jb', '  |  ^^^^']],
    ['after an override', '\u202ex', 'x', ['1 | \\u202ex', '  |       ^']],
    ['what a runner obeys', 'a ##[error]b', 'b', ['1 | a \\x23#[error]b', '  |               ^']],
    ['with the rest of a CRLF', 'mode: 4\r', '4', ['1 | mode: 4', '  |       ^']],
  ])('%s', (_, source, needle, expected) => {
    expect(draw(source, needle)).toBe(expected.join('\n'))
  })

  test('an empty region, and one past the end, has one mark', () => {
    const at = (column: number) =>
      excerpt({ file: 'f', line: 7, column, endLine: 7, endColumn: column }, ['a: b'], options).join('\n')
    expect(at(1)).toBe('7 | a: b\n  | ^')
    expect(at(5)).toBe('7 | a: b\n  |     ^')
    expect(at(99)).toBe('7 | a: b\n  |     ^')
  })
})

describe('several lines', () => {
  const source =
    'hosts:\n  s1:\n    bonds:\n      bond0:\n        mode: 4\n        miimon: 100\n        mtu: 9\nend'

  test('hang on a bar', () => {
    expect(draw(source, 's1:', 'bonds:')).toBe(
      ['2 | /   s1:', '3 | |     bonds:', '  | |__________^'].join('\n'),
    )
  })

  test('from the middle of a line', () => {
    expect(draw('a: {b\n  c}', '{b', 'c}')).toBe(
      ['1 |   a: {b', '  |  ____^', '2 | |   c}', '  | |____^'].join('\n'),
    )
  })

  test('are cut in the middle', () => {
    expect(draw(source, 'hosts:', 'mtu: 9')).toBe(
      [
        '1 | / hosts:',
        '2 | |   s1:',
        '3 | |     bonds:',
        '... |',
        '6 | |         miimon: 100',
        '7 | |         mtu: 9',
        '  | |______________^',
      ].join('\n'),
    )
  })

  test('end with the line above where the last one is not touched', () => {
    const region = { file: 'f', line: 1, column: 1, endLine: 3, endColumn: 1 }
    expect(excerpt(region, ['a', 'b', 'c'], options).join('\n')).toBe('1 | / a\n2 | | b\n  | |_^')
    expect(excerpt({ ...region, endLine: 2 }, ['a', 'b'], options).join('\n')).toBe('1 | a\n  | ^')
  })

  test('that are not all there are shown as far as they are', () => {
    const region = { file: 'f', line: 1, column: 2, endLine: 9, endColumn: 4 }
    expect(excerpt(region, ['abc'], options).join('\n')).toBe('1 | abc\n  |  ^^')
  })
})

describe('long lines', () => {
  test('are cut around the place', () => {
    const long = `${'x'.repeat(200)} mode: 4 ${'y'.repeat(200)}`
    expect(draw(long, 'mode')).toBe(
      [`1 | …${'x'.repeat(46)} mode: 4 ${'y'.repeat(19)}…`, `  | ${' '.repeat(48)}^^^^`].join('\n'),
    )
    expect(draw(`mode: 4 ${'y'.repeat(200)}`, 'mode')).toBe(`1 | mode: 4 ${'y'.repeat(66)}…\n  | ^^^^`)
    expect(draw(`${'x'.repeat(200)} mode`, 'mode')).toBe(
      `1 | …${'x'.repeat(69)} mode\n  | ${' '.repeat(71)}^^^^`,
    )
  })

  test('of megabytes take no time', () => {
    const long = `${'東'.repeat(4_000_000)}!${'👩‍🔧'.repeat(1_000_000)}`
    const begin = effortMs()
    expect(draw(long, '!')).toContain('東!👩‍🔧')
    expect(effortMs() - begin).toBeLessThan(2000)
  })

  test('whatever they hold: it fits, and the mark stands under the text', () => {
    const unit = fc.constantFrom('a', ' ', '\t', '東', 'e\u0301', '👩‍🔧', '\x1b', '##[')
    const side = fc.string({ unit, maxLength: 300 })
    fc.assert(
      fc.property(
        side,
        fc.string({ unit: fc.constantFrom('Z', '京'), minLength: 1, maxLength: 9 }),
        side,
        fc.integer({ min: 24, max: 90 }),
        (before, word, after, room) => {
          const line = before + word + after
          const { text, left, right } = show(line, before.length, before.length + word.length, room)
          expect(displayWidth(text)).toBeLessThanOrEqual(room)
          // The marked columns are exactly those of the word.
          let column = 0
          let marked = ''
          for (const character of new Intl.Segmenter('en').segment(text)) {
            if (column >= left && column < right) marked += character.segment
            column += displayWidth(character.segment)
          }
          expect(marked).toBe(word)
        },
      ),
    )
  })

  test('nothing is cut off without need', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 100 }), fc.nat(100), (line, at) => {
        const from = Math.min(at, line.length)
        const { text } = show(line, from, from, 80)
        expect(text.includes('…')).toBe(
          displayWidth(text.replaceAll('…', '')) < line.length && line.length >= 80,
        )
      }),
    )
  })
})
