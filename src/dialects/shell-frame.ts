// What frames the commands of a script and says nothing of devices: what looks, prints or ends, and the functions that
// written scripts have of their own for that.

import type { Statement } from './dialect.ts'

const looks = new Set(['set', '[', 'test', ':', 'true', 'false', 'exit', 'return', 'sleep'])

/** The functions of templates/iproute2 and templates/linux-bridge. */
const own = new Set(['there', 'attached', 'holds', 'holds_1'])

/** Whether a command says nothing of any device. What prints into a file may: files below /sys and /proc are options. */
export function isFrame({ name, inside }: Statement): boolean {
  if (name !== 'echo') return looks.has(name) || own.has(name)
  return inside.every(word => word.name !== '>' || /^(?:\d+|\/dev\/.*)$/.test(String(word.value)))
}
