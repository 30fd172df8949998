// Shorthands for tests about reading YAML.

import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { limits } from '../../src/intent/limits.ts'
import { sourceText } from '../../src/intent/text.ts'
import { readYaml } from '../../src/intent/yaml.ts'

export const read = (text: string, limit = limits) => readYaml(sourceText('f.yaml', text), limit)

/** `code line:column text`, where text is what the region covers of its first line. */
export function briefs(text: string, diagnostics: readonly Diagnostic[] = read(text).diagnostics): string[] {
  const source = sourceText('f.yaml', text)
  return diagnostics.map(({ code, region }) => {
    if (region === undefined) return code
    const [line = ''] = source.linesOf(region)
    const end = region.line === region.endLine ? region.endColumn - 1 : line.length
    return `${code} ${region.line}:${region.column} ${line.slice(region.column - 1, end)}`.trim()
  })
}
