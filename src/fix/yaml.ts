// Edits of an intent as changes of its YAML text: only what has to change does. Comments, order, quotes and style stay.
// What the text cannot carry (inside of an alias, where an anchor is repeated elsewhere) is refused, not attempted.

import type { Edit } from '../diagnostics/diagnostic.ts'
import { sourceText } from '../intent/text.ts'
import { nodeKind } from '../intent/yaml/nodes.ts'
import { applied, type Change, settled } from './change.ts'
import { edited, sameData } from './data.ts'
import { blockChanges, inline } from './yaml-block.ts'
import { flowChanges } from './yaml-flow.ts'
import { type Added, type Plan, plansOf } from './yaml-plan.ts'
import { type Entry, type Tree, treeOf } from './yaml-tree.ts'
import { type Style, written } from './yaml-write.ts'

/** The changes that make the edits of a text; undefined where the text cannot carry them. Paths are the document's. */
export function changesOf(tree: Tree, edits: readonly Edit[]): readonly Change[] | undefined {
  const plans = plansOf(tree, edits)
  if (plans === undefined) return undefined
  const changes: Change[] = []
  for (const [holder, plan] of plans) {
    const own = changesIn(tree, holder, plan)
    if (own === undefined) return undefined
    changes.push(...own)
  }
  return changes.length === 0 ? undefined : settled(changes)
}

/** The text after the changes, if it says what the edits make of the document; else undefined. */
export function proven(tree: Tree, edits: readonly Edit[], changes: readonly Change[]): Tree | undefined {
  const wanted = edited(tree.value, edits)
  if (wanted === undefined) return undefined
  const after = treeOf(sourceText(tree.source.file, applied(tree.text, changes)))
  if (after === undefined || after.diagnostics.length > tree.diagnostics.length) return undefined
  return sameData(after.value, wanted.value) ? after : undefined
}

function changesIn(tree: Tree, holder: number, plan: Plan): readonly Change[] | undefined {
  const changes: Change[] = []
  for (const [index, name] of plan.renamed) {
    const change = renaming(tree, tree.entries(holder)[index], name)
    if (change === undefined) return undefined
    changes.push(change)
  }
  for (const [index, value] of plan.replaced) {
    const entry = tree.entries(holder)[index]
    const own = entry && replacing(tree, entry, value)
    if (own === undefined) return undefined
    changes.push(...own)
  }
  if (plan.removed.size === 0 && plan.added.length === 0) return changes
  const texts = new Map<Added, string>()
  for (const added of plan.added) {
    const text = entryText(tree, added)
    if (text === undefined) return undefined
    texts.set(added, text)
  }
  const kind = tree.nodes.kind(holder)
  const flow = kind === nodeKind.flowMapping || kind === nodeKind.flowList
  const own = flow ? flowChanges(tree, holder, plan, texts) : blockChanges(tree, holder, plan, texts)
  return own && [...changes, ...own]
}

function entryText(tree: Tree, { name, value }: Added): string | undefined {
  const text = written(value, tree)
  if (name === undefined || text === undefined) return text
  const key = written(name, tree)
  return key === undefined ? undefined : `${key}: ${text}`
}

/** The quotes that a scalar stands in. */
function styleOf(tree: Tree, node: number): Style {
  const last = tree.text[tree.nodes.end(node) - 1]
  const quoted = tree.nodes.kind(node) === nodeKind.quoted && (last === '"' || last === "'")
  return { json: tree.json, ...(quoted && { quote: last }) }
}

function renaming(tree: Tree, entry: Entry | undefined, name: string): Change | undefined {
  const key = entry?.key
  if (key === undefined) return undefined
  const kind = tree.nodes.kind(key)
  const text = written(name, styleOf(tree, key))
  if (text === undefined || (kind !== nodeKind.plain && kind !== nodeKind.quoted)) return undefined
  return { start: tree.nodes.start(key), end: tree.nodes.end(key), text }
}

/** A value in place of another. */
function replacing(tree: Tree, entry: Entry, value: unknown): readonly Change[] | undefined {
  const { nodes } = tree
  const { node } = entry
  const kind = nodes.kind(node)
  const start = nodes.start(node)
  const end = nodes.end(node)
  const text = written(value, styleOf(tree, node))
  if (text === undefined) return undefined
  if (kind === nodeKind.empty) return filling(tree, entry, text)
  if (kind === nodeKind.block) return undefined
  const block = kind === nodeKind.blockMapping || kind === nodeKind.blockList
  if (block && entry.key !== undefined) return inline(tree, entry, text)
  return [{ start, end, text }]
}

/** A value where none is written: behind the colon or the dash. */
function filling(tree: Tree, entry: Entry, text: string): readonly Change[] | undefined {
  const start = tree.nodes.start(entry.node)
  const end = tree.nodes.end(entry.node)
  if (entry.key === undefined) {
    // The place of an empty item is its dash; a tag or an anchor would be overwritten.
    return tree.text.slice(start, end) === '-' ? [{ start: end, end, text: ` ${text}` }] : undefined
  }
  if (start !== end) return undefined
  const colon = tree.afterColon(entry)
  if (colon === undefined) return [{ start, end, text: `: ${text}` }]
  const next = tree.afterSpace(colon)
  return [{ start: colon, end: /[,}\]]/.test(tree.text.charAt(next)) ? next : colon, text: ` ${text}` }]
}
