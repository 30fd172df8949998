// Many flows as columns of numbers, for hash-many.ts: what a column means, and how what was read of a frame or key gets
// into a row.

import type { FlowWords, Reading } from './frame-flow.ts'
import type { FrameWords } from './frame-words.ts'

/**
 * Flows as columns, one row each. All may be written directly; `setWords` does it for what was read of a frame or a
 * key. The numbers are loaded as a little-endian host does: 10.0.0.1 is 0x0100000a, source port 40000 with destination
 * port 443 is 0xbb01409c.
 */
export interface FlowColumns {
  readonly capacity: number
  /** Eight words a flow: four of the source address, four of the destination; of IPv4 the first of each, the rest 0. */
  readonly addresses: Uint32Array
  readonly ports: Uint32Array
  /** 0 where a flow is not ICMP with an identifier. */
  readonly icmp: Uint32Array
  /** The same of the innermost header, for the encap policies; the same arrays when there are no tunnels. */
  readonly innerAddresses: Uint32Array
  readonly innerPorts: Uint32Array
  readonly innerIcmp: Uint32Array
  /** Last three bytes of the MACs and first three of the source MAC, as numbers in wire order. */
  readonly destinationMac: Uint32Array
  readonly sourceMac: Uint32Array
  readonly sourceVendor: Uint32Array
  readonly etherType: Uint16Array
  readonly tci: Uint16Array
  /** What is known of the flow, a sum of `marks`. */
  readonly marks: Uint16Array
}

/** What a flow is: of a plain IP flow with known MACs, `mark.plain + mark.encap + mark.ip`. */
export const mark = {
  /** The driver's own view is an IP packet. */
  plain: 1,
  /** IPv6, which kernels before 3.13 fold otherwise. */
  six: 2,
  /** The packet dissector accepts it. */
  encap: 4,
  /** It is IP, so that the stack may give it a flow hash. */
  ip: 8,
  /** The views, their ports, or the MACs are not known. */
  plainUnknown: 16,
  plainPortsUnknown: 32,
  encapUnknown: 64,
  encapPortsUnknown: 128,
  noDestination: 256,
  noSource: 512,
} as const

/** Columns for so many flows, all of them nothing yet. `tunnels`: inner headers differ from outer ones. */
export function flowColumns(capacity: number, { tunnels = false } = {}): FlowColumns {
  const words = () => new Uint32Array(capacity)
  const [addresses, ports, icmp] = [new Uint32Array(capacity * 8), words(), words()]
  return {
    capacity,
    addresses,
    ports,
    icmp,
    innerAddresses: tunnels ? new Uint32Array(capacity * 8) : addresses,
    innerPorts: tunnels ? words() : ports,
    innerIcmp: tunnels ? words() : icmp,
    destinationMac: words(),
    sourceMac: words(),
    sourceVendor: words(),
    etherType: new Uint16Array(capacity),
    tci: new Uint16Array(capacity),
    marks: new Uint16Array(capacity),
  }
}

/** The columns that one kind of policy reads of the packet. */
export interface View {
  readonly addresses: Uint32Array
  readonly ports: Uint32Array
  readonly icmp: Uint32Array
}

export const innerView = ({ innerAddresses, innerPorts, innerIcmp }: FlowColumns): View => ({
  addresses: innerAddresses,
  ports: innerPorts,
  icmp: innerIcmp,
})

// Folded addresses fit the eight words as well: what matters is the XOR of all of them, and that of all but the first
// of each address.
function setView(view: View, row: number, reading: Reading): void {
  if (reading.is !== 'flow') return
  const { addresses, heads, ports, icmp } = reading.words
  view.addresses.fill(0, row * 8, row * 8 + 8)
  view.addresses[row * 8] = heads
  view.addresses[row * 8 + 1] = addresses ^ heads
  view.ports[row] = ports
  view.icmp[row] = icmp
}

const isIp = (reading: Reading): boolean => reading.is === 'flow' && reading.words.version !== undefined

function marksOf({ plain, encap, destinationTail, source }: FrameWords): number {
  let sum = 0
  if (plain.is === 'flow') sum |= mark.plain | (plain.portsUnknown ? mark.plainPortsUnknown : 0)
  if (plain.is === 'flow' && plain.words.version === 6) sum |= mark.six
  if (plain.is === 'unknown') sum |= mark.plainUnknown
  if (encap.is === 'flow') sum |= mark.encap | (encap.portsUnknown ? mark.encapPortsUnknown : 0)
  if (encap.is === 'unknown') sum |= mark.encapUnknown
  if (plain.is !== 'none' || isIp(encap)) sum |= mark.ip
  if (destinationTail === undefined) sum |= mark.noDestination
  if (source === undefined) sum |= mark.noSource
  return sum
}

const sameWords = (a: FlowWords, b: FlowWords): boolean =>
  a.addresses === b.addresses && a.heads === b.heads && a.ports === b.ports && a.icmp === b.icmp

/** Columns without `tunnels` have room for one of two views that differ. */
function crowded(columns: FlowColumns, { plain, encap }: FrameWords): boolean {
  if (columns.innerAddresses !== columns.addresses) return false
  return plain.is === 'flow' && encap.is === 'flow' && !sameWords(plain.words, encap.words)
}

/**
 * Writes what was read of a frame or a key into a row. In columns made without `tunnels` a flow of which the two views
 * differ keeps the driver's own, and is not predictable for the encap policies.
 */
export function setWords(columns: FlowColumns, row: number, words: FrameWords): void {
  setView(innerView(columns), row, words.encap)
  setView(columns, row, words.plain)
  columns.destinationMac[row] = words.destinationTail ?? 0
  columns.sourceMac[row] = words.source?.device ?? 0
  columns.sourceVendor[row] = words.source?.vendor ?? 0
  columns.etherType[row] = words.etherType
  columns.tci[row] = words.tci
  columns.marks[row] = marksOf(words) | (crowded(columns, words) ? mark.encapUnknown : 0)
}
