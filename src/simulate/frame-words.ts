// What the transmit hash reads of a frame, as numbers: the MACs and Ethertype, and of the IP packet inside two
// views, the driver's own (layer2+3, layer3+4) and the packet dissector's (encap2+3, encap3+4, in
// frame-dissect.ts). The formulas over these numbers are in hash.ts; flows known by their fields instead of their
// bytes come from frame-key.ts.

import {
  type Bytes,
  bytesOf,
  etherTypes,
  type FrameInput,
  fold,
  has,
  isSlowProtocols,
  load32,
  protocols,
  tagGoesInside,
  u8,
  u16,
  u24,
} from './frame.ts'
import { dissect } from './frame-dissect.ts'
import { type FlowWords, icmpIsError, icmpWord, none, portsAt, type Reading, unknown } from './frame-flow.ts'
import { type Era, newestEra } from './hash-eras.ts'

/** What kind of traffic it is, for the modes that treat some of it apart (hash-placement.ts). */
export interface Traits {
  /** By the destination MAC; undefined when that is not known. */
  readonly cast: 'unicast' | 'multicast' | 'broadcast' | undefined
  readonly protocol: 'ipv4' | 'ipv6' | 'arp' | 'other'
  /** LACPDU or marker. */
  readonly slowProtocol: boolean
  readonly igmp: boolean
  readonly neighbourDiscovery: boolean
  /** IPv6 without a source address: a duplicate address probe. */
  readonly unspecifiedSource: boolean
  /** IPv4 255.255.255.255, or the MAC of IPv6's all-nodes group. */
  readonly everybody: boolean
  /** Which header is not all there: the one of IP, or of ICMPv6 right behind it. */
  readonly missing: 'ip' | 'icmpv6' | undefined
}

export interface FrameWords {
  /** Last byte of the destination MAC. */
  readonly destinationTail: number | undefined
  /** Source MAC as two numbers of 24 bits. */
  readonly source: { readonly vendor: number; readonly device: number } | undefined
  /** The two bytes after the MACs as a number. */
  readonly etherType: number
  /** Tag beside the frame, 0 for none. */
  readonly tci: number
  readonly plain: Reading
  readonly encap: Reading
  readonly traits: Traits
}

interface IpHeader extends Pick<FlowWords, 'addresses' | 'heads' | 'version'> {
  /** Of the fixed header; undefined in an IPv4 fragment. */
  readonly protocol: number | undefined
  readonly next: number
}

// bond_flow_ip(): the fixed header only. The header length is believed, even a senseless one; IPv6 extension
// headers are not walked, so their number stands where the protocol would.
function ipHeader(source: Bytes, at: number, etherType: number): IpHeader | undefined {
  if (etherType === etherTypes.ipv4) {
    if (!has(source, at, 20)) return undefined
    const fragment = (u16(source, at + 6) & 0x3fff) !== 0
    return {
      version: 4,
      addresses: fold(source, at + 12, 8),
      heads: 0,
      protocol: fragment ? undefined : u8(source, at + 9),
      next: at + (u8(source, at) & 0x0f) * 4,
    }
  }
  if (etherType !== etherTypes.ipv6 || !has(source, at, 40)) return undefined
  return {
    version: 6,
    addresses: fold(source, at + 8, 32),
    heads: (load32(source, at + 8) ^ load32(source, at + 24)) >>> 0,
    protocol: u8(source, at + 6),
    next: at + 40,
  }
}

const wordsOf = ({ addresses, heads, version }: IpHeader, ports: number, icmp: number): Reading => ({
  is: 'flow',
  words: { addresses, heads, version, ports, icmp },
})

/**
 * The driver's own view (bond_flow_dissect(), and before 3.13 the by-policy functions): addresses of the packet, or
 * of the packet that an ICMP error quotes; ports of what follows the fixed header.
 */
function plainReading(source: Bytes, at: number, etherType: number, icmpCounts: boolean): Reading {
  const header = ipHeader(source, at, etherType)
  if (!header) return none
  const { protocol, next } = header
  if (protocol === undefined) return wordsOf(header, 0, 0)
  if (!icmpCounts || (protocol !== protocols.icmp && protocol !== protocols.icmpv6))
    return wordsOf(header, portsAt(source, next, protocol), 0)
  // A message shorter than its header counts as one of type 0 without identifier.
  if (!has(source, next, 8)) return wordsOf(header, 0, 0)
  const type = u8(source, next)
  if (!icmpIsError(protocol, type))
    return wordsOf(header, 0, icmpWord(type, u8(source, next + 1), u16(source, next + 4)))
  const quoted = ipHeader(source, next + 8, etherType)
  if (!quoted) return none
  const ports = quoted.protocol === undefined ? 0 : portsAt(source, quoted.next, quoted.protocol)
  return wordsOf(quoted, ports, 0)
}

/** A reading that wanted bytes which the capture has not kept is no reading. */
function complete(source: Bytes, read: () => Reading): Reading {
  source.cut = false
  source.cutPorts = false
  const reading = read()
  if (source.cut) return unknown('cut')
  return source.cutPorts && reading.is === 'flow' ? { ...reading, portsUnknown: 'cut' } : reading
}

const sameFlow = (a: Reading, b: Reading): boolean =>
  a.is === 'flow' && b.is === 'flow'
    ? a.words.addresses === b.words.addresses &&
      a.words.ports === b.words.ports &&
      a.words.icmp === b.words.icmp
    : a.is === b.is

type Views = Pick<FrameWords, 'plain' | 'encap'>

/** Both views of the packet that starts at `at`; `etherType` is what the stack holds it to be. */
export function readPacket(source: Bytes, at: number, etherType: number, era: Era): Views {
  return {
    plain: complete(source, () => plainReading(source, at, etherType, era.hash.icmp)),
    encap: complete(source, () => dissect(source, at, etherType, era)),
  }
}

/** What kind of address the first six bytes are. */
export function castOf(bytes: Uint8Array): 'unicast' | 'multicast' | 'broadcast' {
  if (((bytes[0] ?? 0) & 1) === 0) return 'unicast'
  return bytes.length >= 6 && bytes.subarray(0, 6).every(byte => byte === 0xff) ? 'broadcast' : 'multicast'
}

function traitsOf(source: Bytes, at: number, etherType: number, hasDestination: boolean): Traits {
  const ipv4 = etherType === etherTypes.ipv4
  const ipv6 = etherType === etherTypes.ipv6
  const nextHeader = ipv6 ? u8(source, at + 6) : -1
  const type = u8(source, at + 40)
  const room = source.bytes.length - at
  const all = (offset: number, length: number, byte: number) =>
    room >= offset + length &&
    source.bytes.subarray(at + offset, at + offset + length).every(value => value === byte)
  return {
    cast: hasDestination ? castOf(source.bytes) : undefined,
    protocol: ipv4 ? 'ipv4' : ipv6 ? 'ipv6' : etherType === etherTypes.arp ? 'arp' : 'other',
    slowProtocol: hasDestination && etherType === etherTypes.slowProtocols && isSlowProtocols(source),
    igmp: ipv4 && u8(source, at + 9) === protocols.igmp,
    neighbourDiscovery: nextHeader === protocols.icmpv6 && (type === 135 || type === 136),
    unspecifiedSource: ipv6 && all(8, 16, 0),
    everybody: ipv4
      ? all(16, 4, 0xff)
      : ipv6 && hasDestination && u24(source, 0) === 0x333300 && u24(source, 3) === 0x000001,
    missing:
      room < (ipv4 ? 20 : ipv6 ? 40 : 0)
        ? 'ip'
        : nextHeader === protocols.icmpv6 && room < 48
          ? 'icmpv6'
          : undefined,
  }
}

// Fewer bytes than an Ethernet header: bond_eth_hash() and bond_vlan_srcmac_hash() then answer 0.
const runt: FrameWords = {
  destinationTail: 0,
  source: { vendor: 0, device: 0 },
  etherType: 0,
  tci: 0,
  plain: none,
  encap: none,
  traits: traitsOf(bytesOf(new Uint8Array(0)), 14, 0, true),
}

type Macs = Pick<FrameWords, 'destinationTail' | 'source'>

/** What is known of a packet besides its bytes. */
interface Outside {
  readonly macs: Macs
  readonly etherType: number
  /** Where the packet begins, after the Ethertype. */
  readonly at: number
  readonly tci: number | undefined
  readonly tagView: FrameInput['tagView']
}

// Written out field by field: spreading objects here takes as long as all the reading.
function assemble(source: Bytes, outside: Outside, era: Era): FrameWords {
  const { macs, etherType, at, tci } = outside
  const { destinationTail } = macs
  const traits = traitsOf(source, at, etherType, destinationTail !== undefined)
  // The tag is then the Ethertype, and the label stack stands where the dissector takes the tag to be.
  const inside = tci !== undefined && tagGoesInside(etherType)
  const { plain, encap } = inside
    ? readPacket(source, at, etherTypes.vlan, era)
    : readTagged(source, outside, era)
  return {
    destinationTail,
    source: macs.source,
    etherType: inside ? etherTypes.vlan : etherType,
    tci: inside ? 0 : (tci ?? 0),
    plain,
    encap,
    traits,
  }
}

/** A packet without its Ethernet header, as cooked captures keep it. */
export interface LooseInput {
  readonly bytes: Uint8Array
  readonly wholeLength: number
  readonly etherType: number
  readonly at: number
  readonly tci?: number
  readonly sourceMac?: Uint8Array
}

/** What the hash reads of a packet of which the destination MAC is not known. */
export function looseWords(packet: LooseInput, era: Era = newestEra): FrameWords {
  const { etherType, at, tci, sourceMac } = packet
  const source = bytesOf(packet.bytes, packet.wholeLength)
  const mac = sourceMac && bytesOf(sourceMac)
  const macs = {
    destinationTail: undefined,
    source: mac && { vendor: u24(mac, 0), device: u24(mac, 3) },
  }
  return assemble(source, { macs, etherType, at, tci, tagView: undefined }, era)
}

/** What the hash of a kernel of `era` reads of a frame. */
export function frameWords(frame: FrameInput, era: Era = newestEra): FrameWords {
  const source = bytesOf(frame.bytes, frame.wholeLength)
  const typeAt = frame.tagFirst ? 16 : 12
  if (!has(source, 0, typeAt + 2)) return source.cut ? beheaded(source) : runt
  const macs = { destinationTail: u8(source, 5), source: { vendor: u24(source, 6), device: u24(source, 9) } }
  const tci = frame.tagFirst ? u16(source, 14) : frame.tci
  return assemble(
    source,
    { macs, etherType: u16(source, typeAt), at: typeAt + 2, tci, tagView: frame.tagView },
    era,
  )
}

/** A capture that has not kept even the Ethernet header. */
function beheaded(source: Bytes): FrameWords {
  const macs = { destinationTail: undefined, source: undefined }
  const views = { plain: unknown('cut'), encap: unknown('cut') }
  return { ...macs, etherType: 0, tci: 0, ...views, traits: traitsOf(source, 14, 0, false) }
}

const isTag = (etherType: number): boolean =>
  etherType === etherTypes.vlan || etherType === etherTypes.serviceVlan

// With a tag inside, the stack's protocol is the tag's, so the driver's own view is not IP. The dissector starts
// reading tags at the IP header when the stack holds that to be behind them, and then takes IP for a tag.
function readTagged(source: Bytes, outside: Outside, era: Era): Views {
  const { etherType, tagView: view } = outside
  const atTag = readPacket(source, outside.at, etherType, era)
  if (!isTag(etherType) || view === 'at-tag') return atTag
  let { at } = outside
  for (let type = etherType; isTag(type) && has(source, at, 4); at += 4) type = u16(source, at + 2)
  const behind = readPacket(source, at, etherType, era)
  if (view === 'after-tags' || sameFlow(atTag.encap, behind.encap)) return behind
  return { plain: atTag.plain, encap: unknown('tag-view') }
}
