// Plain values with hostile texts in them, for the dialects that write any value.

import fc from 'fast-check'
import type { Value } from '../../src/options/kind.ts'

const texts = fc.oneof(
  fc.constantFrom(
    ...[
      'on',
      'No',
      'y',
      'null',
      '~',
      '',
      ' ',
      '-',
      '?',
      ':',
      '::1',
      'a:',
      'a: b',
      'a #b',
      '#a',
      '0x1F',
      '012',
      '1e3',
    ],
    ...[
      '1:20',
      '.inf',
      '2001-01-01',
      '<<',
      '=',
      '{',
      '[',
      ']',
      ',',
      '&a',
      '*a',
      '!a',
      '|',
      '>',
      '%a',
      '@a',
      '`a',
      '"',
      "'",
    ],
    ...[
      "it's",
      '---',
      '...',
      '- a',
      '? a',
      'a\\b',
      'a\\',
      '{{a}}',
      '$a',
      'a\tb',
      'a\nb',
      'a\r',
      '\0',
      '\u0085',
      '\u2028',
    ],
    ...[
      '\ufeff',
      '\ud800',
      '\u{1f600}',
      'ä',
      '802.3ad',
      '1_000',
      '+1',
      '0o17',
      'TRUE',
      '0.1',
      '-0',
      '.',
      '..',
      '1.',
      '.5',
    ],
  ),
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.stringMatching(/^[-:?,[\]{}#&*!|>'"%@` a1.]{0,6}$/),
)

export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    texts,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      texts.filter(text => text !== '__proto__'),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value

/** Whether no text in it has a control character, a separator of lines, a byte order mark, or half a character. */
export function isClean(value: Value): boolean {
  if (typeof value === 'string')
    return !/[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(value) && value.isWellFormed()
  if (typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every(isClean)
  return Object.entries(value).every(([key, item]) => isClean(key) && isClean(item))
}
