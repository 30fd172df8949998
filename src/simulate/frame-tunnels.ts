// The headers that carry a packet or a frame and are neither IP nor a tag, as the packet dissector steps over them
// (net/core/flow_dissector.c). The walk that these steps belong to is in frame-dissect.ts.

import { type Bytes, has, u8, u16 } from './frame.ts'
import type { FlowWords } from './frame-flow.ts'
import type { Era } from './hash-eras.ts'

/** Where the walk stands and what it has gathered; inner headers overwrite outer ones. */
export interface Walk {
  readonly source: Bytes
  readonly era: Era
  /** Given what tells the flow from others: each address that is met, unfolded. */
  readonly trace: number[] | undefined
  at: number
  etherType: number
  protocol: number
  addresses: number
  heads: number
  version: FlowWords['version']
  ports: number
  icmp: number
  fragment: boolean
  random: boolean
}

/**
 * What one header answers: `network` go on with the Ethertype found, `transport` with the protocol found, `end` stop
 * here and keep what was gathered, `bad` not dissectable, `header` the protocol at hand is the last header.
 */
export type Step = 'network' | 'transport' | 'end' | 'bad' | 'header'

// PPP protocol numbers that lead on: IPv4, IPv6; MPLS where other protocols are known.
const pppNext: ReadonlyMap<number, number> = new Map([
  [0x0021, 0x0800],
  [0x0057, 0x86dd],
])
const pppMpls: ReadonlyMap<number, number> = new Map([
  [0x0281, 0x8847],
  [0x0283, 0x8848],
])

// A protocol field compressed to one byte is refused. Kernels from 6.0 to spring 2026 read it, until "flow_dissector:
// do not dissect PPPoE PFC frames"; no PPPoE peer that is known negotiates it.
export function pppoe(walk: Walk): Step {
  const { source, at, era } = walk
  if (!has(source, at, 8)) return 'bad'
  const checks = era.dissector.pppoeChecks
  if (checks && u16(source, at) !== 0x1100) return 'bad'
  const protocol = u16(source, at + 6)
  walk.at += 8
  const next = pppNext.get(protocol) ?? (checks ? pppMpls.get(protocol) : undefined)
  if (next !== undefined) {
    walk.etherType = next
    return 'network'
  }
  return checks && (protocol & 0x0101) === 0x0001 ? 'end' : 'bad'
}

// A unicast batman-adv header of 10 bytes, then an Ethernet header.
export function batman(walk: Walk): Step {
  const { source, at } = walk
  if (!has(source, at, 24) || u8(source, at + 1) !== 15 || u8(source, at) !== 0x40) return 'bad'
  walk.etherType = u16(source, at + 22)
  walk.at += 24
  return 'network'
}

export function hsr(walk: Walk): Step {
  if (!has(walk.source, walk.at, 6)) return 'bad'
  walk.etherType = u16(walk.source, walk.at + 4)
  walk.at += 6
  return 'network'
}

const greFlags = { checksum: 0x8000, routing: 0x4000, key: 0x2000, sequence: 0x1000, ack: 0x0080 } as const

export function gre(walk: Walk): Step {
  const { source, at, era } = walk
  if (!has(source, at, 4)) return 'bad'
  const flags = u16(source, at)
  const version = flags & 7
  if (flags & greFlags.routing || version > (era.dissector.pptp ? 1 : 0)) return 'end'
  const etherType = u16(source, at + 2)
  // Version 1 is PPTP and must say so.
  if (version === 1 && !(etherType === 0x880b && flags & greFlags.key)) return 'end'
  let next = at + 4
  if (flags & greFlags.checksum) next += 4
  if (flags & greFlags.key) {
    if (!has(source, next, 4)) return 'bad'
    next += 4
  }
  if (flags & greFlags.sequence) next += 4
  return version === 0 ? greFrame(walk, next, etherType) : pptp(walk, next, flags)
}

function greFrame(walk: Walk, at: number, etherType: number): Step {
  const ethernet = etherType === 0x6558
  if (ethernet && !has(walk.source, at, 14)) return 'bad'
  walk.etherType = ethernet ? u16(walk.source, at + 12) : etherType
  walk.at = ethernet ? at + 14 : at
  return 'network'
}

function pptp(walk: Walk, start: number, flags: number): Step {
  const at = flags & greFlags.ack ? start + 4 : start
  if (!has(walk.source, at, 4)) return 'bad'
  walk.etherType = pppNext.get(u16(walk.source, at + 2)) ?? 0x880b
  walk.at = at + 4
  return 'network'
}
