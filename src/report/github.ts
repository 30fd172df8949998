// Findings as GitHub annotations: workflow commands that a runner reads from a step's output. It shows at
// most ten errors, ten warnings and ten notices of a step; the order of the findings decides which.

import type { Severity } from '../diagnostics/diagnostic.ts'
import { visible } from './escape.ts'
import { details, repositoryPath } from './files.ts'
import type { Report, Reportable } from './types.ts'

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' }

/** The runner's own escapes (actions/runner, ActionCommand.cs): for the message, and for a property. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

function annotation(finding: Reportable): string {
  const { severity, code, region } = finding
  const properties: [name: string, value: string][] = []
  if (region !== undefined) {
    properties.push(['file', repositoryPath(region.file)])
    properties.push(['line', String(region.line)], ['endLine', String(region.endLine)])
    // Columns are refused for an annotation of several lines (actions/toolkit, AnnotationProperties).
    if (region.line === region.endLine) {
      properties.push(['col', String(region.column)], ['endColumn', String(region.endColumn)])
    }
  }
  properties.push(['title', code])
  const said = properties.map(([name, value]) => `${name}=${property(visible(value))}`).join(',')
  return `::${commands[severity]} ${said}::${data(details(finding, visible).join('\n'))}\n`
}

/** One line per finding; nothing at all without findings. */
export const github: Report = findings => findings.map(annotation).join('')
