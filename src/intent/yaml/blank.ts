// White space, line breaks and comments of YAML: what may stand between two nodes.

export const isLineBreak = (code: number): boolean => code === 0x0a || code === 0x0d

export const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || isLineBreak(code)

const hash = 0x23

/** The offset of what comes after white space, line breaks and comments; a comment begins after white space only. */
export function skipBlank(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === hash && (at === 0 || isBlank(text.charCodeAt(at - 1)))) {
      while (at < text.length && !isLineBreak(text.charCodeAt(at))) at++
    } else if (isBlank(code)) at++
    else break
  }
  return at
}
