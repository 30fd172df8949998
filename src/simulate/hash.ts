// The transmit hash of the Linux bonding driver: which member a frame leaves by, from what the six policies read of it.
// Exact for little-endian hosts (x86, arm64; a big-endian host loads the words the other way round). What is read of a
// frame is decided in frame-words.ts and frame-key.ts, what a kernel does differently in hash-eras.ts, and which traffic
// is not hashed at all in hash-placement.ts.
//
// In prose, for kernels from 3.13 on. E is the last byte of the destination MAC, XOR the last byte of the source MAC,
// XOR the Ethertype. layer2 answers E. Of an IP packet, the 2+3 policies start from E and the 3+4 policies from the ICMP
// word if there is one, else the ports; the addresses are added by XOR, the result is mixed downwards by 16 and by 8
// bits, and the 3+4 policies drop the lowest bit, since hosts like to hand out even ports only. What is not IP, or not
// dissectable for the encap policies, gets E. vlan+srcmac is the tag XOR the two halves of the source MAC. The member is
// the hash modulo the number of usable members, in the order in which they were attached to the bond.

import type { HashPolicy } from '../options/balancing.ts'
import type { FrameInput } from './frame.ts'
import { type FlowWords, type Reading, type Unpredictable, unpredictable } from './frame-flow.ts'
import { type FlowKey, keyWords } from './frame-key.ts'
import { type FrameWords, frameWords } from './frame-words.ts'
import { type Era, newestEra } from './hash-eras.ts'

export type { HashPolicy } from '../options/balancing.ts'
export { eraOf, newestEra } from './hash-eras.ts'

export interface HashQuestion {
  readonly policy: HashPolicy
  /** Absent: the newest formula. */
  readonly era?: Era
  /**
   * Whether packets may already carry a flow hash when they reach the bond: those of local sockets do, and forwarded
   * ones whose card delivers one. Decides encap3+4 only. Absent: `possible`.
   */
  readonly flowHash?: 'absent' | 'possible'
}

export type Hash =
  | { readonly known: true; readonly hash: number }
  | { readonly known: false; readonly why: Unpredictable; readonly reason: string }

export type Prediction =
  | { readonly known: true; readonly hash: number; readonly member: number }
  | { readonly known: false; readonly why: Unpredictable; readonly reason: string }

const known = (hash: number): Hash => ({ known: true, hash: hash >>> 0 })
const unknownHash = (why: Unpredictable): Hash => ({ known: false, why, reason: unpredictable[why] })

/** How the Ethertype enters E in this kernel. */
export function etherTypeTerm(etherType: number, { hash }: Era): number {
  if (hash.etherType === 'absent') return 0
  return hash.etherType === 'number' ? etherType : ((etherType & 0xff) << 8) | (etherType >>> 8)
}

/** bond_eth_hash(), before 3.13 bond_xmit_hash_policy_l2(). */
function ethernetHash(words: FrameWords, era: Era): Hash {
  if (words.destinationTail === undefined) return unknownHash('no-destination-mac')
  if (words.source === undefined) return unknownHash('no-source-mac')
  return known(words.destinationTail ^ (words.source.device & 0xff) ^ etherTypeTerm(words.etherType, era))
}

/** bond_vlan_srcmac_hash(): all 16 bits of the tag count, priority too; nothing is mixed or dropped. */
function vlanSourceHash({ source, tci }: FrameWords): Hash {
  return source ? known(tci ^ source.vendor ^ source.device) : unknownHash('no-source-mac')
}

/** bond_ip_hash(): mixes 16 and 8 bits downwards, and drops the lowest bit where the kernel does. */
export function mix(start: number, dropsLowest: boolean): number {
  const halved = start ^ (start >>> 16)
  const mixed = (halved ^ (halved >>> 8)) >>> 0
  return dropsLowest ? mixed >>> 1 : mixed
}

const usesPorts = (policy: HashPolicy): boolean => policy === 'layer3+4' || policy === 'encap3+4'

/** Whether a policy drops the lowest bit in this kernel. */
export function dropsLowest(policy: HashPolicy, { hash }: Era): boolean {
  return hash.shift === 'all' || (hash.shift === 'layer3+4' && usesPorts(policy))
}

/** __bond_xmit_hash() for what was dissected. */
function commonHash(flow: FlowWords, words: FrameWords, policy: HashPolicy, era: Era): Hash {
  if (usesPorts(policy))
    return known(mix((flow.icmp || flow.ports) ^ flow.addresses, dropsLowest(policy, era)))
  const start = ethernetHash(words, era)
  return start.known ? known(mix(start.hash ^ flow.addresses, dropsLowest(policy, era))) : start
}

/** Last two bytes of a word as loaded, in wire order. */
const tail16 = (word: number): number => ((word >>> 8) & 0xff00) | (word >>> 24)

/** The two ports, or halves of an SPI, XORed in wire order. */
const portsTerm = (ports: number): number => tail16(ports) ^ (((ports & 0xff) << 8) | ((ports >>> 8) & 0xff))

const foldBytes = (v: number): number => v ^ (v >>> 24) ^ (v >>> 16) ^ (v >>> 8)

/** Up to 3.12: bond_xmit_hash_policy_l23() and _l34(); the first four bytes of IPv6 addresses do not count. */
function hashByPolicy(flow: FlowWords, words: FrameWords, policy: HashPolicy, era: Era): Hash {
  const address = flow.version === 6 ? flow.addresses ^ flow.heads : tail16(flow.addresses)
  if (policy === 'layer3+4') {
    const sum = portsTerm(flow.ports) ^ address
    return known(flow.version === 6 ? foldBytes(sum) : sum)
  }
  const start = ethernetHash(words, era)
  if (!start.known) return start
  return known((flow.version === 6 ? foldBytes(address) : address) ^ start.hash)
}

function hashOfReading(reading: Reading, words: FrameWords, policy: HashPolicy, era: Era): Hash {
  if (reading.is === 'unknown') return unknownHash(reading.why)
  if (reading.is === 'none') return ethernetHash(words, era)
  if (reading.portsUnknown && usesPorts(policy)) return unknownHash(reading.portsUnknown)
  const formula = era.hash.formula === 'common' ? commonHash : hashByPolicy
  return formula(reading.words, words, policy, era)
}

/** Only IP packets get a flow hash from the stack. */
const carriesIp = ({ plain, encap }: FrameWords): boolean =>
  plain.is !== 'none' || (encap.is === 'flow' && encap.words.version !== undefined)

/**
 * The 32-bit hash of a frame or flow under a policy, or why it cannot be told (bond_xmit_hash()). The words must have
 * been read for the same era.
 */
export function xmitHash(
  { policy, era = newestEra, flowHash = 'possible' }: HashQuestion,
  words: FrameWords,
): Hash {
  if (!era.policies.has(policy)) return unknownHash('no-policy')
  if (era.hash.headroom) return unknownHash('headroom')
  switch (policy) {
    case 'vlan+srcmac':
      return vlanSourceHash(words)
    case 'layer2':
      return ethernetHash(words, era)
    case 'layer2+3':
    case 'layer3+4':
      return hashOfReading(words.plain, words, policy, era)
    case 'encap2+3':
      return hashOfReading(words.encap, words, policy, era)
    case 'encap3+4':
      if (flowHash === 'possible' && carriesIp(words)) return unknownHash('flow-hash')
      return hashOfReading(words.encap, words, policy, era)
  }
}

/** The index, from 0, of the member among `members` usable ones (1 or more) in order of attachment. */
export function memberOf(question: HashQuestion, members: number, words: FrameWords): Prediction {
  const hash = xmitHash(question, words)
  return hash.known ? { ...hash, member: hash.hash % members } : hash
}

/** `memberOf` for a frame by its bytes. */
export function predictFrame(question: HashQuestion, members: number, frame: FrameInput): Prediction {
  return memberOf(question, members, frameWords(frame, question.era))
}

/** `memberOf` for a flow by its header fields. */
export function predictFlow(question: HashQuestion, members: number, key: FlowKey): Prediction {
  return memberOf(question, members, keyWords(key, question.era))
}
