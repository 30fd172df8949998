// The world as the program sees it: files, streams, terminal. `main` is given one of these, so that tests run the whole
// program in memory; node.ts is the real one.

export interface Io {
  /** The bytes of a file; `-` is standard input. Throws Unreadable. */
  read(path: string): Uint8Array
  /** The bytes of a file in pieces; a piece is good until the next is asked for. Throws Unreadable. */
  chunks(path: string): Iterable<Uint8Array>
  /** What is at a path; undefined where nothing is. A link counts as what it leads to. */
  kind(path: string): 'file' | 'folder' | undefined
  /** The files and folders in a folder, sorted by code units of the names. Throws Unreadable. */
  list(folder: string): readonly Listed[]
  /** The absolute path of what is there, with links followed. Throws Unreadable. */
  realPath(path: string): string
  /** The permission bits of a file, links followed. Throws Unreadable. */
  permissions(path: string): number
  /** Begins to write files below a folder: all of them or none, each whole. */
  transaction(folder: string): Transaction
  out(text: string): void
  err(text: string): void
  readonly outIsTerminal: boolean
  readonly errIsTerminal: boolean
  /** Columns of the terminal; 80 where there is none. */
  readonly columns: number
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds from some moment, for progress alone. */
  now(): number
  /** Threads to share work with; undefined where there are none. */
  readonly threads: Threads | undefined
}

/** What a folder has under a name. */
export interface Listed {
  readonly name: string
  /** As Io.kind; undefined for a link that leads nowhere. */
  readonly kind: 'file' | 'folder' | undefined
  readonly link: boolean
}

/** Work that the program does in several threads; what goes to a thread and comes back is plain data. */
export interface Threads {
  /** As many as there are processors. */
  readonly count: number
  /** Hires `count` threads, each of which is given up to `ahead` jobs before it has answered the first. */
  crew(count: number, ahead?: number): Crew
}

/** Threads that wait for jobs until they are told to end. */
export interface Crew {
  /**
   * Has a job done in some thread; what it comes to is said in run.ts, by the name of the work. Jobs are begun in the order
   * in which they come, and after one has failed none is. Rejects with what it threw: Unreadable or a bug.
   */
  do(work: string, job: unknown): Promise<unknown>
  /** Ends the threads; jobs that are not done then never are. */
  end(): void
}

/** Files on their way: none is seen before `commit`, all are after it. Every method throws Unwritable, having undone all. */
export interface Transaction {
  add(file: NewFile): void
  /** Resolves when everything is on the disk. */
  commit(): Promise<void>
  abort(): void
}

export interface NewFile {
  /** Below the folder, with forward slashes. */
  readonly path: string
  /** Permission bits. */
  readonly mode: number
  readonly content: string
}

/** A file or folder that cannot be read, with the system's reason in words. */
export class Unreadable extends Error {
  readonly path: string
  readonly reason: string
  constructor(path: string, reason: string) {
    super(`${path} cannot be read: ${reason}`)
    this.path = path
    this.reason = reason
  }
}

/** A file or folder that cannot be written; nothing was changed. */
export class Unwritable extends Error {
  readonly path: string
  constructor(path: string, reason: string) {
    super(`${path} cannot be written: ${reason}; nothing was changed`)
    this.path = path
  }
}

/** What was asked for makes no sense: exit 2 with one sentence. */
export class Usage extends Error {}
