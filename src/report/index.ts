// The report formats by the name that `--format` takes. A format is one file and one line here.

import { checkstyle } from './checkstyle.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'
import type { Report } from './types.ts'

export type { Replacement, Report, Reportable, ReportContext, RuleInfo, TextFix } from './types.ts'

export const reports: Readonly<Record<string, Report>> = {
  text,
  json,
  sarif,
  github,
  gitlab,
  junit,
  checkstyle,
}
