import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { limits } from '../../src/intent/limits.ts'
import { decodeText, sourceText } from '../../src/intent/text.ts'
import { badSequenceIn } from '../../src/intent/utf8.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const bytes = (...parts: (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap(part => (typeof part === 'number' ? [part] : [...utf8(part)])))

/** `code line:column-endLine:endColumn` */
const brief = ({ code, region }: Diagnostic): string =>
  `${code} ${region?.line}:${region?.column}-${region?.endLine}:${region?.endColumn}`

describe('lines and columns', () => {
  const source = sourceText('f', 'one\ntwo\r\nthree\rfour\n')

  test.each([
    [0, 3, '1:1-1:4'],
    [4, 7, '2:1-2:4'],
    [9, 14, '3:1-3:6'],
    [15, 19, '4:1-4:5'],
    [20, 20, '5:1-5:1'],
    [2, 11, '1:3-3:3'],
    [-5, 2, '1:1-1:3'],
    [18, 999, '4:4-5:1'],
    [5, 2, '2:2-2:2'],
  ])('the stretch from %i to %i is %s', (start, end, expected) => {
    const { line, column, endLine, endColumn } = source.regionOf(start, end)
    expect(`${line}:${column}-${endLine}:${endColumn}`).toBe(expected)
  })

  test('whole lines come without their breaks, and only of this file', () => {
    const region = (line: number, endLine: number, file = 'f') => ({
      file,
      line,
      column: 1,
      endLine,
      endColumn: 1,
    })
    expect(source.linesOf(region(1, 4))).toEqual(['one', 'two', 'three', 'four'])
    expect(source.linesOf(region(2, 2))).toEqual(['two'])
    expect(source.linesOf(region(5, 9))).toEqual([''])
    expect(source.linesOf(region(1, 1, 'g'))).toEqual([])
  })

  test('columns count UTF-16 units', () => {
    expect(sourceText('f', '😀ü x').regionOf(4, 5)).toMatchObject({ column: 5, endColumn: 6 })
  })

  test('agree with lines counted by hand, in any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'ü', '\u2028'), maxLength: 40 })
    fc.assert(
      fc.property(text, fc.nat(40), (written, offset) => {
        if (offset > written.length) return
        const before = written.slice(0, offset).split(/\r\n|\n|\r(?!$)/)
        const split = written.slice(offset - 1, offset + 1) === '\r\n'
        const afterReturn = written[offset - 1] === '\r' && !split
        const { line, column } = sourceText('f', written).regionOf(offset, offset)
        expect(line).toBe(before.length + (afterReturn ? 1 : 0))
        expect(column).toBe(afterReturn ? 1 : (before.at(-1) ?? '').length + 1)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('decoding', () => {
  test('drops a byte order mark, and counts without it', () => {
    const { value, diagnostics } = decodeText(bytes(0xef, 0xbb, 0xbf, 'a: 1\n'), 'f')
    expect(value?.text).toBe('a: 1\n')
    expect(diagnostics).toEqual([])
    const bad = decodeText(bytes(0xef, 0xbb, 0xbf, 'a: ', 0xff), 'f').diagnostics
    expect(bad.map(brief)).toEqual(['text-not-utf8 1:4-1:5'])
    expect(bad[0]?.message).toContain('byte offset 6')
  })

  test('takes an empty file, and every character that may stand', () => {
    expect(decodeText(bytes(), 'f')).toMatchObject({ value: { text: '' }, diagnostics: [] })
    const all = '\t\n\r ~\u0085\u00A0\u2028\uD7FF\uE000\uFFFD😀'
    expect(decodeText(utf8(all), 'f')).toMatchObject({ value: { text: all }, diagnostics: [] })
  })

  test('says the first byte that is not UTF-8, what it would be in Latin-1, and goes on', () => {
    const { value, diagnostics } = decodeText(bytes('a: 1\nb: gr', 0xfc, 'n\nc: \u0001', 0xe4), 'f')
    expect(diagnostics.map(brief)).toEqual(['text-not-utf8 2:6-2:7', 'text-control-character 3:4-3:5'])
    expect(diagnostics[0]).toMatchObject({
      message: 'the byte 0xFC at byte offset 10 is not UTF-8',
      help: 'save the file as UTF-8; in Latin-1 (ISO 8859-1) this byte is ü',
    })
    expect(value?.text).toBe('a: 1\nb: gr\uFFFDn\nc: \uFFFD\uFFFD')
  })

  test.each([
    ['a lone continuation byte', [0x80], 0],
    ['an overlong slash', [0x61, 0xc0, 0xaf], 1],
    ['an overlong three-byte form', [0xe0, 0x80, 0x80], 0],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 1],
    ['a code point beyond Unicode', [0xf4, 0x90, 0x80, 0x80], 0],
    ['a lead byte that UTF-8 does not have', [0xf5, 0x80], 0],
    ['a broken second character', [0xc3, 0xbc, 0xc3, 0x28], 2],
  ])('finds %s', (_, input, offset) => {
    const { diagnostics } = decodeText(Uint8Array.from(input), 'f')
    expect(diagnostics[0]?.message).toContain(`byte offset ${offset} is not UTF-8`)
  })

  test('says of a file that ends inside a character that it may be cut off', () => {
    const { diagnostics } = decodeText(bytes('a: ', 0xe2, 0x82), 'f')
    expect(diagnostics.map(brief)).toEqual(['text-not-utf8 1:4-1:5'])
    expect(diagnostics[0]?.message).toBe(
      'the file ends in the middle of a character, at byte offset 3; it may have been cut off',
    )
  })

  test('agrees with the strict decoder about what is UTF-8', () => {
    const near = fc.uint8Array({ maxLength: 12 })
    const parts = fc.array(fc.oneof(near, fc.string({ unit: 'binary', maxLength: 2 }).map(utf8)), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(parts, all => {
        const input = Uint8Array.from(all.flatMap(part => [...part]))
        const { offset } = badSequenceIn(input)
        const decode = (part: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(part)
        expect(() => decode(input.subarray(0, offset))).not.toThrow()
        if (offset < input.length) expect(() => decode(input)).toThrow()
      }),
      { numRuns: 3000 },
    )
  })

  test.each([
    ['UTF-16LE', bytes(0xff, 0xfe, 0x61, 0)],
    ['UTF-16BE', bytes(0xfe, 0xff, 0, 0x61)],
    ['UTF-32LE', bytes(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0)],
    ['UTF-32BE', bytes(0, 0, 0xfe, 0xff, 0, 0, 0, 0x61)],
    ['UTF-16LE', Uint8Array.from([...'bonds: {}\n'].flatMap(one => [one.charCodeAt(0), 0]))],
    ['UTF-16BE', Uint8Array.from([...'bonds: {}\n'].flatMap(one => [0, one.charCodeAt(0)]))],
  ])('recognises %s', (name, input) => {
    const { value, diagnostics } = decodeText(input, 'f')
    expect(value).toBeUndefined()
    expect(diagnostics).toMatchObject([
      {
        code: 'text-not-utf8',
        message: `the file is in ${name}; only UTF-8 is read`,
        region: { line: 1, column: 1 },
      },
    ])
  })

  test('says every control character at its place, and goes on without them', () => {
    const { value, diagnostics } = decodeText(utf8('a: \0\n# \x1B[31m\nb: \x7F\u0080\uFEFF\uFFFE'), 'f')
    expect(diagnostics.map(brief)).toEqual([
      'text-control-character 1:4-1:5',
      'text-control-character 2:3-2:4',
      'text-control-character 3:4-3:5',
      'text-control-character 3:5-3:6',
      'text-control-character 3:6-3:7',
      'text-control-character 3:7-3:8',
    ])
    expect(diagnostics.map(({ message }) => message).slice(0, 2)).toEqual([
      'the character U+0000 (NUL) may not stand in a file',
      'the character U+001B (escape) may not stand in a file',
    ])
    expect(diagnostics[0]?.help).toBe('remove it; if it belongs to a value, write "\\u0000" in double quotes')
    expect(value?.text).toBe('a: \uFFFD\n# \uFFFD[31m\nb: \uFFFD\uFFFD\uFFFD\uFFFD')
  })

  test('refuses what is no text', () => {
    const png = bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, 13)
    expect(decodeText(png, 'f')).toMatchObject({ value: undefined, diagnostics: [{ code: 'text-binary' }] })
    const zeros = new Uint8Array(1000)
    expect(decodeText(zeros, 'f')).toMatchObject({ value: undefined, diagnostics: [{ code: 'text-binary' }] })
  })

  test('refuses what is too large, and says both sizes', () => {
    const limit = { ...limits, bytes: 1024 * 1024 }
    const { value, diagnostics } = decodeText(new Uint8Array(1_500_000).fill(0x61), 'f', limit)
    expect(value).toBeUndefined()
    expect(diagnostics.map(brief)).toEqual(['text-too-large 1:1-1:1'])
    expect(diagnostics[0]?.message).toBe('the file has 1.4 MiB, more than the 1 MiB that are read')
    expect(decodeText(new Uint8Array(1024 * 1024).fill(0x61), 'f', limit).diagnostics).toEqual([])
  })
})
