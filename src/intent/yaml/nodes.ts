// The nodes of one YAML document as a table of numbers: what each is, where it stands in the text, and where its
// subtree ends. It keeps a tenth of what the parser's events take, and is all that places need once the value is
// built. Filled by build.ts, asked by origin.ts.

/** What a node is. From `pair` on it holds others. */
export const nodeKind = {
  /** A value that is not written: `key:` and nothing after it. */
  empty: 0,
  /** A plain scalar, and one whose text needs decoding. */
  plain: 1,
  /** In single or double quotes. */
  quoted: 2,
  /** A literal or folded block scalar. */
  block: 3,
  /** `*name`, standing for a node written elsewhere. */
  alias: 4,
  /** `a: b` as an item of a flow list: a mapping of one entry without braces. */
  pair: 5,
  blockMapping: 6,
  blockList: 7,
  flowMapping: 8,
  flowList: 9,
} as const

export type NodeKind = (typeof nodeKind)[keyof typeof nodeKind]

export const isMapping = (kind: number): boolean =>
  kind === nodeKind.pair || kind === nodeKind.blockMapping || kind === nodeKind.flowMapping

export const isList = (kind: number): boolean => kind === nodeKind.blockList || kind === nodeKind.flowList

/** In the order of the text: a node, then all that it holds; a mapping holds key, value, key, value. */
export class Nodes {
  readonly #text: string
  #kinds = new Uint8Array(64)
  #starts = new Int32Array(64)
  #ends = new Int32Array(64)
  #nexts = new Int32Array(64)
  /** Keys whose text in the file is not the key itself: with escapes, folded, tagged, or given by an alias. */
  readonly #names = new Map<number, string>()
  readonly #targets = new Map<number, number>()
  #count = 0

  constructor(text: string) {
    this.#text = text
  }

  get count(): number {
    return this.#count
  }

  /** Adds a node that holds nothing so far and returns its number. */
  add(kind: NodeKind, start: number, end: number): number {
    if (this.#count === this.#kinds.length) this.#grow()
    const node = this.#count++
    this.#kinds[node] = kind
    this.#starts[node] = start
    this.#ends[node] = end
    this.#nexts[node] = node + 1
    return node
  }

  #grow(): void {
    const larger = <T extends Uint8Array | Int32Array>(full: T, empty: T): T => {
      empty.set(full)
      return empty
    }
    const capacity = this.#count * 2
    this.#kinds = larger(this.#kinds, new Uint8Array(capacity))
    this.#starts = larger(this.#starts, new Int32Array(capacity))
    this.#ends = larger(this.#ends, new Int32Array(capacity))
    this.#nexts = larger(this.#nexts, new Int32Array(capacity))
  }

  /** Says that everything added since belongs to the node, and where its text ends. */
  close(node: number, end: number): void {
    this.#ends[node] = end
    this.#nexts[node] = this.#count
  }

  /** Gives back the room that was kept for more nodes. */
  finish(): void {
    this.#kinds = this.#kinds.slice(0, this.#count)
    this.#starts = this.#starts.slice(0, this.#count)
    this.#ends = this.#ends.slice(0, this.#count)
    this.#nexts = this.#nexts.slice(0, this.#count)
  }

  setName(node: number, name: string): void {
    this.#names.set(node, name)
  }

  setTarget(alias: number, node: number): void {
    this.#targets.set(alias, node)
  }

  kind(node: number): number {
    return this.#kinds[node] ?? nodeKind.empty
  }

  /** Offset of its first character, with its tag and quotes. */
  start(node: number): number {
    return this.#starts[node] ?? 0
  }

  /** Offset after its last character. */
  end(node: number): number {
    return this.#ends[node] ?? 0
  }

  /** The node after it and all that it holds. */
  next(node: number): number {
    return this.#nexts[node] ?? node + 1
  }

  /** What an alias stands for; undefined where that could not be followed. */
  target(alias: number): number | undefined {
    return this.#targets.get(alias)
  }

  /** The text of a key; undefined for a node that cannot be one. */
  name(node: number): string | undefined {
    const name = this.#names.get(node)
    if (name !== undefined) return name
    const kind = this.kind(node)
    if (kind === nodeKind.plain) return this.#text.slice(this.start(node), this.end(node))
    if (kind === nodeKind.quoted) return this.#text.slice(this.start(node) + 1, this.end(node) - 1)
    return undefined
  }
}
