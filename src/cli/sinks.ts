// Where rendered files go: to standard output or below a folder. Nothing is seen of them before `finish`.

import { jsonText } from '../report/escape.ts'
import { jsonDiagnostic } from '../report/json.ts'
import type { Reportable } from '../report/types.ts'
import type { Expected } from '../targets/expect.ts'
import { mark, type RenderedFile } from '../targets/write.ts'
import type { Status } from './command.ts'
import { unifiedDiff } from './diff.ts'
import { type Io, type Transaction, Usage } from './io.ts'

export interface SinkOptions {
  readonly format: string
  readonly check?: boolean
  readonly diff?: boolean
  readonly force?: boolean
}

export interface Sink {
  take(file: RenderedFile): void
  abandon(): void
  /** `expected` is printed beside the files, where they are printed as JSON. */
  finish(found: readonly Reportable[], expected?: Expected): Status | Promise<Status>
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')

/** To standard output, as text or JSON. */
export class Printed implements Sink {
  readonly #io: Io
  readonly #format: string
  readonly #files: RenderedFile[] = []

  constructor(io: Io, { format }: SinkOptions) {
    this.#io = io
    this.#format = format
  }

  take(file: RenderedFile): void {
    this.#files.push(file)
  }

  abandon(): void {
    this.#files.length = 0
  }

  finish(found: readonly Reportable[], expected?: Expected): Status {
    if (this.#format === 'json') {
      const files = this.#files.map(({ mode, ...file }) => ({ ...file, mode: octal(mode) }))
      this.#io.out(jsonText({ files, ...expected, diagnostics: found.map(jsonDiagnostic) }))
    } else {
      const withHeader = ({ node, target, path, mode, content }: RenderedFile): string =>
        `==> ${node}/${path} (${target}, mode ${octal(mode)}) <==\n${content}`
      this.#io.out(this.#files.map(withHeader).join('\n'))
    }
    return 0
  }
}

/** Whether bondplan says in a text that it has written it. */
const isMarked = (text: string): boolean => text.slice(0, 400).includes(mark)

/** Below a folder: what is the same stays untouched, what is not ours is refused. */
export class Written implements Sink {
  readonly #io: Io
  readonly #folder: string
  readonly #options: SinkOptions
  readonly #transaction: Transaction
  #seen = 0
  #changed = 0
  readonly #diffs: string[] = []

  constructor(io: Io, folder: string, options: SinkOptions) {
    this.#io = io
    this.#folder = folder
    this.#options = options
    this.#transaction = io.transaction(folder)
  }

  take({ node, path, mode, content }: RenderedFile): void {
    this.#seen += 1
    const file = { path: `${node}/${path}`, mode, content }
    const full = `${this.#folder}/${file.path}`
    const kind = this.#io.kind(full)
    if (kind === 'folder') throw new Usage(`${full} is a folder, and a file is to be written there`)
    const old = kind === undefined ? undefined : new TextDecoder().decode(this.#io.read(full))
    if (old === content) return
    if (old !== undefined && !this.#options.force && !isMarked(old)) this.#refuse(full, isMarked(content))
    this.#changed += 1
    if (this.#options.diff) this.#diffs.push(unifiedDiff(this.#io, file.path, old, content))
    if (!this.#options.check) this.#transaction.add(file)
  }

  /**
   * What is not known as ours is not overwritten. JSON has no remarks, and every member means something to who reads it:
   * SONiC stores a table of any name. Of such a file nobody can say whose it is; to look at it is no harm.
   */
  #refuse(path: string, markable: boolean): void {
    if (markable)
      throw new Usage(
        `${path} was not written by bondplan, so it is not overwritten; --force does it all the same`,
      )
    if (this.#options.check) return
    throw new Usage(
      `${path} is not overwritten, as it may be somebody else's: its format has no remarks by which bondplan would know its own; --check --diff shows what would change, and --force changes it`,
    )
  }

  abandon(): void {
    this.#transaction.abort()
  }

  async finish(found: readonly Reportable[]): Promise<Status> {
    await this.#transaction.commit()
    for (const diff of this.#diffs) this.#io.out(diff)
    if (this.#options.format === 'json')
      this.#io.out(jsonText({ files: [], diagnostics: found.map(jsonDiagnostic) }))
    const done = this.#options.check ? 'would change' : 'written'
    this.#io.err(`${this.#changed} of ${this.#seen} files ${done} below ${this.#folder}\n`)
    return this.#options.check && this.#changed > 0 ? 1 : 0
  }
}
