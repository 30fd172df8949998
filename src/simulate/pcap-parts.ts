// What the two capture formats share: a frame, why reading stops, and the parts that a file is fed to (pcap.ts feeds
// them, pcap.ts and pcap-blocks.ts are made of them).

export interface CapturedFrame {
  /** The registered number of what `bytes` begins with (LINKTYPE_...): 1 Ethernet, 113 and 276 cooked, 101 IP. */
  readonly linkType: number
  /**
   * What was kept of the frame. A view of the chunk it came in, where it came in one: not to be kept when the caller
   * writes into that chunk again.
   */
  readonly bytes: Uint8Array
  /** Length on the wire. */
  readonly wholeLength: number
  /** Since 1970, with what precision a number has (about a quarter of a microsecond); undefined where none is said. */
  readonly timeMs: number | undefined
  /** Where the file says so. */
  readonly direction: 'in' | 'out' | undefined
  /** The interface it was captured on, 0 in the classic format. */
  readonly port: number
  /** Of its record in the file. */
  readonly offset: number
}

export type CaptureFault =
  | 'not-a-capture'
  | 'unknown-version'
  | 'cut-off'
  | 'bad-length'
  | 'too-long'
  | 'unknown-interface'
  | 'too-many-interfaces'

/** Why reading stopped. What came before is good. */
export interface CaptureError {
  readonly code: CaptureFault
  /** Of the record or block that cannot be read, in bytes from the beginning of the file. */
  readonly offset: number
  readonly message: string
}

/** No frame is longer (MAXIMUM_SNAPLEN of libpcap); a length above it is damage, and would be memory. */
export const frameLimit = 262_144

/**
 * One part of the file: so many bytes, and what they mean. `skip` counts bytes that nobody looks at; `read` gets the
 * rest, and answers with the next part, or with why there is none.
 */
export interface Part {
  readonly skip: number
  readonly need: number
  /** The file may end before it. */
  readonly mayEnd: boolean
  /** Where the record or block begins that it belongs to; absent: with itself. */
  readonly of?: number
  read(bytes: Uint8Array, offset: number, out: CapturedFrame[]): Part | CaptureError
}

export const part = (need: number, read: Part['read'], more: Partial<Part> = {}): Part => ({
  skip: 0,
  mayEnd: false,
  ...more,
  need,
  read,
})

export const fault = (code: CaptureFault, offset: number, message: string): CaptureError => ({
  code,
  offset,
  message,
})

export const view = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
