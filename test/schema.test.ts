// The schema that is shipped is the one that the rows print, and it says what the kinds say.

import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { options, type Subject } from '../src/options/index.ts'
import type { AnyRow } from '../src/options/row.ts'
import { intentSchema } from '../src/schema.ts'
import { valueOfKind } from './support/values.ts'

test('the committed schema is what the rows print', async () => {
  await expect(`${JSON.stringify(intentSchema, null, 2)}\n`).toMatchFileSnapshot(
    '../schemas/intent.schema.json',
  )
})

const ajv = new Ajv2020({ allErrors: true, strict: false })
const all = (Object.keys(options) as Subject[]).flatMap(subject =>
  Object.entries<AnyRow>(options[subject]).map(([id, row]) => ({ name: `${subject}.${id}`, row })),
)

describe('the schema of a row and its kind agree', () => {
  test.each(all)('$name: what is written is accepted and reads back', ({ row }) => {
    const accepts = ajv.compile(row.kind.schema as object)
    fc.assert(
      fc.property(valueOfKind(row.kind), value => {
        const written = row.kind.write(value)
        expect(accepts(written)).toBe(true)
        expect(row.kind.read(written)).toEqual(value)
      }),
      { numRuns: 50 },
    )
  })

  // Names and addresses are bounded by more than a pattern; everything else must be judged alike by both.
  test.each(all)('$name: what one refuses the other refuses', ({ row }) => {
    const accepts = ajv.compile(row.kind.schema as object)
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.integer(),
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom('on', 'off', '1G', 'a:b', '5-1', '10-20', true, false, '', 'layer3+4'),
    )
    fc.assert(
      fc.property(anything, value => {
        const read = row.kind.read(value) !== undefined
        // A number may be text in other systems' files and a single value may stand for a list: reading is the wider.
        if (accepts(value)) expect(read || orderMatters(value)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

/** A range written backwards has the shape of one; the schema cannot compare numbers. */
const orderMatters = (value: unknown): boolean => /\d-\d/.test(JSON.stringify(value))
