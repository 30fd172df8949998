// From the parser's events to the value and the table of nodes, in one walk. js-yaml's own constructFromEvents stops
// at the first trouble, lets an alias stand inside of what it repeats, and names number keys by their value; this walk
// reports and goes on, keeps aliases bounded, and names keys as they are written. Syntax is yaml.ts's, the sentences
// are in troubles.ts.

import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Limits } from '../limits.ts'
import type { SourceText } from '../text.ts'
import { type Anchor, Anchors } from './anchors.ts'
import { skipBlank } from './blank.ts'
import { type NodeKind, Nodes, nodeKind } from './nodes.ts'
import { repaired } from './scalars.ts'
import {
  type AliasEvent,
  type CollectionEvent,
  endOfCollection,
  kindOfCollection,
  marker,
  nextMarker,
  type ScalarEvent,
  spanOfEmpty,
  spanOfScalar,
} from './spans.ts'
import { Tags } from './tags.ts'
import { Tally } from './tally.ts'
import { troubles } from './troubles.ts'

export interface Built {
  /** Undefined for an empty stream. Mappings are plain objects; a key `__proto__` is an own property of theirs. */
  readonly value: unknown
  readonly nodes: Nodes
  readonly diagnostics: readonly Diagnostic[]
}

type Mapping = Record<string, unknown>

/** A list, mapping or document that is being filled. */
interface Frame {
  readonly node: number
  readonly kind: NodeKind | 'document'
  readonly list: unknown[] | undefined
  readonly mapping: Mapping | undefined
  readonly anchor: Anchor | undefined
  /** In a mapping: whether the next node is a key. */
  atKey: boolean
  /** The key of the next value; undefined if that value is left out. */
  key: string | undefined
  /** How many values it holds so far, and how deep they are nested, with what aliases repeat. */
  size: number
  height: number
  /** The nodes of the keys, made when the first one stands twice. */
  keys: Map<string, number> | undefined
}

/** Builds the first document of the stream whose events it takes. */
export class Builder {
  readonly #nodes: Nodes
  readonly #tally: Tally
  readonly #text: string
  readonly #anchors: Anchors
  readonly #tags: Tags
  readonly #frames: Frame[] = []
  #value: unknown
  #top: Frame = frame(0, 'document')
  #documents = 0
  /** Where the text of the last node ends. */
  #cursor = 0

  constructor(source: SourceText, limit: Limits) {
    this.#text = source.text
    this.#nodes = new Nodes(source.text)
    this.#tally = new Tally(source, limit.complaints)
    this.#anchors = new Anchors(limit, this.#tally)
    this.#tags = new Tags(source.text, this.#tally)
  }

  /** Takes some events; several calls together must give the stream. */
  take(events: readonly Event[]): void {
    let index = 0
    for (const event of events) if (!this.#step(event, events[++index])) return
  }

  built(): Built {
    this.#nodes.finish()
    return { value: this.#value, nodes: this.#nodes, diagnostics: this.#tally.diagnostics() }
  }

  /** Takes one event; false when what follows is not to be read. */
  #step(event: Event, following: Event | undefined): boolean {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (++this.#documents > 1 && !isSilent(following)) return this.#refuseDocument()
        for (const directive of event.directives) {
          if (directive.kind === 'tag') this.#tags.define(directive.handle, directive.prefix)
        }
        if (event.explicitStart) this.#cursor = nextMarker(this.#text, this.#cursor) + marker.length
        this.#open(frame(0, 'document'))
        return true
      case EVENT_ID.SCALAR:
        this.#scalar(event)
        return true
      case EVENT_ID.ALIAS:
        this.#alias(event)
        return true
      case EVENT_ID.POP:
        this.#close()
        return true
      default:
        this.#collection(event, following)
        return true
    }
  }

  #open(opened: Frame): void {
    this.#frames.push(opened)
    this.#top = opened
  }

  #refuseDocument(): boolean {
    const start = nextMarker(this.#text, this.#cursor)
    this.#tally.error('yaml-several-documents', start, start + marker.length, troubles.severalDocuments)
    return false
  }

  #scalar(event: ScalarEvent): void {
    const written = event.valueStart >= 0
    const { kind, start, end } = written
      ? spanOfScalar(this.#text, event)
      : spanOfEmpty(this.#text, event, this.#cursor, this.#top.kind === nodeKind.blockList)
    const node = this.#nodes.add(kind, start, end)
    // What stands between the content of a block scalar and its end is blank.
    this.#cursor = kind === nodeKind.block ? event.valueEnd : end
    const text = this.#textOf(event)
    const asked = this.#tags.askedOf(event)
    const { atKey } = this.#top
    if (!atKey || event.anchorStart >= 0 || asked !== undefined) {
      const value = this.#tags.valueOf(event, text, asked, start, end)
      this.#mark(event, { node, value, ...(written && { text }), size: 1, height: 1, open: false })
      if (!atKey) this.#put(value, 1, 1)
    }
    if (!atKey) return
    if (!written) {
      const at = skipBlank(this.#text, end)
      this.#refuseKey(at, at + 1, 'yaml-key-empty', troubles.keyEmpty)
    } else if (
      asked === 'merge' ||
      (text === '<<' && asked === undefined && event.style === SCALAR_STYLE.PLAIN)
    ) {
      this.#refuseKey(start, end, 'yaml-merge-key', troubles.mergeKey)
    } else {
      if (!event.fast || asked !== undefined) this.#nodes.setName(node, text)
      this.#key(node, text)
    }
  }

  #textOf(event: ScalarEvent): string {
    const text = getScalarValue(this.#text, event)
    if (event.style !== SCALAR_STYLE.DOUBLE_QUOTED || event.fast) return text
    const { valueStart, valueEnd } = event
    const right = repaired(text, this.#text.slice(valueStart, valueEnd))
    if (right === undefined) return text
    this.#tally.error('yaml-escape-invalid', valueStart - 1, valueEnd + 1, troubles.escapeInvalid)
    return right
  }

  #collection(event: CollectionEvent, following: Event | undefined): void {
    const kind = kindOfCollection(this.#text, event, following)
    const flow = kind === nodeKind.flowMapping || kind === nodeKind.flowList
    const { start, tagStart } = event
    const node = this.#nodes.add(kind, flow && tagStart >= 0 ? tagStart : start, start)
    this.#cursor = flow ? start + 1 : start
    const isMapping = event.type === EVENT_ID.MAPPING
    this.#tags.checkCollection(event, isMapping ? 'mapping' : 'list')
    const list = isMapping ? undefined : []
    const mapping = isMapping ? {} : undefined
    const value = list ?? mapping
    const anchor = event.anchorStart < 0 ? undefined : { node, value, size: 0, height: 0, open: true }
    if (anchor !== undefined) this.#mark(event, anchor)
    this.#open(frame(node, kind, list, mapping, anchor))
  }

  #close(): void {
    const closed = this.#frames.pop()
    this.#top = this.#frames.at(-1) ?? frame(0, 'document')
    if (closed === undefined || closed.kind === 'document') return
    this.#cursor = endOfCollection(this.#text, closed.kind, this.#cursor)
    this.#nodes.close(closed.node, this.#cursor)
    const size = closed.size + 1
    const height = closed.height + 1
    if (closed.anchor !== undefined) Object.assign(closed.anchor, { size, height, open: false })
    if (this.#top.atKey) this.#refuseCollectionAsKey(closed.node)
    else this.#put(closed.list ?? closed.mapping, size, height)
  }

  #alias({ anchorStart, anchorEnd }: AliasEvent): void {
    const start = anchorStart - 1
    const node = this.#nodes.add(nodeKind.alias, start, anchorEnd)
    this.#cursor = anchorEnd
    const name = this.#text.slice(anchorStart, anchorEnd)
    const anchor = this.#anchors.follow(name, this.#frames.length, start, anchorEnd)
    if (anchor !== undefined) this.#nodes.setTarget(node, anchor.node)
    if (!this.#top.atKey) {
      this.#put(anchor?.value ?? null, anchor?.size ?? 1, anchor?.height ?? 1)
    } else if (anchor === undefined) {
      this.#takeKey(undefined)
    } else if (anchor.text !== undefined) {
      this.#nodes.setName(node, anchor.text)
      this.#key(node, anchor.text)
    } else if (this.#nodes.kind(anchor.node) === nodeKind.empty) {
      this.#refuseKey(start, anchorEnd, 'yaml-key-empty', troubles.keyEmpty)
    } else this.#refuseCollectionAsKey(node)
  }

  #mark({ anchorStart, anchorEnd }: ScalarEvent | CollectionEvent, anchor: Anchor): void {
    if (anchorStart >= 0) this.#anchors.set(this.#text.slice(anchorStart, anchorEnd), anchor)
  }

  /** A key with a name. Of keys that stand twice, the first is kept. */
  #key(node: number, name: string): void {
    const top = this.#top
    if (top.mapping === undefined || !Object.hasOwn(top.mapping, name)) {
      top.keys?.set(name, node)
      this.#takeKey(name)
      return
    }
    top.keys ??= keysOf(this.#nodes, top.node, node)
    const first = top.keys.get(name) ?? node
    this.#refuseKey(this.#nodes.start(node), this.#nodes.end(node), 'yaml-key-twice', () => {
      const region = this.#tally.regionOf(this.#nodes.start(first), this.#nodes.end(first))
      return { ...troubles.keyTwice(name), related: [{ message: 'first written here', region }] }
    })
  }

  /** A key that cannot be taken: its value is read and left out. */
  #refuseKey(
    start: number,
    end: number,
    code: string,
    say: () => Pick<Diagnostic, 'message' | 'help' | 'related'>,
  ): void {
    this.#tally.error(code, start, end, say)
    this.#takeKey(undefined)
  }

  #refuseCollectionAsKey(node: number): void {
    const start = this.#nodes.start(node)
    const end = Math.min(this.#nodes.end(node), start + 200)
    const [firstLine = ''] = this.#text.slice(start, end).split(/[\r\n]/, 1)
    const template = this.#text.startsWith('{{', start - 1) || this.#text.startsWith('{{', start)
    this.#refuseKey(start, start + firstLine.length, 'yaml-key-not-text', () => troubles.keyNotText(template))
  }

  #takeKey(name: string | undefined): void {
    this.#top.key = name
    this.#top.atKey = false
    this.#top.size++
  }

  #put(value: unknown, size: number, height: number): void {
    const top = this.#top
    top.size += size
    if (height > top.height) top.height = height
    if (top.list !== undefined) {
      top.list.push(value)
    } else if (top.mapping === undefined) {
      if (this.#documents === 1) this.#value = value
    } else {
      top.atKey = true
      if (top.key !== undefined) setOwn(top.mapping, top.key, value)
    }
  }
}

/** An empty document says nothing, so it may follow another. */
const isSilent = (first: Event | undefined): boolean =>
  first?.type === EVENT_ID.SCALAR && first.valueStart < 0 && first.tagStart < 0

/** Assignment to `__proto__` would change the object's prototype instead of adding a property. */
function setOwn(mapping: Mapping, key: string, value: unknown): void {
  if (key !== '__proto__') mapping[key] = value
  else Object.defineProperty(mapping, key, { value, enumerable: true, configurable: true, writable: true })
}

function frame(
  node: number,
  kind: Frame['kind'],
  list?: unknown[],
  mapping?: Mapping,
  anchor?: Anchor,
): Frame {
  const atKey = mapping !== undefined
  return { node, kind, list, mapping, anchor, atKey, key: undefined, size: 0, height: 0, keys: undefined }
}

/** The first node of each key of a mapping that is still open; `end` is the node after the last complete entry. */
function keysOf(nodes: Nodes, mapping: number, end: number): Map<string, number> {
  const keys = new Map<string, number>()
  for (let key = mapping + 1; key < end; key = nodes.next(nodes.next(key))) {
    const name = nodes.name(key)
    if (name !== undefined && !keys.has(name)) keys.set(name, key)
  }
  return keys
}
