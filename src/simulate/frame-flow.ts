// The numbers that the hash takes from one packet, why they may be missing, and the two small tables of the kernel
// that both readers of packets share: which protocols have ports, and what counts of an ICMP message.

import { type Bytes, hasPorts, load32, protocols } from './frame.ts'

/** Of one IP packet: unsigned 32-bit numbers, loaded as a little-endian host does. */
export interface FlowWords {
  /** XOR of both addresses, each folded to 32 bits. */
  readonly addresses: number
  /** IPv6: XOR of the first four bytes of both addresses, which kernels before 3.13 left out; else 0. */
  readonly heads: number
  readonly version: 4 | 6 | undefined
  /** Source port, then destination port, or an SPI; 0 when there are none. */
  readonly ports: number
  /** Type, code and identifier of an ICMP message that has one; else 0. */
  readonly icmp: number
}

/** Why a member cannot be told from what is known. */
export const unpredictable = {
  'flow-hash':
    'encap3+4 uses a flow hash that the stack has set, seeded at random, where the packet carries one',
  headroom:
    'this kernel counts header offsets from the start of the packet buffer and misreads short packets',
  'tag-view': 'a VLAN tag inside the frame: it depends on where the stack holds the IP header to begin',
  cut: 'the capture has not kept the bytes that decide',
  'no-destination-mac': 'the destination MAC address is not known',
  'no-source-mac': 'the source MAC address is not known',
  'not-said': 'the flow is described without a field that the hash reads',
  random: 'the kernel draws a random number for this packet',
  'no-policy': 'this kernel does not have this policy',
  'load-table': 'the member follows the measured load (tlb_dynamic_lb on)',
  'receive-table': 'ARP follows the receive balancing table of balance-alb',
} as const

export type Unpredictable = keyof typeof unpredictable

/**
 * A view of the packet: its words, of which the ports and the ICMP word may not be known; `none` when it is not IP or
 * not parseable; or why even that is not known.
 */
export type Reading =
  | { readonly is: 'flow'; readonly words: FlowWords; readonly portsUnknown?: Unpredictable }
  | { readonly is: 'none' }
  | { readonly is: 'unknown'; readonly why: Unpredictable }

export const none: Reading = { is: 'none' }
export const unknown = (why: Unpredictable): Reading => ({ is: 'unknown', why })

/** Where the first four bytes that count are in a layer-4 header (proto_ports_offset()); -1 where none do. */
export function portsOffset(protocol: number): number {
  switch (protocol) {
    case 6: // TCP
    case 17: // UDP
    case 33: // DCCP
    case 50: // ESP, its SPI
    case 132: // SCTP
    case 136: // UDP-Lite
      return 0
    case 51: // AH, its SPI
      return 4
    default:
      return -1
  }
}

/** Types that carry an identifier, by number and whatever the IP version (icmp_has_id()). */
export const icmpHasId = (type: number): boolean => [0, 8, 13, 14, 128, 129].includes(type)

/** Types that quote the packet they answer (icmp_is_err(), icmpv6_is_err()). */
export const icmpIsError = (protocol: number, type: number): boolean =>
  (protocol === protocols.icmp ? [3, 4, 5, 11, 12] : [1, 2, 3, 4]).includes(type)

/** The ICMP word of a message (skb_flow_get_icmp_tci()): an identifier 0 counts as 1, no identifier as no word. */
export const icmpWord = (type: number, code: number, id: number): number =>
  icmpHasId(type) ? (type | (code << 8) | ((id || 1) << 16)) >>> 0 : 0

export function portsAt(source: Bytes, at: number, protocol: number): number {
  const offset = portsOffset(protocol)
  return offset >= 0 && hasPorts(source, at + offset, 4) ? load32(source, at + offset) : 0
}
