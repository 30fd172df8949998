// Reads the output of one command by its table: each line goes to the first row that fits it. The time is that of the
// lines times the rows, whatever stands in them: no line is looked at beyond a few thousand characters.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Region } from '../diagnostics/region.ts'
import type { SourceText } from '../intent/text.ts'
import type { Format, Row } from './formats/format.ts'
import type { DraftBundle, DraftMember, Sight } from './sight.ts'

/** No line of any output is longer, and no pattern is tried on one that is. */
export const longestLine = 4096

/** A line of a text: where it begins, and what it says without its break. */
export interface Line {
  readonly start: number
  readonly text: string
}

/** A stretch of a text that one command has printed. */
export interface Section {
  readonly source: SourceText
  readonly format: Format
  readonly lines: readonly Line[]
  /** What the bond is called, where its own text does not say so. */
  readonly bundle?: { readonly name: string; readonly unnamed: boolean } | undefined
}

interface Position {
  bundle: DraftBundle | undefined
  member: DraftMember | undefined
  part: string | undefined
}

const withPlaces = new WeakMap<RegExp, RegExp>()

/** The pattern with the places of its groups; made once for each. */
function placing(pattern: RegExp): RegExp {
  let made = withPlaces.get(pattern)
  if (made === undefined) {
    made = new RegExp(pattern.source, `${pattern.flags}d`)
    withPlaces.set(pattern, made)
  }
  return made
}

export function walk({ source, format, lines, bundle }: Section, sight: Sight): void {
  const position: Position = { bundle: undefined, member: undefined, part: undefined }
  const [first] = lines
  if (bundle !== undefined && first !== undefined) {
    position.bundle = sight.bundle(bundle.name, source.regionOf(first.start, first.start + first.text.length))
    position.bundle.unnamed ||= bundle.unnamed
    const { whole } = format
    position.bundle.hidden ||= whole !== undefined && !lines.some(({ text }) => whole.test(text))
  }
  const strange: Line[] = []
  for (const line of lines) {
    if (line.text.trim() === '') continue
    if (line.text.length > longestLine || !take(line, source, format, sight, position)) strange.push(line)
  }
  const unread = strange.filter(
    ({ text }) => text.length > longestLine || !format.passes.some(one => one.test(text)),
  )
  const complaint = unknownLines(unread, source, format)
  if (complaint !== undefined) sight.diagnostics.push(complaint)
}

/** Whether some row takes the line. */
function take(line: Line, source: SourceText, format: Format, sight: Sight, position: Position): boolean {
  for (const row of format.rows) {
    if (row.within !== undefined && !row.within.includes(position.part ?? '')) continue
    const found = placing(row.line).exec(line.text)
    if (found === null) continue
    say(row, found, line.start, source, format, sight, position)
    return true
  }
  return false
}

function say(
  row: Row,
  found: RegExpExecArray,
  start: number,
  source: SourceText,
  format: Format,
  sight: Sight,
  position: Position,
): void {
  if (row.enters !== undefined) position.part = row.enters
  const at = source.regionOf(start, start + found[0].length)
  if (row.event !== undefined) {
    const { bundle = '', member } = found.groups ?? {}
    const begin = start + (found.indices?.groups?.bundle?.[0] ?? 0)
    sight.events.push({
      kind: row.event,
      bundle,
      member,
      at: source.regionOf(begin, start + found[0].length),
    })
    return
  }
  keepAll(found, start, source, format, sight, position, row.prefix)
  for (const [group, word] of Object.entries(row.gives ?? {}))
    sight.keep(group, word, at, position, format.states?.[group])
  const list = found.indices?.groups?.list
  if (row.each === undefined || list === undefined) return
  let end = list[0]
  for (const item of found[0].slice(0, list[1]).matchAll(from(placing(row.each), end))) {
    sayStrange(found[0], end, item.index, start, source, format, sight)
    keepAll(item, start, source, format, sight, position)
    end = item.index + item[0].length
  }
  sayStrange(found[0], end, list[1], start, source, format, sight)
}

/** A pattern that begins to look at an offset. */
function from(pattern: RegExp, offset: number): RegExp {
  const made = new RegExp(pattern)
  made.lastIndex = offset
  return made
}

/** What no item of a list takes is a separator, the word for none, or something that is said. */
function sayStrange(
  line: string,
  begin: number,
  end: number,
  start: number,
  source: SourceText,
  format: Format,
  sight: Sight,
): void {
  const rest = line.slice(begin, end)
  const word = rest.trim()
  if (!/[A-Za-z0-9]/.test(word) || word === 'N/A') return
  const at = start + begin + rest.indexOf(word)
  sight.diagnostics.push({
    code: 'not-understood',
    severity: 'warning',
    message: `${word.slice(0, 40)} is no port as ${format.command} is known to print it, so nothing is made of it`,
    region: source.regionOf(at, at + word.length),
  })
}

/** The facts of a match; what it opens comes first, as the rest belongs to it. */
function keepAll(
  found: RegExpMatchArray,
  start: number,
  source: SourceText,
  format: Format,
  sight: Sight,
  position: Position,
  prefix = '',
): void {
  const { groups = {}, indices } = found
  const regionOf = (group: string) => {
    const [from = 0, to = 0] = indices?.groups?.[group] ?? []
    return source.regionOf(start + from, start + to)
  }
  const { bundle, member, port } = groups
  if (port !== undefined) position.member = sight.memberCalled(port)
  if (bundle !== undefined) {
    position.bundle = sight.bundle(prefix + bundle, regionOf('bundle'))
    position.member = undefined
  }
  if (member !== undefined)
    position.member = position.bundle && sight.member(position.bundle, member, regionOf('member'))
  let lost = member !== undefined && position.bundle === undefined
  for (const [group, said] of Object.entries(groups)) {
    if (said === undefined || !/^[bmap]_/.test(group)) continue
    const words = format.words?.[group]
    const word = words !== undefined && Object.hasOwn(words, said.trim()) ? words[said.trim()] : undefined
    if (word === '') continue
    const kept = sight.keep(group, word ?? said.trim(), regionOf(group), position, format.states?.[group])
    // Who names ports names all of them, those of bonds among others.
    lost ||= !kept && port === undefined
  }
  if (lost)
    sight.diagnostics.push(
      outsideAny(
        source.regionOf(start + (found.index ?? 0), start + (found.index ?? 0) + found[0].length),
        format,
      ),
    )
}

const outsideAny = (region: Region, format: Format): Diagnostic => ({
  code: 'not-understood',
  severity: 'warning',
  message: `what this line of ${format.command} is about stands further up, and is not there, so nothing is made of it`,
  region,
  help: 'name the output whole, from its first line on',
})

function unknownLines(
  [first, ...more]: readonly Line[],
  source: SourceText,
  format: Format,
): Diagnostic | undefined {
  if (first === undefined) return undefined
  const others = more.length === 0 ? '' : `, and ${more.length} more`
  return {
    code: 'not-understood',
    severity: 'note',
    message: `this line is not known in the output of ${format.command}${others}, and nothing is made of it`,
    region: source.regionOf(first.start, first.start + first.text.length),
  }
}
