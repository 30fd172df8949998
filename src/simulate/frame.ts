// A frame as the bond is handed it, and the reading of bytes from it. What the hash makes of the bytes is in
// frame-words.ts (the driver's own look at the headers) and frame-dissect.ts (the general packet dissector).

/** Bytes of a packet of which a capture may have kept only the beginning. */
export interface Bytes {
  readonly bytes: Uint8Array
  /** Length on the wire from the first byte here, in bytes. */
  readonly whole: number
  /** Set once a header was asked for that the wire had and the capture has not. */
  cut: boolean
  /** The same of ports and ICMP identifiers, without which the addresses still stand. */
  cutPorts: boolean
}

/**
 * Where the stack says the IP header begins when a VLAN tag stands inside the frame data. Locally made frames (a VLAN
 * device on a VLAN device) have it after the tag, forwarded ones (a bridge) at the tag.
 */
export type TagView = 'after-tags' | 'at-tag'

/** An Ethernet frame handed to the bond. */
export interface FrameInput {
  /** From the destination MAC on, without preamble and checksum. */
  readonly bytes: Uint8Array
  /** Length on the wire in bytes, where `bytes` was cut by a capture. */
  readonly wholeLength?: number
  /**
   * The VLAN tag that travels beside the frame, as a VLAN device on the bond hands it over: priority in bits 13-15,
   * identifier in bits 0-11. Absent: none.
   */
  readonly tci?: number
  /**
   * The bytes have that tag after the MACs, where a capture on a bond or a port shows it, and not as a tag that really
   * was inside the frame. `tci` does not count then.
   */
  readonly tagFirst?: boolean
  /** Absent: not known; asked for only where it decides. */
  readonly tagView?: TagView
}

export const etherTypes = {
  ipv4: 0x0800,
  arp: 0x0806,
  reverseArp: 0x8035,
  vlan: 0x8100,
  ipv6: 0x86dd,
  slowProtocols: 0x8809,
  serviceVlan: 0x88a8,
  mpls: 0x8847,
  mplsMulticast: 0x8848,
} as const

export const protocols = {
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  gre: 47,
  icmpv6: 58,
} as const

/** 802.3's destination for LACP (IEEE 802.1AX, Slow_Protocols_Multicast). */
export const slowProtocolsAddress = [0x01, 0x80, 0xc2, 0x00, 0x00, 0x02] as const

export const bytesOf = (bytes: Uint8Array, whole = bytes.length): Bytes => ({
  bytes,
  whole: Math.max(whole, bytes.length),
  cut: false,
  cutPorts: false,
})

/** Whether `count` bytes are there from `at` on; remembers when only the capture lacks them. */
export function has(source: Bytes, at: number, count: number): boolean {
  if (at + count <= source.bytes.length) return true
  if (at + count <= source.whole) source.cut = true
  return false
}

/** `has` for what only the policies with ports read. */
export function hasPorts(source: Bytes, at: number, count: number): boolean {
  if (at + count <= source.bytes.length) return true
  if (at + count <= source.whole) source.cutPorts = true
  return false
}

export const u8 = ({ bytes }: Bytes, at: number): number => bytes[at] ?? 0

/** Two bytes as a number in wire order. */
export const u16 = (source: Bytes, at: number): number => (u8(source, at) << 8) | u8(source, at + 1)

/** Three bytes as a number in wire order. */
export const u24 = (source: Bytes, at: number): number => (u16(source, at) << 8) | u8(source, at + 2)

/** Four bytes as a little-endian host loads them, unsigned: the form in which the hash takes addresses and ports. */
export function load32(source: Bytes, at: number): number {
  const low = u8(source, at) | (u8(source, at + 1) << 8)
  return (low | (u8(source, at + 2) << 16) | (u8(source, at + 3) << 24)) >>> 0
}

/** XOR of the little-endian words of an address of 4 or 16 bytes. */
export function fold(source: Bytes, at: number, length: number): number {
  let sum = 0
  for (let offset = 0; offset < length; offset += 4) sum ^= load32(source, at + offset)
  return sum >>> 0
}

/**
 * Whether the stack writes the tag of a VLAN device into such frames before the bond sees them: a bond offers to carry
 * tags beside all frames but those of MPLS (net/core/dev.c, net_mpls_features() and validate_xmit_vlan()).
 */
export const tagGoesInside = (etherType: number): boolean =>
  etherType === etherTypes.mpls || etherType === etherTypes.mplsMulticast

/** Whether the destination is the one of LACP and its like, which a bridge never forwards. */
export const isSlowProtocols = (source: Bytes): boolean =>
  slowProtocolsAddress.every((byte, at) => u8(source, at) === byte)

/** The six bytes of a MAC address written with colons or hyphens; undefined when it is none. */
export function macBytes(text: string): Uint8Array | undefined {
  if (!/^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i.test(text)) return undefined
  return Uint8Array.from(text.split(/[:-]/), part => Number.parseInt(part, 16))
}

/** The 4 or 16 bytes of an IP address as text (RFC 4291, section 2.2); undefined when it is none. */
export function addressBytes(text: string): Uint8Array | undefined {
  return text.includes(':') ? ipv6Bytes(text) : ipv4Bytes(text)
}

function ipv4Bytes(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined
  return Uint8Array.from(parts, Number)
}

function ipv6Bytes(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(half => groupBytes(half))
  if (!head || (halves.length === 2 && !tail)) return undefined
  const gap = 16 - head.length - (tail?.length ?? 0)
  if (halves.length === 1 ? gap !== 0 : gap < 2) return undefined
  const address = new Uint8Array(16)
  address.set(head)
  if (tail) address.set(tail, 16 - tail.length)
  return address
}

/** The bytes of colon-separated groups, the last of which may be an IPv4 address. */
function groupBytes(text: string): number[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16)
      bytes.push(value >> 8, value & 0xff)
      continue
    }
    const last = index === groups.length - 1 ? ipv4Bytes(group) : undefined
    if (!last) return undefined
    bytes.push(...last)
  }
  return bytes
}
