// Statements of a YAML file by where they stand, changed as the entries of its mappings are.

import type { Edit, Path } from '../diagnostics/diagnostic.ts'
import type { SourceText } from '../intent/text.ts'
import { isList, isMapping } from '../intent/yaml/nodes.ts'
import type { Change } from './change.ts'
import type { Spot, Touch } from './touch.ts'
import { changesOf, proven } from './yaml.ts'
import { type Tree, treeOf } from './yaml-tree.ts'

export function spanChanges(source: SourceText, touches: readonly Touch[]): readonly Change[] | undefined {
  const tree = treeOf(source)
  if (tree === undefined) return undefined
  const paths = pathsOf(tree)
  const pathOf = ({ key }: Spot): Path | undefined => paths.get(key.start)
  const edits: Edit[] = []
  for (const touch of touches) {
    const path = pathOf(touch.kind === 'add' ? touch.beside : touch.spot)
    if (path === undefined) return undefined
    if (touch.kind === 'remove') edits.push({ kind: 'remove', path })
    else if (touch.kind === 'value') edits.push({ kind: 'set', path, value: touch.value })
    else edits.push({ kind: 'set', path: [...path.slice(0, -1), touch.name], value: touch.value })
  }
  const changes = changesOf(tree, edits)
  return changes && proven(tree, edits, changes) && changes
}

/** The path of every entry by the offset of its key, and of every item by its own. */
function pathsOf(tree: Tree): ReadonlyMap<number, Path> {
  const { nodes } = tree
  const paths = new Map<number, Path>()
  const walk = (holder: number, path: Path): void => {
    const kind = nodes.kind(holder)
    if (!isMapping(kind) && !isList(kind)) return
    for (const [index, { key, node }] of tree.entries(holder).entries()) {
      const step = key === undefined ? index : nodes.name(key)
      if (step === undefined) continue
      const inner = [...path, step]
      const start = nodes.start(key ?? node)
      if (!paths.has(start)) paths.set(start, inner)
      walk(node, inner)
    }
  }
  walk(0, [])
  return paths
}
