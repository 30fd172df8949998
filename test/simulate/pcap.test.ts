import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CaptureBatch, type CapturedFrame, captureReader, frameLimit } from '../../src/simulate/pcap.ts'

// Writers of both formats, by hand, so that what is read is held against the formats and not against itself.

interface Packet {
  readonly bytes: Uint8Array
  readonly whole: number
  readonly seconds: number
  readonly micros: number
}

class Writer {
  readonly #parts: number[] = []
  readonly #little: boolean
  constructor(little: boolean) {
    this.#little = little
  }
  number(value: bigint, length: number): this {
    const bytes = Array.from({ length }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn))
    this.#parts.push(...(this.#little ? bytes : bytes.reverse()))
    return this
  }
  u16 = (value: number) => this.number(BigInt(value), 2)
  u32 = (value: number) => this.number(BigInt(value), 4)
  u64 = (value: bigint) => this.number(value, 8)
  raw(bytes: Iterable<number>): this {
    for (const byte of bytes) this.#parts.push(byte)
    return this
  }
  get length() {
    return this.#parts.length
  }
  bytes = () => Uint8Array.from(this.#parts)
}

function classicFile(packets: readonly Packet[], little: boolean, nano: boolean, linkType = 1): Uint8Array {
  const file = new Writer(little)
    .u32(nano ? 0xa1b23c4d : 0xa1b2c3d4)
    .u16(2)
    .u16(4)
    .u32(0)
    .u32(0)
    .u32(65535)
  file.u32(linkType)
  for (const { bytes, whole, seconds, micros } of packets)
    file
      .u32(seconds)
      .u32(nano ? micros * 1000 : micros)
      .u32(bytes.length)
      .u32(whole)
      .raw(bytes)
  return file.bytes()
}

const padded = (bytes: Uint8Array) => [...bytes, ...new Array((4 - (bytes.length % 4)) % 4).fill(0)]

function block(little: boolean, type: number, body: Uint8Array): Uint8Array {
  const length = body.length + 12
  return new Writer(little).u32(type).u32(length).raw(body).u32(length).bytes()
}

function section(little: boolean, sectionLength = -1n): Uint8Array {
  const body = new Writer(little).u32(0x1a2b3c4d).u16(1).u16(0).u64(BigInt.asUintN(64, sectionLength))
  return block(
    little,
    0x0a0d0d0a,
    body.raw([...new Writer(little).u16(4).u16(4).bytes(), 1, 2, 3, 4, 0, 0, 0, 0]).bytes(),
  )
}

function port(
  little: boolean,
  linkType: number,
  snapLength: number,
  option: Uint8Array = new Uint8Array(0),
): Uint8Array {
  return block(little, 1, new Writer(little).u16(linkType).u16(0).u32(snapLength).raw(option).bytes())
}

function enhanced(little: boolean, id: number, units: bigint, packet: Packet, flags?: number): Uint8Array {
  const body = new Writer(little)
    .u32(id)
    .u32(Number(units >> 32n))
    .u32(Number(units & 0xffffffffn))
  body.u32(packet.bytes.length).u32(packet.whole).raw(padded(packet.bytes))
  if (flags !== undefined) body.u16(2).u16(4).u32(flags).u16(0).u16(0)
  return block(little, 6, body.bytes())
}

const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap(part => [...part]))

/** Reads a file in pieces cut at the given places. */
function read(file: Uint8Array, cuts: readonly number[] = []): CaptureBatch {
  const reader = captureReader()
  const places = [0, ...cuts.map(cut => cut % (file.length + 1)).sort((a, b) => a - b), file.length]
  const frames: CapturedFrame[] = []
  for (const [index, from] of places.entries()) {
    const batch = reader.push(file.slice(from, places[index + 1] ?? file.length))
    frames.push(...batch.frames)
  }
  const { error } = reader.end()
  return { frames, ...(error && { error }) }
}

const anyPacketRecord: fc.Arbitrary<Packet> = fc
  .record({
    bytes: fc.uint8Array({ maxLength: 40 }),
    cut: fc.nat(2000),
    seconds: fc.nat(2 ** 32 - 1),
    micros: fc.nat(999_999),
  })
  .map(({ cut, ...packet }) => ({ ...packet, whole: packet.bytes.length + cut }))

const anyPackets = fc.array(anyPacketRecord, { maxLength: 8 })
const anyCuts = fc.array(fc.nat(5000), { maxLength: 12 })
const plain = (frames: readonly CapturedFrame[]) =>
  frames.map(({ bytes, wholeLength }) => ({ bytes: [...bytes], wholeLength }))
const wanted = (packets: readonly Packet[]) =>
  packets.map(({ bytes, whole }) => ({ bytes: [...bytes], wholeLength: whole }))

describe('classic files', () => {
  test('are read in either byte order and precision, however they are cut into chunks', () => {
    fc.assert(
      fc.property(
        anyPackets,
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(1, 113, 101, 276),
        anyCuts,
        (packets, little, nano, linkType, cuts) => {
          const { frames, error } = read(classicFile(packets, little, nano, linkType), cuts)
          expect(error).toBeUndefined()
          expect(plain(frames)).toEqual(wanted(packets))
          for (const [index, frame] of frames.entries()) {
            const { seconds = 0, micros = 0 } = packets[index] ?? {}
            expect(frame.timeMs).toBeCloseTo(seconds * 1000 + micros / 1000, 2)
            expect(frame).toMatchObject({ linkType, direction: undefined, port: 0 })
          }
        },
      ),
    )
  })

  test('say where each record begins', () => {
    const packets = [3, 0, 5].map(length => ({
      bytes: new Uint8Array(length),
      whole: length,
      seconds: 0,
      micros: 0,
    }))
    expect(read(classicFile(packets, true, false)).frames.map(({ offset }) => offset)).toEqual([24, 43, 59])
  })

  test('may say of checksums in the upper half of the link type', () => {
    const [packet] = [{ bytes: new Uint8Array(4), whole: 4, seconds: 1, micros: 2 }]
    expect(read(classicFile([packet], true, false, 0x54000001)).frames[0]).toMatchObject({ linkType: 1 })
  })
})

describe('pcapng files', () => {
  const anyFile = fc.record({
    little: fc.boolean(),
    packets: anyPackets,
    strangers: fc.array(fc.tuple(fc.constantFrom(4, 5, 0x0bad, 0x80000001), fc.nat(30)), { maxLength: 4 }),
  })

  test('are read in either byte order, past blocks that nobody knows', () => {
    fc.assert(
      fc.property(anyFile, anyCuts, ({ little, packets, strangers }, cuts) => {
        const unknown = strangers.map(([type, words]) =>
          block(little, type, new Uint8Array(words * 4).fill(0xee)),
        )
        const units = ({ seconds, micros }: Packet) => BigInt(seconds) * 1_000_000n + BigInt(micros)
        const blocks = packets.flatMap((packet, index) => [
          enhanced(little, 0, units(packet), packet),
          unknown[index] ?? new Uint8Array(0),
        ])
        const { frames, error } = read(
          joined(section(little), ...unknown, port(little, 1, 0), ...blocks),
          cuts,
        )
        expect(error).toBeUndefined()
        expect(plain(frames)).toEqual(wanted(packets))
        for (const [index, frame] of frames.entries()) {
          const { seconds = 0, micros = 0 } = packets[index] ?? {}
          expect(frame.timeMs).toBeCloseTo(seconds * 1000 + micros / 1000, 1)
        }
      }),
    )
  })

  const packet = (length: number): Packet => ({
    bytes: new Uint8Array(length).fill(7),
    whole: length,
    seconds: 0,
    micros: 0,
  })

  test('have interfaces of different types, time units and offsets', () => {
    const nanos = new Writer(true)
      .u16(9)
      .u16(1)
      .raw([9, 0, 0, 0])
      .u16(14)
      .u16(8)
      .u64(1_000n)
      .u16(0)
      .u16(0)
      .bytes()
    const binary = new Writer(true).u16(9).u16(1).raw([0x8a, 0, 0, 0]).bytes()
    const file = joined(
      section(true),
      port(true, 1, 0, nanos),
      port(true, 113, 0, binary),
      enhanced(true, 0, 2_500_000_000n, packet(14), 2),
      enhanced(true, 1, 3072n, packet(16), 1),
      enhanced(true, 0, 0n, packet(3), 0),
    )
    expect(read(file).frames).toMatchObject([
      { linkType: 1, timeMs: 1_002_500, direction: 'out', port: 0 },
      { linkType: 113, timeMs: 3000, direction: 'in', port: 1 },
      { linkType: 1, timeMs: 1_000_000, direction: undefined, port: 0 },
    ])
  })

  test('have sections, each with its own byte order and interfaces', () => {
    const file = joined(
      section(true),
      port(true, 1, 0),
      enhanced(true, 0, 0n, packet(5)),
      section(false),
      port(false, 276, 0),
      enhanced(false, 0, 0n, packet(6)),
    )
    for (let cut = 0; cut < file.length; cut++)
      expect(read(file, [cut]).frames.map(({ linkType, bytes }) => [linkType, bytes.length])).toEqual([
        [1, 5],
        [276, 6],
      ])
    expect(
      read(joined(section(true), port(true, 1, 0), section(false), enhanced(false, 0, 0n, packet(5)))).error
        ?.code,
    ).toBe('unknown-interface')
  })

  test('have simple packets, cut at the snapshot length of the first interface', () => {
    const simple = (whole: number, kept: Uint8Array) =>
      block(true, 3, new Writer(true).u32(whole).raw(padded(kept)).bytes())
    const file = joined(
      section(true),
      port(true, 1, 10),
      simple(6, new Uint8Array(6)),
      simple(90, new Uint8Array(10)),
    )
    expect(
      read(file).frames.map(({ bytes, wholeLength, timeMs }) => [bytes.length, wholeLength, timeMs]),
    ).toEqual([
      [6, 6, undefined],
      [10, 90, undefined],
    ])
  })

  test('have packets of the older block, too', () => {
    const body = new Writer(false).u16(0).u16(3).u32(0).u32(5_000).u32(4).u32(60).raw([1, 2, 3, 4]).bytes()
    const file = joined(section(false), port(false, 1, 0), block(false, 2, body))
    expect(read(file).frames).toMatchObject([
      { bytes: Uint8Array.from([1, 2, 3, 4]), wholeLength: 60, timeMs: 5 },
    ])
  })
})

describe('damage', () => {
  const good = [{ bytes: new Uint8Array(20), whole: 20, seconds: 0, micros: 0 }]
  const followedBy = (tail: Uint8Array) => read(joined(classicFile(good, true, false), tail))

  test.each([
    ['nothing', [], 'cut-off', 0],
    ['two bytes', [0xd4, 0xc3], 'cut-off', 0],
    ['a text', [...new TextEncoder().encode('frame 1')], 'not-a-capture', 0],
    ['gzip', [0x1f, 0x8b, 8, 0, 0], 'not-a-capture', 0],
    ['a header without end', [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0], 'cut-off', 0],
    [
      'version 7',
      [...new Writer(true).u32(0xa1b2c3d4).u16(7).raw(new Array(18).fill(0)).bytes()],
      'unknown-version',
      4,
    ],
    [
      'a section of no order',
      [...new Writer(true).u32(0x0a0d0d0a).u32(28).u32(0x11223344).bytes()],
      'not-a-capture',
      0,
    ],
    [
      'a section of version 2',
      [...new Writer(true).u32(0x0a0d0d0a).u32(28).u32(0x1a2b3c4d).u16(2).u16(0).bytes()],
      'unknown-version',
      12,
    ],
    [
      'a section too short',
      [...new Writer(true).u32(0x0a0d0d0a).u32(12).u32(0x1a2b3c4d).bytes()],
      'bad-length',
      0,
    ],
  ])('%s', (_name, bytes, code, offset) => {
    expect(read(Uint8Array.from(bytes)).error).toMatchObject({ code, offset })
  })

  test('keeps what came before it', () => {
    const { frames, error } = followedBy(new Writer(true).u32(0).u32(0).u32(60).u32(60).raw([1, 2]).bytes())
    expect(frames.length).toBe(1)
    expect(error).toMatchObject({ code: 'cut-off', offset: 60 })
    expect(
      followedBy(
        new Writer(true)
          .u32(0)
          .u32(0)
          .u32(frameLimit + 1)
          .u32(1)
          .bytes(),
      ),
    ).toMatchObject({
      frames: [{}],
      error: { code: 'too-long', offset: 60 },
    })
    expect(followedBy(Uint8Array.from([1])).error).toMatchObject({ code: 'cut-off', offset: 60 })
  })

  test.each([
    ['a block of no length', new Writer(true).u32(6).u32(0).bytes(), 'bad-length'],
    ['a block not in words', new Writer(true).u32(9).u32(13).bytes(), 'bad-length'],
    ['a packet block without packet', block(true, 6, new Uint8Array(8)), 'bad-length'],
    ['an endless packet', new Writer(true).u32(6).u32(0x7ffffffc).bytes(), 'too-long'],
    ['two lengths', new Writer(true).u32(9).u32(16).raw([0, 0, 0, 0]).u32(20).bytes(), 'bad-length'],
    [
      'an interface that is not',
      enhanced(true, 3, 0n, { bytes: new Uint8Array(4), whole: 4, seconds: 0, micros: 0 }),
      'unknown-interface',
    ],
    [
      'more bytes than the block',
      block(true, 6, new Writer(true).u32(0).u32(0).u32(0).u32(9).u32(9).raw([1, 2, 3, 4]).bytes()),
      'bad-length',
    ],
    ['an unknown block cut off', new Writer(true).u32(9).u32(40).raw([1, 2, 3]).bytes(), 'cut-off'],
  ])('%s in pcapng', (_name, bytes, code) => {
    const start = joined(section(true), port(true, 1, 0))
    const { frames, error } = read(joined(start, bytes))
    expect(frames).toEqual([])
    expect(error).toMatchObject({ code, offset: start.length })
  })

  test('an unknown block of gigabytes is skipped without being kept', () => {
    const reader = captureReader()
    reader.push(joined(section(true), port(true, 1, 0), new Writer(true).u32(0x0bad).u32(0x40000000).bytes()))
    const chunk = new Uint8Array(2 ** 22)
    const before = process.memoryUsage().arrayBuffers
    for (let left = 0x40000000 - 12; left > 0; left -= chunk.length)
      expect(reader.push(chunk.subarray(0, Math.min(left, chunk.length))).error).toBeUndefined()
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 23)
    const rest = joined(
      new Writer(true).u32(0x40000000).bytes(),
      enhanced(true, 0, 0n, { bytes: new Uint8Array(4), whole: 4, seconds: 0, micros: 0 }),
    )
    expect(reader.push(rest).frames.length).toBe(1)
  })

  test('too many interfaces', () => {
    const many = new Array(4097).fill(port(true, 1, 0))
    expect(read(joined(section(true), ...many)).error?.code).toBe('too-many-interfaces')
  })

  test('an error stays', () => {
    const reader = captureReader()
    const { error } = reader.push(Uint8Array.from([1, 2, 3, 4]))
    expect(error?.code).toBe('not-a-capture')
    expect(reader.push(classicFile(good, true, false))).toEqual({ frames: [], error })
    expect(reader.end()).toEqual({ frames: [], error })
  })

  test('no bytes make it throw, and chunks never matter', () => {
    const start = fc.constantFrom(
      classicFile(good, true, false),
      classicFile(good, false, true),
      joined(section(true), port(true, 1, 0), enhanced(true, 0, 0n, good[0] as Packet)),
      joined(section(false), port(false, 113, 64), enhanced(false, 0, 0n, good[0] as Packet, 1)),
    )
    const changes = fc.array(fc.tuple(fc.nat(150), fc.nat(255)), { maxLength: 4 })
    fc.assert(
      fc.property(start, changes, fc.uint8Array({ maxLength: 60 }), anyCuts, (file, spoiled, tail, cuts) => {
        const bytes = joined(file, tail)
        for (const [at, byte] of spoiled) if (at < bytes.length) bytes[at] = byte
        const whole = read(bytes)
        const cut = read(bytes, cuts)
        expect(plain(cut.frames)).toEqual(plain(whole.frames))
        expect(cut.error).toEqual(whole.error)
      }),
      { numRuns: 2000 },
    )
  })
})
