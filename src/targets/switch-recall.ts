// The walk backwards for switches: LAGs out of a running configuration. Every line in the block of a LAG or of its member
// is understood, known and none of ours, or reported at its place; what stands outside is counted. What names mean is
// switch-names.ts; what becomes of the lines of one LAG, switch-draft.ts.

import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts'
import type { Origin } from '../diagnostics/origin.ts'
import type { Switch } from '../intent/intent.ts'
import { rowsOf } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import { readPort } from '../platforms/ports.ts'
import { sameValue } from './place.ts'
import { originOf, type RegionOf, type Spots } from './recall.ts'
import { calledIn } from './switch-called.ts'
import { type Draft, lagOf } from './switch-draft.ts'
import { type Match, matches } from './switch-match.ts'
import { Names, type Spot } from './switch-names.ts'
import { type ScannedLine, scanLines } from './switch-scan.ts'
import type { BlockName, SwitchTarget } from './switch-target.ts'
import type { ScannedFile } from './target.ts'

export interface RecalledSwitch {
  readonly self: Switch
  readonly origin: Origin
  readonly spots: Spots
  readonly diagnostics: readonly Diagnostic[]
  /** Lines that belong to no LAG; they are counted, not guessed. */
  readonly outside: number
}

/** Reads the LAGs of a switch out of its configuration. */
export function recallSwitch(
  files: readonly ScannedFile[],
  target: SwitchTarget,
  name: string,
  regionOf: RegionOf,
): RecalledSwitch {
  const scanned = scanLines(files)
  const called = calledIn(scanned, target)
  const reader = new Reader(called.size === 0 ? target : { ...target, called }, name, regionOf)
  for (const line of target.arrange?.(scanned, called) ?? scanned) reader.take(line)
  const recalled = reader.recalled()
  const renamed = [...called].map(([own, { number, line }]) =>
    renamedTo(own, number, line, target, name, regionOf),
  )
  return { ...recalled, diagnostics: [...recalled.diagnostics, ...renamed] }
}

const renamedTo = (
  own: string,
  number: number,
  { file, span }: ScannedLine,
  { platform }: SwitchTarget,
  name: string,
  regionOf: RegionOf,
): Diagnostic => ({
  code: 'lag-renamed',
  severity: 'note',
  message: `${name}: the LAG ${own} is LAG ${number} from here on, and is written as ${platform.lag.name.replace('{number}', String(number))}`,
  region: regionOf(file, span),
})

/** A line with the block it stands in and what the block's head named. */
interface Placed extends Spot {
  readonly line: ScannedLine
  readonly text: string
  readonly found: readonly Match[]
}

class Reader {
  readonly #target: SwitchTarget
  readonly #name: string
  readonly #path: Path
  readonly #regionOf: RegionOf
  readonly #lines: Placed[] = []
  readonly #drafts = new Map<number, Draft>()
  readonly #memberOf = new Map<string, number>()
  readonly #names: Names
  readonly #spots: Spots = new Map()
  readonly #diagnostics: Diagnostic[] = []
  readonly #options: Record<string, unknown> = {}
  readonly #reported = new Set<string>()
  #outside = 0

  constructor(target: SwitchTarget, name: string, regionOf: RegionOf) {
    this.#target = target
    this.#name = name
    this.#path = ['switches', name]
    this.#regionOf = regionOf
    this.#names = new Names(target)
  }

  take(line: ScannedLine): void {
    const [whole = line.text, ...inner] = line.heads
    const each = this.#target.flat ? undefined : this.#names.portHeadsIn(whole)
    // What is said of several ports is said of each.
    if (each === undefined) this.#takeOne(line)
    else if (line.heads.length > 0)
      for (const head of each) this.#takeOne({ ...line, heads: [head, ...inner] })
  }

  #takeOne(line: ScannedLine): void {
    const named = this.#names.learn(line.text)
    const [head] = line.heads
    if (this.#target.flat) this.#takeFlat(line, named)
    else if (head === undefined) {
      if (this.#names.opened(line.text) !== undefined) this.#open(line)
      else this.#add(line, line.text, { block: 'global' })
    } else {
      const block = this.#names.opened(head)
      if (block === undefined) this.#outside++
      else this.#add(line, line.text, block)
    }
  }

  #takeFlat(line: ScannedLine, named: boolean): void {
    const opened = this.#names.opened(line.text, true)
    const rest = opened?.rest?.trim()
    if (opened !== undefined && rest !== undefined && rest !== '') {
      if (opened.number !== undefined) this.#draft(opened.number, line)
      this.#add(line, rest, opened)
    } else if (!named) this.#add(line, line.text, { block: 'global' })
  }

  #open(line: ScannedLine): void {
    const opened = this.#names.opened(line.text)
    if (opened?.number !== undefined) this.#draft(opened.number, line)
  }

  #draft(number: number, first: ScannedLine): Draft {
    let draft = this.#drafts.get(number)
    if (draft === undefined) {
      draft = { number, ports: new Map(), said: [], first }
      this.#drafts.set(number, draft)
    }
    return draft
  }

  /** Keeps a line, and learns from it which ports are in which LAG. */
  #add(line: ScannedLine, text: string, block: Spot): void {
    const found = matches(this.#target, block.block, text)
    this.#lines.push({ ...block, line, text, found })
    for (const { bound, in: parts } of found) {
      const joins = bound.ports !== undefined || block.port !== undefined || bound.port !== undefined
      const name = bound.lag ?? bound.number
      const number = name === undefined ? block.number : this.#names.numberOf(name)
      if (number === undefined || !joins || parts.every(part => part.startsWith('vlan'))) continue
      const ports =
        block.port !== undefined ? [block.port] : this.#names.portsIn(bound.ports ?? bound.port ?? '')
      const draft = this.#draft(number, line)
      for (const port of ports) {
        draft.ports.set(port.name, port)
        this.#memberOf.set(port.name, number)
      }
    }
  }

  recalled(): RecalledSwitch {
    for (const placed of this.#lines) this.#assign(placed)
    const lags = [...this.#drafts.values()]
      .sort((a, b) => a.number - b.number)
      .map(draft =>
        lagOf(draft, this.#target, [...this.#path, 'lags', String(draft.number)], {
          stand: (path, line) => this.#stand(path, line),
          notUnderstood: line => this.#notUnderstood(line, line.text),
        }),
      )
    const self: Switch = {
      subject: 'switch',
      name: this.#name,
      path: this.#path,
      options: { platform: this.#target.id, ...this.#options },
      lags,
    }
    return {
      self,
      origin: originOf(this.#spots),
      spots: this.#spots,
      diagnostics: this.#diagnostics,
      outside: this.#outside,
    }
  }

  /** Hands a line to the LAGs that it speaks of. */
  #assign(placed: Placed): void {
    const { line, text, block, found } = placed
    const ours = found.filter(({ subject }) => subject === 'switch')
    for (const match of ours) this.#assignSwitch(match, placed)
    const numbers = [...new Set(found.flatMap(match => this.#numbersFor(match, placed)))]
    if (numbers.length === 0) {
      if (ours.length > 0 || this.#ignored(block, text)) return
      if (
        block === 'lag' ||
        this.#target.brings?.test(line.text) ||
        this.#target.lagMade.some(pattern => pattern.test(line.text)) ||
        (block === 'port' && placed.port !== undefined && this.#memberOf.has(placed.port.name))
      ) {
        if (found.length === 0) this.#notUnderstood(line, text)
      } else this.#outside++
      return
    }
    for (const match of found) {
      if (match.subject !== 'lag') continue
      for (const number of this.#numbersFor(match, placed)) {
        const value = this.#valueOf(match, placed)
        this.#draft(number, line).said.push({ match, value, line })
      }
    }
  }

  #numbersFor(
    { bound, in: parts, subject }: Match,
    { block, number, port, vlan }: Placed,
  ): readonly number[] {
    if (subject !== 'lag') return []
    const own = (candidate: number | undefined): readonly number[] =>
      candidate !== undefined && this.#drafts.has(candidate) ? [candidate] : []
    if (number !== undefined) return own(number)
    if (bound.lag !== undefined) return own(this.#names.numberOf(bound.lag))
    if (bound.number !== undefined) return own(Number(bound.number))
    const links = bound.link ?? bound.links
    if (links !== undefined) return this.#names.lagsIn(links).flatMap(own)
    if (bound.ports !== undefined) {
      const members = this.#names.portsIn(bound.ports).map(({ name }) => this.#memberOf.get(name))
      return [...new Set(members)].flatMap(own)
    }
    const member =
      port ?? (bound.port === undefined ? undefined : readPort(this.#target.platform, bound.port).port)
    if (member !== undefined) {
      // What a member says for itself alone counts only where it is no LAG.
      const counts = parts.some(part => part.startsWith('member') || part.startsWith('port'))
      return counts || block !== 'port' ? own(this.#memberOf.get(member.name)) : []
    }
    // A line of a VLAN, or of the whole device, that names no LAG is about all of them.
    return vlan !== undefined || block === 'global' ? [...this.#drafts.keys()] : []
  }

  #assignSwitch(match: Match, { line, block }: Placed): void {
    const row = rowsOf('switch')[match.option]
    const native = match.value ?? match.bound['']
    if (native === undefined || row === undefined) return
    const neutral = match.value ?? match.stance.as?.read(native) ?? native
    const value = row.kind.read(neutral)
    if (value === undefined) {
      this.#notUnderstood(line, line.text)
      return
    }
    const earlier = this.#options[match.option]
    // Lines of the whole device may say more of one value; those of LAGs each say their own.
    if (
      block !== 'global' &&
      earlier !== undefined &&
      !sameValue(row.kind.write(earlier), row.kind.write(value))
    ) {
      this.#diagnostics.push({
        code: 'not-understood',
        severity: 'warning',
        message: `${this.#name}: "${line.text}" differs from what another LAG says, and ${match.option} is one for the switch`,
        region: this.#regionOf(line.file, line.span),
      })
      return
    }
    this.#options[match.option] = value
    this.#stand([...this.#path, match.option], line)
  }

  /** The value that a line says in the neutral spelling; undefined where it says only that something holds. */
  #valueOf({ option, stance, value, bound, echo }: Match, placed: Placed): Value | undefined {
    if (echo) return undefined
    if (value !== undefined) return value
    const native = bound['']
    if (option === 'vlans' || option === 'native') {
      const said = native ?? bound.vlans ?? bound.range ?? bound.vlan ?? bound.vlanname
      const text = said ?? (placed.vlan === undefined ? undefined : String(placed.vlan))
      if (text === undefined) return undefined
      const ranges = this.#names.vlansIn(text)
      return option === 'native' ? ranges[0]?.from : ranges.map(({ from, to }) => `${from}-${to}`)
    }
    if (native === undefined) return undefined
    return stance.as === undefined ? native : (stance.as.read(native) ?? native)
  }

  #ignored(block: BlockName, text: string): boolean {
    return this.#target.ignores.some(one => (one.in === 'any' || one.in === block) && one.line.test(text))
  }

  /** Once for each line, however many it stands for. */
  #notUnderstood(line: ScannedLine, text: string): void {
    const spot = `${line.file} ${line.span.start} ${text}`
    if (this.#reported.has(spot)) return
    this.#reported.add(spot)
    this.#diagnostics.push({
      code: 'not-understood',
      severity: 'warning',
      message: `${this.#name}: "${text}" is not understood, so nothing is made of it`,
      region: this.#regionOf(line.file, line.span),
    })
  }

  #stand(path: Path, line: ScannedLine): void {
    const region = this.#regionOf(line.file, line.span)
    this.#spots.set(path.join('\0'), { key: region, value: region })
  }
}
