// YAML events to statements: every pair of a mapping is one, with its typed value and, where that is a mapping or a
// list, the pairs inside it. Items of lists are statements named by their index.

import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import type { Value } from '../options/kind.ts'
import { type Comment, commentIn, type Span, type Statement } from './dialect.ts'

/** Lists and mappings inside each other; a configuration needs about ten. */
const deepest = 64
/** Values with all that aliases repeat: what one walks over is never more. */
const mostValues = 1_000_000

/** What is larger than anybody means, found where it is; caught by the dialect. */
export class Excess extends Error {
  readonly offset: number
  constructor(reason: string, offset: number) {
    super(reason)
    this.offset = offset
  }
}

interface Node {
  readonly span: Span
  /** Values in it, itself among them, aliases unfolded. */
  readonly size: number
  readonly value: Value | undefined
  readonly inside: readonly Statement[]
}

/** The statements of the first document. Throws Excess. */
export function statementsOfEvents(text: string, events: readonly Event[]): readonly Statement[] {
  const anchors = new Map<string, Node>()
  let cursor = events[0]?.type === EVENT_ID.DOCUMENT ? 1 : 0
  let depth = 0
  const sized = (size: number, offset: number): number => {
    if (size > mostValues) throw new Excess(`aliases repeat more than ${mostValues} values`, offset)
    return size
  }

  function node(): Node | undefined {
    const event = events[cursor++]
    if (event === undefined || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT)
      return undefined
    const anchor = text.slice(event.anchorStart, event.anchorEnd)
    if (event.type === EVENT_ID.ALIAS) {
      const meant = anchors.get(anchor)
      return {
        span: { start: event.anchorStart, end: event.anchorEnd },
        size: meant?.size ?? 1,
        value: meant?.value,
        inside: meant?.inside ?? [],
      }
    }
    const read = contentOf(event)
    if (anchor !== '') anchors.set(anchor, read)
    return read
  }

  function contentOf(event: Exclude<Event, { type: 1 | 5 | 6 }>): Node {
    if (event.type === EVENT_ID.SCALAR) {
      const source = getScalarValue(text, event)
      const value = event.style === SCALAR_STYLE.PLAIN ? plainValue(source) : source
      return { span: { start: event.valueStart, end: event.valueEnd }, size: 1, value, inside: [] }
    }
    if (++depth > deepest)
      throw new Excess(`more than ${deepest} lists and mappings inside each other`, event.start)
    const read = event.type === EVENT_ID.MAPPING ? mapping(event.start) : sequence(event.start)
    depth -= 1
    return read
  }

  function mapping(start: number): Node {
    const inside: Statement[] = []
    const value: Record<string, Value> = {}
    let end = start
    let size = 1
    for (let key = node(); key !== undefined; key = node()) {
      const found = node()
      size = sized(size + key.size + (found?.size ?? 0), start)
      const name = typeof key.value === 'object' ? '' : String(key.value ?? '')
      const at = found === undefined || found.value === undefined ? key.span : found.span
      end = Math.max(end, key.span.end, at.end)
      if (found?.value !== undefined)
        Object.defineProperty(value, name, { value: found.value, enumerable: true, configurable: true })
      inside.push({ name, value: found?.value, key: key.span, at, inside: found?.inside ?? [] })
    }
    return { span: { start, end }, size, value, inside }
  }

  function sequence(start: number): Node {
    const inside: Statement[] = []
    let end = start
    let size = 1
    for (let item = node(); item !== undefined; item = node()) {
      end = Math.max(end, item.span.end)
      size = sized(size + item.size, start)
      inside.push({
        name: String(inside.length),
        value: item.value,
        key: item.span,
        at: item.span,
        inside: item.inside,
      })
    }
    return {
      span: { start, end },
      size,
      value: inside.flatMap(item => (item.value === undefined ? [] : [item.value])),
      inside,
    }
  }

  return node()?.inside ?? []
}

/** A plain scalar by the core schema of YAML 1.2, as far as configurations use it; yes and on stay text. */
function plainValue(source: string): Value | undefined {
  if (/^-?(?:0|[1-9]\d{0,15})$/.test(source)) return Number(source)
  if (/^(?:true|True|TRUE)$/.test(source)) return true
  if (/^(?:false|False|FALSE)$/.test(source)) return false
  return /^(?:|~|null|Null|NULL)$/.test(source) ? undefined : source
}

/** js-yaml passes comments over in silence: they are where a number sign begins a word outside of every scalar. */
export function commentsOfEvents(text: string, events: readonly Event[]): readonly Comment[] {
  const scalars = events.flatMap(event => (event.type === EVENT_ID.SCALAR ? [event] : []))
  let next = 0
  return [...text.matchAll(/(?<=^|[ \t])#[^\r\n]*/gm)].flatMap(({ 0: whole, index: start }) => {
    while ((scalars[next]?.valueEnd ?? text.length) <= start) next += 1
    if ((scalars[next]?.valueStart ?? text.length) <= start) return []
    return commentIn(text, { start, end: start + whole.length }, /^#+/) ?? []
  })
}
