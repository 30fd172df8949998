// How much a text will cost to parse, counted before it is spent.

export interface Size {
  readonly lines: number
  /** See limits.ts. */
  readonly entries: number
}

/** The offset at which a stretch of a text has more than `most` of something, and of what; undefined if nowhere. */
export function excessIn(
  text: string,
  start: number,
  end: number,
  most: Size,
): { readonly of: keyof Size; readonly offset: number } | undefined {
  // Each takes at least one character.
  if (end - start < Math.min(most.lines, most.entries)) return undefined
  let lines = 1
  let entries = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (isPlain[code] === 1) continue
    if (code === 0x0a || code === 0x0d) {
      if (++lines > most.lines) return { of: 'lines', offset: at + 1 }
    } else if (beginsEntry(text, at, code) && ++entries > most.entries) return { of: 'entries', offset: at }
  }
  return undefined
}

/** Most characters begin nothing: letters, digits, spaces. */
const isPlain = new Uint8Array(0x80).map((_, code) => (/[\w .#/"'+]/.test(String.fromCharCode(code)) ? 1 : 0))

const [comma, bracket, brace, colon, dash, question] = [0x2c, 0x5b, 0x7b, 0x3a, 0x2d, 0x3f]

function beginsEntry(text: string, at: number, code: number): boolean {
  if (code === comma || code === bracket || code === brace) return true
  if (code !== colon && code !== dash && code !== question) return false
  const next = text.charCodeAt(at + 1)
  if (Number.isNaN(next) || next <= 0x20) return true
  if (code !== colon) return false
  return ',[]{}'.includes(text.charAt(at + 1)) || '"\''.includes(text.charAt(at - 1))
}
