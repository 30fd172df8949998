// Reading an intent in a test, through the real reader.

import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import type { Located } from '../../src/diagnostics/located.ts'
import { locate } from '../../src/diagnostics/origin.ts'
import validate from '../../src/generated/validate.js'
import type { Intent } from '../../src/intent/intent.ts'
import { readIntent } from '../../src/intent/read.ts'
import { sourceText } from '../../src/intent/text.ts'
import { readYaml } from '../../src/intent/yaml.ts'

export interface Read {
  readonly intent: Intent
  readonly diagnostics: readonly Diagnostic[]
  /** Joins diagnostics with the text. */
  locate(diagnostics: readonly Diagnostic[]): readonly Located[]
}

/** Reads one file's text as an intent; the only host of a short one is called `host`. */
export function read(text: string, file = 'intent.yaml'): Read {
  const source = sourceText(file, text)
  const parsed = readYaml(source)
  const documents = parsed.value === undefined ? [] : [{ name: 'host', ...parsed.value }]
  const { value, diagnostics } = readIntent(documents, document =>
    validate(document) ? [] : (validate.errors ?? []),
  )
  const texts = new Map([[file, source]])
  return {
    intent: value.intent,
    diagnostics: [...parsed.diagnostics, ...diagnostics],
    locate: found => locate(found, value.origin, texts),
  }
}
