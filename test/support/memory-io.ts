// A world in memory for the program: files as a map, what was printed as text. Files are known by their path from the
// working folder, those elsewhere by their absolute one.

import { posix } from 'node:path'
import type { Io, NewFile } from '../../src/cli/io.ts'
import { Unreadable } from '../../src/cli/io.ts'
import { main } from '../../src/cli/main.ts'

export interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
  readonly files: ReadonlyMap<string, string>
  readonly modes: ReadonlyMap<string, number>
}

export interface World {
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly stdin?: string
  readonly terminal?: boolean
  readonly env?: Readonly<Record<string, string>>
  /** Permission bits of files that have others than 0644. */
  readonly modes?: Readonly<Record<string, number>>
}

const workingFolder = '/home/work'

/** How a path is known in the world; the working folder is ''. */
function known(path: string): string {
  const absolute = posix.resolve(workingFolder, path)
  const below = posix.relative(workingFolder, absolute)
  return below.startsWith('..') ? absolute : below
}

/** Runs the program with these arguments in a world of its own. */
export async function run(argv: readonly string[], world: World = {}): Promise<Ran> {
  const files = new Map(Object.entries(world.files ?? {}))
  const modes = new Map(Object.entries(world.modes ?? {}))
  const encoder = new TextEncoder()
  let out = ''
  let err = ''
  const names = (folder: string): string[] => {
    const prefix = known(folder) === '' ? '' : `${known(folder)}/`
    const inside = [...files.keys()]
      .filter(file => file.startsWith(prefix) && (prefix !== '' || !file.startsWith('/')))
      .map(file => file.slice(prefix.length).split('/')[0] ?? '')
    return [...new Set(inside)].sort()
  }
  const io: Io = {
    read(path) {
      const content = path === '-' ? (world.stdin ?? '') : files.get(known(path))
      if (content === undefined) throw new Unreadable(path, 'there is no such file or folder')
      return typeof content === 'string' ? encoder.encode(content) : content
    },
    *chunks(path) {
      const bytes = io.read(path)
      for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
    },
    kind: path => (files.has(known(path)) ? 'file' : names(path).length > 0 ? 'folder' : undefined),
    list: folder => names(folder).map(name => ({ name, kind: io.kind(`${folder}/${name}`), link: false })),
    realPath(path) {
      if (io.kind(path) === undefined && known(path) !== '') {
        throw new Unreadable(path, 'there is no such file or folder')
      }
      return posix.resolve(workingFolder, path)
    },
    permissions: path => modes.get(known(path)) ?? 0o644,
    transaction(folder) {
      const all: NewFile[] = []
      return {
        add: file => void all.push(file),
        async commit() {
          for (const { path, mode, content } of all) {
            files.set(known(`${folder}/${path}`), content)
            modes.set(known(`${folder}/${path}`), mode)
          }
        },
        abort: () => void all.splice(0),
      }
    },
    out: text => {
      out += text
    },
    err: text => {
      err += text
    },
    outIsTerminal: world.terminal ?? false,
    errIsTerminal: world.terminal ?? false,
    columns: 80,
    env: world.env ?? {},
    now: () => 0,
    threads: undefined,
  }
  const status = await main(argv, io)
  const texts = new Map(
    [...files].map(([path, content]) => [path, typeof content === 'string' ? content : '']),
  )
  return { status, out, err, files: texts, modes }
}
