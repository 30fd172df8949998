import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprints, fnv1a64 } from '../../src/report/fingerprint.ts'
import { anyFindings, find, type sample } from './support.ts'

test.each([
  // The vectors that are published with the algorithm.
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['b', 'af63df4c8601f1a5'],
  ['foobar', '85944171f73967e8'],
  ['chongo was here!\n', '46810940eff5f915'],
])('FNV-1a of %j', (text, expected) => {
  expect(fnv1a64(text)).toBe(expected)
})

test('FNV-1a is that of big integers', () => {
  const plain = (text: string) => {
    let hash = 0xcbf29ce484222325n
    for (const byte of new TextEncoder().encode(text)) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
    }
    return hash.toString(16).padStart(16, '0')
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(fnv1a64(text)).toBe(plain(text))
    }),
  )
})

describe('a fingerprint', () => {
  const source = 'a: 1\nbond0:\n  miimon: 100\nbond1:\n  miimon: 100\n'
  const second = 'bond1:\n  miimon: 100'
  const finding = (text: string, needle: string) => ({
    code: 'c',
    severity: 'error' as const,
    message: 'm',
    ...find('f', text, needle, needle.split('\n').at(-1)),
  })

  test('stays when lines are added above and when the line is indented differently', () => {
    const before = fingerprints([finding(source, 'miimon: 100')])
    expect(fingerprints([finding(`# new\n\n${source}`, 'miimon: 100')])).toEqual(before)
    expect(fingerprints([finding(source.replaceAll('  ', '\t '), 'miimon: 100')])).toEqual(before)
    expect(fingerprints([{ ...finding(source, 'miimon: 100'), message: 'other words' }])).toEqual(before)
  })

  test('differs by code, file and wording of the line', () => {
    const one = finding(source, 'miimon: 100')
    const all = [
      one,
      { ...one, code: 'd' },
      { ...one, region: { ...one.region, file: 'g' } },
      { ...one, lines: ['  miimon: 200'] },
    ]
    expect(new Set(all.flatMap(each => fingerprints([each]))).size).toBe(4)
  })

  test('of equal lines differs by order', () => {
    const both = fingerprints([
      finding(source, 'miimon: 100'),
      finding(source.replace('miimon', 'x'), 'miimon: 100'),
    ])
    expect(both.map(name => name.split(':')[1])).toEqual(['1', '2'])
    expect(both[0]?.split(':')[0]).toBe(both[1]?.split(':')[0])
  })

  test('follows the meaning where it is known, and the wording may change', () => {
    const at = { path: ['bonds', 'bond1', 'miimon'], part: 'value' as const }
    const one = { ...finding(source, second), at }
    expect(fingerprints([{ ...one, lines: ['  miimon: 250'] }])).toEqual(fingerprints([one]))
    expect(fingerprints([{ ...one, at: { ...at, path: ['bonds', 'bond0', 'miimon'] } }])).not.toEqual(
      fingerprints([one]),
    )
  })

  test('is unique in a report, and says nothing of line numbers', () => {
    const moved = (by: number) => (found: (typeof sample)[number]) =>
      found.region === undefined
        ? found
        : {
            ...found,
            region: { ...found.region, line: found.region.line + by, endLine: found.region.endLine + by },
          }
    fc.assert(
      fc.property(anyFindings, fc.integer({ min: 1, max: 1000 }), (findings, by) => {
        const names = fingerprints(findings)
        expect(new Set(names).size).toBe(findings.length)
        expect(fingerprints(findings.map(moved(by)))).toEqual(names)
      }),
    )
  })
})
