// Which quote or bracket is open at a spot of ill-formed YAML. The parser says where it noticed; people look for where
// it began. A light scan, used for messages only: it knows quotes, brackets, comments and block scalars, no more.

import { isBlank, isLineBreak } from './blank.ts'

export interface Openers {
  /** Offset of the innermost quote or bracket that is open at the spot. */
  readonly open?: number
  /** The last quoted text that ends at or before the spot, with its quotes. */
  readonly quoted?: { readonly start: number; readonly end: number }
}

/** Looks from `start`, the beginning of a section, to `spot`. */
export function openersAt(text: string, start: number, spot: number): Openers {
  const brackets: number[] = []
  let quoted: { start: number; end: number } | undefined
  /** Whether a node may begin here: only then is a quote a quote, and not an apostrophe in a word. */
  let fresh = true
  let at = start
  while (at < spot) {
    const character = text.charAt(at)
    if (character === '#' && (at === start || isBlank(text.charCodeAt(at - 1)))) {
      at = endOfLine(text, at)
    } else if ((character === '"' || character === "'") && fresh) {
      const end = endOfQuoted(text, at, spot)
      if (end === undefined) return { open: at, ...(quoted && { quoted }) }
      quoted = { start: at, end }
      at = end
      fresh = false
    } else if ((character === '|' || character === '>') && fresh && brackets.length === 0) {
      at = endOfBlockScalar(text, at)
    } else {
      const inFlow = brackets.length > 0
      if (character === '[' || character === '{') {
        if (fresh || inFlow) brackets.push(at)
      } else if (character === ']' || character === '}') brackets.pop()
      fresh = freshAfter(text, at, character, fresh, inFlow)
      at++
    }
  }
  const open = brackets.at(-1)
  return { ...(open !== undefined && { open }), ...(quoted && { quoted }) }
}

function freshAfter(text: string, at: number, character: string, fresh: boolean, inFlow: boolean): boolean {
  const code = text.charCodeAt(at)
  if (isLineBreak(code)) return true
  if (isBlank(code)) return fresh
  if (inFlow && character === ',') return true
  if (character === '[' || character === '{') return fresh || inFlow
  const blankFollows = at + 1 >= text.length || isBlank(text.charCodeAt(at + 1))
  if (character === ':') return blankFollows || (inFlow && isQuote(text.charAt(at - 1)))
  return fresh && (character === '-' || character === '?') && blankFollows
}

const isQuote = (character: string): boolean => character === '"' || character === "'"

function endOfLine(text: string, from: number): number {
  let at = from
  while (at < text.length && !isLineBreak(text.charCodeAt(at))) at++
  return at
}

/** The offset after the closing quote; undefined if that is not before `limit`. */
function endOfQuoted(text: string, start: number, limit: number): number | undefined {
  const quote = text.charAt(start)
  for (let at = start + 1; at < limit; at++) {
    const character = text.charAt(at)
    if (quote === '"' && character === '\\') at++
    else if (character === quote) {
      if (quote === '"' || text.charAt(at + 1) !== "'") return at + 1
      at++
    }
  }
  return undefined
}

/** Its content are the lines below that are blank or indented deeper than the key or dash it belongs to. */
function endOfBlockScalar(text: string, start: number): number {
  let lineStart = start
  while (lineStart > 0 && !isLineBreak(text.charCodeAt(lineStart - 1))) lineStart--
  const [before = ''] = /^(?: |- )*(?=[^ -]|-[^ ])/.exec(text.slice(lineStart, start + 1)) ?? []
  const ownIndent = lineStart + before.length === start ? before.lastIndexOf('-') : before.length
  let at = endOfLine(text, start)
  const line = /(?:\r\n?|\n)( *)([^\r\n]*)/y
  for (line.lastIndex = at; ; line.lastIndex = at) {
    const found = line.exec(text)
    if (found === null) return at
    const [whole, spaces = '', content = ''] = found
    if (content !== '' && spaces.length <= ownIndent) return at
    at += whole.length
  }
}
