// Findings for a person at a terminal: what is wrong, where, the text itself with the place underlined, and
// what would be right. Everything quoted is made visible first, so no file can draw on the reader's screen.

import type { Severity } from '../diagnostics/diagnostic.ts'
import type { Region } from '../diagnostics/located.ts'
import { visible } from './escape.ts'
import { excerpt } from './excerpt.ts'
import { displayWidth, type Paint, paint, type Style, wrap } from './terminal.ts'
import type { Report, Reportable, ReportContext } from './types.ts'

/** Narrower terminals are treated as this wide: a line number, a bar and a few words must fit. */
const narrowest = 40

interface Page {
  readonly width: number
  readonly paint: Paint
}

interface Spot {
  readonly region: Region
  readonly lines?: readonly string[]
}

/** `2 errors`, `1 warning`. */
export const plural = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`

interface Label {
  readonly text: string
  readonly style: Style
  /** Columns by which the lines after the first are indented. */
  readonly hang: number
}

/** `label: words`, wrapped. */
function labelled(label: Label, words: string, page: Page, emphasis?: Style): string[] {
  const shown = visible(label.text)
  const wrapped = wrap(visible(words), page.width, ' '.repeat(label.hang), displayWidth(shown) + 2)
  const [first = '', ...rest] = emphasis === undefined ? wrapped : wrapped.map(page.paint[emphasis])
  return [`${page.paint[label.style](shown)}:${first === '' ? '' : ' '}${first}`, ...rest]
}

const relatedLabel: Label = { text: 'note', style: 'strong', hang: 6 }
const helpLabel: Label = { text: 'help', style: 'help', hang: 6 }
const fixLabel: Label = { text: 'fix', style: 'help', hang: 6 }

/** How a fix is asked for: one that changes what the driver does needs a word more. */
const asking = (safe: boolean): string => (safe ? '--fix' : '--fix --unsafe')

/** The arrow with the place, and the excerpt if the text is known. */
function place(
  { region, lines = [] }: Spot,
  mark: '^' | '-',
  style: Style,
  gutter: number,
  page: Page,
): string[] {
  const { file, line, column } = region
  const arrow = `${' '.repeat(gutter)}${page.paint.place('-->')} ${visible(file)}:${line}:${column}`
  if (lines.length === 0) return [arrow]
  const blank = page.paint.place(`${' '.repeat(gutter)} |`)
  return [
    arrow,
    blank,
    ...excerpt(region, lines, { gutter, width: page.width, mark, style, paint: page.paint }),
  ]
}

const hasRegion = <T extends Partial<Spot>>(spot: T): spot is T & Spot => spot.region !== undefined

function one(finding: Reportable, page: Page): string[] {
  const { severity, code, message, help, related = [], textFix, fix } = finding
  const spots = [finding, ...related].filter(hasRegion)
  const gutter = Math.max(1, ...spots.map(({ region }) => String(region.endLine).length))
  const label = { text: `${severity}[${code}]`, style: severity, hang: 2 }
  const out = labelled(label, message, page, 'strong')
  if (hasRegion(finding)) out.push(...place(finding, '^', severity, gutter, page))
  for (const spot of related) {
    out.push(...labelled(relatedLabel, spot.message, page))
    if (hasRegion(spot)) out.push(...place(spot, '-', 'place', gutter, page))
  }
  if (help !== undefined) out.push(...labelled(helpLabel, help, page))
  if (textFix !== undefined) {
    out.push(...labelled(fixLabel, `${textFix.title} (${asking(textFix.safe)})`, page))
  } else if (fix !== undefined && help === undefined) out.push(...labelled(fixLabel, fix.title, page))
  return out
}

const severities: readonly Severity[] = ['error', 'warning', 'note']

/** `3 errors, 1 warning in 2 of 5 files`; nothing where nothing was looked at and nothing found. */
export function summary(findings: readonly Reportable[], filesChecked: readonly string[]): string {
  const checked = new Set(filesChecked)
  if (findings.length === 0) return checked.size === 0 ? '' : `no findings in ${plural(checked.size, 'file')}`
  const counts = severities
    .map(severity => [findings.filter(finding => finding.severity === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => plural(count, severity))
    .join(', ')
  const files = new Set(findings.flatMap(({ region }) => (region === undefined ? [] : [region.file])))
  if (files.size === 0) return counts
  for (const file of files) checked.add(file)
  const among =
    checked.size > files.size
      ? `${files.size} of ${plural(checked.size, 'file')}`
      : plural(files.size, 'file')
  return `${counts} in ${among}`
}

/** How many findings a fix settles; nothing where there is none. */
export function settling(findings: readonly Reportable[]): string {
  const offers = findings.flatMap(({ textFix }) => textFix ?? [])
  const safe = offers.filter(offer => offer.safe).length
  const unsafe = offers.length - safe
  if (safe > 0 && unsafe > 0) return `${asking(true)} settles ${safe}, ${asking(false)} ${unsafe} more`
  if (safe > 0) return `${asking(true)} settles ${safe} of them`
  return unsafe > 0 ? `${asking(false)} settles ${unsafe} of them` : ''
}

export const text: Report = (findings: readonly Reportable[], context: ReportContext): string => {
  const page: Page = { width: Math.max(narrowest, context.width), paint: paint(context.colour) }
  const blocks = findings.map(finding => `${one(finding, page).join('\n')}\n`)
  const closing = [summary(findings, context.filesChecked), settling(findings)].filter(line => line !== '')
  if (closing.length > 0) {
    blocks.push(`${closing.flatMap(line => wrap(line, page.width).map(page.paint.strong)).join('\n')}\n`)
  }
  return blocks.join('\n')
}
