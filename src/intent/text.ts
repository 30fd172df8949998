// From bytes to text with places: decoding, and which characters may stand in a file at all. What the text means is
// for the readers; they work with offsets and ask here for lines and columns.

import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts'
import type { Region } from '../diagnostics/region.ts'
import { type Limits, limits } from './limits.ts'
import { badSequenceIn, otherEncodingOf } from './utf8.ts'

/** The text of one file. Offsets count UTF-16 units from 0, after a byte order mark. */
export interface SourceText {
  readonly file: string
  readonly text: string
  /** Lines and columns of a stretch; `end` is exclusive. Offsets outside the text are moved to its edge. */
  regionOf(start: number, end: number): Region
  /** The whole lines that a region of this file touches, without their line breaks. */
  linesOf(region: Region): readonly string[]
}

/** Text that is already decoded. Where its lines begin is found on first use. */
export function sourceText(file: string, text: string): SourceText {
  let starts: Uint32Array | undefined
  const lineStarts = (): Uint32Array => {
    starts ??= lineStartsOf(text)
    return starts
  }
  const positionOf = (offset: number): { line: number; column: number } => {
    const all = lineStarts()
    let low = 0
    let high = all.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((all[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (all[low] ?? 0) + 1 }
  }
  return {
    file,
    text,
    regionOf(start, end) {
      const from = Math.min(Math.max(start, 0), text.length)
      const first = positionOf(from)
      const last = positionOf(Math.min(Math.max(end, from), text.length))
      return { file, ...first, endLine: last.line, endColumn: last.column }
    },
    linesOf(region) {
      if (region.file !== file) return []
      const all = lineStarts()
      const lines: string[] = []
      for (let line = Math.max(region.line, 1); line <= Math.min(region.endLine, all.length); line++) {
        lines.push(text.slice(all[line - 1], all[line] ?? text.length).replace(/\r?\n$|\r$/, ''))
      }
      return lines
    },
  }
}

/** A line ends with LF, CR LF or a lone CR (YAML 1.2.2, section 5.4). */
function lineStartsOf(text: string): Uint32Array {
  let starts = new Uint32Array(1024)
  let count = 1
  const lineBreak = /\r\n?|\n/g
  const hasReturns = text.includes('\r')
  const next = (from: number): number => {
    if (!hasReturns) return text.indexOf('\n', from) + 1
    lineBreak.lastIndex = from
    return lineBreak.test(text) ? lineBreak.lastIndex : 0
  }
  for (let start = next(0); start > 0; start = next(start)) {
    if (count === starts.length) {
      const larger = new Uint32Array(count * 2)
      larger.set(starts)
      starts = larger
    }
    starts[count++] = start
  }
  return starts.slice(0, count)
}

/**
 * Reads bytes as UTF-8. A byte order mark is dropped, any line break is accepted.
 *
 * The value is undefined for what is too large, in another encoding, or no text at all. For single bytes that are not
 * UTF-8 and for characters that may not stand in a file, the text goes on with U+FFFD in their place, so that
 * everything else in the file can be said in the same run.
 */
export function decodeText(
  bytes: Uint8Array,
  file: string,
  limit: Limits = limits,
): Outcome<SourceText | undefined> {
  const refused = refusal(bytes, file, limit)
  if (refused !== undefined) return { value: undefined, diagnostics: [refused] }
  const strict = decodeStrictly(bytes)
  const decoded = strict ?? new TextDecoder('utf-8').decode(bytes)
  const found = forbiddenIn(decoded, limit.complaints)
  if (found.length > limit.complaints) return { value: undefined, diagnostics: [notText(file)] }
  const source = sourceText(file, found.length === 0 ? decoded : decoded.replace(forbidden, '\uFFFD'))
  const diagnostics: Diagnostic[] = strict === undefined ? [notUtf8(bytes, source)] : []
  for (const offset of found) diagnostics.push(forbiddenCharacter(decoded.charCodeAt(offset), source, offset))
  return { value: source, diagnostics }
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** What cannot be gone on with: said at the beginning of the file. */
function refusal(bytes: Uint8Array, file: string, limit: Limits): Diagnostic | undefined {
  const common = { severity: 'error' as const, region: beginningOf(file) }
  if (bytes.length > limit.bytes) {
    const size = `${(bytes.length / 1024 / 1024).toFixed(1)} MiB`
    return {
      ...common,
      code: 'text-too-large',
      message: `the file has ${size}, more than the ${limit.bytes / 1024 / 1024} MiB that are read`,
      help: 'split it into several files; a folder of files is one intent',
    }
  }
  const other = otherEncodingOf(bytes)
  if (other === undefined) return undefined
  if (other === 'binary') return notText(file)
  return {
    ...common,
    code: 'text-not-utf8',
    message: `the file is in ${other}; only UTF-8 is read`,
    help: `save it as UTF-8, for example: iconv -f ${other} -t UTF-8`,
  }
}

const beginningOf = (file: string): Region => ({ file, line: 1, column: 1, endLine: 1, endColumn: 1 })

const notText = (file: string): Diagnostic => ({
  code: 'text-binary',
  severity: 'error',
  message: 'the file is not text: it is full of bytes or characters that no text has, such as NUL',
  region: beginningOf(file),
  help: 'name a text file in UTF-8',
})

function notUtf8(bytes: Uint8Array, source: SourceText): Diagnostic {
  const { offset, length, atEnd } = badSequenceIn(bytes)
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, offset)).length
  const byte = bytes[offset] ?? 0
  const name = `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`
  const latin =
    byte >= 0xa0 && length === 1 ? `; in Latin-1 (ISO 8859-1) this byte is ${String.fromCharCode(byte)}` : ''
  return {
    code: 'text-not-utf8',
    severity: 'error',
    message: atEnd
      ? `the file ends in the middle of a character, at byte offset ${offset}; it may have been cut off`
      : `the byte ${name} at byte offset ${offset} is not UTF-8`,
    region: source.regionOf(before, before + 1),
    help: `save the file as UTF-8${latin}`,
  }
}

/**
 * What YAML does not count as printable (YAML 1.2.2, production c-printable), and a byte order mark inside the text.
 * Tabs, line breaks and U+0085 may stand.
 */
const forbidden = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFEFF\uFFFE\uFFFF]/g

/** The offsets of such characters, at most `most` and one more. */
function forbiddenIn(text: string, most: number): readonly number[] {
  const offsets: number[] = []
  for (const { index } of text.matchAll(forbidden)) if (offsets.push(index) > most) break
  return offsets
}

const names: Readonly<Record<number, string>> = {
  0: 'NUL',
  7: 'bell',
  8: 'backspace',
  11: 'vertical tab',
  12: 'form feed',
  27: 'escape',
  127: 'delete',
  65279: 'byte order mark',
}

function forbiddenCharacter(code: number, source: SourceText, offset: number): Diagnostic {
  const hex = code.toString(16).toUpperCase().padStart(4, '0')
  const name = names[code]
  return {
    code: 'text-control-character',
    severity: 'error',
    message: `the character U+${hex}${name === undefined ? '' : ` (${name})`} may not stand in a file`,
    region: source.regionOf(offset, offset + 1),
    help:
      code === 0xfeff
        ? 'remove it; it may stand only at the very beginning, and is left over where files were joined'
        : `remove it; if it belongs to a value, write "\\u${hex}" in double quotes`,
  }
}
