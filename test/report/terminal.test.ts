import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bar, displayWidth, paint, table, wrap } from '../../src/report/terminal.ts'
import { graphemes } from '../../src/report/width.ts'
import { effortMs } from '../support/effort.ts'

const printable = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom('a', 'b', ' ', '東', 'é', '👩‍🔧', '-'), maxLength: 120 }),
  )
  .map(text => text.replace(/\p{Cc}/gu, ''))

describe('displayWidth', () => {
  test.each([
    ['', 0],
    ['bond0', 5],
    ['naïve', 5],
    ['e\u0301', 1],
    ['東京', 4],
    ['한국어', 6],
    ['\u1112\u1161\u11ab', 2],
    ['ｗｉｄｅ', 8],
    ['ｶﾅ', 2],
    ['👍', 2],
    ['👍🏽', 2],
    ['👩‍🔧', 2],
    ['🇩🇪', 2],
    ['1️⃣', 2],
    ['❤️', 2],
    ['❤', 1],
    ['→ …', 3],
    ['नी', 2],
    ['\x1b[1;31merror\x1b[0m', 5],
    ['\x1b[1m東\x1b[0m', 2],
  ])('%j is %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns)
  })

  test('agrees with the properties of every code point', () => {
    const wide = /^(?:\p{Unified_Ideograph}|\p{Script=Hiragana}|\p{Emoji_Presentation})$/u
    const marks = /^[\p{Mn}\p{Me}]$/u
    const narrow = /^(?![\uff00-\uff5f])[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u
    const wrong: string[] = []
    for (let code = 0x20; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code)
      const expected = marks.test(character)
        ? 0
        : wide.test(character)
          ? 2
          : narrow.test(character)
            ? 1
            : undefined
      if (expected !== undefined && displayWidth(character) !== expected) wrong.push(code.toString(16))
    }
    expect(wrong).toEqual([])
  })

  test('is the sum over graphemes', () => {
    fc.assert(
      fc.property(printable, text => {
        const sum = graphemes(text).reduce((columns, each) => columns + displayWidth(each), 0)
        expect(displayWidth(text)).toBe(sum)
      }),
    )
  })

  test('takes long ASCII in one pass', () => {
    const text = 'x'.repeat(10_000_000)
    const begin = effortMs()
    expect(displayWidth(text)).toBe(10_000_000)
    // Grapheme by grapheme this is many seconds.
    expect(effortMs() - begin).toBeLessThan(2000)
  })
})

describe('wrap', () => {
  test('breaks at spaces and indents what follows', () => {
    expect(wrap('one two three four', 10, '  ')).toEqual(['one two', '  three', '  four'])
    expect(wrap('one two three', 10, '', 7)).toEqual(['one', 'two three'])
    expect(wrap('overlong', 10, '', 7)).toEqual(['', 'overlong'])
    expect(wrap('', 10)).toEqual([''])
    expect(wrap('as  it   is', 80)).toEqual(['as  it   is'])
    expect(wrap('para one\n\npara two', 80, '  ')).toEqual(['para one', '', '  para two'])
    expect(wrap(' exact', 5)).toEqual(['exact'])
    expect(wrap('never', Number.POSITIVE_INFINITY)).toEqual(['never'])
  })

  test('breaks a word that is longer than a line, between graphemes', () => {
    expect(wrap('see /a/very/long/path now', 8)).toEqual(['see /a/v', 'ery/long', '/path', 'now'])
    expect(wrap('東京都港区', 5)).toEqual(['東京', '都港', '区'])
    expect(wrap('👩‍🔧👩‍🔧👩‍🔧', 4)).toEqual(['👩‍🔧👩‍🔧', '👩‍🔧'])
  })

  test('no line is wider than asked for, and no word is lost', () => {
    fc.assert(
      fc.property(printable, fc.integer({ min: 8, max: 50 }), fc.nat(4), (text, width, indent) => {
        const lines = wrap(text, width, ' '.repeat(indent))
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        for (const line of lines.slice(1))
          expect(line.startsWith(' '.repeat(indent)) || line === '').toBe(true)
      }),
    )
  })

  test('is greedy: the next word would not have fitted', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '東'), minLength: 1, maxLength: 5 }))
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 30 }), (list, width) => {
        const lines = wrap(list.join(' '), width)
        for (const [index, line] of lines.slice(0, -1).entries()) {
          const next = lines[index + 1]?.split(' ')[0] ?? ''
          expect(displayWidth(`${line} ${next}`)).toBeGreaterThan(width)
        }
      }),
    )
  })
})

test('paint writes plain attributes, and nothing without colour', () => {
  expect(paint(true).error('x')).toBe('\x1b[1;31mx\x1b[0m')
  expect(paint(true).error('')).toBe('')
  expect(paint(false).error('x')).toBe('x')
})

describe('table', () => {
  const rows = [
    ['bond0', '802.3ad', '2'],
    ['東京', 'active-backup', '12'],
  ]

  test('aligns by display width and leaves no trailing space', () => {
    expect(
      table(rows, { width: 80, header: ['name', 'mode', 'links'], align: ['left', 'left', 'right'] }),
    ).toBe(
      ['name   mode           links', 'bond0  802.3ad            2', '東京   active-backup     12'].join(
        '\n',
      ),
    )
  })

  test('wraps the widest column first', () => {
    const text = 'why two links of one gigabit give a single stream one gigabit'
    expect(
      table(
        [
          ['topic', text],
          ['x', 'y'],
        ],
        { width: 40 },
      ),
    ).toBe(
      ['topic  why two links of one gigabit give', '       a single stream one gigabit', 'x      y'].join(
        '\n',
      ),
    )
  })

  test('colours after laying out', () => {
    const style = (text: string, row: number, column: number) =>
      row === -1 ? `<${text}>` : column === 0 ? `[${text}]` : text
    expect(table([['a', 'b']], { width: 80, header: ['one', 'two'], style })).toBe('<one>  <two>\n[a]    b')
  })

  test('fits where it can, whatever the cells are', () => {
    const anyRows = fc.array(fc.array(printable, { maxLength: 4 }), { maxLength: 5 })
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 40, max: 100 }), (cells, width) => {
        for (const line of table(cells, { width }).split('\n')) {
          expect(displayWidth(line)).toBeLessThanOrEqual(width)
          expect(line).not.toMatch(/ $/)
        }
      }),
    )
  })
})

describe('bar', () => {
  test.each([
    [0, 4, '    '],
    [1, 4, '████'],
    [0.5, 4, '██  '],
    [0.53125, 4, '██▏ '],
    [1e-9, 4, '▏   '],
    [1 - 1e-9, 4, '███▉'],
    [-1, 2, '  '],
    [7, 2, '██'],
    [Number.NaN, 2, '  '],
  ])('%d of %i columns', (fraction, width, expected) => {
    expect(bar(fraction, width)).toBe(expected)
  })

  test('takes its width and grows with the fraction', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true })
    const filled = (text: string) =>
      [...text].reduce((sum, block) => sum + (block === ' ' ? 0 : 0x2590 - (block.codePointAt(0) ?? 0)), 0)
    fc.assert(
      fc.property(unit, unit, fc.integer({ min: 1, max: 60 }), (a, b, width) => {
        expect(displayWidth(bar(a, width))).toBe(width)
        if (a <= b) expect(filled(bar(a, width))).toBeLessThanOrEqual(filled(bar(b, width)))
      }),
    )
  })
})
