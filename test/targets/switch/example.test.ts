// The complete example of each platform in the reference comes out of the common intent: the same statements, where the
// platform does not care about order and case. The reference is read where it stands, by section.

import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Statement } from '../../../src/dialects/dialect.ts'
import { type SwitchCase, switchCases } from './cases.ts'
import { exampleOf, reference } from './example.ts'
import { exampleIntent } from './intents.ts'
import { made, targetNamed } from './support.ts'

/** Every statement with the blocks around it. */
const flattened = (statements: readonly Statement[], around = ''): readonly string[] =>
  statements.flatMap(({ name, inside }) => {
    const own = `${around}${name.replace(/\s+/g, ' ').toLowerCase()}`
    return inside.length === 0 ? [own] : [own, ...flattened(inside, `${own} / `)]
  })

function statementsIn(text: string, { id, statements }: SwitchCase): readonly string[] {
  const all = statements?.(text) ?? flattened(targetNamed(id).dialect.statements(text, 'example').statements)
  return [...new Set(all)].sort()
}

describe.skipIf(!existsSync(reference))('the example of the reference', () => {
  test.each(switchCases)('$id', one => {
    const { files } = made(exampleIntent(one), targetNamed(one.id))
    const ours = statementsIn(files.map(({ content }) => content).join('\n'), one)
    const { differs = [], named } = one
    const example =
      named === undefined ? exampleOf(one.id) : exampleOf(one.id).replaceAll(named.theirs, named.ours)
    const theirs = statementsIn(example, one)
    expect(ours.filter(line => !differs.some(({ ours: known }) => known?.test(line)))).toEqual(
      theirs.filter(line => !differs.some(({ theirs: known }) => known?.test(line))),
    )
    // A difference that is none any more is taken off the list.
    for (const { theirs: left, ours: right } of differs) {
      if (left !== undefined)
        expect(
          theirs.some(line => left.test(line)),
          String(left),
        ).toBe(true)
      if (right !== undefined)
        expect(
          ours.some(line => right.test(line)),
          String(right),
        ).toBe(true)
    }
  })
})
