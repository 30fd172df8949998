// The shape of an intent as a document: which subject stands where. Reading, complaints and fixes walk it; the schema
// prints it.

import type { Path, Step } from '../diagnostics/diagnostic.ts'
import { bonding, collections, rowsOf, type Subject } from '../options/index.ts'
import type { AnyRow } from '../options/row.ts'

/** What stands at a path: a subject's options, a map or list of named things, or the whole document. */
export type Room = 'document' | 'profile' | Subject

interface Shape {
  readonly maps: Readonly<Record<string, Room>>
  readonly lists: Readonly<Record<string, Room>>
}

const devices = {
  [collections.port]: 'port',
  [collections.bond]: 'bond',
  [collections.vlan]: 'vlan',
  [collections.bridge]: 'bridge',
} as const

const none: Shape = { maps: {}, lists: {} }

const shapes: Readonly<Record<Room, Shape>> = {
  // A file about one host begins with its bonds: then the document is the host.
  document: {
    maps: { profiles: 'profile', hosts: 'host', switches: 'switch', ...devices },
    lists: { traffic: 'traffic' },
  },
  host: { maps: devices, lists: {} },
  switch: { maps: { [collections.lag]: 'lag' }, lists: {} },
  profile: none,
  port: none,
  bond: none,
  vlan: none,
  bridge: none,
  lag: none,
  traffic: none,
}

/** The option rows that may stand in a room. */
export function rowsIn(room: Room): Readonly<Record<string, AnyRow>> {
  if (room === 'document') return rowsOf('host')
  if (room === 'profile') return bonding
  return rowsOf(room)
}

/** Every key that may stand in a room, options and collections, for "did you mean". */
export function keysIn(room: Room): readonly string[] {
  const rows = Object.entries(rowsIn(room)).flatMap(([id, row]) => [id, ...row.aliases])
  return [...rows, ...Object.keys(shapes[room].maps), ...Object.keys(shapes[room].lists)]
}

/** What a path leads to. */
export interface Spot {
  /** The innermost room on the way. */
  readonly room: Room
  /** The name of the thing in that room: `bond0`, `sw1`, `1`. */
  readonly name: Step | undefined
  /** The option, when the path goes on into one, and the steps inside its value. */
  readonly option: { readonly id: string; readonly row: AnyRow; readonly rest: Path } | undefined
  /** The collection whose names the path ends before: `['hosts']`. */
  readonly collection: Room | undefined
}

/** Follows a path from the root. */
export function spotAt(path: Path): Spot {
  let room: Room = 'document'
  let name: Step | undefined
  for (let at = 0; at < path.length; at += 2) {
    const key = String(path[at])
    const shape: Shape = shapes[room]
    const inner: Room | undefined = Object.hasOwn(shape.maps, key) ? shape.maps[key] : shape.lists[key]
    if (inner === undefined || !(Object.hasOwn(shape.maps, key) || Object.hasOwn(shape.lists, key))) {
      const rows = rowsIn(room)
      const id = Object.hasOwn(rows, key)
        ? key
        : Object.entries(rows).find(([, row]) => row.aliases.includes(key))?.[0]
      const row = id === undefined ? undefined : rows[id]
      const option = id === undefined || row === undefined ? undefined : { id, row, rest: path.slice(at + 1) }
      return { room, name, option, collection: undefined }
    }
    if (at + 1 >= path.length) return { room, name, option: undefined, collection: inner }
    room = inner
    name = path[at + 1]
  }
  return { room, name, option: undefined, collection: undefined }
}
