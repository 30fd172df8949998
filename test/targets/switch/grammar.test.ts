// Everything that a platform's target writes is read by its strict grammar, which refuses what it does not know: the goldens, the
// example of the reference, and whatever comes of generated intents, with what takes it back.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { switchTargets } from '../../../src/targets/switch/index.ts'
import { switchCases } from './cases.ts'
import { exampleOf, reference } from './example.ts'
import { anySwitch, intentOf } from './generated.ts'
import { grammarIds, grammarOf, refusedBy } from './grammar.ts'
import { made, targetNamed } from './support.ts'

/** Platforms whose text is data, for which there are models (models.test.ts). */
const without: readonly string[] = ['openconfig', 'sonic']

test('every platform with a command line has a grammar', () => {
  const expected = switchTargets.map(({ id }) => id).filter(id => !without.includes(id))
  expect([...grammarIds].sort()).toEqual(expected.sort())
})

/** The golden files of a platform, by case and name. */
function goldens(id: string): readonly (readonly [string, string])[] {
  const folder = new URL(`../../golden/switch/${id}/`, import.meta.url)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name !== 'diagnostics.txt')
    .map(({ parentPath, name }) => join(parentPath, name))
    .map(path => [path.slice(fileURLToPath(folder).length), readFileSync(path, 'utf8')] as const)
}

describe.each(switchCases.filter(({ id }) => grammarIds.includes(id)))('$id', one => {
  const grammar = grammarOf(one.id)
  test('the goldens', () => {
    const all = goldens(one.id)
    expect(all.length).toBeGreaterThan(15)
    for (const [name, text] of all) expect(refusedBy(grammar, text), name).toEqual([])
  })
  test.skipIf(!existsSync(reference))('the example of the reference', () => {
    expect(refusedBy(grammar, exampleOf(one.id))).toEqual([])
  })
  test('generated intents, and what takes them back', () => {
    const target = targetNamed(one.id)
    fc.assert(
      fc.property(anySwitch, fc.boolean(), (said, removal) => {
        const { files } = made(intentOf(one, said), target, removal)
        for (const { content } of files) expect(refusedBy(grammar, content)).toEqual([])
      }),
      { numRuns: 100, seed: 11 },
    )
  })
  test('a misspelt word, whichever it is, is refused', () => {
    for (const [name, text] of goldens(one.id)) {
      const lines = text.split('\n')
      lines.forEach((line, at) => {
        if (line.trim().startsWith(grammar.comment)) return
        for (const word of keywords(line)) {
          const spoiled = lines.map((other, index) => (index === at ? line.replace(word, `${word}x`) : other))
          expect(refusedBy(grammar, spoiled.join('\n')), `${name}: ${line} with ${word}x`).not.toEqual([])
        }
      })
    }
  })
})

/** The words of a line that mean something by themselves: no names, which hold digits, and no free text. */
function keywords(line: string): readonly string[] {
  const [before = ''] = line.split(/(?<=\b(?:description|name|alias)) |["']/)
  return before.split(/[\s=:]+/).filter(word => /^[A-Za-z][A-Za-z_-]+$/.test(word))
}
