// By which member a bond sends a frame, in every mode: hashed, in turn, on the active member, on all, or not to be told.
// The hash itself is hash.ts. Which members are usable, and which is active, is for the caller to know (link monitoring,
// LACP); this module answers with an index among the usable ones in order of attachment.
//
// Left out: packets that tc steers to a member's queue_id go there before any of this (bond_slave_override()).

import type { Mode } from '../options/row.ts'
import type { FrameInput } from './frame.ts'
import { type Unpredictable, unpredictable } from './frame-flow.ts'
import { type FlowKey, keyWords } from './frame-key.ts'
import { type FrameWords, frameWords, type Traits } from './frame-words.ts'
import { type HashPolicy, memberOf } from './hash.ts'
import { type Era, newestEra } from './hash-eras.ts'

export interface SendingBond {
  readonly mode: Mode
  /** Usable members: up, with carrier, in the active aggregator and distributing where the mode is 802.3ad. */
  readonly members: number
  /** Absent: layer2, the driver's default. */
  readonly policy?: HashPolicy
  /** balance-tlb and balance-alb; absent: on, the driver's default. */
  readonly tlbDynamicLb?: boolean
  /** 802.3ad: ARP and neighbour discovery on all ports. Absent: off. */
  readonly broadcastNeighbor?: boolean
  readonly era?: Era
  /** See `HashQuestion`. */
  readonly flowHash?: 'absent' | 'possible'
}

export type Placement =
  /** Index from 0 among the usable members in order of attachment. */
  | { readonly to: 'member'; readonly member: number; readonly hash: number }
  /** The current active member. */
  | { readonly to: 'active'; readonly because: string }
  /** A copy on each usable member. */
  | { readonly to: 'every'; readonly because: string }
  /** Each member sends its own. */
  | { readonly to: 'own'; readonly because: string }
  /** The next member by packet count, packets_per_slave at a time. */
  | { readonly to: 'in-turn' }
  | { readonly to: 'nobody'; readonly because: string }
  | { readonly to: 'unknown'; readonly why: Unpredictable; readonly because: string }

const active = (because: string): Placement => ({ to: 'active', because })
const unknownPlace = (why: Unpredictable): Placement => ({ to: 'unknown', why, because: unpredictable[why] })

function hashed(bond: SendingBond, words: FrameWords): Placement {
  const { policy = 'layer2', era = newestEra, flowHash = 'possible' } = bond
  const answer = memberOf({ policy, era, flowHash }, bond.members, words)
  return answer.known ? { to: 'member', member: answer.member, hash: answer.hash } : unknownPlace(answer.why)
}

const isNeighbour = ({ protocol, neighbourDiscovery }: Traits): boolean =>
  protocol === 'arp' || neighbourDiscovery

/** bond_3ad_xor_xmit(), behind bond_should_broadcast_neighbor(). LACPDUs never come this way. */
function lacpPlace(bond: SendingBond, words: FrameWords): Placement {
  if (words.traits.slowProtocol) return { to: 'own', because: 'each port speaks LACP for itself' }
  if (bond.broadcastNeighbor && isNeighbour(words.traits))
    return { to: 'every', because: 'broadcast_neighbor sends ARP and neighbour discovery on all ports' }
  return hashed(bond, words)
}

const discovery = 'neighbour discovery is not spread'

/** Neighbour discovery, and what is too short to tell (alb_determine_nd()). */
function exemptsDiscovery({ traits }: FrameWords, { placement }: Era): boolean {
  if (!placement.neighbourDiscovery || traits.protocol !== 'ipv6') return false
  return traits.neighbourDiscovery || traits.missing !== undefined
}

/** Why balance-tlb does not spread a frame (bond_xmit_tlb_slave_get()), undefined when it does. */
function tlbExempts(words: FrameWords, era: Era): string | undefined {
  const { protocol, cast } = words.traits
  if (cast !== 'unicast') return 'broadcast and multicast are not spread'
  if (protocol !== 'ipv4' && protocol !== 'ipv6') return 'only IP is spread'
  return exemptsDiscovery(words, era) ? discovery : undefined
}

/** The same of balance-alb (bond_xmit_alb_slave_get()), which does spread multicast; ARP is asked before. */
function albExempts(words: FrameWords, era: Era): string | undefined {
  const { protocol, cast, everybody, missing, igmp, unspecifiedSource } = words.traits
  if (protocol !== 'ipv4' && protocol !== 'ipv6') return 'only IP is spread'
  if (cast === 'broadcast' || everybody) return 'what is for everybody is not spread'
  if (missing === 'ip') return 'the IP header is not whole'
  if (igmp) return 'IGMP is not spread'
  if (exemptsDiscovery(words, era)) return discovery
  return unspecifiedSource ? 'duplicate address probes are not spread' : undefined
}

function loadBalanced(bond: SendingBond, words: FrameWords): Placement {
  const era = bond.era ?? newestEra
  if (words.traits.cast === undefined) return unknownPlace('no-destination-mac')
  // Locally made ARP goes by the member whose MAC the peer is told; ARP of others, through a bridge, by the active one.
  if (bond.mode === 'balance-alb' && words.traits.protocol === 'arp') return unknownPlace('receive-table')
  const because = bond.mode === 'balance-tlb' ? tlbExempts(words, era) : albExempts(words, era)
  if (because !== undefined) return active(because)
  return (bond.tlbDynamicLb ?? true) ? unknownPlace('load-table') : hashed(bond, words)
}

/** Where the bond sends what these words were read of. */
export function placeWords(bond: SendingBond, words: FrameWords): Placement {
  if (bond.members < 1) return { to: 'nobody', because: 'no member is usable' }
  switch (bond.mode) {
    case 'balance-xor':
      return hashed(bond, words)
    case '802.3ad':
      return lacpPlace(bond, words)
    case 'balance-tlb':
    case 'balance-alb':
      return loadBalanced(bond, words)
    case 'balance-rr':
      return words.traits.igmp ? active('IGMP is not sent in turn') : { to: 'in-turn' }
    case 'active-backup':
      return active('one member carries all')
    case 'broadcast':
      return { to: 'every', because: 'the mode copies each frame' }
  }
}

/** Where the bond sends a frame. */
export const placeFrame = (bond: SendingBond, frame: FrameInput): Placement =>
  placeWords(bond, frameWords(frame, bond.era))

/** Where the bond sends a flow known by its fields. */
export const placeFlow = (bond: SendingBond, key: FlowKey): Placement =>
  placeWords(bond, keyWords(key, bond.era))
