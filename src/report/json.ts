// Findings for scripts: the shape that the design page promises, with the words exactly as they are.

import type { Edit, Severity } from '../diagnostics/diagnostic.ts'
import type { Region } from '../diagnostics/located.ts'
import { jsonText } from './escape.ts'
import type { Report, Reportable } from './types.ts'

type Nowhere = Partial<Record<keyof Region, never>>

/** Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface JsonReplacement extends Region {
  readonly text: string
}

export interface JsonFix {
  readonly title: string
  readonly safe: boolean
  /** What changes in the intent, by path. */
  readonly edits?: readonly Edit[]
  /** What changes in the files. */
  readonly replacements?: readonly JsonReplacement[]
}

export type JsonRelated = { readonly message: string } & (Pick<Region, 'file' | 'line' | 'column'> | Nowhere)

/** Without a place the keys of the region are absent. */
export type JsonDiagnostic = {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly related: readonly JsonRelated[]
  readonly help?: string
  readonly fix?: JsonFix
} & (Region | Nowhere)

const regionOf = ({ file, line, column, endLine, endColumn }: Region): Region => ({
  file,
  line,
  column,
  endLine,
  endColumn,
})

function fixOf({ fix, textFix }: Reportable): JsonFix | undefined {
  const offer = textFix ?? fix
  if (offer === undefined) return undefined
  return {
    title: offer.title,
    safe: offer.safe,
    ...(fix && { edits: fix.edits }),
    ...(textFix && {
      replacements: textFix.replacements.map(({ region, text }) => ({ ...regionOf(region), text })),
    }),
  }
}

/** One finding as plain data; `render --format json` prints the same. */
export function jsonDiagnostic(finding: Reportable): JsonDiagnostic {
  const { code, severity, message, region, help, related = [] } = finding
  const fix = fixOf(finding)
  return {
    code,
    severity,
    message,
    ...(region && regionOf(region)),
    related: related.map(({ message: words, region: at }) => ({
      message: words,
      ...(at && { file: at.file, line: at.line, column: at.column }),
    })),
    ...(help !== undefined && { help }),
    ...(fix && { fix }),
  }
}

export const json: Report = findings => jsonText({ diagnostics: findings.map(jsonDiagnostic) })
