// Which bytes are not UTF-8, and what else they may be. Used only after a strict decoder has refused them, or to
// give a file in another encoding its name; decoding is text.ts.

/** The first byte sequence that is not UTF-8. `length` counts its bytes, `atEnd` says that the input ends inside it. */
export interface BadSequence {
  readonly offset: number
  readonly length: number
  readonly atEnd: boolean
}

/** First byte, and the range of the second, of well-formed sequences (The Unicode Standard, table 3-7). */
const leads: readonly (readonly [first: number, last: number, bytes: number, low: number, high: number])[] = [
  [0x00, 0x7f, 1, 0, 0],
  [0xc2, 0xdf, 2, 0x80, 0xbf],
  [0xe0, 0xe0, 3, 0xa0, 0xbf],
  [0xe1, 0xec, 3, 0x80, 0xbf],
  [0xed, 0xed, 3, 0x80, 0x9f],
  [0xee, 0xef, 3, 0x80, 0xbf],
  [0xf0, 0xf0, 4, 0x90, 0xbf],
  [0xf1, 0xf3, 4, 0x80, 0xbf],
  [0xf4, 0xf4, 4, 0x80, 0x8f],
]

/** Finds the first bad sequence; its offset is the length of the input where there is none. */
export function badSequenceIn(bytes: Uint8Array): BadSequence {
  let offset = 0
  while (offset < bytes.length) {
    const first = bytes[offset] ?? 0
    if (first < 0x80) {
      offset++
      continue
    }
    const lead = leads.find(([low, high]) => first >= low && first <= high)
    if (lead === undefined) return { offset, length: 1, atEnd: false }
    const [, , size, low, high] = lead
    for (let at = 1; at < size; at++) {
      const byte = bytes[offset + at]
      if (byte === undefined) return { offset, length: at, atEnd: true }
      if (byte < (at === 1 ? low : 0x80) || byte > (at === 1 ? high : 0xbf))
        return { offset, length: at, atEnd: false }
    }
    offset += size
  }
  return { offset, length: 0, atEnd: false }
}

/**
 * The name of a wide encoding, told by its byte order mark or by where the zero bytes of its first 1024 stand;
 * `binary` for bytes that are not UTF-8 and hold NUL; undefined for what may be UTF-8.
 */
export function otherEncodingOf(
  bytes: Uint8Array,
): 'UTF-16LE' | 'UTF-16BE' | 'UTF-32LE' | 'UTF-32BE' | 'binary' | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32LE' : 'UTF-16LE'
  if (a === 0xfe && b === 0xff) return 'UTF-16BE'
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32BE'
  const head = bytes.subarray(0, 1024)
  if (!head.includes(0)) return undefined
  const zeros = [0, 0]
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const most = Math.floor(head.length / 2) * 0.6
  if (bytes.length >= 4 && odd > most && even === 0) return 'UTF-16LE'
  if (bytes.length >= 4 && even > most && odd === 0) return 'UTF-16BE'
  return badSequenceIn(bytes).offset < bytes.length ? 'binary' : undefined
}
