// Changes of lists and mappings in brackets. An entry goes with its comma, and with its line where it has one of its
// own; what comes is written as its neighbours are, behind a comma or on a line.

import { skipBlank } from '../intent/yaml/blank.ts'
import type { Change } from './change.ts'
import type { Added, Plan } from './yaml-plan.ts'
import type { Tree } from './yaml-tree.ts'

/** An entry from the first to after the last character, and its comma, if one follows. */
interface Extent {
  readonly start: number
  readonly end: number
  readonly comma: number | undefined
}

/** What is added, as text. */
export type Texts = ReadonlyMap<Added, string>

export function flowChanges(tree: Tree, holder: number, plan: Plan, texts: Texts): readonly Change[] {
  const extents = extentsOf(tree, holder)
  const kept = extents.map((_, index) => !plan.removed.has(index))
  const additions = [...texts]
  if (!kept.includes(true)) {
    if (plan.removed.size === 0 && additions.length === 0) return []
    return [{ ...inside(tree, holder), text: additions.map(([, text]) => text).join(', ') }]
  }
  const changes = runsOf(kept).flatMap(([first, last]) => cut(tree, extents, first, last))
  for (const [added, text] of additions) changes.push(...insertion(tree, holder, extents, kept, added, text))
  return changes
}

/** What stands between the brackets, without the spaces next to them where something stays between. */
function inside(tree: Tree, holder: number): { readonly start: number; readonly end: number } {
  const { nodes, text } = tree
  // A tag may stand before the bracket.
  const open = text.indexOf(text[nodes.end(holder) - 1] === '}' ? '{' : '[', nodes.start(holder))
  return { start: open + 1, end: nodes.end(holder) - 1 }
}

/** An entry begins behind the bracket or the comma, so that its anchor goes with it. */
function extentsOf(tree: Tree, holder: number): readonly Extent[] {
  const { nodes, text } = tree
  let from = inside(tree, holder).start
  return tree.entries(holder).map(entry => {
    const start = skipBlank(text, from)
    const colon = tree.afterColon(entry) ?? 0
    const end = colon > nodes.end(entry.node) ? tree.afterSpace(colon) : nodes.end(entry.node)
    const next = skipBlank(text, end)
    const comma = text[next] === ',' ? next : undefined
    from = (comma ?? end) + 1
    return { start, end, comma }
  })
}

/** Unbroken stretches of what goes, as first and last index. */
export function runsOf(kept: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = []
  for (let at = 0; at < kept.length; at++) {
    if (kept[at]) continue
    const first = at
    while (kept[at + 1] === false) at++
    runs.push([first, at])
  }
  return runs
}

function cut(tree: Tree, extents: readonly Extent[], first: number, last: number): readonly Change[] {
  const from = extents[first]
  const to = extents[last]
  if (from === undefined || to === undefined) return []
  const next = extents[last + 1]
  const before = extents[first - 1]
  if (next !== undefined) return [{ ...cutBefore(tree, from, to, next, before), text: '' }]
  return before === undefined ? [] : cutLast(tree, before, from, to)
}

/** The stretch to take where an entry stays behind it. */
function cutBefore(tree: Tree, from: Extent, to: Extent, next: Extent, before: Extent | undefined) {
  const comma = to.comma ?? to.end
  if (!tree.hasBreak(to.end, next.start)) return { start: from.start, end: next.start }
  if (tree.isFirst(from.start) && tree.isLast(comma + 1))
    return { start: tree.lineStart(from.start), end: tree.nextLine(comma) }
  return { start: before?.comma === undefined ? from.start : before.comma + 1, end: comma + 1 }
}

/** Takes the last entries: the comma before them goes, unless one stands at the end as well. */
function cutLast(tree: Tree, before: Extent, from: Extent, to: Extent): readonly Change[] {
  if (!tree.hasBreak(before.end, from.start)) return [{ start: before.end, end: to.end, text: '' }]
  const end = to.comma === undefined ? to.end : to.comma + 1
  const lines = {
    start: tree.isFirst(from.start) ? endOfLineBefore(tree, from.start) : (before.comma ?? before.end) + 1,
    end: tree.isLast(end) ? tree.lineEnd(end) : end,
    text: '',
  }
  if (to.comma !== undefined || before.comma === undefined) return [lines]
  return [{ start: before.comma, end: before.comma + 1, text: '' }, lines]
}

/** The end of the line above. */
function endOfLineBefore(tree: Tree, offset: number): number {
  const start = tree.lineStart(offset)
  return start - (tree.text.startsWith('\r\n', start - 2) ? 2 : 1)
}

function insertion(
  tree: Tree,
  holder: number,
  extents: readonly Extent[],
  kept: readonly boolean[],
  { before }: Added,
  text: string,
): readonly Change[] {
  const follower = extents.findIndex((_, index) => index >= before && kept[index])
  const next = extents[follower]
  if (next !== undefined) {
    const between = tree.isFirst(next.start) ? tree.lineBreak + indentOf(tree, next.start) : ' '
    return [{ start: next.start, end: next.start, text: `${text},${between}` }]
  }
  const last = kept.lastIndexOf(true)
  const neighbour = extents[last]
  if (neighbour === undefined) return []
  const ownLines =
    last === extents.length - 1 &&
    tree.isFirst(neighbour.start) &&
    tree.hasBreak(neighbour.end, tree.nodes.end(holder) - 1) &&
    tree.isLast((neighbour.comma ?? neighbour.end - 1) + 1)
  if (!ownLines) return [{ start: neighbour.end, end: neighbour.end, text: `, ${text}` }]
  const after = tree.lineEnd(neighbour.comma ?? neighbour.end)
  const line = tree.lineBreak + indentOf(tree, neighbour.start) + text
  if (neighbour.comma !== undefined) return [{ start: after, end: after, text: `${line},` }]
  return [
    { start: neighbour.end, end: neighbour.end, text: ',' },
    { start: after, end: after, text: line },
  ]
}

const indentOf = (tree: Tree, offset: number): string => tree.text.slice(tree.lineStart(offset), offset)
