// Where a node begins and ends in the text, as far as js-yaml's events say and what has to be looked up in the text.

import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml'
import { isBlank, skipBlank } from './blank.ts'
import { type NodeKind, nodeKind } from './nodes.ts'

export type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>
export type CollectionEvent = Extract<Event, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>
export type AliasEvent = Extract<Event, { type: typeof EVENT_ID.ALIAS }>

export interface Span {
  readonly kind: NodeKind
  readonly start: number
  readonly end: number
}

/** A scalar that is written, with its tag and quotes; of a block scalar the content, without the space around it. */
export function spanOfScalar(text: string, { style, valueStart, valueEnd, tagStart }: ScalarEvent): Span {
  if (style === SCALAR_STYLE.PLAIN) {
    return { kind: nodeKind.plain, start: tagStart < 0 ? valueStart : tagStart, end: valueEnd }
  }
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) {
    return { kind: nodeKind.quoted, start: tagStart < 0 ? valueStart - 1 : tagStart, end: valueEnd + 1 }
  }
  let start = valueStart
  let end = valueEnd
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return { kind: start === end ? nodeKind.empty : nodeKind.block, start, end }
}

/** A scalar that is not written: where its tag or anchor is, at its dash, or where it would be: after `cursor`. */
export function spanOfEmpty(text: string, event: ScalarEvent, cursor: number, inBlockList: boolean): Span {
  const { tagStart, tagEnd, anchorStart, anchorEnd } = event
  const kind = nodeKind.empty
  if (tagStart >= 0 || anchorStart >= 0) {
    const start = Math.min(...[tagStart, anchorStart - 1].filter(offset => offset >= 0))
    return { kind, start, end: Math.max(tagEnd, anchorEnd) }
  }
  if (!inBlockList) return { kind, start: cursor, end: cursor }
  const dash = skipBlank(text, cursor)
  return { kind, start: dash, end: dash + 1 }
}

/** What kind of list or mapping an event opens. `following` is the event after it. */
export function kindOfCollection(
  text: string,
  event: CollectionEvent,
  following: Event | undefined,
): NodeKind {
  const flow = event.style === COLLECTION_STYLE.FLOW
  if (event.type === EVENT_ID.SEQUENCE) return flow ? nodeKind.flowList : nodeKind.blockList
  if (!flow) return nodeKind.blockMapping
  // A pair begins where its key begins, and that may be a mapping with a brace of its own.
  const keyBegins = following?.type === EVENT_ID.MAPPING && following.start === event.start
  return text[event.start] === '{' && !keyBegins ? nodeKind.flowMapping : nodeKind.pair
}

/**
 * The offset after the text of a list or mapping. `cursor` is the end of the last node in it; between that and a
 * closing bracket stand only white space, comments and separators.
 */
export function endOfCollection(text: string, kind: NodeKind, cursor: number): number {
  if (kind !== nodeKind.flowMapping && kind !== nodeKind.flowList) return cursor
  const bracket = kind === nodeKind.flowMapping ? '}' : ']'
  let at = skipBlank(text, cursor)
  while (at < text.length && text[at] !== bracket) at = skipBlank(text, at + 1)
  return at + 1
}

/** The mark between documents. */
export const marker = '---'

/** Where the next marker stands, or, where there is none, what comes next. */
export function nextMarker(text: string, cursor: number): number {
  const found = /^---(?=\s|$)/gm
  found.lastIndex = cursor
  return found.exec(text)?.index ?? skipBlank(text, cursor)
}
