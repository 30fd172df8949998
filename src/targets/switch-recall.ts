// The walk backwards for switches: LAGs out of a running configuration. Every line in the block of a LAG or of its member
// is understood, known and none of ours, or reported at its place; what stands outside is counted. What the platform does
// when nothing is written is said as well, so that a default of ours does not take its place.

import type { Diagnostic, Path } from '../diagnostics/diagnostic.ts'
import type { Origin } from '../diagnostics/origin.ts'
import type { Lag, Switch } from '../intent/intent.ts'
import { joinRanges, withoutVlan } from '../intent/partner-vlans.ts'
import { rowsOf, type VlanRange } from '../options/index.ts'
import type { Value } from '../options/kind.ts'
import { lacpOptions } from '../options/plan.ts'
import { comparePorts, lagNumberOf, type PortName, readPort, readPorts } from '../platforms/ports.ts'
import { originOf, type RegionOf, type Spots } from './recall.ts'
import { compiled, lagPattern, type Match, matches } from './switch-match.ts'
import { type ScannedLine, scanLines } from './switch-scan.ts'
import type { BlockName, SwitchTarget } from './switch-target.ts'
import type { ScannedFile } from './target.ts'

export interface RecalledSwitch {
  readonly self: Switch
  readonly origin: Origin
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
  const reader = new Reader(target, name, regionOf)
  for (const line of target.arrange?.(scanned) ?? scanned) reader.take(line)
  return reader.recalled()
}

/** A line with the block it stands in and what the block's head named. */
interface Placed {
  readonly line: ScannedLine
  readonly text: string
  readonly block: BlockName
  readonly number?: number
  readonly port?: PortName
  readonly vlan?: number
  readonly found: readonly Match[]
}

interface Draft {
  readonly number: number
  readonly ports: Map<string, PortName>
  /** By option, in the order in which they were read. */
  readonly said: { readonly match: Match; readonly value: Value | undefined; readonly line: ScannedLine }[]
  readonly first: ScannedLine
}

class Reader {
  readonly #target: SwitchTarget
  readonly #name: string
  readonly #path: Path
  readonly #regionOf: RegionOf
  readonly #lines: Placed[] = []
  readonly #drafts = new Map<number, Draft>()
  readonly #memberOf = new Map<string, number>()
  readonly #vlanIds = new Map<string, number>()
  readonly #spots: Spots = new Map()
  readonly #diagnostics: Diagnostic[] = []
  readonly #options: Record<string, unknown> = {}
  #outside = 0

  constructor(target: SwitchTarget, name: string, regionOf: RegionOf) {
    this.#target = target
    this.#name = name
    this.#path = ['switches', name]
    this.#regionOf = regionOf
    for (const [id, vlan] of Object.entries(target.vlanNames))
      this.#vlanIds.set(vlan.toLowerCase(), Number(id))
  }

  take(line: ScannedLine): void {
    const named = this.#vlanNamed(line)
    const [head] = line.heads
    if (this.#target.flat) this.#takeFlat(line, named)
    else if (head === undefined) {
      if (this.#openerOf(line.text) !== undefined) this.#open(line)
      else this.#add(line, line.text, { block: 'global' })
    } else {
      const block = this.#openerOf(head)
      if (block === undefined) this.#outside++
      else this.#add(line, line.text, block)
    }
  }

  #takeFlat(line: ScannedLine, named: boolean): void {
    const opened = this.#openerOf(line.text, true)
    const rest = opened?.rest?.trim()
    if (opened !== undefined && rest !== undefined && rest !== '') {
      if (opened.number !== undefined) this.#draft(opened.number, line)
      this.#add(line, rest, opened)
    } else if (!named) this.#add(line, line.text, { block: 'global' })
  }

  /** `set vlans v10 vlan-id 10`: from here on the name is the number. */
  #vlanNamed({ text }: ScannedLine): boolean {
    for (const pattern of this.#target.vlanIs) {
      const { pattern: regexp, names } = compiled(pattern, this.#target)
      const found = regexp.exec(text)
      if (found === null) continue
      const bound = Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']))
      this.#vlanIds.set((bound.vlanname ?? '').toLowerCase(), Number(bound.vlan))
      return true
    }
    return false
  }

  #openerOf(
    text: string,
    flat = false,
  ): (Pick<Placed, 'block' | 'number' | 'port' | 'vlan'> & { rest?: string }) | undefined {
    const { heads } = this.#target
    const end = flat ? '(?:\\s+(.+))?$' : '$'
    const bind = (pattern: string | undefined): Readonly<Record<string, string>> | undefined => {
      if (pattern === undefined) return undefined
      const { pattern: regexp, names } = compiled(pattern, this.#target, end)
      const found = regexp.exec(text)
      if (found === null) return undefined
      return {
        ...Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ''])),
        rest: found[names.length + 1] ?? '',
      }
    }
    const lag = bind(heads.lag)
    const number = lag === undefined ? undefined : this.#numberOf(lag.number ?? lag.lag ?? '')
    if (number !== undefined) return { block: 'lag', number, rest: lag?.rest ?? '' }
    const port = bind(heads.port)
    const read = port?.port === undefined ? undefined : readPort(this.#target.platform, port.port).port
    if (read !== undefined) return { block: 'port', port: read, rest: port?.rest ?? '' }
    const vlan = bind(heads.vlan)
    const id = vlan === undefined ? undefined : this.#vlanOf(vlan.vlan ?? vlan.vlanname ?? '')
    return id === undefined ? undefined : { block: 'vlan', vlan: id, rest: vlan?.rest ?? '' }
  }

  #vlanOf(text: string): number | undefined {
    const named =
      this.#vlanIds.get(text.toLowerCase()) ??
      (/^v?\d{1,4}$/i.test(text) ? Number(text.replace(/^v/i, '')) : undefined)
    return named !== undefined && named >= 1 && named <= 4094 ? named : undefined
  }

  /** The number of a LAG out of its number or its name; undefined for what names none. */
  #numberOf(text: string): number | undefined {
    const { platform } = this.#target
    const shown = text.trim()
    if (/^\d+$/.test(shown) && !platform.lag.name.includes('{port}')) return Number(shown)
    if (!new RegExp(`^${lagPattern(platform.lag.name)}$`, 'i').test(shown)) return undefined
    if (!platform.lag.name.includes('{port}')) return Number(/\d+$/.exec(shown)?.[0])
    const { port } = readPort(platform, shown)
    return port === undefined ? undefined : lagNumberOf(platform, port)
  }

  #open(line: ScannedLine): void {
    const opened = this.#openerOf(line.text)
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
  #add(line: ScannedLine, text: string, block: Pick<Placed, 'block' | 'number' | 'port' | 'vlan'>): void {
    const found = matches(this.#target, block.block, text)
    this.#lines.push({ ...block, line, text, found })
    for (const { bound, in: parts } of found) {
      const joins = bound.ports !== undefined || block.port !== undefined || bound.port !== undefined
      const name = bound.number ?? bound.lag
      const number = name === undefined ? block.number : this.#numberOf(name)
      if (number === undefined || !joins || parts.every(part => part.startsWith('vlan'))) continue
      const ports = block.port !== undefined ? [block.port] : this.#portsIn(bound.ports ?? bound.port ?? '')
      const draft = this.#draft(number, line)
      for (const port of ports) {
        draft.ports.set(port.name, port)
        this.#memberOf.set(port.name, number)
      }
    }
  }

  #portsIn = (text: string): readonly PortName[] =>
    readPorts(this.#target.platform, text).flatMap(({ port }) => port ?? [])

  recalled(): RecalledSwitch {
    for (const placed of this.#lines) this.#assign(placed)
    const lags = [...this.#drafts.values()]
      .sort((a, b) => a.number - b.number)
      .map(draft => this.#lagOf(draft))
    const self: Switch = {
      subject: 'switch',
      name: this.#name,
      path: this.#path,
      options: { platform: this.#target.id, ...this.#options },
      lags,
    }
    return { self, origin: originOf(this.#spots), diagnostics: this.#diagnostics, outside: this.#outside }
  }

  /** Hands a line to the LAGs that it speaks of. */
  #assign(placed: Placed): void {
    const { line, text, block, found } = placed
    const ours = found.filter(({ subject }) => subject === 'switch')
    for (const match of ours) this.#assignSwitch(match, line)
    const numbers = [...new Set(found.flatMap(match => this.#numbersFor(match, placed)))]
    if (numbers.length === 0) {
      if (ours.length > 0 || this.#ignored(block, text)) return
      if (
        block === 'lag' ||
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
    if (bound.number !== undefined) return own(Number(bound.number))
    if (bound.lag !== undefined) return own(this.#numberOf(bound.lag))
    const links = bound.link ?? bound.links
    if (links !== undefined) return this.#linksIn(links).flatMap(own)
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

  /** `Trk1-Trk3,7`: LAGs by name, ranges opened; ports that are in no LAG are none of ours. */
  #linksIn(text: string): readonly number[] {
    return text.split(/\s*,\s*/).flatMap(item => {
      const alone = this.#numberOf(item)
      if (alone !== undefined && !/^\d+$/.test(item)) return [alone]
      const [from, to] = item.split('-')
      const [first, last] = [this.#numberOf(from ?? ''), this.#numberOf(to ?? '')]
      if (first === undefined || last === undefined || /^\d+$/.test(from ?? '') || last - first > 512)
        return []
      return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step)
    })
  }

  #assignSwitch(match: Match, line: ScannedLine): void {
    const row = rowsOf('switch')[match.option]
    const native = match.value ?? match.bound['']
    if (native === undefined || row === undefined) return
    const neutral = match.value ?? match.stance.as?.read(native) ?? native
    const value = row.kind.read(neutral)
    if (value === undefined) {
      this.#notUnderstood(line, line.text)
      return
    }
    this.#options[match.option] = value
    this.#stand([...this.#path, match.option], line)
  }

  /** The value that a line says in the neutral spelling; undefined where it says only that something holds. */
  #valueOf({ option, stance, value, bound }: Match, placed: Placed): Value | undefined {
    if (value !== undefined) return value
    const native = bound['']
    if (option === 'vlans' || option === 'native') {
      const said = native ?? bound.vlans ?? bound.range ?? bound.vlan ?? bound.vlanname
      const text = said ?? (placed.vlan === undefined ? undefined : String(placed.vlan))
      if (text === undefined) return undefined
      const ranges = this.#rangesIn(text)
      return option === 'native' ? ranges[0]?.from : ranges.map(({ from, to }) => `${from}-${to}`)
    }
    if (native === undefined) return undefined
    return stance.as === undefined ? native : (stance.as.read(native) ?? native)
  }

  #rangesIn(text: string): readonly VlanRange[] {
    if (/^(?:all)$/i.test(text.trim())) return [{ from: 1, to: 4094 }]
    if (/^none$/i.test(text.trim())) return []
    return text
      .replace(/\s+to\s+/gi, '-')
      .split(/[\s,]+/)
      .flatMap(item => {
        const [, first, last] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(item) ?? []
        if (first !== undefined) return [{ from: Number(first), to: Number(last ?? first) }]
        const named = this.#vlanOf(item)
        return named === undefined ? [] : [{ from: named, to: named }]
      })
  }

  #ignored(block: BlockName, text: string): boolean {
    return this.#target.ignores.some(one => (one.in === 'any' || one.in === block) && one.line.test(text))
  }

  #notUnderstood(line: ScannedLine, text: string): void {
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

  #lagOf(draft: Draft): Lag {
    const path: Path = [...this.#path, 'lags', String(draft.number)]
    this.#stand(path, draft.first)
    const ports = [...draft.ports.values()].sort(comparePorts).map(({ name }) => name)
    const target = this.#target
    const values = this.#valuesOf(draft, path)
    const options: Record<string, unknown> = {}
    for (const [id, row] of Object.entries(rowsOf('lag'))) {
      const stance = target.spellings.lag[id]
      const silent =
        stance?.stance === 'lines' ? stance.silent : stance?.stance === 'only' ? stance.value : undefined
      const value = row.kind.read(values.get(id) ?? silent)
      if (value !== undefined) options[id] = value
    }
    options.ports = ports
    settleVlans(options, this.#isTrunk(draft, values), target.vlanLists)
    const lacp = options.mode === 'active' || options.mode === 'passive'
    if (!lacp) for (const id of lacpOptions) delete options[id]
    return { subject: 'lag', number: draft.number, path, options }
  }

  /** Whether the LAG is a trunk: as it says, else whether VLANs are tagged on it. */
  #isTrunk({ said }: Draft, values: ReadonlyMap<string, Value>): boolean {
    const asserted = said.filter(({ match, value }) => value === undefined && match.when.length > 0)
    if (asserted.some(({ match }) => match.when.includes('trunk'))) return true
    if (asserted.some(({ match }) => match.when.includes('access'))) return false
    return said.some(({ match }) => match.option === 'vlans') && values.has('vlans')
  }

  /** The last that was said of each option, lists whole; lines of a situation that does not hold are dormant. */
  #valuesOf(draft: Draft, path: Path): ReadonlyMap<string, Value> {
    const values = new Map<string, Value>()
    const asserted = draft.said.flatMap(({ match, value }) => (value === undefined ? match.when : []))
    const trunk = asserted.includes('trunk')
    const access = !trunk && asserted.includes('access')
    const seen = new Map<ScannedLine, Set<string>>()
    for (const { match, value, line } of draft.said) {
      if (value === undefined) continue
      if ((access && match.when.includes('trunk')) || (trunk && match.when.includes('access'))) continue
      // Where one line may stand for several values, the first of the table is meant until another line says more.
      const options = seen.get(line) ?? new Set()
      seen.set(line, options)
      if (options.has(match.option)) continue
      options.add(match.option)
      if (rowsOf('lag')[match.option]?.kind.read(value) === undefined) {
        this.#notUnderstood(line, line.text)
        continue
      }
      const earlier = values.get(match.option)
      const list = match.option === 'vlans' && Array.isArray(earlier) && Array.isArray(value)
      values.set(match.option, list ? [...earlier, ...value] : value)
      this.#stand([...path, match.option], line)
    }
    return values
  }
}

/** Makes tagged, native and untagged out of what the platform's lists hold. */
function settleVlans(
  options: Record<string, unknown>,
  trunk: boolean,
  lists: SwitchTarget['vlanLists'],
): void {
  const native = Number(options.native ?? 1)
  const listed = trunk ? joinRanges((options.vlans ?? []) as readonly VlanRange[]) : []
  options.native = native
  options.vlans = trunk ? withoutVlan(listed, native) : []
  if (!trunk) options.untagged = true
  else if (lists === 'passing')
    options.untagged = listed.some(({ from, to }) => native >= from && native <= to)
  else options.untagged ??= true
}
