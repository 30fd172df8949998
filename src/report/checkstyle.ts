// Findings as Checkstyle XML, in the vocabulary of Checkstyle's own checkstyle-report-1.0.0.xsd, which review
// tools and Jenkins read.

import type { Severity } from '../diagnostics/diagnostic.ts'
import { visible } from './escape.ts'
import { byFile, details, wholeRun } from './files.ts'
import type { Report, Reportable } from './types.ts'
import { type Element, xmlDocument } from './xml.ts'

const severities: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'info' }

const errorOf = (finding: Reportable, tool: string): Element => ({
  name: 'error',
  attributes: {
    line: finding.region?.line,
    column: finding.region?.column,
    severity: severities[finding.severity],
    // An attribute has one line.
    message: details(finding, visible).join('; '),
    source: `${tool}.${finding.code}`,
  },
})

export const checkstyle: Report = (findings, context) => {
  const { name, version } = context.tool
  const files = [...byFile(findings, context)].map(([file = wholeRun, found]) => ({
    name: 'file',
    attributes: { name: file },
    children: found.map(finding => errorOf(finding, name)),
  }))
  return xmlDocument({ name: 'checkstyle', attributes: { version }, children: files })
}
