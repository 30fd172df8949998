// The JSON of SONiC and OpenConfig against strict schemas of their models: every golden intent is accepted, and one word
// spoiled anywhere is refused.

import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { switchCases } from './cases.ts'
import { intents } from './intents.ts'
import {
  gnmiDeleteSchema,
  type OpenconfigTree,
  openconfigComplaints,
  openconfigSchema,
  sonicComplaints,
  sonicSchema,
} from './models.ts'
import { made, targetNamed } from './support.ts'

const ajv = new Ajv2020({ allErrors: true, strictTypes: false })
ajv.addKeyword({
  keyword: 'x-range',
  type: 'string',
  validate: ([min, max]: readonly [number, number], said: string) =>
    Number(said) >= min && Number(said) <= max,
})

const models = {
  sonic: { accepts: ajv.compile(sonicSchema), complaints: sonicComplaints },
  openconfig: {
    accepts: ajv.compile(openconfigSchema),
    complaints: (tree: never) => openconfigComplaints(tree as OpenconfigTree),
  },
}

/** The file of an intent as data. */
function dataOf(id: keyof typeof models, text: string, removal = false): unknown {
  const { files } = made(text, targetNamed(id), removal)
  return JSON.parse(files[0]?.content ?? '')
}

/** Copies with one word spoiled: every key, and every text that is no description and no name. */
function* spoiled(value: unknown, key = ''): Generator<unknown> {
  if (
    typeof value === 'string' &&
    !/^(?:name|description|interface|openconfig-if-aggregate:aggregate-id)$/.test(key)
  )
    yield `${value}x`
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries())
      for (const one of spoiled(item, key)) yield value.map((other, index) => (index === at ? one : other))
  } else if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value)
    for (const [at, [name, inner]] of pairs.entries()) {
      const replaced = (pair: readonly [string, unknown]) =>
        Object.fromEntries(pairs.map((other, index) => (index === at ? pair : other)))
      yield replaced([`${name}x`, inner])
      for (const one of spoiled(inner, name)) yield replaced([name, one])
    }
  }
}

const cases = switchCases.flatMap(({ id, ports }) =>
  id === 'sonic' || id === 'openconfig'
    ? Object.entries(intents(id, ports)).map(([name, text]) => ({ id, name, text }) as const)
    : [],
)

describe.each(cases)('$id, $name', ({ id, text }) => {
  const { accepts, complaints } = models[id]
  test('is what the model has', () => {
    const data = dataOf(id, text)
    accepts(data)
    expect(accepts.errors).toBeNull()
    expect(complaints(data as never)).toEqual([])
  })
  test('one word spoiled is refused', () => {
    const passed = [...spoiled(dataOf(id, text))].filter(
      data => accepts(data) && complaints(data as never).length === 0,
    )
    expect(passed).toEqual([])
  })
})

test.each(cases.filter(({ id }) => id === 'openconfig'))(
  'what takes back $name is a request of gNMI',
  ({ id, text }) => {
    const accepts = ajv.compile(gnmiDeleteSchema)
    accepts(dataOf(id, text, true))
    expect(accepts.errors).toBeNull()
  },
)
