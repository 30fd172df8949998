// Remarks of people, written again: above the line that says in a rendered file what they are about. Where that is, the file
// itself tells when it is read back, so no template knows of remarks.

import type { Path } from '../diagnostics/diagnostic.ts'
import type { Host } from '../intent/intent.ts'
import { once } from '../intent/once.ts'
import { sourceText } from '../intent/text.ts'
import type { Spots } from './recall.ts'
import type { Remarks } from './remarks.ts'
import { readSystem } from './system.ts'
import type { Target } from './target.ts'
import type { RenderedFile } from './write.ts'

/** A path, joined, and the lines of the remark about it. */
type Said = readonly [path: string, lines: readonly string[]]

/** The remarks about what is below each host and switch. */
const byNode = once((remarks: Remarks): ReadonlyMap<string, readonly Said[]> => {
  const nodes = new Map<string, Said[]>()
  for (const said of remarks) {
    const node = said[0].split('\0', 2).join('\0')
    const known = nodes.get(node)
    if (known === undefined) nodes.set(node, [said])
    else known.push(said)
  }
  return nodes
})

/** The files of a host with the remarks about it; those about nothing that the files say stand with the device. */
export function annotated(
  files: readonly RenderedFile[],
  host: Host,
  target: Target,
  remarks: Remarks,
): readonly RenderedFile[] {
  const own = byNode(remarks).get(host.path.join('\0')) ?? []
  const { comment } = target.dialect
  if (own.length === 0 || comment === undefined) return files
  const sources = files.map(({ path, content }) => sourceText(path, content))
  const { spots } = readSystem(target, sources, host.name)
  const above = new Map<string, Map<number, string[]>>()
  for (const [path, texts] of own) {
    const region = spotOf(path.split('\0'), spots)
    if (region === undefined) continue
    const lines = above.get(region.file) ?? new Map<number, string[]>()
    above.set(region.file, lines)
    const said = lines.get(region.line) ?? []
    lines.set(region.line, said)
    said.push(...texts.flatMap(text => comment(text) ?? []))
  }
  return files.map(file => {
    const lines = above.get(file.path)
    return lines === undefined ? file : { ...file, content: withRemarks(file.content, lines) }
  })
}

/** Where a path stands, or the nearest around it. */
function spotOf(path: Path, spots: Spots) {
  for (let length = path.length; length > 2; length--) {
    const known = spots.get(path.slice(0, length).join('\0'))
    if (known !== undefined) return known.key
  }
  return undefined
}

/** Each remark on a line of its own, as far in as the line that it is about. */
function withRemarks(content: string, above: ReadonlyMap<number, readonly string[]>): string {
  return content
    .split('\n')
    .flatMap((line, index) => {
      const indent = /^[ \t]*/.exec(line)?.[0] ?? ''
      return [...(above.get(index + 1) ?? []).map(text => indent + text), line]
    })
    .join('\n')
}
