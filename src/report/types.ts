// What a report is given and what it is: a pure function from findings to text. Where findings come from and
// where the text goes is not known here.

import type { Place, Severity } from '../diagnostics/diagnostic.ts'
import type { Located, Region } from '../diagnostics/located.ts'

/** One stretch of text and what stands there afterwards; an empty region is a place to insert. */
export interface Replacement {
  readonly region: Region
  readonly text: string
}

/** A fix as a change of text. `safe`: it means the same to the driver. Replacements do not overlap. */
export interface TextFix {
  readonly title: string
  readonly safe: boolean
  readonly replacements: readonly Replacement[]
}

/** A located diagnostic with what only some formats can use. */
export interface Reportable extends Located {
  /** The place by meaning; where it is known a fingerprint follows it and not the wording of the line. */
  readonly at?: Place
  readonly textFix?: TextFix
}

/** What is known of a code, apart from one finding of it. */
export interface RuleInfo {
  readonly summary: string
  readonly why?: string
  /** Absolute URI of the page about it. */
  readonly helpUri?: string
  readonly defaultSeverity: Severity
}

export interface ReportContext {
  /** By code. A code that is not in it is reported all the same. */
  readonly rules: ReadonlyMap<string, RuleInfo>
  readonly tool: { readonly name: string; readonly version: string; readonly informationUri?: string }
  readonly colour: boolean
  /** Columns of the terminal; Infinity for no wrapping. */
  readonly width: number
  /** Every file that was looked at, with findings or without, in the order in which they are reported. */
  readonly filesChecked: readonly string[]
}

/** Findings keep the order given. The text ends with a line break, or is empty where nothing is said. */
export type Report = (findings: readonly Reportable[], context: ReportContext) => string
