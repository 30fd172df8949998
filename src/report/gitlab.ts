// Findings as a GitLab code quality report: the subset of the Code Climate format that GitLab reads ("Code
// Quality report format" in its documentation). A finding must name a file and a line there.

import type { Severity } from '../diagnostics/diagnostic.ts'
import { jsonText, visible } from './escape.ts'
import { details, repositoryPath } from './files.ts'
import { fingerprints } from './fingerprint.ts'
import type { Report } from './types.ts'

/** Of info, minor, major, critical, blocker. */
const severities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', note: 'info' }

export const gitlab: Report = (findings, { filesChecked }) => {
  const names = fingerprints(findings)
  return jsonText(
    findings.map((finding, index) => {
      const { code, severity, region } = finding
      // What concerns the whole run is pinned to the first file, or to the repository's root.
      const path = repositoryPath(region?.file ?? filesChecked[0] ?? '.')
      return {
        description: details(finding, visible).join('\n'),
        check_name: code,
        fingerprint: names[index],
        severity: severities[severity],
        location: { path, lines: { begin: region?.line ?? 1, end: region?.endLine ?? 1 } },
      }
    }),
  )
}
