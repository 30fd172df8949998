import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonText, visible, visibleParts } from '../../src/report/escape.ts'
import { graphemes } from '../../src/report/width.ts'
import { effortMs } from '../support/effort.ts'
import { hostile } from './support.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map(units => String.fromCharCode(...units)),
  fc.constantFrom(...hostile),
)

describe('visible', () => {
  test.each([
    ['plain: text # 4', 'plain: text # 4'],
    ['naïve 東京 👩‍🔧 می‌خواهم', 'naïve 東京 👩‍🔧 می‌خواهم'],
    ['a\tb\r\nc', 'a\\tb\\r\\nc'],
    ['\x1b[31m\x7f\x9b', '\\x1b[31m\\x7f\\x9b'],
    ['\u202e\u2066\u200b\ufeff', '\\u202e\\u2066\\u200b\\ufeff'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\\ud800'],
    ['## [x] #[x]', '## [x] #[x]'],
    ['##[x] ###[x] ##vso[x]', '\\x23#[x] #\\x23#[x] \\x23#vso[x]'],
    ['::1 ::ffff:1 2001:db8::a fe80::group1', '::1 ::ffff:1 2001:db8::a fe80::group1'],
    ['::Error::x ::set-output name=a::b', '\\x3a:Error::x \\x3a:set-output name=a::b'],
  ])('%j', (text, expected) => {
    expect(visible(text)).toBe(expected)
  })

  test('leaves nothing to escape, and what it leaves alone is as it was', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(visible(visible(text))).toBe(visible(text))
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u)
      }),
    )
  })

  test('is the same grapheme by grapheme', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(visibleParts(text, graphemes(text)).join('')).toBe(visible(text))
      }),
    )
  })

  test('takes a long line of the beginnings of commands in linear time', () => {
    const begin = effortMs()
    visible('::add-mask '.repeat(100_000) + '#'.repeat(1_000_000) + '::error'.repeat(100_000))
    expect(effortMs() - begin).toBeLessThan(2000)
  })
})

test('JSON parses to the same value and has no controls but its line breaks', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), anyText, (value, text) => {
      const written = jsonText({ value, text, [text]: 1 })
      expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify({ value, text, [text]: 1 })))
      expect(written.replaceAll('\n', '')).toBe(visible(written.replaceAll('\n', '')))
    }),
  )
})
