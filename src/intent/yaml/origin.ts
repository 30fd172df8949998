// Where the paths of a YAML document stand in its text. Nothing is computed before somebody asks: most runs find no
// trouble.

import type { Path, Place, Step } from '../../diagnostics/diagnostic.ts'
import type { Origin } from '../../diagnostics/origin.ts'
import type { Region } from '../../diagnostics/region.ts'
import type { SourceText } from '../text.ts'
import { isList, isMapping, type Nodes, nodeKind } from './nodes.ts'

/** A node with the key that it stands under; a list's item and the document have none. */
interface Entry {
  readonly node: number
  readonly key?: number
}

/** How far a path could be followed. `alias`: the first alias on the way, if the place is inside of one. */
interface Found {
  readonly entry: Entry
  readonly complete: boolean
  readonly alias?: number
}

/**
 * The Origin of a document whose root is node 0; of an empty one if there is no node.
 *
 * A scalar stands where it is written, with its quotes and tag; of a block scalar the content counts. A flow list or
 * mapping on one line stands from bracket to bracket. Any other list or mapping stands at its key, for a region of many
 * lines shows nothing; as an item of a list it stands at its first key or at its dash. What is inside of an alias
 * stands at the alias. A value that is not written stands at its key, or at its dash.
 */
export function yamlOrigin(source: SourceText, nodes: Nodes): Origin {
  const indexes = new Map<number, ReadonlyMap<string, Entry> | Int32Array>()

  /** The entries of a list or mapping. Built when first asked for, or many complaints about one would each walk it. */
  const indexOf = (node: number): ReadonlyMap<string, Entry> | Int32Array => {
    const known = indexes.get(node)
    if (known !== undefined) return known
    const index = isList(nodes.kind(node)) ? itemsOf(nodes, node) : entriesOf(nodes, node)
    indexes.set(node, index)
    return index
  }

  const childOf = (node: number, step: Step): Entry | undefined => {
    const kind = nodes.kind(node)
    if (!isList(kind) && !isMapping(kind)) return undefined
    const index = indexOf(node)
    if (!(index instanceof Int32Array)) return index.get(String(step))
    const item = /^\d+$/.test(String(step)) ? index[Number(step)] : undefined
    return item === undefined ? undefined : { node: item }
  }

  const follow = (path: Path): Found => {
    let entry: Entry = { node: 0 }
    let alias: number | undefined
    for (const step of path) {
      let holder = entry.node
      if (nodes.kind(holder) === nodeKind.alias) {
        alias ??= holder
        holder = nodes.target(holder) ?? holder
      }
      const child = childOf(holder, step)
      if (child === undefined) return { entry, complete: false, ...(alias !== undefined && { alias }) }
      entry = child
    }
    return { entry, complete: true, ...(alias !== undefined && { alias }) }
  }

  const region = (node: number): Region => source.regionOf(nodes.start(node), nodes.end(node))

  /** The text of a node that can stand for itself; undefined where its key must. */
  const regionOfValue = (node: number): Region | undefined => {
    const kind = nodes.kind(node)
    if (kind === nodeKind.empty || kind === nodeKind.blockMapping || kind === nodeKind.blockList)
      return undefined
    const whole = region(node)
    return kind < nodeKind.pair || whole.line === whole.endLine ? whole : undefined
  }

  const startOfDocument = (): Region => {
    const start = nodes.count === 0 || nodes.kind(0) === nodeKind.empty ? 0 : nodes.start(0)
    return source.regionOf(start, start)
  }

  /** What has no key: the document, or the item of a list. */
  const regionOfKeyless = (node: number): Region => {
    if (node === 0) return startOfDocument()
    const value = regionOfValue(node)
    if (value !== undefined) return value
    const kind = nodes.kind(node)
    if (kind === nodeKind.empty) return region(node)
    if (isMapping(kind) && nodes.kind(node + 1) < nodeKind.pair && nodes.kind(node + 1) !== nodeKind.empty) {
      return region(node + 1)
    }
    return source.regionOf(nodes.start(node), nodes.start(node) + 1)
  }

  return {
    regionOf({ path, part }: Place) {
      if (nodes.count === 0) return startOfDocument()
      const { entry, complete, alias } = follow(path)
      if (alias !== undefined) return region(alias)
      const value = complete && part === 'value' ? regionOfValue(entry.node) : undefined
      return value ?? (entry.key === undefined ? regionOfKeyless(entry.node) : region(entry.key))
    },
    lines: found => source.linesOf(found),
  }
}

/** Of keys that stand twice the first, as in the value. */
function entriesOf(nodes: Nodes, mapping: number): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>()
  const end = nodes.next(mapping)
  for (let key = mapping + 1; key < end; ) {
    const node = nodes.next(key)
    const name = nodes.name(key)
    if (name !== undefined && !entries.has(name)) entries.set(name, { node, key })
    key = nodes.next(node)
  }
  return entries
}

function itemsOf(nodes: Nodes, list: number): Int32Array {
  const items: number[] = []
  const end = nodes.next(list)
  for (let item = list + 1; item < end; item = nodes.next(item)) items.push(item)
  return Int32Array.from(items)
}
