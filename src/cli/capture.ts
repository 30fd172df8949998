// What a terminal has recorded, as plain text: colours, cursor movements, and what a pager has written and wiped out again
// are how the session looked, not what the machine said.

const escape = 0x1b
const backspace = 0x08

/** Control sequences of ECMA-48 (CSI), of VT100 (a letter or a character set), and of xterm for titles (OSC). */
const sequences =
  /\x1b(?:\[[0-9;?]{0,32}[ -/]{0,4}[@-~]|[()][0-9A-Z]|[=>78cDEHM]|\][^\x07\x1b\n]{0,256}(?:\x07|\x1b\\))/g

/** What pagers ask, at the end of a line or where something else follows on it. */
const pagers =
  /-{2,4} ?(?:more|MORE|More)(?: \(\d{1,3}%\))? ?-{2,4}|--MORE--, next page: Space, next line: Enter, quit: Control-C/g

/** The bytes of a capture without them; the same where there are none. Takes time in proportion to their number. */
export function plainCapture(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(escape) && !bytes.includes(backspace)) return bytes
  // Each byte a character and back again, so that no encoding is touched.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return Buffer.from(wiped(text.replace(sequences, '').replace(pagers, '')), 'latin1')
}

/** Backspaces take back what stands before them on the line. */
function wiped(text: string): string {
  if (!text.includes('\b')) return text
  const kept: string[] = []
  for (const part of text.split(/(\x08)/)) {
    if (part !== '\b') {
      if (part !== '') kept.push(part)
      continue
    }
    const last = kept.pop()
    if (last === undefined) continue
    if (last.endsWith('\n')) kept.push(last)
    else if (last.length > 1) kept.push(last.slice(0, -1))
  }
  return kept.join('')
}
