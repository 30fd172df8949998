// What a captured frame tells the hash, by link type: an Ethernet capture all, a cooked one (taken on "any") no
// destination MAC, one of bare IP no MAC at all. Numbers and layouts from the link-layer header types registry of
// tcpdump.org (LINKTYPE_...).

import { bytesOf, etherTypes, load32, u16 } from './frame.ts'
import { flowTrace } from './frame-dissect.ts'
import { type FrameWords, frameWords, looseWords } from './frame-words.ts'
import { type Era, newestEra } from './hash-eras.ts'
import type { CapturedFrame } from './pcap-parts.ts'

/** How a link type begins. Places in bytes from its beginning; where two lengths differ, a tag stands between. */
interface LinkRow {
  readonly lacks: 'nothing' | 'destination MAC' | 'MACs and tag'
  /** Where the Ethertype is; absent: bare IP. */
  readonly etherType?: number
  /** Where the MACs are, or the address of whoever sent. */
  readonly addresses?: number
  /** Of cooked headers: which kind of device it was, which way the packet went, how long the address is. */
  readonly cooked?: { readonly device: number; readonly way: number; readonly length: number }
  /** Where the packet, or a tag before it, begins. */
  readonly packet: number
}

const bare: LinkRow = { lacks: 'MACs and tag', packet: 0 }

const links: ReadonlyMap<number, LinkRow> = new Map([
  [1, { lacks: 'nothing', etherType: 12, addresses: 0, packet: 14 }],
  [
    113,
    {
      lacks: 'destination MAC',
      etherType: 14,
      addresses: 6,
      cooked: { device: 2, way: 1, length: 5 },
      packet: 16,
    },
  ],
  [
    276,
    {
      lacks: 'destination MAC',
      etherType: 0,
      addresses: 12,
      cooked: { device: 8, way: 10, length: 11 },
      packet: 20,
    },
  ],
  // RAW as registered and as two systems number it, then IPv4 and IPv6 by themselves.
  [101, bare],
  [12, bare],
  [14, bare],
  [228, bare],
  [229, bare],
])

/** What is missing in captures of a link type; undefined for types that this program does not read. */
export const linkTypeLacks = (linkType: number): LinkRow['lacks'] | undefined => links.get(linkType)?.lacks

/** Packet type of a cooked header for what this host sent (PACKET_OUTGOING). */
const outgoing = 4

/** Which way a frame went, where the file or a cooked header says so. */
export function directionOf({ direction, linkType, bytes }: CapturedFrame): 'in' | 'out' | undefined {
  const row = links.get(linkType)
  if (direction || !row?.cooked || bytes.length < row.packet) return direction
  return bytes[row.cooked.way] === outgoing ? 'out' : 'in'
}

export interface CaptureReading {
  readonly era?: Era
  /**
   * Where the first tag in the bytes was when the bond sent the frame: `beside` it, as for VLAN devices on the bond
   * (a capture writes it into the frame), or `inside`. Absent: beside.
   */
  readonly tags?: 'beside' | 'inside'
}

/** Where the packet begins and what it is, once the tag beside the frame is taken off. */
interface Opened {
  readonly etherType: number
  readonly at: number
  readonly tci?: number
}

function open({ bytes }: CapturedFrame, row: LinkRow, tags: CaptureReading['tags']): Opened {
  const source = bytesOf(bytes)
  if (row.etherType === undefined)
    return { etherType: (bytes[0] ?? 0) >>> 4 === 6 ? etherTypes.ipv6 : etherTypes.ipv4, at: row.packet }
  const etherType = u16(source, row.etherType)
  const { packet } = row
  const tagged = tags !== 'inside' && etherType === etherTypes.vlan && bytes.length >= packet + 4
  if (!tagged) return { etherType, at: packet }
  return { etherType: u16(source, packet + 2), at: packet + 4, tci: u16(source, packet) }
}

/** The sender's MAC in a cooked header: of Ethernet devices (ARPHRD_ETHER, 1), and six bytes long. */
function senderOf({ bytes }: CapturedFrame, { cooked, addresses }: LinkRow): Uint8Array | undefined {
  if (!cooked || addresses === undefined) return undefined
  const isEthernet = u16(bytesOf(bytes), cooked.device) === 1 && bytes[cooked.length] === 6
  return isEthernet ? bytes.subarray(addresses, addresses + 6) : undefined
}

/** What the hash reads of a captured frame; undefined for link types that this program does not read. */
export function capturedWords(frame: CapturedFrame, reading: CaptureReading = {}): FrameWords | undefined {
  const { era = newestEra, tags } = reading
  const row = links.get(frame.linkType)
  if (!row) return undefined
  const { bytes, wholeLength } = frame
  const opened = open(frame, row, tags)
  if (row.lacks === 'nothing')
    return frameWords({ bytes, wholeLength, tagFirst: opened.tci !== undefined }, era)
  const sourceMac = senderOf(frame, row)
  return looseWords({ bytes, wholeLength, ...opened, ...(sourceMac && { sourceMac }) }, era)
}

/**
 * What tells the flow of a captured frame from others: MACs as far as they are there, tag, Ethertype, all addresses down
 * to the innermost header, and its protocol and ports. Empty for link types that are not read.
 */
export function flowIdentity(frame: CapturedFrame): readonly number[] {
  const row = links.get(frame.linkType)
  if (!row) return []
  const source = bytesOf(frame.bytes)
  const { etherType, at, tci = -1 } = open(frame, row, 'beside')
  const macs =
    row.addresses === undefined
      ? []
      : [
          load32(source, row.addresses),
          u16(source, row.addresses + 4),
          row.cooked ? 0 : load32(source, 6),
          row.cooked ? 0 : u16(source, 10),
        ]
  return [...macs, tci, etherType, ...flowTrace(source, at, etherType, newestEra)]
}
