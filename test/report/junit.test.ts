import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { visible } from '../../src/report/escape.ts'
import { junit } from '../../src/report/junit.ts'
import { anyContext, anyFindings, context, sample } from './support.ts'
import { type Rule, readXml, violations } from './xml-reader.ts'

const any = /^/
const count = /^\d+$/

/** The part of the Jenkins xUnit plugin's junit-10.xsd that a report may use. */
const vocabulary: Readonly<Record<string, Rule>> = {
  testsuites: {
    optional: { name: any, tests: count, failures: count, errors: count },
    children: ['testsuite'],
  },
  testsuite: {
    required: { name: any, tests: count, failures: count, errors: count },
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    required: { name: any },
    optional: { classname: any, group: any, time: any },
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { optional: { type: any, message: any }, text: true },
  'system-out': { text: true },
}

test('the looks', async () => {
  await expect(junit(sample, context)).toMatchFileSnapshot('../fixtures/report/sample.junit.xml')
})

describe('a test case', () => {
  const cases = (report: string) => readXml(report).children[0]?.children ?? []
  const finding = (severity: 'error' | 'warning' | 'note', file?: string) => ({
    code: 'c',
    severity,
    message: 'm',
    ...(file && { region: { file, line: 1, column: 2, endLine: 1, endColumn: 3 } }),
  })
  const outline = (report: string) =>
    cases(report).map(each => [each.attributes.get('name'), each.children.map(child => child.name)])

  test('stands for every file, and fails by an error only', () => {
    const files = { ...context, filesChecked: ['a', 'b', 'c'] }
    const report = junit([finding('warning', 'b'), finding('error', 'c'), finding('note', 'c')], files)
    expect(outline(report)).toEqual([
      ['a', []],
      ['b', ['system-out']],
      ['c', ['failure', 'system-out']],
    ])
    expect(readXml(report).attributes.get('failures')).toBe('1')
    expect(readXml(report).attributes.get('tests')).toBe('3')
  })

  test('is added for the whole run and for a file that was not on the list', () => {
    const report = junit([finding('error'), finding('error', 'x')], { ...context, filesChecked: [] })
    expect(outline(report)).toEqual([
      ['x', ['failure']],
      ['(whole run)', ['failure']],
    ])
  })

  test('has one failure with all errors', () => {
    const report = junit([finding('error', 'a'), finding('error', 'a')], { ...context, filesChecked: ['a'] })
    const [failure] = cases(report)[0]?.children ?? []
    expect(failure?.attributes.get('message')).toBe('2 errors, the first: m')
    expect(failure?.text).toBe('a:1:2: error[c]: m\na:1:2: error[c]: m')
  })
})

test('is well-formed, in the vocabulary, and complete, whatever is in it', () => {
  fc.assert(
    fc.property(anyFindings, anyContext, (findings, anyone) => {
      const root = readXml(junit(findings, anyone))
      expect(violations(root, vocabulary)).toEqual([])
      const testcases = root.children.flatMap(suite => suite.children)
      expect(root.attributes.get('tests')).toBe(String(testcases.length))
      expect(root.attributes.get('failures')).toBe(
        String(testcases.filter(each => each.children.some(({ name }) => name === 'failure')).length),
      )
      const everything = testcases.flatMap(each => each.children.flatMap(({ text }) => text.split('\n')))
      for (const { severity, code, message, help } of findings) {
        const line = `${severity}[${code}]: ${visible(message)}`
        expect(everything.some(each => each === line || each.endsWith(`: ${line}`))).toBe(true)
        if (help !== undefined) expect(everything).toContain(`  help: ${visible(help)}`)
      }
      for (const file of anyone.filesChecked) {
        expect(testcases.map(each => each.attributes.get('name'))).toContain(visible(file))
      }
    }),
  )
})
