// From edits of meaning to what becomes of each list and mapping: which entries go, which come, which are written
// anew. Nothing is decided about characters here.

import type { Edit, Path, Step } from '../diagnostics/diagnostic.ts'
import { isList, isMapping, nodeKind } from '../intent/yaml/nodes.ts'
import { Claims } from './claims.ts'
import { childOf, isHolder, isObject, sameData } from './data.ts'
import type { Tree } from './yaml-tree.ts'

export interface Added {
  /** The entry that it is to stand before; the number of entries for the end. */
  readonly before: number
  /** Undefined for an item of a list. */
  readonly name: string | undefined
  readonly value: unknown
}

/** What becomes of one list or mapping; entries by their index. */
export interface Plan {
  readonly removed: Set<number>
  readonly renamed: Map<number, string>
  readonly replaced: Map<number, unknown>
  readonly added: Added[]
}

export type Plans = ReadonlyMap<number, Plan>

/** How far a path leads. */
interface Reached {
  readonly holder: number
  /** The entry of the step `at` of the path; undefined where there is none. */
  readonly index: number | undefined
  readonly at: number
  /** The data of that entry. */
  readonly data: unknown
}

/** Most comparisons of items when one list becomes another. */
const mostComparisons = 1_000_000

class Planner {
  readonly #tree: Tree
  readonly plans = new Map<number, Plan>()

  constructor(tree: Tree) {
    this.#tree = tree
  }

  #of(holder: number): Plan {
    let plan = this.plans.get(holder)
    if (plan === undefined) {
      plan = { removed: new Set(), renamed: new Map(), replaced: new Map(), added: [] }
      this.plans.set(holder, plan)
    }
    return plan
  }

  /** False where the text cannot carry the edit. */
  take(edit: Edit): boolean {
    const reached = this.#reach(edit.path)
    if (reached === undefined) return false
    const complete = reached.index !== undefined && reached.at === edit.path.length - 1
    if (edit.kind === 'set') return this.#set(reached, edit.path, edit.value, complete)
    if (!complete || reached.index === undefined) return false
    return edit.kind === 'remove'
      ? this.#remove(reached.holder, reached.index)
      : this.#rename(reached.holder, reached.index, edit.key)
  }

  /** Follows a path as far as there are lists and mappings that stand in one place only. */
  #reach(path: Path): Reached | undefined {
    const { nodes, shared } = this.#tree
    let holder = 0
    let data = this.#tree.value
    for (const [at, step] of path.entries()) {
      const kind = nodes.kind(holder)
      if (shared.has(holder) || kind === nodeKind.pair || !(isList(kind) || isMapping(kind))) return undefined
      const index = this.#tree.indexOf(holder, step)
      const inner = isHolder(data) ? childOf(data, step) : undefined
      const node = index === undefined ? undefined : this.#tree.entries(holder)[index]?.node
      if (node === undefined || at === path.length - 1 || !isHolder(inner))
        return { holder, index, at, data: inner }
      holder = node
      data = inner
    }
    return undefined
  }

  #set(reached: Reached, path: Path, value: unknown, complete: boolean): boolean {
    const { holder, index, at, data } = reached
    if (complete && index !== undefined) return this.#become(holder, index, data, value)
    const nested = nest(path.slice(at + 1), value)
    // On the way stands nothing (`bond0:`), and it is given something.
    if (index !== undefined) return data === null && this.#replace(holder, index, nested)
    const isItem = isList(this.#tree.nodes.kind(holder))
    const before = this.#tree.entries(holder).length
    const step = path[at]
    if (step === undefined || (isItem && Number(step) !== before)) return false
    return this.#add(holder, { before, name: isItem ? undefined : String(step), value: nested })
  }

  #add(holder: number, added: Added): boolean {
    const plan = this.#of(holder)
    const twin = added.name === undefined ? undefined : plan.added.find(({ name }) => name === added.name)
    if (twin !== undefined) return joins(twin.value, added.value)
    plan.added.push(added)
    return true
  }

  #replace(holder: number, index: number, value: unknown): boolean {
    const plan = this.#of(holder)
    const node = this.#tree.entries(holder)[index]?.node
    if (node === undefined || this.#tree.holdsShared(node)) return false
    if (plan.replaced.has(index)) return joins(plan.replaced.get(index), value)
    plan.replaced.set(index, value)
    return true
  }

  #remove(holder: number, index: number): boolean {
    const node = this.#tree.entries(holder)[index]?.node
    if (node === undefined || this.#tree.holdsShared(node)) return false
    this.#of(holder).removed.add(index)
    return true
  }

  #rename(holder: number, index: number, name: string): boolean {
    if (this.#tree.indexOf(holder, name) !== undefined) return false
    this.#of(holder).renamed.set(index, name)
    return true
  }

  /** An entry's value becomes another: of lists and mappings only what differs is touched. */
  #become(holder: number, index: number, old: unknown, value: unknown): boolean {
    const { nodes, shared } = this.#tree
    const node = this.#tree.entries(holder)[index]?.node
    if (node === undefined) return false
    if (sameData(old, value)) return true
    const kind = nodes.kind(node)
    const open = !shared.has(node) && kind !== nodeKind.pair
    if (open && isList(kind) && Array.isArray(old) && Array.isArray(value))
      return this.#becomeList(node, old, value)
    if (open && isMapping(kind) && isObject(old) && isObject(value))
      return this.#becomeMapping(node, old, value)
    return this.#replace(holder, index, value)
  }

  #becomeMapping(
    node: number,
    old: Readonly<Record<string, unknown>>,
    value: Readonly<Record<string, unknown>>,
  ): boolean {
    const before = this.#tree.entries(node).length
    for (const name of Object.keys(old)) {
      const index = this.#tree.indexOf(node, name)
      if (index === undefined) return false
      const kept = Object.hasOwn(value, name)
      if (kept && sameData(old[name], value[name])) continue
      if (!(kept ? this.#become(node, index, old[name], value[name]) : this.#remove(node, index)))
        return false
    }
    return Object.keys(value).every(
      name => Object.hasOwn(old, name) || this.#add(node, { before, name, value: value[name] }),
    )
  }

  #becomeList(node: number, old: readonly unknown[], value: readonly unknown[]): boolean {
    const kept = commonItems(old, value)
    if (kept === undefined) return false
    let from = 0
    let to = 0
    for (const [at, there] of [...kept, [old.length, value.length] as const]) {
      // What lies between two kept items: as many as both have become each other, the rest goes or comes.
      while (from < at && to < there) if (!this.#become(node, from, old[from++], value[to++])) return false
      while (from < at) if (!this.#remove(node, from++)) return false
      while (to < there)
        if (!this.#add(node, { before: at, name: undefined, value: value[to++] })) return false
      from = at + 1
      to = there + 1
    }
    return true
  }
}

/** A mapping that is made because something is said below it; several edits may say something there. */
class Way {
  readonly inner = new Map<string, unknown>()

  /** False where two edits say the same. */
  join(other: Way): boolean {
    for (const [name, value] of other.inner) {
      const own = this.inner.get(name)
      if (!this.inner.has(name)) this.inner.set(name, value)
      else if (!(own instanceof Way && value instanceof Way && own.join(value))) return false
    }
    return true
  }
}

const nest = (path: readonly Step[], value: unknown): unknown =>
  path.reduceRight<unknown>((inner, step) => {
    const way = new Way()
    way.inner.set(String(step), inner)
    return way
  }, value)

/** Plain data in place of ways. */
const plain = (value: unknown): unknown =>
  value instanceof Way
    ? Object.fromEntries([...value.inner].map(([name, inner]) => [name, plain(inner)]))
    : value

const joins = (a: unknown, b: unknown): boolean => a instanceof Way && b instanceof Way && a.join(b)

/** The longest common subsequence of two lists, as pairs of indexes; undefined where that takes too long. */
function commonItems(
  a: readonly unknown[],
  b: readonly unknown[],
): readonly (readonly [number, number])[] | undefined {
  if (a.length * b.length > mostComparisons) return undefined
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i]
      if (row === undefined) continue
      row[j] = sameData(a[i], b[j])
        ? 1 + (lengths[i + 1]?.[j + 1] ?? 0)
        : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (sameData(a[i], b[j])) pairs.push([i++, j++])
    else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) i++
    else j++
  }
  return pairs
}

/** What the edits together make of each list and mapping; undefined where the text cannot carry one of them. */
export function plansOf(tree: Tree, edits: readonly Edit[]): Plans | undefined {
  const claims = new Claims()
  const planner = new Planner(tree)
  if (!edits.every(edit => claims.take(edit) && planner.take(edit))) return undefined
  return new Map([...planner.plans].map(([holder, plan]) => [holder, withoutWays(plan)]))
}

const withoutWays = ({ replaced, added, ...plan }: Plan): Plan => ({
  ...plan,
  replaced: new Map([...replaced].map(([index, value]) => [index, plain(value)])),
  added: added.map(one => ({ ...one, value: plain(one.value) })),
})
