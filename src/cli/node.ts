// The real world. Files are written whole: a temporary file beside the target, fsync, then rename; when one of several
// fails, those already renamed are put back.

import {
  closeSync,
  type Dirent,
  existsSync,
  fchmodSync,
  fsync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { type Io, type Listed, type NewFile, type Transaction, Unreadable, Unwritable } from './io.ts'
import { nodeThreads } from './threads.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
}

/** The system's error code as words; the error's own text where it is no system error. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  return (code && reasons[code]) ?? code ?? String(error)
}

const suffix = '.bondplan-new'
const backup = '.bondplan-old'

function writeTemporary(path: string, { content, mode }: NewFile): void {
  const descriptor = openNew(path + suffix, mode)
  try {
    writeFileSync(descriptor, content)
    // The mode given to open() is cut by the umask.
    fchmodSync(descriptor, mode)
  } finally {
    closeSync(descriptor)
  }
}

/** In place of what a run left that was cut short. */
function openNew(path: string, mode: number): number {
  // wx: a link that somebody laid in our way is not followed.
  const descriptor = unlessThere(() => openSync(path, 'wx', mode))
  if (descriptor !== undefined) return descriptor
  rmSync(path, { force: true })
  return openSync(path, 'wx', mode)
}

/** What a step makes; undefined where something of that name is there. */
const unlessThere = <T>(step: () => T): T | undefined => unless(['EEXIST'], step)

/** What a step makes; undefined where the system has one of these things against it. */
function unless<T>(codes: readonly string[], step: () => T): T | undefined {
  try {
    return step()
  } catch (error) {
    if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) return undefined
    throw error
  }
}

class NodeTransaction implements Transaction {
  readonly #folder: string
  readonly #written: string[] = []
  readonly #replaced: string[] = []
  readonly #created: string[] = []
  /** Folders that were not there, each after the one that it is in. */
  readonly #made: string[] = []
  /** The real path of the folder; there once the first file has come. */
  #root = ''
  /** Folders that are there, and below the root. */
  readonly #ready = new Set<string>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Runs a step; when it fails, everything so far is undone. */
  #attempt(step: () => void): void {
    try {
      step()
    } catch (error) {
      this.abort()
      throw error instanceof Unwritable ? error : new Unwritable(this.#folder, reasonOf(error))
    }
  }

  add(file: NewFile): void {
    this.#attempt(() => {
      const path = resolve(this.#folder, file.path)
      this.#makeReady(dirname(path), path)
      this.#written.push(path)
      writeTemporary(path, file)
    })
  }

  /**
   * Makes a folder and those above it, each asked for once. One that is there may be a link that leads out of the root:
   * that is refused (CWE-59), before anything is made behind it.
   */
  #makeReady(folder: string, path: string): void {
    if (this.#ready.has(folder)) return
    if (this.#ready.size === 0) this.#makeRoot()
    const above = dirname(folder)
    // What is above the root is not ours to look at.
    if (folder !== resolve(this.#folder) && above !== folder) this.#makeReady(above, path)
    const made = unlessThere(() => {
      mkdirSync(folder)
      this.#made.push(folder)
      return true
    })
    if (made === undefined && !this.#holds(realpathSync.native(folder)))
      throw new Unwritable(path, `a link leads out of ${this.#folder}`)
    this.#ready.add(folder)
  }

  #makeRoot(): void {
    const root = resolve(this.#folder)
    const missing: string[] = []
    for (let at = root; !existsSync(at); at = dirname(at)) missing.unshift(at)
    // One by one: asked for all at once, Node tries for ever where a folder takes none, as /proc does.
    // Another run may make it meanwhile, as shards of one fleet do.
    for (const folder of missing)
      unlessThere(() => {
        mkdirSync(folder)
        this.#made.push(folder)
      })
    this.#root = realpathSync.native(this.#folder)
    this.#ready.add(root)
  }

  #holds(real: string): boolean {
    return real === this.#root || real.startsWith(this.#root.endsWith(sep) ? this.#root : this.#root + sep)
  }

  async commit(): Promise<void> {
    try {
      await syncAll(this.#written.map(path => path + suffix))
      for (const path of this.#written) {
        if (existsSync(path)) {
          rmSync(path + backup, { force: true })
          linkSync(path, path + backup)
          this.#replaced.push(path)
        } else this.#created.push(path)
        renameSync(path + suffix, path)
      }
    } catch (error) {
      this.abort()
      throw new Unwritable(this.#folder, reasonOf(error))
    }
    for (const path of this.#replaced) rmSync(path + backup, { force: true })
    // A rename lasts through a power cut once its folder is on the disk.
    await syncAll([...new Set(this.#written.map(path => dirname(path)))])
  }

  abort(): void {
    for (const path of this.#replaced) if (existsSync(path + backup)) renameSync(path + backup, path)
    for (const path of this.#created) rmSync(path, { force: true })
    // What stands in the way of a temporary file is not ours to remove.
    for (const path of this.#written) {
      if (lstatSync(path + suffix, { throwIfNoEntry: false })?.isFile()) rmSync(path + suffix)
    }
    // What somebody has put into a folder of ours meanwhile stays, and so does the folder.
    for (const folder of [...this.#made].reverse())
      unless(['ENOTEMPTY', 'EEXIST', 'ENOENT'], () => rmdirSync(folder))
  }
}

/**
 * How many files are on their way to the disk at a time: the file system serves all that wait with one write of its
 * journal, so 32 instead of the 4 threads that libuv has unasked halve the time of a fleet. It reads this when it starts
 * the first of them, which nothing here does before the first file is synced.
 */
const together = 32
process.env.UV_THREADPOOL_SIZE ??= String(together)

/** Brings files or folders to the disk. Only the waiting is left to other threads: to hand them a step costs more than opening. */
async function syncAll(paths: readonly string[]): Promise<void> {
  for (let at = 0; at < paths.length; at += together)
    await Promise.all(paths.slice(at, at + together).map(syncOne))
}

const syncOne = (path: string): Promise<void> =>
  new Promise((synced, failed) => {
    const descriptor = openSync(path, 'r')
    fsync(descriptor, error => {
      closeSync(descriptor)
      if (error === null) synced()
      else failed(error)
    })
  })

const chunkBytes = 1 << 20

function* chunksOf(path: string): Generator<Uint8Array> {
  const name = path === '-' ? 'standard input' : path
  let descriptor = 0
  try {
    descriptor = path === '-' ? 0 : openSync(path, 'r')
    const buffer = new Uint8Array(chunkBytes)
    for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer)) {
      yield buffer.subarray(0, size)
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new Unreadable(name, reasonOf(error))
    throw error
  } finally {
    if (descriptor > 0) closeSync(descriptor)
  }
}

/** What the system says of a path. Throws Unreadable. */
function attempted<T>(path: string, ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    throw new Unreadable(path, reasonOf(error))
  }
}

/** What is at a path, links followed; undefined where nothing is. Throws Unreadable. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    // A file where a folder has to be: nothing is at that path, and writing there will say why it cannot be.
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined
    throw new Unreadable(path, reasonOf(error))
  }
}

function kindOf(path: string): Listed['kind'] {
  const stat = statOf(path)
  return stat === undefined ? undefined : stat.isDirectory() ? 'folder' : 'file'
}

/** What the folder knows of its own need not be asked of the system for each name. A pipe or a device is nothing to read. */
const listedIn =
  (folder: string) =>
  (entry: Dirent): readonly Listed[] => {
    const { name } = entry
    const link = entry.isSymbolicLink()
    const what = link ? statOf(`${folder}/${name}`) : entry
    if (what === undefined) return [{ name, link, kind: undefined }]
    const kind = what.isDirectory() ? 'folder' : what.isFile() ? 'file' : undefined
    return kind === undefined ? [] : [{ name, link, kind }]
  }

const byName = (a: Listed, b: Listed): number => (a.name < b.name ? -1 : 1)

/** The process's own world. */
export function nodeIo(): Io {
  return {
    read(path) {
      try {
        return readFileSync(path === '-' ? 0 : path)
      } catch (error) {
        throw new Unreadable(path === '-' ? 'standard input' : path, reasonOf(error))
      }
    },
    chunks: chunksOf,
    kind: kindOf,
    list: folder =>
      attempted(folder, () => readdirSync(folder, { withFileTypes: true }))
        .flatMap(listedIn(folder))
        .sort(byName),
    realPath: path => attempted(path, () => realpathSync.native(path)),
    permissions: path => attempted(path, () => statSync(path).mode & 0o7777),
    transaction: folder => new NodeTransaction(folder),
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? process.stderr.columns ?? 80,
    env: process.env,
    now: () => performance.now(),
    threads: nodeThreads(),
  }
}

/** A path below another, as the reports show it. */
export const under = (folder: string, name: string): string => (folder === '.' ? name : join(folder, name))
