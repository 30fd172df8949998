// The comments of a YAML text that begin with some word. js-yaml passes comments over in silence, so they are looked
// for in the text, and what stands inside of a scalar is none.

import { limits } from '../limits.ts'
import type { SourceText } from '../text.ts'
import { Builder } from './build.ts'
import { parsed } from './events.ts'
import { type Nodes, nodeKind } from './nodes.ts'

export interface Comment {
  /** What follows the word. */
  readonly text: string
  /** Offsets from the number sign to the end of the line. */
  readonly start: number
  readonly end: number
  /** The line that it is about: its own, or, where it stands alone, the next that says something; 0 for none. */
  readonly about: number
}

/** The comments that begin with `word`, in the order of the text; none where the syntax is wrong. */
export function commentsWith(word: string, source: SourceText): readonly Comment[] {
  const { text } = source
  if (!text.includes(word)) return []
  const builder = parsed(text, limits, () => new Builder(source, limits))
  if ('reason' in builder) return []
  const { nodes } = builder.built()
  const found = text.matchAll(new RegExp(`(?<=^|[ \\t])#+[ \\t]*${word}(?![\\w-])([^\\r\\n]*)`, 'gm'))
  return [...found].flatMap(({ 0: whole, 1: rest = '', index }) => {
    if (isInScalar(nodes, index)) return []
    const end = index + whole.length
    return [{ text: rest.trim(), start: index, end, about: lineAbout(source, index, end) }]
  })
}

const isInScalar = (nodes: Nodes, offset: number): boolean => {
  for (let node = 0; node < nodes.count; node++) {
    const kind = nodes.kind(node)
    const isScalar = kind === nodeKind.plain || kind === nodeKind.quoted || kind === nodeKind.block
    if (isScalar && nodes.start(node) <= offset && offset < nodes.end(node)) return true
  }
  return false
}

function lineAbout(source: SourceText, start: number, end: number): number {
  const { line, column } = source.regionOf(start, end)
  const [own = ''] = source.linesOf(source.regionOf(start, end))
  if (own.slice(0, column - 1).trim() !== '') return line
  const following = /[\r\n](?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n]))*[ \t]*(?=[^\s#])/y
  following.lastIndex = end
  const gap = following.exec(source.text)
  return gap === null ? 0 : source.regionOf(end + gap[0].length, end + gap[0].length).line
}
