import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearest } from '../../src/diagnostics/nearest.ts'

const options = [
  'mode',
  'miimon',
  'lacp-rate',
  'lacp-active',
  'xmit-hash-policy',
  'updelay',
  'downdelay',
  'use',
  'mtu',
  'mac',
]

describe('nearest', () => {
  test.each([
    ['moed', 'mode'],
    ['mod', 'mode'],
    ['mimon', 'miimon'],
    ['lacp_rate', 'lacp-rate'],
    ['LACP-Rate', 'lacp-rate'],
    ['bond-lacp-rate', 'lacp-rate'],
    ['bond_xmit_hash_polcy', 'xmit-hash-policy'],
    ['lacp-ratte', 'lacp-rate'],
    ['updealy', 'updelay'],
    ['MTU', 'mtu'],
    ['usee', 'use'],
  ])('%s is meant as %s', (word, meant) => {
    expect(nearest(word, options)).toBe(meant)
  })

  test.each(['', 'x', 'mt', 'bridge', 'gateway', 'policy-of-the-hash', 'bond-'])(
    '%j is meant as none of them',
    word => {
      expect(nearest(word, options)).toBeUndefined()
    },
  )

  test('short words are not stretched: one letter more or less in a pair is another word', () => {
    expect(nearest('a', ['b', 'ab'])).toBeUndefined()
    expect(nearest('on', ['off', 'no'])).toBeUndefined()
    expect(nearest('ON', ['off', 'on'])).toBe('on')
  })

  test('the fewest mistakes win, then the longest common beginning, then the first', () => {
    expect(nearest('layer2', ['layer3+4', 'layer2+3', 'layer23'])).toBe('layer23')
    expect(nearest('updelayy', ['pupdelay', 'updelay'])).toBe('updelay')
    expect(nearest('eth9', ['eth0', 'eth1'])).toBe('eth0')
  })

  test('candidates that are prefixed are found as well', () => {
    expect(nearest('miimom', ['bond-miimon', 'bond-mode'])).toBe('bond-miimon')
  })

  const letters = fc.string({ unit: fc.constantFrom(...'abcdefgh-'), minLength: 3, maxLength: 20 })

  test('a word itself is always found', () => {
    fc.assert(
      fc.property(letters, fc.array(letters), (word, others) => {
        const found = nearest(word, [...others, word])
        expect(found?.replaceAll('_', '-')).toBe(word)
      }),
    )
  })

  test('one slip in a word of three letters or more is found, and the bound is kept', () => {
    fc.assert(
      fc.property(
        letters.filter(word => !word.startsWith('bond-')),
        fc.nat(),
        fc.constantFrom('drop', 'swap', 'double'),
        (word, seed, slip) => {
          const at = seed % (word.length - 1)
          const wrong =
            slip === 'drop'
              ? word.slice(0, at) + word.slice(at + 1)
              : slip === 'swap'
                ? word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
                : word.slice(0, at) + word.charAt(at) + word.slice(at)
          if (wrong.length < 3) return
          expect(nearest(wrong, [word])).toBe(word)
          expect(nearest(wrong, [`${word}zzzz`])).toBeUndefined()
        },
      ),
    )
  })

  test('does not depend on which of two words is mistyped', () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect(nearest(a, [b]) === undefined).toBe(nearest(b, [a]) === undefined)
      }),
      { numRuns: 2000 },
    )
  })
})
