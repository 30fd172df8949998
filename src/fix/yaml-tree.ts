// A YAML text as something that can be changed: its nodes, what they hold, and what they mean. Where a change goes is
// yaml-plan.ts's business, how it is written that of yaml-block.ts and yaml-flow.ts.

import type { Diagnostic, Step } from '../diagnostics/diagnostic.ts'
import { limits } from '../intent/limits.ts'
import type { SourceText } from '../intent/text.ts'
import { skipBlank } from '../intent/yaml/blank.ts'
import { Builder } from '../intent/yaml/build.ts'
import { parsed } from '../intent/yaml/events.ts'
import { isList, isMapping, type Nodes, nodeKind } from '../intent/yaml/nodes.ts'

/** An entry of a mapping, or an item of a list, which has no key. */
export interface Entry {
  readonly key: number | undefined
  readonly node: number
}

/** Where a node stands in what holds it. */
export interface Standing {
  readonly holder: number
  readonly index: number
}

export class Tree {
  readonly source: SourceText
  readonly text: string
  readonly nodes: Nodes
  /** The document as plain data. */
  readonly value: unknown
  readonly diagnostics: readonly Diagnostic[]
  /** Whether it is JSON, or written like it: then what is added is, too. */
  readonly json: boolean
  /** Nodes that aliases repeat: changed here, they change elsewhere. */
  readonly shared: ReadonlySet<number>
  readonly #entries = new Map<number, readonly Entry[]>()
  readonly #names = new Map<number, ReadonlyMap<string, number>>()
  readonly #standing = new Map<number, Standing>()

  constructor(source: SourceText, nodes: Nodes, value: unknown, diagnostics: readonly Diagnostic[]) {
    this.source = source
    this.text = source.text
    this.nodes = nodes
    this.value = value
    this.diagnostics = diagnostics
    const first =
      nodes.count > 1 && nodes.kind(1) === nodeKind.quoted ? source.text[nodes.start(1)] : undefined
    this.json = nodes.kind(0) === nodeKind.flowMapping && first === '"'
    const shared = new Set<number>()
    for (let node = 0; node < nodes.count; node++) {
      const target = nodes.kind(node) === nodeKind.alias ? nodes.target(node) : undefined
      if (target !== undefined) shared.add(target)
    }
    this.shared = shared
  }

  /** What a list or mapping holds, in the order of the text. */
  entries(holder: number): readonly Entry[] {
    const known = this.#entries.get(holder)
    if (known !== undefined) return known
    const { nodes } = this
    const entries: Entry[] = []
    const withKeys = isMapping(nodes.kind(holder))
    for (let at = holder + 1; at < nodes.next(holder); ) {
      const node = withKeys ? nodes.next(at) : at
      this.#standing.set(node, { holder, index: entries.length })
      entries.push({ key: withKeys ? at : undefined, node })
      at = nodes.next(node)
    }
    this.#entries.set(holder, entries)
    return entries
  }

  /** The index of a step among the entries of a list or mapping; of keys that stand twice the first. */
  indexOf(holder: number, step: Step): number | undefined {
    const entries = this.entries(holder)
    if (isList(this.nodes.kind(holder))) {
      return /^\d+$/.test(String(step)) && Number(step) < entries.length ? Number(step) : undefined
    }
    let names = this.#names.get(holder)
    if (names === undefined) {
      const all = new Map<string, number>()
      for (const [index, { key }] of entries.entries()) {
        const name = key === undefined ? undefined : this.nodes.name(key)
        if (name !== undefined && !all.has(name)) all.set(name, index)
      }
      names = all
      this.#names.set(holder, names)
    }
    return names.get(String(step))
  }

  /** Where a node was found among the entries of another; undefined for the root. */
  standingOf(node: number): Standing | undefined {
    return this.#standing.get(node)
  }

  /** Whether aliases elsewhere repeat something in a node. */
  holdsShared(node: number): boolean {
    if (this.shared.size === 0) return false
    for (let at = node; at < this.nodes.next(node); at++) if (this.shared.has(at)) return true
    return false
  }

  /** The offset after the colon of an entry; undefined where none is written, as in `{a, b}`. */
  afterColon({ key }: Entry): number | undefined {
    if (key === undefined) return undefined
    const colon = skipBlank(this.text, this.nodes.end(key))
    return this.text[colon] === ':' ? colon + 1 : undefined
  }

  /** The offset after the last character of a node; what ends in a block scalar has its line breaks counted in. */
  endOf(node: number): number {
    let end = this.nodes.end(node)
    while (end > this.nodes.start(node) && /\s/.test(this.text.charAt(end - 1))) end--
    return end
  }

  /** The offset after spaces and tabs. */
  afterSpace(offset: number): number {
    let at = offset
    while (this.text[at] === ' ' || this.text[at] === '\t') at++
    return at
  }

  /** The column of an offset, from 0. */
  columnOf(offset: number): number {
    return offset - this.lineStart(offset)
  }

  lineStart(offset: number): number {
    let at = offset
    while (at > 0 && !isBreak(this.text[at - 1])) at--
    return at
  }

  /** The offset of the line break that ends a line, or of the end of the text. */
  lineEnd(offset: number): number {
    let at = offset
    while (at < this.text.length && !isBreak(this.text[at])) at++
    return at
  }

  /** The offset of the next line. */
  nextLine(offset: number): number {
    const end = this.lineEnd(offset)
    return this.text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, this.text.length)
  }

  /** Whether only white space stands before an offset in its line. */
  isFirst(offset: number): boolean {
    return /^[ \t]*$/.test(this.text.slice(this.lineStart(offset), offset))
  }

  /** Whether only white space and a comment follow an offset in its line. */
  isLast(offset: number): boolean {
    return /^(?:[ \t]*$|[ \t]+#)/.test(this.text.slice(offset, this.lineEnd(offset)))
  }

  hasBreak(start: number, end: number): boolean {
    return /[\r\n]/.test(this.text.slice(start, end))
  }

  /** The line break that the file uses. */
  get lineBreak(): string {
    return /\r\n|\r|\n/.exec(this.text)?.[0] ?? '\n'
  }
}

const isBreak = (character: string | undefined): boolean => character === '\n' || character === '\r'

/** The tree of a text; undefined where its syntax is wrong or there is nothing in it. */
export function treeOf(source: SourceText): Tree | undefined {
  const builder = parsed(source.text, limits, () => new Builder(source, limits))
  if ('reason' in builder) return undefined
  const { value, nodes, diagnostics } = builder.built()
  return nodes.count === 0 ? undefined : new Tree(source, nodes, value, diagnostics)
}
