// The names of ports: what people write (abbreviated, in ranges, in another case) becomes what the configuration prints.
// Numbers are kept apart from words, so that ports have an order and a LAG can take its number from one.

import type { Platform } from './platform.ts'

/** A port by the platform's own name for it. */
export interface PortName {
  /** As the running configuration prints it. */
  readonly name: string
  readonly type: string
  /** Counted as the platform counts them; the platform's first where the name has none. */
  readonly unit: number
  readonly slot: number
  readonly port: number
  readonly lane: number | undefined
}

/** A port, or the nearest right form of what was written. */
export type ReadPort =
  | { readonly port: PortName; readonly nearest?: undefined }
  | { readonly port?: undefined; readonly nearest: string }

/** Reads one name. Abbreviations are written out, case is put right where it does not matter. */
export function readPort(platform: Platform, said: string): ReadPort {
  const text = said.trim().replace(/\s+/g, ' ')
  const sought = inCase(platform.ports, text)
  for (const type of Object.keys(platform.ports.types).sort((a, b) => b.length - a.length)) {
    if (!sought.startsWith(inCase(platform.ports, type))) continue
    const port = ofNumbers(platform, type, text.slice(type.length).trimStart())
    if (port !== undefined) return { port }
  }
  const word = /^[A-Za-z][A-Za-z-]*(?=[ \d])|^\d+GE(?=\d)|^/.exec(text)?.[0] ?? ''
  const type = word === '' ? undefined : typeOf(platform, word)
  const port = type === undefined ? undefined : ofNumbers(platform, type, text.slice(word.length).trimStart())
  return port === undefined ? { nearest: nearestForm(platform, text) } : { port }
}

const inCase = ({ exactCase }: Platform['ports'], text: string): string =>
  exactCase ? text : text.toLowerCase()

/** The type that a word stands for: an abbreviation, or the only one that begins so. */
function typeOf({ ports: { types, exactCase } }: Platform, word: string): string | undefined {
  if (exactCase) return undefined
  const sought = word.toLowerCase()
  for (const [type, short] of Object.entries(types))
    if (short.some(one => one.toLowerCase() === sought)) return type
  const begun = Object.keys(types).filter(type => type !== '' && type.toLowerCase().startsWith(sought))
  return begun.length === 1 ? begun[0] : undefined
}

function ofNumbers({ ports }: Platform, type: string, text: string): PortName | undefined {
  const found = ports.numbers.exec(text)
  if (found === null) return undefined
  const { unit, slot, port, lane } = found.groups ?? {}
  // A name without groups is free: the digits at its end give it an order.
  const last = port ?? slot ?? /\d+$/.exec(text)?.[0]
  const numbers = ports.exactCase ? text : text.toUpperCase() === text ? text : text.toUpperCase()
  return {
    name: `${type}${type === '' ? '' : ports.between}${numbers}`,
    type,
    unit: unit === undefined ? ports.first.unit : Number(unit),
    slot: port === undefined || slot === undefined ? ports.first.slot : numberOf(slot),
    port: last === undefined ? ports.first.port : Number(last),
    lane: lane === undefined ? undefined : Number(lane),
  }
}

/** A slot that is a letter counts from A. */
const numberOf = (slot: string): number =>
  /^\d+$/.test(slot) ? Number(slot) : slot.toUpperCase().charCodeAt(0) - 64

/** The right form that is nearest: the numbers that were written under the platform's usual word, else an example. */
function nearestForm(platform: Platform, text: string): string {
  const numbers = /[A-L]?\d+(?:[/:.]\d+)*$/i.exec(text)?.[0] ?? ''
  const written = numbers.split(/[/:.]/)
  for (const type of Object.keys(platform.ports.types)) {
    for (const parts of candidates(written, platform)) {
      const port = ofNumbers(platform, type, parts)
      if (port !== undefined) return port.name
    }
  }
  return platform.ports.examples[0]
}

/** The numbers as written, then with the last of them put into the shape of an example. */
function* candidates(written: readonly string[], { ports }: Platform): Generator<string> {
  yield written.join('/')
  const last = written.at(-1)
  if (last === undefined || last === '') return
  for (const example of ports.examples) {
    const shape = /\d+(?:[/:]\d+)*$/.exec(example)?.[0]
    if (shape !== undefined) yield shape.replace(/\d+$/, last)
  }
}

/** Several ports out of one text: `1-4`, `1,3`, `Gi1/0/1-4`, `1/1-1/4`, `1/1/1 to 1/1/2`. */
export function readPorts(platform: Platform, said: string): readonly ReadPort[] {
  const whole = readPort(platform, said)
  if (whole.port !== undefined) return [whole]
  const items = said.split(/\s*,\s*/).flatMap(item => splitAtSpaces(platform, item))
  let before: PortName | undefined
  return items.flatMap(item => {
    const read = readRange(platform, item, before)
    before = read.at(-1)?.port ?? before
    return read
  })
}

/** `swp1 swp2` are two, `ethernet 1/1/1` and `1/1/1 to 1/1/2` are not. */
function splitAtSpaces(platform: Platform, item: string): readonly string[] {
  if (readPort(platform, item).port !== undefined || /\sto\s/.test(item)) return [item]
  const words = item.split(/\s+/)
  return words.length > 1 && words.every(word => readPort(platform, word).port !== undefined) ? words : [item]
}

function readRange(platform: Platform, item: string, before: PortName | undefined): readonly ReadPort[] {
  const alone = readIn(platform, item, before)
  if (alone.port !== undefined) return [alone]
  const [, from, to] = /^(.*?[^\s-])\s*(?:-|\sto\s)\s*(.*\d)$/.exec(item) ?? []
  if (from === undefined || to === undefined) return [alone]
  const first = readIn(platform, from, before)
  if (first.port === undefined) return [first]
  const last = readIn(platform, to, first.port)
  if (last.port === undefined) return [last]
  const count = last.port.port - first.port.port
  if (count < 0 || count > 512 || !samePlace(first.port, last.port)) return [alone]
  const { name, port } = first.port
  const digits = String(port).length
  return Array.from({ length: count + 1 }, (_, step) =>
    readPort(platform, `${name.slice(0, name.length - digits)}${port + step}`),
  )
}

/** A name, or a number alone that goes on where the port before it stands. */
function readIn(platform: Platform, text: string, before: PortName | undefined): ReadPort {
  const read = readPort(platform, text)
  if (before === undefined || !/^\d+(?:\/\d+)*$/.test(text)) return read
  const shape = new RegExp(`\\d+${'/\\d+'.repeat(text.split('/').length - 1)}$`)
  const there = readPort(platform, before.name.replace(shape, text))
  return there.port === undefined || read.port?.name === text ? read : there
}

const samePlace = (a: PortName, b: PortName): boolean =>
  a.type === b.type && a.unit === b.unit && a.slot === b.slot && a.lane === b.lane

/** By unit, slot, port and lane, then by name. */
export const comparePorts = (a: PortName, b: PortName): number =>
  a.unit - b.unit ||
  a.slot - b.slot ||
  a.port - b.port ||
  (a.lane ?? -1) - (b.lane ?? -1) ||
  (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

/** How many numbers a slot and a unit are given, see `lagNumberOf`. */
const perSlot = 50
const perUnit = 100

/**
 * The number of a LAG whose lowest port this is: the port counted from 1, plus 50 for each slot and 100 for each unit
 * before its own, and folded into the platform's range. It depends on nothing else, so it stays when others come and go.
 */
export function lagNumberOf({ ports: { first }, lag: { ids } }: Platform, port: PortName): number {
  const counted = port.port - first.port + 1
  const raw = counted + perSlot * (port.slot - first.slot) + perUnit * (port.unit - first.unit)
  const min = Math.max(1, ids?.min ?? 1)
  const max = ids?.max ?? 65535
  return min + ((((raw - 1) % (max - min + 1)) + (max - min + 1)) % (max - min + 1))
}

/** How a platform writes several ports in one line. */
export interface PortList {
  readonly between: string
  /** What joins the ends of a range; absent where each port is written. */
  readonly to?: string
  /**
   * Whether the end of a range is a number alone: `1-4`, `Gi1/0/1-4`; `numbers`: all of them, without the word, as in
   * `ethernet 1/1/1 to 1/1/2`; otherwise the whole name.
   */
  readonly shortEnd?: boolean | 'numbers'
}

/** Ports in order as one text. */
export function writePorts(ports: readonly PortName[], { between, to, shortEnd }: PortList): string {
  const runs: { first: PortName; last: PortName }[] = []
  for (const port of [...ports].sort(comparePorts)) {
    const run = runs.at(-1)
    const next = run !== undefined && samePlace(run.last, port) && port.port === run.last.port + 1
    if (to !== undefined && next) run.last = port
    else runs.push({ first: port, last: port })
  }
  return runs
    .map(({ first, last }) => (first === last ? first.name : `${first.name}${to}${endOf(last, shortEnd)}`))
    .join(between)
}

const endOf = ({ name, type, port }: PortName, short: PortList['shortEnd']): string =>
  short === 'numbers' ? name.slice(type.length).trimStart() : short ? String(port) : name
