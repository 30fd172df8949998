// Findings as JUnit XML, in the vocabulary of the Jenkins xUnit plugin's junit-10.xsd, which GitLab, Azure
// and others read too. A file is a test case; errors make it fail, warnings and notes are its output, so a run
// that exits 0 shows no failure. No times and no host name: the same input gives the same bytes.

import { visible } from './escape.ts'
import { byFile, details, wholeRun } from './files.ts'
import type { Report, Reportable } from './types.ts'
import { type Element, xmlDocument } from './xml.ts'

/** `file:line:column: severity[code]: message`, then what belongs to it, indented. */
function lines(finding: Reportable): string[] {
  const { region, severity, code } = finding
  const [message = '', ...more] = details(finding, visible)
  const where = region === undefined ? '' : `${visible(region.file)}:${region.line}:${region.column}: `
  return [`${where}${severity}[${code}]: ${message}`, ...more.map(line => `  ${line}`)]
}

/** One failure with all errors, because several readers look at the first failure of a test case only. */
function failure(errors: readonly Reportable[]): Element[] {
  const [first] = errors
  if (first === undefined) return []
  const message = errors.length === 1 ? first.message : `${errors.length} errors, the first: ${first.message}`
  return [{ name: 'failure', attributes: { type: first.code, message }, lines: errors.flatMap(lines) }]
}

const output = (others: readonly Reportable[]): Element[] =>
  others.length === 0 ? [] : [{ name: 'system-out', attributes: {}, lines: others.flatMap(lines) }]

export const junit: Report = (findings, context) => {
  const { name } = context.tool
  const cases = [...byFile(findings, context)].map(([file = wholeRun, found]) => {
    const errors = found.filter(({ severity }) => severity === 'error')
    const others = found.filter(({ severity }) => severity !== 'error')
    return { file, children: [...failure(errors), ...output(others)], failed: errors.length > 0 }
  })
  const attributes = {
    name,
    tests: cases.length,
    failures: cases.filter(({ failed }) => failed).length,
    errors: 0,
  }
  const testCases = cases.map(({ file, children }) => ({
    name: 'testcase',
    attributes: { name: file, classname: name },
    children,
  }))
  return xmlDocument({
    name: 'testsuites',
    attributes,
    children: [{ name: 'testsuite', attributes, children: testCases }],
  })
}
