// Topics say what the program says: a line of carets in an example is what lint finds there, at error or warning level;
// an example without one has nothing of the kind. And pages name only pages that are there.

import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { groups, pages } from '../../src/explain/index.ts'
import { topics } from '../../src/explain/topics/index.ts'
import { partner } from '../../src/intent/partner.ts'
import { rules } from '../../src/rules/index.ts'
import { runRules } from '../../src/rules/rule.ts'
import { catalogue } from '../support/catalogue.ts'
import { compare, dedent, expectedIn, type Found } from '../support/examples.ts'
import { read } from '../support/read.ts'

const root = join(import.meta.dirname, '../..')

/** All that lint finds in an intent and that is more than a note. */
function found(text: string): readonly Found[] {
  const source = read(text)
  const all = [...source.diagnostics, ...runRules(source.intent, rules)]
  return source
    .locate(all)
    .filter(({ severity }) => severity !== 'note')
    .map(({ region, message }) => ({
      where: region === undefined ? 'nowhere' : `${region.line}:${region.column}-${region.endColumn}`,
      message,
    }))
}

describe.each(topics.map(topic => [topic.id, topic] as const))('%s', (_, topic) => {
  test.each(topic.examples.map(({ shows, intent }) => [shows, dedent(intent)] as const))(
    '%s',
    (_shows, text) => {
      expect(compare(found(text), expectedIn(text))).toEqual({ missing: [], surplus: [] })
      const planned = partner(read(text).intent).diagnostics.filter(({ severity }) => severity === 'error')
      expect(expectedIn(text).length > 0 || planned.length === 0, JSON.stringify(planned)).toBe(true)
    },
  )

  test('has an example that is right, an answer and a source', () => {
    expect(topic.examples.some(({ intent }) => expectedIn(dedent(intent)).length === 0)).toBe(true)
    expect(topic.answer.length).toBeGreaterThan(60)
    expect(topic.sources.length * topic.instead.length).toBeGreaterThan(0)
  })

  test('names only pages that there are', () => {
    const known = pages()
    expect(topic.see.filter(id => !known.has(id))).toEqual([])
    expect(topic.see).not.toContain(topic.id)
  })
})

test('every topic has its file and its line', () => {
  const files = readdirSync(join(root, 'src/explain/topics')).map(file => basename(file, '.ts'))
  expect(topics.map(({ id }) => id).sort()).toEqual(
    files.filter(file => file !== 'index' && file !== 'topic').sort(),
  )
})

test('advice is that of the catalogue, each once, and no rule', () => {
  const ids = topics.flatMap(({ advice = [] }) => advice.map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter(id => catalogue[id] === undefined)).toEqual([])
  expect(ids.filter(id => rules.some(rule => rule.id === id))).toEqual([])
})

test('an id stands once in a group, and what it shows under its bare name is the first', () => {
  for (const { entries } of groups()) {
    const ids = entries.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  }
  expect(pages().get('mlag')?.().title).toMatch(/two switches/)
  expect(pages().get('switch.mlag')?.().title).toMatch(/option/)
})
