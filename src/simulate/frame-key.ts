// A flow described by its header fields, and what the hash reads of it: the second way to the same words as
// frame-words.ts, without bytes. The packets described are whole; what a cut packet does needs its bytes.

import { etherTypes, protocols, slowProtocolsAddress, tagGoesInside } from './frame.ts'
import { etherTypeOutcome } from './frame-dissect.ts'
import {
  type FlowWords,
  icmpHasId,
  icmpIsError,
  icmpWord,
  none,
  portsOffset,
  type Reading,
  unknown,
} from './frame-flow.ts'
import { castOf, type FrameWords, type Traits } from './frame-words.ts'
import { type Era, newestEra } from './hash-eras.ts'

/** IPv6 extension headers that the dissector walks: hop-by-hop, routing, destination options. */
export type Extension = 0 | 43 | 60

export interface Packet {
  /** Both of 4 bytes (IPv4) or both of 16 (IPv6), in wire order (`addressBytes`). */
  readonly source: Uint8Array
  readonly destination: Uint8Array
  /** Before the payload, in order; a fragment header would follow them. */
  readonly extensions?: readonly Extension[]
  /** Absent: not fragmented. */
  readonly fragment?: 'first' | 'later'
  readonly payload: Payload
}

export type Payload =
  /** TCP 6, UDP 17, DCCP 33, SCTP 132, UDP-Lite 136; for any other number the ports do not count. */
  | { readonly is: 'ports'; readonly protocol: number; readonly source: number; readonly destination: number }
  /** ESP 50 or AH 51, 32 bits. */
  | { readonly is: 'spi'; readonly protocol: 50 | 51; readonly spi: number }
  /** `id` of echoes and timestamps, `quoted` of errors. */
  | {
      readonly is: 'icmp'
      readonly type: number
      readonly code: number
      readonly id?: number
      readonly quoted?: Packet
    }
  /** IP in IP, by the version of the packet inside. */
  | { readonly is: 'ip'; readonly packet: Packet }
  /** GRE version 0 without routing. `ethernet`: a whole frame inside instead of a packet. */
  | {
      readonly is: 'gre'
      readonly ethernet: boolean
      readonly inside: Packet | { readonly etherType: number }
    }
  /** A protocol of which nothing behind the IP header counts. */
  | { readonly is: 'other'; readonly protocol: number }
  /** Only the addresses are known, which is enough for the 2+3 policies. */
  | { readonly is: 'unsaid' }

export interface FlowKey {
  /** Six bytes each (`macBytes`); absent when not known. */
  readonly destinationMac?: Uint8Array
  readonly sourceMac?: Uint8Array
  /** Tag of a VLAN device on the bond: priority in bits 13-15, identifier in bits 0-11. */
  readonly tci?: number
  /** An IP packet, or the Ethertype of something else. */
  readonly content: Packet | { readonly etherType: number }
}

const isPacket = (content: FlowKey['content']): content is Packet => 'payload' in content

const load = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)) >>>
  0

const number24 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)

/** A 16-bit number as its two bytes are loaded. */
const swap16 = (value: number): number => ((value & 0xff) << 8) | ((value >>> 8) & 0xff)

const versionOf = ({ source }: Packet): 4 | 6 => (source.length === 16 ? 6 : 4)

type Addresses = Pick<FlowWords, 'addresses' | 'heads' | 'version'>

function addressesOf(packet: Packet): Addresses {
  const { source, destination } = packet
  let sum = 0
  for (let at = 0; at < source.length; at += 4) sum ^= load(source, at) ^ load(destination, at)
  const heads = versionOf(packet) === 6 ? load(source, 0) ^ load(destination, 0) : 0
  return { addresses: sum >>> 0, heads: heads >>> 0, version: versionOf(packet) }
}

/** The number in the header in front of the payload. */
function protocolOf(packet: Packet): number {
  const { payload } = packet
  switch (payload.is) {
    case 'icmp':
      return versionOf(packet) === 6 ? protocols.icmpv6 : protocols.icmp
    case 'ip':
      return versionOf(payload.packet) === 6 ? protocols.ipv6 : protocols.ipip
    case 'gre':
      return protocols.gre
    case 'unsaid':
      return -1
    default:
      return payload.protocol
  }
}

/** Whether the ports, or what stands in their place, count and are not described. */
const leavesPortsOut = ({ payload }: Packet): boolean =>
  payload.is === 'unsaid' || (payload.is === 'other' && portsOffset(payload.protocol) >= 0)

function portsOf({ payload }: Packet): number {
  if (payload.is === 'ports' && portsOffset(payload.protocol) === 0)
    return (swap16(payload.source) | (swap16(payload.destination) << 16)) >>> 0
  if (payload.is !== 'spi') return 0
  return (swap16(payload.spi >>> 16) | (swap16(payload.spi & 0xffff) << 16)) >>> 0
}

/** Whether the number after an IPv6 fixed header is that of the payload itself. */
const payloadFollows = (packet: Packet): boolean =>
  (packet.extensions?.length ?? 0) === 0 && packet.fragment === undefined

const flow = (addresses: Addresses, ports: number, icmp: number): Reading => ({
  is: 'flow',
  words: { ...addresses, ports, icmp },
})

const withPorts = (addresses: Addresses, packet: Packet): Reading =>
  leavesPortsOut(packet)
    ? { is: 'flow', words: { ...addresses, ports: 0, icmp: 0 }, portsUnknown: 'not-said' }
    : flow(addresses, portsOf(packet), 0)

type Message = Extract<Payload, { readonly is: 'icmp' }>

function withMessage(addresses: Addresses, { type, code, id }: Message): Reading {
  if (icmpHasId(type) && id === undefined)
    return { is: 'flow', words: { ...addresses, ports: 0, icmp: 0 }, portsUnknown: 'not-said' }
  return flow(addresses, 0, icmpWord(type, code, id ?? 0))
}

/** The driver's own view (bond_flow_dissect()): the fixed header, and of an ICMP error the packet that it quotes. */
function plainReading(packet: Packet, icmpCounts: boolean): Reading {
  const addresses = addressesOf(packet)
  if (!payloadFollows(packet)) return flow(addresses, 0, 0)
  const { payload } = packet
  if (payload.is !== 'icmp' || !icmpCounts) return withPorts(addresses, packet)
  if (!icmpIsError(protocolOf(packet), payload.type)) return withMessage(addresses, payload)
  const { quoted } = payload
  // What is quoted is read as the version of the message itself, whatever it is.
  if (!quoted || versionOf(quoted) !== versionOf(packet)) return unknown('not-said')
  return payloadFollows(quoted) ? withPorts(addressesOf(quoted), quoted) : flow(addressesOf(quoted), 0, 0)
}

function fragmentReading(packet: Packet, addresses: Addresses, era: Era): Reading {
  const { dissector } = era
  const readsPorts = versionOf(packet) === 6 && dissector.ipv6Fragments && !dissector.noFragmentPorts
  if (!readsPorts || portsOffset(protocolOf(packet)) < 0) return flow(addresses, 0, 0)
  // The bytes after a later fragment's header count as ports, and a key does not say them.
  return packet.fragment === 'later'
    ? { is: 'flow', words: { ...addresses, ports: 0, icmp: 0 }, portsUnknown: 'not-said' }
    : withPorts(addresses, packet)
}

function insideReading(content: FlowKey['content'], outer: Addresses, era: Era): Reading {
  if (isPacket(content)) return encapReading(content, era)
  const outcome = etherTypeOutcome(content.etherType, era)
  if (outcome === 'carries') return unknown('not-said')
  return outcome === 'ends' ? flow(outer, 0, 0) : none
}

/** The packet dissector's view (__skb_flow_dissect()): the innermost header it finds. */
function encapReading(packet: Packet, era: Era): Reading {
  const addresses = addressesOf(packet)
  const { payload, extensions = [] } = packet
  if (extensions.length > 0 && !era.dissector.ipv6Extensions) return flow(addresses, 0, 0)
  if (packet.fragment) return fragmentReading(packet, addresses, era)
  switch (payload.is) {
    case 'ip':
      return encapReading(payload.packet, era)
    case 'gre':
      return insideReading(payload.inside, addresses, era)
    case 'icmp':
      return era.hash.icmp ? withMessage(addresses, payload) : flow(addresses, 0, 0)
    default:
      return withPorts(addresses, packet)
  }
}

const isIp = (etherType: number): boolean => etherType === etherTypes.ipv4 || etherType === etherTypes.ipv6

const noAddresses: Addresses = { addresses: 0, heads: 0, version: undefined }

const allBytes = (bytes: Uint8Array, value: number): boolean => bytes.every(byte => byte === value)

const isAllNodes = (mac: Uint8Array): boolean =>
  [0x33, 0x33, 0, 0, 0, 1].every((byte, at) => mac[at] === byte)

function traitsOf({ destinationMac, content }: FlowKey, etherType: number): Traits {
  const packet = isPacket(content) ? content : undefined
  const six = packet !== undefined && versionOf(packet) === 6
  const message =
    packet && payloadFollows(packet) && packet.payload.is === 'icmp' ? packet.payload : undefined
  return {
    cast: destinationMac && castOf(destinationMac),
    protocol: packet ? (six ? 'ipv6' : 'ipv4') : etherType === etherTypes.arp ? 'arp' : 'other',
    slowProtocol:
      etherType === etherTypes.slowProtocols &&
      (destinationMac === undefined || slowProtocolsAddress.every((byte, at) => destinationMac[at] === byte)),
    igmp: packet !== undefined && !six && protocolOf(packet) === protocols.igmp,
    neighbourDiscovery: six && message !== undefined && (message.type === 135 || message.type === 136),
    unspecifiedSource: six && allBytes(packet.source, 0),
    everybody: packet
      ? six
        ? destinationMac !== undefined && isAllNodes(destinationMac)
        : allBytes(packet.destination, 0xff)
      : false,
    missing: undefined,
  }
}

/** What the hash of a kernel of `era` reads of a flow. */
export function keyWords(key: FlowKey, era: Era = newestEra): FrameWords {
  const { content, destinationMac, sourceMac } = key
  const packet = isPacket(content) ? content : undefined
  const etherType = isPacket(content)
    ? versionOf(content) === 6
      ? etherTypes.ipv6
      : etherTypes.ipv4
    : content.etherType
  const macs = {
    destinationTail: destinationMac?.[5],
    source: sourceMac && { vendor: number24(sourceMac, 0), device: number24(sourceMac, 3) },
  }
  if (key.tci !== undefined && tagGoesInside(etherType))
    return {
      ...macs,
      etherType: etherTypes.vlan,
      tci: 0,
      plain: none,
      // The dissector would take the first label for the tag.
      encap: unknown('not-said'),
      traits: traitsOf(key, etherType),
    }
  return {
    ...macs,
    etherType,
    tci: key.tci ?? 0,
    plain: packet ? plainReading(packet, era.hash.icmp) : isIp(etherType) ? unknown('not-said') : none,
    encap: insideReading(content, noAddresses, era),
    traits: traitsOf(key, etherType),
  }
}
