// One YAML file: from text to the value, and where each of its words stands. JSON is YAML. Syntax is js-yaml's
// business (5.x, whose events carry offsets); what the words mean for bonds is read.ts's.
//
// Any text gives a value or diagnostics, in time and memory bounded by limits.ts; nothing is thrown.

import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts'
import type { Origin } from '../diagnostics/origin.ts'
import { type Limits, limits } from './limits.ts'
import type { SourceText } from './text.ts'
import { Builder } from './yaml/build.ts'
import { type Fault, faultIn, parsed } from './yaml/events.ts'
import { explain } from './yaml/help.ts'
import { yamlOrigin } from './yaml/origin.ts'
import { blanked, type Section, sectionsOf } from './yaml/sections.ts'
import { excessIn } from './yaml/size.ts'

export interface YamlDocument {
  /**
   * The document as plain data: null, booleans, numbers, texts, lists and objects; undefined for an empty file. Objects
   * have the usual prototype and only own properties of the file, `__proto__` among them; what an alias repeats is the
   * same object again.
   */
  readonly value: unknown
  readonly origin: Origin
}

/**
 * Reads a file as one document of YAML 1.2, core schema. Keys are texts as they are written: `1:` and `"1":` are both
 * the key 1.
 *
 * The value is undefined where the syntax is wrong: what could be read around the error is used to find more errors,
 * but would be an incomplete intent. Any other trouble (a key twice, an unknown tag, an alias of nothing) leaves out as
 * little as possible and the value is given.
 */
export function readYaml(source: SourceText, limit: Limits = limits): Outcome<YamlDocument | undefined> {
  const { text } = source
  const excess = excessIn(text, 0, text.length, limit)
  if (excess !== undefined) {
    const what = excess.of === 'lines' ? `${limit.lines} lines` : `${limit.entries} keys and list items`
    return {
      value: undefined,
      diagnostics: [tooLarge(source, excess.offset, `more than the ${what} that are read`)],
    }
  }
  const builder = parsed(text, limit, () => new Builder(source, limit))
  if ('reason' in builder) return { value: undefined, diagnostics: allErrors(source, builder, limit) }
  const { value, nodes, diagnostics } = builder.built()
  return { value: { value, origin: yamlOrigin(source, nodes) }, diagnostics }
}

const tooLarge = (source: SourceText, offset: number, than: string): Diagnostic => ({
  code: 'yaml-too-large',
  severity: 'error',
  message: `the file has ${than}; here is the first one too many`,
  region: source.regionOf(offset, offset + 1),
  help: 'split it into several files; a folder of files is one intent',
})

/** How many sections are parsed for themselves; each costs some microseconds, however short it is. */
const mostSections = 150_000

/**
 * js-yaml stops at its first error. To say all of them in one run, each section of the file (see yaml/sections.ts) is
 * parsed for itself; those that fail are blanked out, and the rest is read as a whole for what else is wrong with it.
 */
function allErrors(source: SourceText, first: Fault, limit: Limits): readonly Diagnostic[] {
  const { text } = source
  const whole = { start: 0, end: text.length }
  if (first.tooLarge) return [tooLarge(source, first.offset, first.reason)]
  const sections = sectionsOf(text)
  const diagnostics: Diagnostic[] = []
  const failed: Section[] = []
  for (const section of sections.length <= mostSections ? sections : []) {
    const fault = faultIn(text, section, limit)
    if (fault === undefined) continue
    if (failed.length === limit.complaints) return [...diagnostics, andMore(source)]
    failed.push(section)
    diagnostics.push(explain(source, fault, section))
  }
  if (failed.length === 0) return [explain(source, first, whole)]
  const rest = parsed(blanked(text, failed), limit, () => new Builder(source, limit))
  if ('reason' in rest) return [...diagnostics, ...(rest.tooLarge ? [] : [explain(source, rest, whole)])]
  // What was blanked out may have held the anchors of aliases elsewhere.
  const found = rest.built().diagnostics
  return [...diagnostics, ...found.filter(({ code }) => code !== 'yaml-alias-unknown')]
}

const andMore = (source: SourceText): Diagnostic => ({
  code: 'yaml-syntax',
  severity: 'error',
  message: 'more parts of this file are no YAML and are not listed',
  region: source.regionOf(source.text.length, source.text.length),
})
