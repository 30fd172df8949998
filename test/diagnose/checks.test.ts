// Every check finds what its examples mark, and nothing in those that are right.

import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checks } from '../../src/diagnose/checks/index.ts'
import { rules } from '../../src/rules/index.ts'
import { compare, dedent, expectedIn } from '../support/examples.ts'
import { foundBy, gathered, pasted } from './support.ts'

describe.each(checks.map(check => [check.id, check] as const))('%s', (_, check) => {
  test.each(check.bad.map(dedent))('finds %j', text => {
    expect(gathered(pasted(text)).diagnostics, 'an example is understood whole').toEqual([])
    expect(expectedIn(text), 'a bad example marks at least one place').not.toEqual([])
    expect(compare(foundBy(check, text), expectedIn(text))).toEqual({ missing: [], surplus: [] })
  })

  test.each(check.good.map(dedent))('lets pass %j', text => {
    expect(gathered(pasted(text)).diagnostics, 'an example is understood whole').toEqual([])
    expect(foundBy(check, text)).toEqual([])
  })
})

test('every check has its file, its line, a name of its own, and examples of both kinds', () => {
  const shared = ['check', 'index', 'support']
  const files = readdirSync(join(import.meta.dirname, '../../src/diagnose/checks'))
    .map(file => basename(file, '.ts'))
    .filter(name => !shared.includes(name))
  expect(checks.map(({ id }) => id)).toEqual(files.sort())
  const ids = new Set(rules.map(({ id }) => id))
  expect(checks.filter(({ id }) => ids.has(id)).map(({ id }) => id)).toEqual([])
  expect(checks.filter(({ bad, good }) => bad.length === 0 || good.length === 0).map(({ id }) => id)).toEqual(
    [],
  )
})

test('a check says in one sentence what is wrong, and names its source', () => {
  for (const { id, summary, why, source } of checks) {
    expect(summary, id).toMatch(/^[^\n]{10,120}\.$/)
    expect(why, id).toMatch(/\.$/)
    expect(source, id).not.toBe('')
  }
})
