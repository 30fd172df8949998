// A page that a reader follows: the files that it names and the commands that it gives, in their order.

import { readFileSync } from 'node:fs'

export type Step =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'command'; readonly text: string }

/** A block of sh is commands, one a line; a block of yaml is the file that the last words before it name. */
export function stepsOf(path: string): readonly Step[] {
  const text = readFileSync(path, 'utf8')
  const blocks = [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
  return blocks.flatMap(({ 1: language, 2: inside = '', index }): readonly Step[] => {
    if (language === 'sh')
      return inside
        .trimEnd()
        .split('\n')
        .map(line => ({ kind: 'command', text: line }))
    const name = /`([\w./-]+)`:\s*$/.exec(text.slice(0, index))?.[1]
    if (language !== 'yaml' || name === undefined)
      throw new Error(`a block of ${path} is neither commands nor a file with a name: ${inside}`)
    return [{ kind: 'file', name, text: inside }]
  })
}
