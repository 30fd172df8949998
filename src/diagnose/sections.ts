// Takes a text apart into what each command has printed. What somebody pastes has prompts in it, names of files as `head`
// and `tail` print them, and several outputs one after the other; each of these begins something new, and says whose it is.

import type { SourceText } from '../intent/text.ts'
import type { Format } from './formats/format.ts'
import { formats } from './formats/index.ts'
import { type Line, longestLine } from './walk.ts'

/** What one command has printed, before it is known what the machine is called. */
export interface Piece {
  readonly source: SourceText
  /** A format; JSON; or the text of `ip -d link`. */
  readonly what: Format | 'json' | 'links'
  readonly lines: readonly Line[]
  /** The machine by its prompt. */
  readonly machine: string | undefined
  /** The file that was shown, or the command that was typed. */
  readonly shown: string | undefined
  /** Which prompt of its text it stands behind, and how many of the same kind stand between, both counted from 0. */
  readonly run: number
  readonly nth: number
}

const prompts: readonly RegExp[] = [
  // root@h1:~# cat x, [root@h1 ~]# cat x, admin@sw1> show x, SSH@sw1#show x, [admin@sw1] > interface print
  /^\[?[\w.-]{1,64}@(?<machine>[\w.-]{1,64})[^#$%>\n]{0,200}[#$%>] ?(?<shown>.*)$/,
  // sw1#show x, sw1(config)# do show x, sw1> show x; h1# cat x
  /^(?<machine>[A-Za-z][\w.-]{0,62})(?:\([\w-]{1,40}\))?[#>] ?(?<shown>(?:(?:do )?(?:sh|sho|show|display|cat|ip|sudo|ovs-appctl|dmesg|journalctl)\b.*)?)$/,
  // <sw1> display x, [sw1] display x
  /^(?:<(?<machine>[\w.-]{1,64})>|\[[~*]?(?<other>[\w.-]{1,64})\]) ?(?<shown>display\b.*)$/,
  // * Slot-1 sw1.12 # show x
  /^(?:\* )?(?:Slot-\d{1,2} )?(?<machine>[A-Za-z][\w-]{0,62})\.\d{1,6} [#>] (?<shown>show\b.*)$/,
]

/** As head and tail print the names of files. */
const fileHeader = /^==> (?<shown>.{1,4000}) <==$/

/** Where JSON begins and ends, as programs print it: on one line, or each bracket on its own. */
const jsonBegins = /^\s*\[\s*(?:\{.*)?$/
const jsonEnds = /\]\s*$/

/** Where a device begins in the text of `ip -d link`. */
const linkBegins = /^\d+: [^\s:]+: <[A-Z0-9_,-]*> mtu \d+ /

/** The lines of a text, without their breaks. */
export function linesOf({ text }: SourceText): readonly Line[] {
  const lines: Line[] = []
  const lineBreak = /\r\n?|\n/g
  let start = 0
  for (const { index, 0: found } of text.matchAll(lineBreak)) {
    lines.push({ start, text: text.slice(start, index) })
    start = index + found.length
  }
  if (start < text.length) lines.push({ start, text: text.slice(start) })
  return lines
}

export interface Cut {
  readonly pieces: readonly Piece[]
  /** Lines that belong to no output, together where one command has printed them. */
  readonly outside: readonly Outside[]
}

/** What a command has printed that is no output known here. */
export interface Outside {
  readonly lines: readonly Line[]
  readonly shown: string | undefined
}

/** `only`: the platform that all of the text is of. */
export const cut = (source: SourceText, only?: string): Cut => new Cutter(source, only).cut()

class Cutter {
  readonly #source: SourceText
  readonly #formats: readonly Format[]
  readonly #pieces: Piece[] = []
  #what: Piece['what'] | undefined
  #lines: Line[] = []
  #machine: string | undefined
  #shown: string | undefined
  #run = 0
  #nth = new Map<Piece['what'], number>()
  #outside: Line[] = []
  readonly #strange: Outside[] = []

  constructor(source: SourceText, only: string | undefined) {
    this.#source = source
    this.#formats = only === undefined ? formats : formats.filter(({ platform }) => platform === only)
  }

  cut(): Cut {
    for (const line of linesOf(this.#source)) this.#take(line)
    this.#end()
    this.#endOutside()
    return { pieces: this.#pieces, outside: this.#strange }
  }

  #take(line: Line): void {
    const { text } = line
    if (this.#what === 'json') {
      this.#lines.push(line)
      if (
        jsonEnds.test(text.slice(-200)) &&
        (text.startsWith(']') || /^\s*\}\s*\]\s*$/.test(text.slice(-200)))
      )
        this.#end()
      return
    }
    if (jsonBegins.test(text.slice(0, 200)) && !isPrompt(text)) {
      this.#begin('json')
      this.#lines.push(line)
      if (text.trimStart().length > 3 && jsonEnds.test(text.slice(-200))) this.#end()
      return
    }
    if (text.length > longestLine) {
      this.#keep(line)
      return
    }
    const prompt = promptIn(text)
    if (prompt !== undefined) {
      this.#end()
      this.#endOutside()
      this.#machine = prompt.machine ?? this.#machine
      this.#shown = prompt.shown
      this.#run++
      this.#nth.clear()
      return
    }
    const begun = this.#begunBy(text)
    // A line with which an output begins may also stand inside it: another begins where the same one comes again.
    if (begun !== undefined && (begun !== this.#what || this.#comesAgain(begun, text))) this.#begin(begun)
    this.#keep(line)
  }

  #begunBy(text: string): Piece['what'] | undefined {
    const format = this.#formats.find(({ begins }) => begins.some(one => one.test(text)))
    if (format !== undefined) return format
    return linkBegins.test(text) ? 'links' : undefined
  }

  #comesAgain(what: Piece['what'], text: string): boolean {
    if (typeof what === 'string' || what.continuous) return false
    const beginning = what.begins.find(one => one.test(text))
    return this.#lines.some(line => line.text.length <= longestLine && beginning?.test(line.text))
  }

  /** Ends what was there; the lines just above that only announce what comes now go along with it. */
  #begin(what: Piece['what']): void {
    const preface = typeof what === 'object' ? what.preface : undefined
    const before = this.#what === undefined ? this.#outside : this.#lines
    let from = before.length
    while (preface !== undefined && from > 0 && preface.test(before[from - 1]?.text ?? '')) from--
    const taken = before.splice(from)
    this.#end()
    this.#what = what
    this.#lines = taken
  }

  #keep(line: Line): void {
    if (this.#what !== undefined) this.#lines.push(line)
    else if (line.text.trim() !== '') this.#outside.push(line)
  }

  #endOutside(): void {
    if (this.#outside.length > 0) this.#strange.push({ lines: this.#outside, shown: this.#shown })
    this.#outside = []
  }

  #end(): void {
    const [first] = this.#lines
    const last = this.#lines.at(-1)
    if (this.#what !== undefined && first !== undefined && last !== undefined) {
      const nth = this.#nth.get(this.#what) ?? 0
      this.#nth.set(this.#what, nth + 1)
      this.#pieces.push({
        source: partOf(this.#source, first.start, last.start + last.text.length),
        what: this.#what,
        lines: this.#lines.map(({ start, text }) => ({ start: start - first.start, text })),
        machine: this.#machine,
        shown: this.#shown,
        run: this.#run,
        nth,
      })
    }
    this.#what = undefined
    this.#lines = []
  }
}

const isPrompt = (text: string): boolean => text.length <= longestLine && promptIn(text) !== undefined

/** What a prompt or the header of a file says; undefined: the line is neither. */
function promptIn(
  text: string,
): { readonly machine: string | undefined; readonly shown: string | undefined } | undefined {
  for (const prompt of [fileHeader, ...prompts]) {
    const groups = prompt.exec(text)?.groups
    if (groups !== undefined)
      return { machine: groups.machine ?? groups.other, shown: groups.shown?.trim() || undefined }
  }
  return undefined
}

/** A stretch of a text as a text of its own, whose places are those of the whole. */
function partOf(source: SourceText, from: number, to: number): SourceText {
  return {
    file: source.file,
    text: source.text.slice(from, to),
    regionOf: (start, end) => source.regionOf(from + start, Math.min(from + end, to)),
    linesOf: region => source.linesOf(region),
  }
}
