// The law of places: the text that stands at a place reads as the value there. Held over random documents in every
// style, with lines and columns counted and text read by other means than the reader's own.

import fc from 'fast-check'
import { load, loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { keyAt, type Path, valueAt } from '../../src/diagnostics/diagnostic.ts'
import type { Region } from '../../src/diagnostics/region.ts'
import { limits } from '../../src/intent/limits.ts'
import { decodeText, sourceText } from '../../src/intent/text.ts'
import { readYaml, type YamlDocument } from '../../src/intent/yaml.ts'
import { anyYaml, meaningOf, type Printed } from '../support/styled-yaml.ts'

const runs = { numRuns: 1500 }

function documentOf(text: string): YamlDocument {
  const { value, diagnostics } = readYaml(sourceText('a.yaml', text))
  expect(diagnostics).toEqual([])
  if (value === undefined) throw new Error('no document')
  return value
}

/** What stands in a region. */
function textIn(text: string, region: Region | undefined): string {
  if (region === undefined) throw new Error('no region')
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/)
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).join('').length + column - 1
  return text.slice(offset(region.line, region.column), offset(region.endLine, region.endColumn))
}

/** Visits every place of a printed document, with the alias that it is inside of. */
function* spots(printed: Printed, path: Path = [], alias?: string): Generator<Spot> {
  yield { printed, path, alias }
  const whole = printed.kind === 'repeat' ? printed.of : printed
  const inside = alias ?? (printed.kind === 'repeat' ? printed.name : undefined)
  if (printed.kind === 'repeat') {
    for (const spot of spots(whole, path, inside)) if (spot.path.length > path.length) yield spot
  } else if (whole.kind === 'list') {
    for (const [index, item] of whole.items.entries()) yield* spots(item, [...path, index], inside)
  } else if (whole.kind === 'mapping') {
    for (const [key, value] of whole.entries) yield* spots(value, [...path, key], inside)
  }
}

interface Spot {
  readonly printed: Printed
  readonly path: Path
  readonly alias: string | undefined
}

/**
 * A flow list or mapping that stands for itself and that js-yaml's `load` can read: without aliases of what stands
 * outside of it, and without the keys that `load` names by their value.
 */
const isWholeInBrackets = (text: string): boolean =>
  /^(?:\[.*\]|\{.*\})$/.test(text) && !/\*n\d|1\.0|0x10/.test(text)

describe('the text at a place', () => {
  test('reads as the value there', () => {
    let collections = 0
    fc.assert(
      fc.property(anyYaml, ({ text, root }) => {
        const { value, origin } = documentOf(text)
        expect(value).toEqual(meaningOf(root))
        for (const { printed, path, alias } of spots(root)) {
          const found = textIn(text, origin.regionOf({ path, part: 'value' }))
          if (alias !== undefined) expect(found).toBe(`*${alias}`)
          else if (printed.kind === 'repeat') expect(found).toBe(`*${printed.name}`)
          else if (printed.kind === 'scalar' && (printed.style === 'literal' || printed.style === 'folded')) {
            expect(found).toBe(printed.value)
          } else if (printed.kind === 'scalar') {
            if (printed.style !== 'unwritten') expect(load(found)).toEqual(printed.value)
          } else if (isWholeInBrackets(found)) {
            collections++
            expect(load(found)).toEqual(meaningOf(printed))
          }
        }
      }),
      runs,
    )
    expect(collections).toBeGreaterThan(300)
  })

  test('reads as the key for keys, and what cannot stand for itself stands at its key', () => {
    fc.assert(
      fc.property(anyYaml, ({ text, root }) => {
        const { origin } = documentOf(text)
        for (const { printed, path, alias } of spots(root)) {
          const key = path.at(-1)
          if (typeof key !== 'string' || alias !== undefined) continue
          const region = origin.regionOf({ path, part: 'key' })
          const found = textIn(text, region)
          expect(found.startsWith('"') ? JSON.parse(found) : found).toBe(key)
          const value = origin.regionOf({ path, part: 'value' })
          const isBlock = (printed.kind === 'list' || printed.kind === 'mapping') && printed.style !== 'flow'
          const unwritten = printed.kind === 'scalar' && printed.style === 'unwritten'
          if (isBlock || unwritten) expect(value).toEqual(region)
        }
      }),
      runs,
    )
  })

  test('of flow lists and mappings on one line is from bracket to bracket', () => {
    let seen = 0
    fc.assert(
      fc.property(anyYaml, ({ text, root }) => {
        const { origin } = documentOf(text)
        for (const { printed, path, alias } of spots(root)) {
          if (alias !== undefined || printed.kind === 'repeat' || printed.kind === 'scalar') continue
          if (printed.style !== 'flow' || path.length === 0) continue
          const found = textIn(text, origin.regionOf({ path, part: 'value' }))
          const [open, close] = printed.kind === 'list' ? ['[', ']'] : ['{', '}']
          // A wrapped scalar in it makes it one of several lines, which stands at its key or its bracket.
          if (!found.startsWith(open) || found.length === 1) continue
          seen++
          expect(found.endsWith(close)).toBe(true)
        }
      }),
      runs,
    )
    expect(seen).toBeGreaterThan(500)
  })

  test('of what is missing is the key of the nearest ancestor, or the beginning of the document', () => {
    fc.assert(
      fc.property(
        anyYaml,
        fc.constantFrom<Path>(['no such key'], ['no such key', 3, 'x'], [99]),
        ({ text, root }, missing) => {
          const { origin } = documentOf(text)
          for (const { path, alias } of spots(root)) {
            const wanted =
              path.length === 0 && alias === undefined ? undefined : origin.regionOf({ path, part: 'key' })
            for (const part of ['key', 'value'] as const) {
              const found = origin.regionOf({ path: [...path, ...missing], part })
              if (wanted !== undefined && alias === undefined && !isRepeat(root, path))
                expect(found).toEqual(wanted)
              else expect(found).toBeDefined()
            }
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

const isRepeat = (root: Printed, path: Path): boolean =>
  [...spots(root)].some(
    spot =>
      spot.printed.kind === 'repeat' &&
      spot.path.length === path.length &&
      spot.path.every((step, index) => step === path[index]),
  )

/** Bits of YAML that make ill-formed text, and sometimes well-formed text, of any kind. */
const bits = fc.constantFrom(
  ...[
    'a',
    'b: ',
    'c:\n',
    '- ',
    '? ',
    ': ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '\n',
    '\n  ',
    '\n    ',
    '"',
    "'",
    '|\n',
    '>-\n',
    '&x ',
  ],
  ...[
    '*x',
    '!!str ',
    '!t ',
    '!!int ',
    '#',
    ' #',
    ' ',
    '\t',
    '---\n',
    '...\n',
    '%TAG ! x\n',
    '<<: ',
    '1',
    '~',
    '\\',
    ':',
    '\r\n',
    '\r',
  ],
  ...[
    'hosts:\n',
    'key: value\n',
    '  s1: {a: 1}\n',
    '  s2:\n',
    '    x: [1, 2]\n',
    '@',
    '`',
    '%',
    '{{ x }}',
    '\uFEFF',
    '\0',
    '\x1B',
    '😀',
  ],
)
const jumble = fc.array(bits, { maxLength: 40 }).map(all => all.join(''))

/** Lines of block YAML that do not always belong together. */
const blockLines = fc
  .array(
    fc.tuple(
      fc.constantFrom(0, 0, 1, 2, 2, 2, 4, 4),
      fc.constantFrom(
        ...[
          'hosts:',
          'hosts: # all',
          'hosts: &x',
          'a:',
          's1:',
          's2: 5',
          'b: {c: 1}',
          '"d": *x',
          "'e': !!str 5",
          'f: [1,',
          '2]',
          ']',
        ],
        ...[
          'g: |',
          'h: >2-',
          'text',
          'text: more',
          'i: "open',
          'close"',
          'j: plain # comment',
          '# comment',
          '',
          '- k',
          '- l: 1',
          '-',
        ],
        ...[
          '? m',
          ': n',
          '&x',
          '&x o: 1',
          '!!map',
          '---',
          '--- |',
          '...',
          '<<: *x',
          'a: again',
          '\tp: 1',
          'q:',
          '*x : r',
          '{s: 1}',
        ],
      ),
    ),
    { maxLength: 14 },
  )
  .map(lines => lines.map(([indent, content]) => `${' '.repeat(indent)}${content}\n`).join(''))

const yamlish = fc.oneof(jumble, blockLines)

/** Everything that a reading says, with the places of all that it read. */
function sayingOf(text: string, pieceLength: number): unknown {
  const { value, diagnostics } = readYaml(sourceText('a.yaml', text), { ...limits, pieceLength })
  if (value === undefined) return { diagnostics }
  const places: unknown[] = []
  const visit = (inner: unknown, path: Path): void => {
    if (path.length > 8) return
    places.push([path, value.origin.regionOf(keyAt(...path)), value.origin.regionOf(valueAt(...path))])
    if (typeof inner !== 'object' || inner === null) return
    for (const [key, child] of Object.entries(inner)) visit(child, [...path, key])
  }
  visit(value.value, [])
  return { value: value.value, diagnostics, places }
}

describe('any text', () => {
  test('gives a value or an error with a region in the text, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string({ unit: 'binary' })), text => {
        const { value, diagnostics } = readYaml(sourceText('a.yaml', text))
        if (value === undefined) expect(diagnostics.length).toBeGreaterThan(0)
        const lines = text.split(/\r\n|\n|\r/)
        for (const { region, severity, message } of diagnostics) {
          expect(severity).toBe('error')
          expect(message).not.toBe('')
          if (region === undefined) throw new Error('no region')
          expect(region.line).toBeGreaterThanOrEqual(1)
          expect(region.endLine).toBeLessThanOrEqual(lines.length)
          expect(region.endColumn).toBeLessThanOrEqual((lines[region.endLine - 1]?.length ?? 0) + 2)
        }
      }),
      { numRuns: 5000 },
    )
  })

  test('as bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        const { value, diagnostics } = decodeText(bytes, 'a.yaml')
        if (value === undefined) expect(diagnostics.length).toBe(1)
        else readYaml(value)
      }),
      { numRuns: 3000 },
    )
  })

  test('is read in pieces as it is at once', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          yamlish,
          anyYaml.map(({ text }) => text),
        ),
        text => {
          expect(sayingOf(text, 1)).toEqual(sayingOf(text, 1_000_000))
        },
      ),
      { numRuns: 5000 },
    )
  })

  test('that is well-formed has the value that js-yaml gives it', () => {
    let compared = 0
    fc.assert(
      fc.property(yamlish, text => {
        const { value, diagnostics } = readYaml(sourceText('a.yaml', text))
        if (value === undefined || diagnostics.length > 0 || value.value === undefined) return
        // Keys are compared as far as both readers take them as they are written.
        if (/[~1]\s*["']?\s*[:,}]|\? |: *:/.test(text)) return
        compared++
        expect(value.value).toEqual(loadAll(text)[0])
      }),
      { numRuns: 5000 },
    )
    expect(compared).toBeGreaterThan(200)
  })
})
