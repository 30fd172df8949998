// From text to js-yaml's events, in batches. An event takes some 130 bytes, and a file of 100,000 hosts has ten million;
// so a large block file is parsed in pieces, whose events are handed on joined as if it had been parsed at once.

import { COLLECTION_STYLE, EVENT_ID, type Event, parseEvents, YAMLException } from 'js-yaml'
import type { Limits } from '../limits.ts'
import { type Piece, piecesOf, type Section } from './sections.ts'
import { excessIn } from './size.ts'

/** Why a text has no events, and at which offset: js-yaml's own words, or that it would take too much memory. */
export interface Fault {
  readonly reason: string
  readonly offset: number
  readonly tooLarge?: true
}

/** What events are handed to. */
export interface Taker {
  take(events: readonly Event[]): void
}

/** V8 as of Node 20 runs js-yaml's parser at half the speed after some nine calls of it, so there are few pieces. */
const mostPieces = 8

/**
 * Parses a text and hands its events, in one or more batches, to what `begin` makes. The answer is that taker, or the
 * first fault. A first attempt in pieces may be given up half way and its taker be thrown away; hence `begin`.
 */
export function parsed<T extends Taker>(text: string, limit: Limits, begin: () => T): T | Fault {
  const pieceLength = Math.max(limit.pieceLength, text.length / mostPieces)
  const pieces = text.length > pieceLength ? piecesOf(text, pieceLength) : []
  let fault: Fault | undefined
  if (pieces.length > 1) {
    const taker = begin()
    fault = takePieces(text, pieces, limit, taker)
    if (fault === undefined) return taker
  }
  const taker = begin()
  const whole = eventsOf(text, { start: 0, end: text.length }, limit.depth, limit)
  if ('tooLarge' in whole) return fault ?? whole
  if ('reason' in whole) return whole
  taker.take(whole)
  return taker
}

/** The first fault of a section, parsed for itself; its offset counts from the beginning of the text. */
export function faultIn(text: string, section: Section, limit: Limits): Fault | undefined {
  const events = eventsOf(text, section, limit.depth, limit)
  return 'reason' in events ? { ...events, offset: section.start + events.offset } : undefined
}

/** The events of a section; offsets count from its beginning. */
function eventsOf(text: string, { start, end }: Section, maxDepth: number, limit: Limits): Event[] | Fault {
  const excess = excessIn(text, start, end, { lines: limit.lines, entries: limit.entriesAtOnce })
  if (excess !== undefined) {
    const reason = `more than ${limit.entriesAtOnce} keys and list items cannot be read at once`
    return { reason, offset: excess.offset - start, tooLarge: true }
  }
  try {
    return parseEvents(text.slice(start, end), { maxDepth })
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    return { reason: error.reason, offset: error.mark?.position ?? 0 }
  }
}

/** Undefined if all was taken. */
function takePieces(text: string, pieces: readonly Piece[], limit: Limits, taker: Taker): Fault | undefined {
  for (const [index, piece] of pieces.entries()) {
    const events = eventsOf(text, piece, piece.inner ? limit.depth - 1 : limit.depth, limit)
    if ('reason' in events) return { ...events, offset: piece.start + events.offset }
    const part = joined(events, piece, pieces[index - 1], pieces[index + 1])
    if (part === undefined) {
      const reason = 'the file is too large to be read at once, and cannot be read in parts'
      return { reason, offset: piece.start, tooLarge: true }
    }
    taker.take(part)
  }
  return undefined
}

/**
 * The events of a piece as a part of the whole: moved to its place, without the ends that are not yet the end, and
 * without the beginnings that are not the beginning. Undefined if it is no such part after all.
 *
 * A piece must be one document that is a block mapping with neither tag nor anchor, and where the next piece goes on
 * inside, the last value must be a mapping too.
 */
function joined(
  events: Event[],
  piece: Piece,
  before: Piece | undefined,
  after: Piece | undefined,
): readonly Event[] | undefined {
  const [document, root] = events
  if (document?.type !== EVENT_ID.DOCUMENT || document.directives.length > 0 || document.explicitEnd)
    return undefined
  if (root?.type !== EVENT_ID.MAPPING || root.style !== COLLECTION_STYLE.BLOCK) return undefined
  if (root.tagStart >= 0 || root.anchorStart >= 0) return undefined
  // A further document would be the whole's end.
  if (events.some((event, index) => index > 0 && event.type === EVENT_ID.DOCUMENT)) return undefined
  if (piece.start > 0) for (const event of events) move(event, piece.start)
  const goesOnInside = after?.inner === true && !piece.inner
  if (goesOnInside && events.at(-3)?.type !== EVENT_ID.POP) return undefined
  const kept = events.slice(
    before === undefined ? 0 : 2,
    after === undefined ? undefined : goesOnInside ? -3 : -2,
  )
  const close: Event = { type: EVENT_ID.POP }
  if (before?.inner === true && !piece.inner) kept.unshift(close)
  if (after === undefined && piece.inner) kept.push(close)
  return kept
}

/** Offsets below zero mean that something is not there. */
function move(event: Event, by: number): void {
  if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return
  if (event.anchorStart >= 0) {
    event.anchorStart += by
    event.anchorEnd += by
  }
  if (event.type === EVENT_ID.ALIAS) return
  if (event.tagStart >= 0) {
    event.tagStart += by
    event.tagEnd += by
  }
  if (event.type !== EVENT_ID.SCALAR) event.start += by
  else if (event.valueStart >= 0) {
    event.valueStart += by
    event.valueEnd += by
  }
}
