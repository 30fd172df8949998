// For any YAML and any edit of it: the changed text is read as what the edit makes of the document, or the edit is
// refused. A value or key that changes leaves every other character as it is, and of an ordinary intent nothing is
// refused.

import fc from 'fast-check'
import { dump } from 'js-yaml'
import { expect, test } from 'vitest'
import type { Edit, Path } from '../../src/diagnostics/diagnostic.ts'
import { applied } from '../../src/fix/change.ts'
import { edited, sameData } from '../../src/fix/data.ts'
import { fixable } from '../../src/fix/index.ts'
import { sourceText } from '../../src/intent/text.ts'
import { readYaml } from '../../src/intent/yaml.ts'
import { anyHostFields } from '../support/intents.ts'
import { anyYaml } from '../support/styled-yaml.ts'

const meaning = (text: string) => readYaml(sourceText('f.yaml', text))

/** Every path of a document. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Object.keys(value).flatMap(step => {
    const key = Array.isArray(value) ? Number(step) : step
    return pathsIn((value as Record<string, unknown>)[step], [...path, key])
  })
  return path.length === 0 ? inner : [path, ...inner]
}

const words = fc.constantFrom(
  'eth9',
  'on',
  '802.3ad',
  '1',
  'a, b',
  "it's",
  '',
  '2001:db8::1',
  '- x',
  'a: b',
  '#',
)
const anyValue = fc.oneof(
  words,
  fc.integer(),
  fc.boolean(),
  fc.array(words, { maxLength: 3 }),
  fc.dictionary(words, fc.integer(), { maxKeys: 2 }),
)

/** One edit, as a function of the paths that there are. */
const anyEdit: fc.Arbitrary<(paths: readonly Path[]) => Edit | undefined> = fc.oneof(
  fc.tuple(fc.nat(), anyValue).map(([at, value]) => (paths: readonly Path[]): Edit | undefined => {
    const path = paths[at % Math.max(1, paths.length)]
    return path && { kind: 'set', path, value }
  }),
  fc
    .tuple(fc.nat(), words, anyValue)
    .map(([at, name, value]) => (paths: readonly Path[]): Edit | undefined => {
      const path = paths[at % Math.max(1, paths.length)]
      return path && { kind: 'set', path: [...path.slice(0, -1), name], value }
    }),
  fc.nat().map(at => (paths: readonly Path[]): Edit | undefined => {
    const path = paths[at % Math.max(1, paths.length)]
    return path && { kind: 'remove', path }
  }),
  fc.tuple(fc.nat(), words).map(([at, key]) => (paths: readonly Path[]): Edit | undefined => {
    const path = paths[at % Math.max(1, paths.length)]
    return path && { kind: 'rename', path, key }
  }),
)

test('a changed text says what the edits make of it', () => {
  let made = 0
  fc.assert(
    fc.property(anyYaml, fc.array(anyEdit, { minLength: 1, maxLength: 3 }), ({ text }, some) => {
      const before = meaning(text)
      const file = fixable(sourceText('f.yaml', text))
      if (before.value === undefined || file === undefined) return
      const document = before.value.value
      const paths = pathsIn(document)
      const edits = some.flatMap(edit => edit(paths) ?? [])
      const wanted = edited(document, edits)
      const changes = edits.length === 0 || wanted === undefined ? undefined : file.changes(edits)
      if (changes === undefined || wanted === undefined) return
      made++
      const after = meaning(applied(text, changes))
      expect(after.diagnostics, applied(text, changes)).toEqual([])
      expect(after.value?.value, applied(text, changes)).toEqual(wanted.value)
    }),
    { numRuns: 2000, seed: 1 },
  )
  expect(made).toBeGreaterThan(200)
})

test('a value or key that changes leaves every other character', () => {
  let made = 0
  const scalar = fc.oneof(words, fc.integer(), fc.boolean())
  fc.assert(
    fc.property(anyYaml, fc.nat(), fc.oneof(scalar, fc.constant(undefined)), ({ text }, at, value) => {
      const source = sourceText('f.yaml', text)
      const before = readYaml(source).value
      const paths = pathsIn(before?.value).filter(path => path.length > 0)
      const path = paths[at % Math.max(1, paths.length)]
      const old = path?.reduce((inner, step) => (inner as never)[step], before?.value)
      if (path === undefined || typeof old === 'object' || old === value) return
      const edit: Edit =
        value === undefined ? { kind: 'rename', path, key: 'new-name' } : { kind: 'set', path, value }
      const changes = fixable(source)?.changes([edit])
      if (changes === undefined) return
      made++
      const part = value === undefined ? 'key' : 'value'
      expect(changes.map(({ start, end }) => source.regionOf(start, end))).toEqual([
        before?.origin.regionOf({ path, part }),
      ])
    }),
    { numRuns: 1000, seed: 2 },
  )
  expect(made).toBeGreaterThan(200)
})

test.each(['block', 'flow', 'json', 'pretty'] as const)(
  'of an ordinary intent in %s style nothing is refused',
  style => {
    const print = (document: unknown): string => {
      if (style === 'json') return JSON.stringify(document)
      if (style === 'pretty') return JSON.stringify(document, null, 2)
      return dump(document, { flowLevel: style === 'flow' ? 2 : -1, noRefs: true })
    }
    fc.assert(
      fc.property(anyHostFields, anyEdit, (host, some) => {
        const document = { hosts: { h1: host } }
        const edit = some(pathsIn(document))
        const wanted = edit && edited(document, [edit])
        if (edit === undefined || wanted === undefined || sameData(wanted.value, document)) return
        const text = print(document)
        const changes = fixable(sourceText('f.yaml', text))?.changes([edit])
        expect(changes, `${JSON.stringify(edit)} in\n${text}`).toBeDefined()
        const after = applied(text, changes ?? [])
        expect(meaning(after).value?.value, after).toEqual(wanted.value)
        if (style === 'json' || style === 'pretty') expect(JSON.parse(after)).toEqual(wanted.value)
      }),
      { numRuns: 300, seed: 3 },
    )
  },
)
