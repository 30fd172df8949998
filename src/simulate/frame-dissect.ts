// The general packet dissector of the kernel (net/core/flow_dissector.c, __skb_flow_dissect()), as far as the encap
// policies use it: it walks tags, IP, IPv6 extension headers, IP in IP, GRE, PPPoE and a few more down to the
// innermost header it knows, and gives up ("not dissectable") on anything else. It stops at UDP, so VXLAN and its like
// are seen from outside only. One row per Ethertype and per protocol; the loop belongs to `dissect`.

import { type Bytes, fold, has, hasPorts, load32, protocols, u8, u16 } from './frame.ts'
import { icmpWord, none, portsAt, type Reading, unknown } from './frame-flow.ts'
import { batman, gre, hsr, pppoe, type Step, type Walk } from './frame-tunnels.ts'
import type { Dissector, Era } from './hash-eras.ts'

interface NetworkRow {
  readonly etherType: number
  readonly needs?: keyof Dissector
  step(walk: Walk): Step
}

/** Accepted without being looked at, once so many bytes are there. */
const endsAfter = (count: number) => (walk: Walk) => (has(walk.source, walk.at, count) ? 'end' : 'bad')

const network: readonly NetworkRow[] = [
  { etherType: 0x0800, step: ipv4 },
  { etherType: 0x86dd, step: ipv6 },
  { etherType: 0x8100, step: vlan },
  { etherType: 0x88a8, step: vlan },
  { etherType: 0x8864, step: pppoe },
  { etherType: 0x88ca, needs: 'mplsAndTipc', step: tipc },
  { etherType: 0x8847, needs: 'mplsAndTipc', step: () => 'end' },
  { etherType: 0x8848, needs: 'mplsAndTipc', step: () => 'end' },
  { etherType: 0x8906, step: endsAfter(38) },
  { etherType: 0x0806, needs: 'arp', step: () => 'end' },
  { etherType: 0x8035, needs: 'arp', step: () => 'end' },
  { etherType: 0x4305, needs: 'batman', step: batman },
  { etherType: 0x88f7, needs: 'ptp', step: endsAfter(34) },
  { etherType: 0x88fb, needs: 'hsr', step: hsr },
  { etherType: 0x892f, needs: 'hsr', step: hsr },
  { etherType: 0x8902, needs: 'cfm', step: () => 'end' },
]

const networkRows: ReadonlyMap<number, NetworkRow> = new Map(network.map(row => [row.etherType, row]))

const carriers: readonly NetworkRow['step'][] = [ipv4, ipv6, vlan, pppoe, tipc, batman, hsr]

/**
 * What the dissector makes of a whole frame of this Ethertype: `ends` accepted and without addresses, `carries` it looks
 * further inside, `refused` not dissectable.
 */
export function etherTypeOutcome(etherType: number, { dissector }: Era): 'ends' | 'carries' | 'refused' {
  const row = networkRows.get(etherType)
  if (!row || (row.needs && !dissector[row.needs])) return 'refused'
  return carriers.includes(row.step) ? 'carries' : 'ends'
}

function ipv4(walk: Walk): Step {
  const { source, at } = walk
  if (!has(source, at, 20) || (u8(source, at) & 0x0f) < 5) return 'bad'
  walk.at += (u8(source, at) & 0x0f) * 4
  walk.protocol = u8(source, at + 9)
  walk.version = 4
  walk.addresses = fold(source, at + 12, 8)
  walk.heads = 0
  walk.trace?.push(load32(source, at + 12), load32(source, at + 16))
  // Neither the first fragment nor later ones are looked into.
  return (u16(source, at + 6) & 0x3fff) !== 0 ? 'end' : 'transport'
}

function ipv6(walk: Walk): Step {
  const { source, at } = walk
  if (!has(source, at, 40)) return 'bad'
  walk.at += 40
  walk.protocol = u8(source, at + 6)
  walk.version = 6
  walk.addresses = fold(source, at + 8, 32)
  walk.heads = (load32(source, at + 8) ^ load32(source, at + 24)) >>> 0
  if (walk.trace) for (let word = 0; word < 8; word++) walk.trace.push(load32(source, at + 8 + word * 4))
  return 'transport'
}

function vlan(walk: Walk): Step {
  if (!has(walk.source, walk.at, 4)) return 'bad'
  walk.etherType = u16(walk.source, walk.at + 2)
  walk.at += 4
  return 'network'
}

// TIPC has one number where IP has two addresses: the node it comes from. Probes get a random one.
function tipc(walk: Walk): Step {
  const { source, at } = walk
  if (!has(source, at, 16)) return 'bad'
  walk.version = undefined
  walk.addresses = load32(source, at + 12)
  walk.heads = 0
  walk.random = (u16(source, at) & 0x0e08) === 0x0e08
  return 'end'
}

function ipInIp(walk: Walk): Step {
  walk.etherType = walk.protocol === protocols.ipip ? 0x0800 : 0x86dd
  return 'network'
}

function extension(walk: Walk): Step {
  if (walk.etherType !== 0x86dd || !walk.era.dissector.ipv6Extensions) return 'header'
  const { source, at } = walk
  if (!has(source, at, 2)) return 'bad'
  walk.protocol = u8(source, at)
  walk.at += (u8(source, at + 1) + 1) * 8
  return 'transport'
}

function fragmentHeader(walk: Walk): Step {
  if (walk.etherType !== 0x86dd || !walk.era.dissector.ipv6Fragments) return 'header'
  if (!has(walk.source, walk.at, 8)) return 'bad'
  walk.protocol = u8(walk.source, walk.at)
  walk.at += 8
  walk.fragment = true
  return 'header'
}

function mplsInIp(walk: Walk): Step {
  if (!walk.era.dissector.mplsAndTipc) return 'header'
  walk.etherType = 0x8847
  return 'network'
}

const transport: ReadonlyMap<number, (walk: Walk) => Step> = new Map([
  [0, extension],
  [43, extension],
  [60, extension],
  [44, fragmentHeader],
  [protocols.gre, gre],
  [protocols.ipip, ipInIp],
  [protocols.ipv6, ipInIp],
  [137, mplsInIp],
])

/** Every pass over a transport header reads the ports anew, with the protocol and place it leads to. */
function readTransport(walk: Walk, last: number): void {
  const { source, at, protocol, era } = walk
  if ((last === protocols.icmp || last === protocols.icmpv6) && era.hash.icmp && hasPorts(source, at, 8))
    walk.icmp = icmpWord(u8(source, at), u8(source, at + 1), u16(source, at + 4))
  if (!walk.fragment || !era.dissector.noFragmentPorts) walk.ports = portsAt(source, at, protocol)
}

function transportStep(walk: Walk): Step {
  const last = walk.protocol
  const step = transport.get(last)?.(walk) ?? 'header'
  if (step !== 'bad') readTransport(walk, last)
  return step
}

function networkStep(walk: Walk): Step {
  const row = networkRows.get(walk.etherType)
  if (!row || (row.needs && !walk.era.dissector[row.needs])) return 'bad'
  return row.step(walk)
}

/** MAX_FLOW_DISSECT_HDRS: past so many headers the walk ends with what it has. */
const headerLimit = 15

/** From one header to the next; answers how it ended. */
function run(walk: Walk): Step {
  let step: Step = 'network'
  for (let headers = 0; step === 'network' || step === 'transport'; ) {
    const entersIp: boolean = step === 'network'
    step = entersIp ? networkStep(walk) : transportStep(walk)
    if (step === 'network' || (step === 'transport' && !entersIp)) headers++
    if (headers > headerLimit) break
  }
  return step
}

const start = (source: Bytes, at: number, etherType: number, era: Era, trace?: number[]): Walk => ({
  source,
  era,
  trace,
  at,
  etherType,
  protocol: 0,
  addresses: 0,
  heads: 0,
  version: undefined,
  ports: 0,
  icmp: 0,
  fragment: false,
  random: false,
})

/**
 * The innermost header that the dissector of `era` finds from `at` on: its words, or that the packet is not
 * dissectable. `etherType` is the protocol that the stack holds the packet to be.
 */
export function dissect(source: Bytes, at: number, etherType: number, era: Era): Reading {
  const walk = start(source, at, etherType, era)
  if (run(walk) === 'bad') return none
  if (walk.random) return unknown('random')
  const { addresses, heads, version, ports, icmp } = walk
  return { is: 'flow', words: { addresses, heads, version, ports, icmp } }
}

/** What tells the flow of a packet from others: all addresses that are met, and protocol and ports of the last header. */
export function flowTrace(source: Bytes, at: number, etherType: number, era: Era): number[] {
  const trace: number[] = []
  const walk = start(source, at, etherType, era, trace)
  run(walk)
  trace.push(walk.protocol, walk.ports, walk.icmp)
  return trace
}
