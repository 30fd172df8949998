// Values of every kind, made from the kind's own schema, so that a new kind or row needs no arbitrary of its own.

import fc from 'fast-check'
import { type AnyKind, ipv6, ipv6Prefix, type JsonSchema } from '../../src/options/kind.ts'

/** An arbitrary of the values of a kind, as reading gives them. */
export function valueOfKind(kind: AnyKind): fc.Arbitrary<unknown> {
  return ofSchema(kind.schema)
    .map(written => kind.read(written))
    .filter(value => value !== undefined)
}

/** An arbitrary of what a schema of ours accepts; it knows the keywords that kinds use. */
export function ofSchema(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  if (Array.isArray(schema.anyOf)) return fc.oneof(...schema.anyOf.map(ofSchema))
  switch (schema.type) {
    case 'integer':
    case 'number': {
      const [min, max] = [Number(schema.minimum ?? 1), Number(schema.maximum ?? 100)]
      return fc.oneof(
        fc.integer({ min, max: Math.min(max, min + 5000) }),
        fc.constantFrom(min, Math.min(max, 2147483647)),
      )
    }
    case 'string':
      return byPattern(String(schema.pattern ?? '.*'))
    case 'array': {
      const size = { maxLength: Math.min(Number(schema.maxItems ?? 4), 4) }
      const items = ofSchema(schema.items as JsonSchema)
      return schema.uniqueItems
        ? fc.uniqueArray(items, { ...size, selector: item => JSON.stringify(item).toLowerCase() })
        : fc.array(items, size)
    }
    case 'object': {
      const properties = Object.entries(schema.properties as Readonly<Record<string, JsonSchema>>)
      const model = Object.fromEntries(properties.map(([name, property]) => [name, ofSchema(property)]))
      return fc.record(model, { requiredKeys: (schema.required as string[] | undefined) ?? [] })
    }
    default:
      throw new Error(`no arbitrary for ${JSON.stringify(schema)}`)
  }
}

/** Patterns that look ahead, which no generator can follow. */
const byKind = new Map<unknown, fc.Arbitrary<string>>([
  [ipv6.schema.pattern, fc.ipV6()],
  [
    ipv6Prefix.schema.pattern,
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([address, length]) => `${address}/${length}`),
  ],
])

const byPattern = (pattern: string): fc.Arbitrary<string> =>
  byKind.get(pattern) ?? fc.stringMatching(new RegExp(pattern), { size: 'small' })
