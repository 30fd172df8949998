// Findings by file, for the formats whose backbone is the list of files that were checked.

import type { Reportable, ReportContext } from './types.ts'

/** Stands where a format wants a file name and the finding concerns the whole run. */
export const wholeRun = '(whole run)'

/**
 * Every file checked in its order, then files that only findings name, each with its findings; last, under
 * `undefined` and only if there are any, the findings without a place.
 */
export function byFile(
  findings: readonly Reportable[],
  { filesChecked }: ReportContext,
): Map<string | undefined, Reportable[]> {
  const groups = new Map<string | undefined, Reportable[]>(filesChecked.map(file => [file, []]))
  const nowhere: Reportable[] = []
  for (const finding of findings) {
    const file = finding.region?.file
    const group = file === undefined ? nowhere : groups.get(file)
    if (group !== undefined) group.push(finding)
    else groups.set(file, [finding])
  }
  if (nowhere.length > 0) groups.set(undefined, nowhere)
  return groups
}

/** `dir/file` for `./dir/file`: services match names against those of their repository. */
export const repositoryPath = (file: string): string => file.replace(/^(?:\.\/+)+(?=[^/])/, '')

/** The message and all that belongs to it, one thing a line, for formats that have one text per finding. */
export function details(
  { message, help, related = [] }: Reportable,
  shown: (text: string) => string,
): string[] {
  const lines = [shown(message)]
  for (const { message: words, region } of related) {
    lines.push(
      `note: ${shown(words)}${region ? ` (${shown(region.file)}:${region.line}:${region.column})` : ''}`,
    )
  }
  if (help !== undefined) lines.push(`help: ${shown(help)}`)
  return lines
}
