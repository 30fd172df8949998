// The blocks of a pcapng file (draft-ietf-opsawg-pcapng): sections, interfaces and packets; any other block is skipped
// unread, however long. The reader that feeds these parts is pcap.ts.

import {
  type CapturedFrame,
  type CaptureError,
  type CaptureFault,
  fault,
  frameLimit,
  type Part,
  part,
  view,
} from './pcap-parts.ts'

interface Interface {
  readonly linkType: number
  readonly snapLength: number
  /** Length in ms of a unit of its timestamps. */
  readonly unitMs: number
  readonly offsetMs: number
}

/** What holds until the next section header. */
interface Section {
  readonly little: boolean
  readonly interfaces: Interface[]
}

const blockTypes = {
  section: 0x0a0d0d0a,
  interface: 1,
  packet: 2,
  simplePacket: 3,
  enhancedPacket: 6,
} as const
const options = { end: 0, packetFlags: 2, timeResolution: 9, timeOffset: 14 } as const

/** Interfaces of one section; a file that goes on making them would be memory. */
const interfaceLimit = 4096

/** A frame, its options and its padding. */
const blockLimit = frameLimit + 65_536

/** A section header of which the block type is read: the length, which only the next field tells how to read. */
export function sectionStart(offset: number): Part {
  const read: Part['read'] = bytes => {
    const header = view(bytes)
    const magic = header.getUint32(4)
    if (magic !== 0x1a2b3c4d && magic !== 0x4d3c2b1a)
      return fault('not-a-capture', offset, `the section at byte ${offset} does not say its byte order`)
    const little = magic === 0x4d3c2b1a
    const length = header.getUint32(0, little)
    if (length < 28 || length % 4 !== 0) return badLength(offset, length)
    // The rest: version, section length, options, and the length again.
    return part(4, (version, at) => readVersion(version, at, { little, interfaces: [] }, offset, length), {
      of: offset,
    })
  }
  return part(8, read, { of: offset })
}

function readVersion(
  bytes: Uint8Array,
  at: number,
  section: Section,
  offset: number,
  length: number,
): Part | CaptureError {
  const major = view(bytes).getUint16(0, section.little)
  return major === 1
    ? closing(offset, length, length - 20, section)
    : fault('unknown-version', at, `version ${major} of the pcapng format is not known`)
}

const badLength = (offset: number, length: number): CaptureError =>
  fault('bad-length', offset, `the block at byte ${offset} has the length ${length}, which cannot be`)

/** Skips what is left of a block, and holds its second length against the first. */
function closing(offset: number, length: number, skip: number, section: Section): Part {
  return part(
    4,
    bytes => {
      const again = view(bytes).getUint32(0, section.little)
      return again === length
        ? block(section)
        : fault(
            'bad-length',
            offset,
            `the block at byte ${offset} has the length ${length} at one end and ${again} at the other`,
          )
    },
    { skip, of: offset },
  )
}

type BlockReader = (body: Body, out: CapturedFrame[]) => CaptureError | undefined

const readers: ReadonlyMap<number, BlockReader> = new Map([
  [blockTypes.interface, readInterface],
  [blockTypes.packet, (body, out) => readPacket(body, body.view.getUint16(0, body.section.little), out)],
  [
    blockTypes.enhancedPacket,
    (body, out) => readPacket(body, body.view.getUint32(0, body.section.little), out),
  ],
  [blockTypes.simplePacket, readSimplePacket],
])

/** Bytes of a block before what varies: with fewer it cannot be read. */
const leastBody: ReadonlyMap<number, number> = new Map([
  [blockTypes.interface, 8],
  [blockTypes.packet, 20],
  [blockTypes.enhancedPacket, 20],
  [blockTypes.simplePacket, 4],
])

/** A block without its type and its two lengths. */
interface Body {
  readonly section: Section
  readonly offset: number
  readonly bytes: Uint8Array
  readonly view: DataView
}

function block(section: Section): Part {
  return part(
    8,
    (bytes, offset) => {
      const header = view(bytes)
      const type = header.getUint32(0, section.little)
      if (type === blockTypes.section) return sectionAgain(bytes, offset)
      const length = header.getUint32(4, section.little)
      if (length < 12 || length % 4 !== 0) return badLength(offset, length)
      const read = readers.get(type)
      if (!read) return closing(offset, length, length - 12, section)
      if (length > blockLimit)
        return fault(
          'too-long',
          offset,
          `a block of ${length} bytes at byte ${offset}: the limit is ${blockLimit}`,
        )
      if (length - 12 < (leastBody.get(type) ?? 0)) return badLength(offset, length)
      const readBody: Part['read'] = (data, _, out) => {
        const wrong = read({ section, offset, bytes: data, view: view(data) }, out)
        return wrong ?? closing(offset, length, 0, section)
      }
      return part(length - 12, readBody, { of: offset })
    },
    { mayEnd: true },
  )
}

// Type and length of a further section header are here already; its byte order is to come.
function sectionAgain(typeAndLength: Uint8Array, offset: number): Part {
  const start = sectionStart(offset)
  const read: Part['read'] = (magic, at, out) => {
    const rest = new Uint8Array(8)
    rest.set(typeAndLength.subarray(4, 8))
    rest.set(magic, 4)
    return start.read(rest, at, out)
  }
  return part(4, read, { of: offset })
}

function eachOption(body: Body, from: number, see: (code: number, value: DataView) => void): void {
  const { bytes, section } = body
  for (let at = from; at + 4 <= bytes.length; ) {
    const code = body.view.getUint16(at, section.little)
    const length = body.view.getUint16(at + 2, section.little)
    if (code === options.end || at + 4 + length > bytes.length) return
    see(code, view(bytes.subarray(at + 4, at + 4 + length)))
    at += 4 + Math.ceil(length / 4) * 4
  }
}

function readInterface(body: Body): CaptureError | undefined {
  const { section, offset } = body
  const { little, interfaces } = section
  if (interfaces.length >= interfaceLimit)
    return fault('too-many-interfaces', offset, `more than ${interfaceLimit} interfaces in one section`)
  let [unitMs, offsetMs] = [1e-3, 0]
  eachOption(body, 8, (code, value) => {
    if (code === options.timeResolution && value.byteLength >= 1) {
      const said = value.getUint8(0)
      unitMs = 1000 * (said & 0x80 ? 2 ** -(said & 0x7f) : 10 ** -said)
    }
    if (code === options.timeOffset && value.byteLength >= 8)
      offsetMs = 1000 * Number(value.getBigInt64(0, little))
  })
  interfaces.push({
    linkType: body.view.getUint16(0, little),
    snapLength: body.view.getUint32(4, little),
    unitMs,
    offsetMs,
  })
  return undefined
}

const wrong = ({ offset }: Body, code: CaptureFault, what: string): CaptureError =>
  fault(code, offset, `the packet at byte ${offset} ${what}`)

/** An enhanced packet, and the packet block that it replaced: both have these fields at the same places. */
function readPacket(body: Body, port: number, out: CapturedFrame[]): CaptureError | undefined {
  const { section, bytes, offset } = body
  const { little, interfaces } = section
  const at = interfaces[port]
  if (!at)
    return wrong(
      body,
      'unknown-interface',
      `names interface ${port}, of which there are ${interfaces.length}`,
    )
  const kept = body.view.getUint32(12, little)
  if (kept > bytes.length - 20)
    return wrong(body, 'bad-length', `is said to have ${kept} bytes, more than its block`)
  const units = body.view.getUint32(4, little) * 2 ** 32 + body.view.getUint32(8, little)
  let direction: CapturedFrame['direction']
  eachOption(body, 20 + Math.ceil(kept / 4) * 4, (code, value) => {
    if (code !== options.packetFlags || value.byteLength < 4) return
    const way = value.getUint32(0, little) & 3
    direction = way === 1 ? 'in' : way === 2 ? 'out' : undefined
  })
  out.push({
    linkType: at.linkType,
    bytes: bytes.subarray(20, 20 + kept),
    wholeLength: Math.max(kept, body.view.getUint32(16, little)),
    timeMs: at.offsetMs + units * at.unitMs,
    direction,
    port,
    offset,
  })
  return undefined
}

/** Without time or interface: it is the first one's, cut at that one's snapshot length. */
function readSimplePacket(body: Body, out: CapturedFrame[]): CaptureError | undefined {
  const { section, bytes, offset } = body
  const at = section.interfaces[0]
  if (!at) return wrong(body, 'unknown-interface', 'belongs to interface 0, and there is none')
  const whole = body.view.getUint32(0, section.little)
  const kept = Math.min(whole, at.snapLength || whole, bytes.length - 4)
  out.push({
    linkType: at.linkType,
    bytes: bytes.subarray(4, 4 + kept),
    wholeLength: whole,
    timeMs: undefined,
    direction: undefined,
    port: 0,
    offset,
  })
  return undefined
}
