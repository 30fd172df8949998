// How much is read before the reader says no. Far above any honest intent, and low enough that hostile text costs
// bounded time and memory.

export interface Limits {
  /** Size of one file in bytes. */
  readonly bytes: number
  /** Lines in one file. */
  readonly lines: number
  /** Places in one file where a value may begin: brackets, commas, colons, and dashes before white space. */
  readonly entries: number
  /** The same for what is parsed at once, which takes up to 300 bytes for each while it is parsed. */
  readonly entriesAtOnce: number
  /** Characters from which on a block file is parsed in pieces of at least that length. */
  readonly pieceLength: number
  /** Lists and mappings inside each other; an intent needs six. */
  readonly depth: number
  /** Values that aliases (`*name`) repeat, over the whole file. */
  readonly aliasedValues: number
  /** Hosts that the ranges of one file may stand for. */
  readonly counted: number
  /** Complaints of one kind about one file; what goes beyond is counted. */
  readonly complaints: number
}

export const limits: Limits = {
  bytes: 64 * 1024 * 1024,
  lines: 4_000_000,
  entries: 12_000_000,
  entriesAtOnce: 4_000_000,
  pieceLength: 2 * 1024 * 1024,
  depth: 64,
  aliasedValues: 1_000_000,
  counted: 200_000,
  complaints: 200,
}
