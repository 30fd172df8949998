// Where a file of block YAML can be cut. A section is an entry of the outermost mapping, or, where nothing but entries
// follows its key, each of these entries. Sections are read one by one when something is wrong, so that an error in one
// host does not hide the errors of the next; and in pieces of many sections when the file is large.
//
// Why that is sound: in block YAML a line that is not indented deeper than an entry ends whatever that entry left open,
// be it a quote, a bracket or a block scalar (YAML 1.2.2, sections 6.1 and 8.2), so no entry reaches into the next one.

export interface Section {
  readonly start: number
  readonly end: number
}

interface Line extends Section {
  readonly indent: number
}

/** The sections of a text, in order; none where its outermost value is in brackets or it holds several documents. */
export function sectionsOf(text: string): readonly Section[] {
  const starts: number[] = []
  let splits = false
  let childIndent = 0
  for (const { start, end, indent } of significantLines(text)) {
    const first = text[start + indent] ?? ''
    if (indent === 0 && isMarker(text, start)) {
      if (starts.length > 0) return []
      continue
    }
    if (starts.length === 0 && (first === '[' || first === '{')) return []
    if (indent > 0 && childIndent === 0 && splits) childIndent = indent
    if (starts.length === 0 || indent === 0 || (splits && indent <= childIndent)) starts.push(start)
    if (indent === 0) {
      splits = isBareKey(text.slice(start, end))
      childIndent = 0
    }
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }))
}

/** A stretch of the text. `inner`: it goes on with the entries of the last outermost key before it. */
export interface Piece extends Section {
  readonly inner: boolean
}

/**
 * Cuts a text into pieces of at least `size` characters, each a block mapping for itself, that together hold the
 * entries of the whole. Cuts only before a line that begins with a plain or quoted word; whether the pieces are what
 * they seem is for who reads them to check.
 */
export function piecesOf(text: string, size: number): readonly Piece[] {
  const pieces: Piece[] = []
  let piece = { start: 0, inner: false }
  let splits = false
  let childIndent = 0
  const cut = (start: number, inner: boolean): void => {
    pieces.push({ ...piece, end: start })
    piece = { start, inner }
  }
  let first = true
  for (const { start, end, indent } of significantLines(text)) {
    const simple = isWordStart(text.charCodeAt(start + indent))
    if (first) {
      if (text.startsWith('---', start)) continue
      // An outermost mapping that is indented itself would end at a line that is less so.
      if (indent > 0 || !simple) return []
    }
    const full = start - piece.start >= size
    if (indent === 0) {
      if (simple && !first && (piece.inner || full)) cut(start, false)
      splits = isBareKey(text.slice(start, end))
      childIndent = 0
    } else if (splits && childIndent === 0) {
      childIndent = indent
      splits = simple
    } else if (splits && indent === childIndent && simple && full) cut(start, true)
    first = false
  }
  return [...pieces, { ...piece, end: text.length }]
}

/** The text with spaces in place of some sections; every other character keeps its offset. */
export function blanked(text: string, sections: readonly Section[]): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of sections) {
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, ' '))
    at = end
  }
  parts.push(text.slice(at))
  return parts.join('')
}

/**
 * Lines that can begin something. Not: blank ones, comments, lines with a tab in their indentation (whatever they were
 * meant to be), and lines that begin with a closing bracket, which belong to the line that opened it.
 */
function* significantLines(text: string): Generator<Line> {
  const hasReturns = text.includes('\r')
  const lineBreak = /\r\n?|\n/g
  for (let start = 0; start < text.length; ) {
    let end = text.length
    let next = end
    if (hasReturns) {
      lineBreak.lastIndex = start
      const found = lineBreak.exec(text)
      if (found !== null) [end, next] = [found.index, lineBreak.lastIndex]
    } else {
      const found = text.indexOf('\n', start)
      if (found >= 0) [end, next] = [found, found + 1]
    }
    let at = start
    while (text.charCodeAt(at) === 0x20) at++
    if (at < end && !'#\t]}'.includes(text[at] ?? '')) yield { start, end, indent: at - start }
    start = next
  }
}

/** `---`, `...` or a directive. */
const isMarker = (text: string, start: number): boolean =>
  text[start] === '%' || text.startsWith('---', start) || text.startsWith('...', start)

/** An outermost key whose entries are on the lines below: a short word, then nothing but an anchor or a comment. */
const isBareKey = (line: string): boolean =>
  line.length <= 200 && /^["']?[\w.-]+["']?\s*:\s*(?:&\S+\s*)?(?:#.*)?$/.test(line)

const isWordStart = (code: number): boolean => {
  const lower = code | 0x20
  return (
    (lower >= 0x61 && lower <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x22 ||
    code === 0x27 ||
    code === 0x5f
  )
}
