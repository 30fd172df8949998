// Changes of lists and mappings by indentation. An entry goes with its whole lines; what comes is a line of its own
// behind what is as simple. Comments on lines of their own stay.

import { skipBlank } from '../intent/yaml/blank.ts'
import { isMapping, nodeKind } from '../intent/yaml/nodes.ts'
import type { Change } from './change.ts'
import { runsOf, type Texts } from './yaml-flow.ts'
import type { Plan } from './yaml-plan.ts'
import type { Entry, Tree } from './yaml-tree.ts'

/** An entry from its key or dash to after its last character. */
interface Extent {
  readonly start: number
  readonly end: number
}

export function blockChanges(
  tree: Tree,
  holder: number,
  plan: Plan,
  texts: Texts,
): readonly Change[] | undefined {
  const extents = extentsOf(tree, holder)
  const kept = extents.map((_, index) => !plan.removed.has(index))
  const additions = [...texts]
  const isList = !isMapping(tree.nodes.kind(holder))
  const line = (text: string): string => (isList ? `- ${text}` : text)
  const first = extents[0]
  if (first === undefined) return undefined
  const indent = ' '.repeat(tree.columnOf(first.start))
  if (!kept.includes(true)) {
    if (additions.length === 0) return emptied(tree, holder, extents, isList ? '[]' : '{}')
    const lines = additions.map(([, text]) => line(text)).join(tree.lineBreak + indent)
    return [{ start: first.start, end: extents.at(-1)?.end ?? first.end, text: lines }]
  }
  const changes = runsOf(kept).map(([from, to]) => cut(tree, extents, from, to))
  for (const [{ before }, text] of additions) {
    const behind = isList ? kept.lastIndexOf(true, before - 1) : placeFor(tree, holder, kept)
    const neighbour = before === 0 ? undefined : extents[behind]
    if (neighbour === undefined) {
      const start = extents[kept.indexOf(true)]?.start ?? first.start
      changes.push({ start, end: start, text: `${line(text)}${tree.lineBreak}${indent}` })
    } else {
      const end = tree.lineEnd(neighbour.end)
      changes.push({ start: end, end, text: `${tree.lineBreak}${indent}${line(text)}` })
    }
  }
  return changes
}

function extentsOf(tree: Tree, holder: number): readonly Extent[] {
  const { nodes, text } = tree
  const extents: Extent[] = []
  for (const { key, node } of tree.entries(holder)) {
    const last = extents.at(-1)
    // The first dash is where the list begins; the next one comes after the last item.
    const dash = last === undefined ? nodes.start(holder) : skipBlank(text, last.end)
    const start = key === undefined ? dash : nodes.start(key)
    const colon = tree.afterColon({ key, node }) ?? 0
    extents.push({ start, end: Math.max(tree.endOf(node), colon) })
  }
  return extents
}

/** Takes entries with their lines; where the first shares its line with a dash, what follows moves up to it. */
function cut(tree: Tree, extents: readonly Extent[], from: number, to: number): Change {
  const start = extents[from]?.start ?? 0
  const end = extents[to]?.end ?? start
  if (tree.isFirst(start)) return { start: tree.lineStart(start), end: tree.nextLine(end), text: '' }
  const next = extents[to + 1]?.start
  const between = next === undefined ? '' : tree.text.slice(tree.nextLine(end), next)
  return { start, end: next === undefined || between.trim() !== '' ? tree.lineEnd(end) : next, text: '' }
}

/** Behind which entry of a mapping a line is added: the last that stays and is no list or mapping of many lines. */
function placeFor(tree: Tree, holder: number, kept: readonly boolean[]): number {
  const complex: readonly number[] = [nodeKind.block, nodeKind.blockMapping, nodeKind.blockList]
  const simple = tree
    .entries(holder)
    .map(({ node }, index) => kept[index] === true && !complex.includes(tree.nodes.kind(node)))
  const last = simple.lastIndexOf(true)
  return last < 0 ? kept.lastIndexOf(true) : last
}

/** Everything in it goes, and brackets stay, for nothing at all would be another value. */
function emptied(
  tree: Tree,
  holder: number,
  extents: readonly Extent[],
  brackets: string,
): readonly Change[] | undefined {
  const start = extents[0]?.start ?? 0
  const end = extents.at(-1)?.end ?? start
  const standing = tree.standingOf(holder)
  const entry = standing && tree.entries(standing.holder)[standing.index]
  if (entry?.key === undefined) return [{ start, end, text: brackets }]
  return inline(tree, entry, brackets)
}

/** Writes a value behind its key in place of the list or mapping below it, line by line, so that comments stay. */
export function inline(tree: Tree, entry: Entry, text: string): readonly Change[] | undefined {
  const colon = tree.afterColon(entry)
  if (colon === undefined) return undefined
  const rest = tree.text.slice(colon, tree.lineEnd(colon))
  const behind = colon + (/^(?:[ \t]+[&!][^\s,[\]{}]*)*/.exec(rest)?.[0].length ?? 0)
  if (tree.nodes.start(entry.node) <= tree.lineEnd(behind)) return undefined
  const lines = extentsOf(tree, entry.node).map(({ start, end }) => ({
    start: tree.lineStart(start),
    end: tree.nextLine(end),
    text: '',
  }))
  return [{ start: behind, end: behind, text: ` ${text}` }, ...lines]
}
