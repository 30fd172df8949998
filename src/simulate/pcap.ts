// Capture files, read as they come: chunks of bytes in, frames out, in memory that does not grow with the file. This
// file has the reader and the classic format (draft-ietf-opsawg-pcap); blocks of pcapng are in pcap-blocks.ts, and what a
// frame's link type tells the hash in frame-capture.ts.

import { sectionStart } from './pcap-blocks.ts'
import {
  type CapturedFrame,
  type CaptureError,
  fault,
  frameLimit,
  type Part,
  part,
  view,
} from './pcap-parts.ts'

export { type CapturedFrame, type CaptureError, type CaptureFault, frameLimit } from './pcap-parts.ts'

export interface CaptureBatch {
  readonly frames: readonly CapturedFrame[]
  readonly error?: CaptureError
}

export interface CaptureReader {
  /** Takes the next bytes of the file. After an error nothing more is read, and each answer repeats it. */
  push(chunk: Uint8Array): CaptureBatch
  /** Says that the file ends here. */
  end(): CaptureBatch
}

const isError = (next: Part | CaptureError): next is CaptureError => 'code' in next

/** A reader for a pcap or pcapng file, which is recognised by its first bytes. */
export function captureReader(): CaptureReader {
  let next: Part | CaptureError = part(4, readMagic)
  let skipped = 0
  // What has come of a part that did not come in one chunk.
  let kept: Uint8Array = new Uint8Array(64)
  let keptLength = 0
  let offset = 0

  function keep(bytes: Uint8Array): void {
    if (keptLength + bytes.length > kept.length) {
      const larger = new Uint8Array(Math.max(kept.length * 2, keptLength + bytes.length))
      larger.set(kept.subarray(0, keptLength))
      kept = larger
    }
    kept.set(bytes, keptLength)
    keptLength += bytes.length
  }

  /** Gives the current part its bytes, from `from` on in the chunk; answers how far the chunk is read. */
  function feed(current: Part, chunk: Uint8Array, from: number, out: CapturedFrame[]): number {
    const skip = Math.min(current.skip - skipped, chunk.length - from)
    skipped += skip
    const start = from + skip
    if (skipped < current.skip) return start
    const taken = Math.min(current.need - keptLength, chunk.length - start)
    const whole = keptLength === 0 && taken === current.need
    if (!whole) keep(chunk.subarray(start, start + taken))
    if (!whole && keptLength < current.need) return start + taken
    const bytes = whole ? chunk.subarray(start, start + taken) : kept.slice(0, keptLength)
    const at = offset
    offset += current.skip + current.need
    skipped = 0
    keptLength = 0
    next = current.read(bytes, at, out)
    return start + taken
  }

  const batch = (frames: CapturedFrame[]): CaptureBatch =>
    isError(next) ? { frames, error: next } : { frames }

  return {
    push(chunk) {
      const frames: CapturedFrame[] = []
      let from = 0
      while (!isError(next) && (from < chunk.length || next.skip + next.need === 0))
        from = feed(next, chunk, from, frames)
      return batch(frames)
    },
    end() {
      const begun = skipped > 0 || keptLength > 0
      if (!isError(next) && (begun || !next.mayEnd)) {
        const start = next.of ?? offset
        next = fault('cut-off', start, `the file ends inside what begins at byte ${start}`)
      }
      return batch([])
    },
  }
}

interface Classic {
  readonly little: boolean
  /** Parts of a second that a count of the fraction stands for. */
  readonly perSecond: 1_000_000 | 1_000_000_000
}

// The magic number, read in the order of the bytes in the file.
const classics: ReadonlyMap<number, Classic> = new Map([
  [0xa1b2c3d4, { little: false, perSecond: 1_000_000 }],
  [0xd4c3b2a1, { little: true, perSecond: 1_000_000 }],
  [0xa1b23c4d, { little: false, perSecond: 1_000_000_000 }],
  [0x4d3cb2a1, { little: true, perSecond: 1_000_000_000 }],
])

const notCaptures: ReadonlyMap<number, string> = new Map([
  [0x1f8b, 'it is compressed by gzip: unpack it first'],
  [0x28b5, 'it is compressed by zstd: unpack it first'],
  [0xfd37, 'it is compressed by xz: unpack it first'],
])

function readMagic(bytes: Uint8Array, offset: number): Part | CaptureError {
  const magic = view(bytes).getUint32(0)
  if (magic === 0x0a0d0d0a) return sectionStart(offset)
  const classic = classics.get(magic)
  if (classic) return part(20, rest => readHeader(rest, classic), { of: 0 })
  const why = notCaptures.get(magic >>> 16) ?? 'its first bytes are those of neither pcap nor pcapng'
  return fault('not-a-capture', 0, `this is no capture file: ${why}`)
}

/** Version, two fields that nobody fills, the snapshot length, and the link type below what says of checksums. */
function readHeader(bytes: Uint8Array, classic: Classic): Part | CaptureError {
  const header = view(bytes)
  const major = header.getUint16(0, classic.little)
  if (major !== 2) return fault('unknown-version', 4, `version ${major} of the pcap format is not known`)
  return record(classic, header.getUint32(16, classic.little) & 0xffff)
}

function record(classic: Classic, linkType: number): Part {
  const { little, perSecond } = classic
  const following: Part = part(
    16,
    (bytes, offset) => {
      const header = view(bytes)
      const [seconds, fraction] = [header.getUint32(0, little), header.getUint32(4, little)]
      const [kept, whole] = [header.getUint32(8, little), header.getUint32(12, little)]
      if (kept > frameLimit)
        return fault(
          'too-long',
          offset,
          `a frame of ${kept} bytes at byte ${offset}: the limit is ${frameLimit}`,
        )
      const read: Part['read'] = (data, _, out) => {
        out.push({
          linkType,
          bytes: data,
          wholeLength: Math.max(whole, kept),
          timeMs: seconds * 1000 + (fraction * 1000) / perSecond,
          direction: undefined,
          port: 0,
          offset,
        })
        return following
      }
      return part(kept, read, { of: offset })
    },
    { mayEnd: true },
  )
  return following
}
