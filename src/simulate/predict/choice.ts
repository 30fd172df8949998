// How one node chooses among the ports of a bundle: the exact index where the function and all that it reads are known,
// else a draw (rates/spread.ts) that falls alike for all frames which are equal in the fields that are read. Which ports
// there are to choose from is route.ts's.

import type { SwitchPlan } from '../../intent/partner.ts'
import type { HashPolicy } from '../../options/index.ts'
import type { Field } from '../../platforms/index.ts'
import { addressBytes, macBytes } from '../frame.ts'
import type { FlowKey, Payload } from '../frame-key.ts'
import { eraOf, predictFlow } from '../hash.ts'
import type { Decide, Draw } from '../rates/question.ts'
import type { FlowGroup, Station } from './flow.ts'
import type { Bundle } from './network.ts'

/** How a bundle's sender spreads frames. */
export type Balancer =
  /** The Linux driver's own hash: exact where its inputs are known, and one hash for all who use it. */
  | {
      readonly by: 'linux'
      readonly policy: HashPolicy
      readonly kernel?: string
      readonly forwarded: boolean
    }
  /** Some function of these fields. */
  | { readonly by: 'fields'; readonly sees: readonly Field[]; readonly words: string }
  /** By measured load; what is equal in these fields stays together. */
  | { readonly by: 'load'; readonly sees: readonly Field[]; readonly words: string }

/** Platforms that forward with the Linux driver itself, so that its formula holds bit by bit. */
const linuxForwarding: readonly string[] = ['linux-bridge', 'vyos']

/** How a switch spreads frames over a LAG. */
export function balancerOf({ box }: Extract<Bundle, { kind: 'lag' }>): Balancer {
  const { hash, id } = box.platform
  const said = box.options['load-balance']
  if (linuxForwarding.includes(id)) return { by: 'linux', policy: said ?? 'layer2', forwarded: true }
  const words = said === undefined ? hash.unset : (hash.policies[said] ?? hash.unset)
  return { by: 'fields', sees: isUntold(box) ? anyFields : words.sees, words: words.words }
}

/** Addresses and ports: what most hashes see. Least and most hold for any fields. */
const anyFields: readonly Field[] = ['source-ip', 'destination-ip', 'source-port', 'destination-port']

/** Platforms whose default is to use one link only, so that it sees no field indeed. */
const withoutHash: readonly string[] = ['openvswitch']

/** Whether no source says what a switch looks at, as it stands. */
export function isUntold({ platform, options }: SwitchPlan): boolean {
  const said = options['load-balance']
  const words =
    said === undefined ? platform.hash.unset : (platform.hash.policies[said] ?? platform.hash.unset)
  return words.sees.length === 0 && !withoutHash.includes(platform.id)
}

/** How a host spreads what it sends, where its mode chooses by frames; undefined for the other modes. */
export function hostBalancer({ effective, host }: Extract<Bundle, { kind: 'bond' }>): Balancer | undefined {
  const { kernel } = host.options
  const linux = (policy: HashPolicy): Balancer => ({
    by: 'linux',
    policy,
    forwarded: false,
    ...(kernel !== undefined && { kernel }),
  })
  switch (effective.mode) {
    case '802.3ad':
    case 'balance-xor':
      return linux(effective.policy)
    case 'balance-tlb':
    case 'balance-alb':
      if (effective.balance.by === 'hash') return linux(effective.balance.policy)
      // bond_xmit_tlb_slave_get(): the hash of the policy, layer2 unless said; bond_xmit_alb_slave_get(): the address.
      return effective.mode === 'balance-alb'
        ? { by: 'load', sees: ['destination-ip'], words: 'measured load, by destination' }
        : { by: 'load', sees: fieldsOf.layer2, words: 'measured load, by hash' }
    default:
      return undefined
  }
}

/** What each policy reads of IP traffic (linux Documentation/networking/bonding.rst, xmit_hash_policy). */
const fieldsOf: Readonly<Record<HashPolicy, readonly Field[]>> = {
  layer2: ['source-mac', 'destination-mac', 'ethertype'],
  'layer2+3': ['source-mac', 'destination-mac', 'ethertype', 'source-ip', 'destination-ip'],
  'layer3+4': ['source-ip', 'destination-ip', 'source-port', 'destination-port'],
  'encap2+3': ['source-mac', 'destination-mac', 'ethertype', 'source-ip', 'destination-ip'],
  'encap3+4': ['source-ip', 'destination-ip', 'source-port', 'destination-port'],
  'vlan+srcmac': ['vlan', 'source-mac'],
}

/** What a balancer reads, for words. */
export const seenBy = (balancer: Balancer): readonly Field[] =>
  balancer.by === 'linux' ? fieldsOf[balancer.policy] : balancer.sees

/** A number that every count of ports here divides, so that one drawn hash serves every Linux sender on the way. */
export function commonSize(counts: readonly number[]): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
  const size = counts.filter(count => count > 0).reduce((all, count) => (all * count) / gcd(all, count), 1)
  // So many values would be too many to go through; then each sender draws for itself.
  return size <= 120 ? size : 0
}

export interface Asked {
  readonly group: FlowGroup
  readonly balancer: Balancer
  /** The bundle that chooses. */
  readonly at: Bundle
  /** How many ports there are to choose from, 1 or more. */
  readonly count: number
  /** See `commonSize`; 0 where there is none. */
  readonly common: number
  /** The port that the frame came in by. */
  readonly inPort?: string
  readonly decide: Decide
}

/** The index of the port, 0 to count - 1. */
export function chosenIndex(asked: Asked): number {
  const { balancer, group, count, common, at, decide } = asked
  if (count === 1) return 0
  const where = `${at.node} ${at.name}`
  if (balancer.by === 'linux') {
    const known = linuxIndex(asked)
    if (known !== undefined) return known
    const shared = common > 0
    const salt = balancer.policy === 'encap3+4' || !shared ? where : ''
    const name = `linux ${balancer.policy} ${balancer.kernel ?? ''} ${shared ? common : count} ${salt}`
    return decide(drawFor(name, fieldsOf[balancer.policy], shared ? common : count, asked)) % count
  }
  return decide(drawFor(`${balancer.by} ${where} ${count} ${group.back}`, balancer.sees, count, asked))
}

function drawFor(name: string, sees: readonly Field[], size: number, { group, inPort }: Asked): Draw {
  let own = false
  const parts = sees.map(field => {
    const value = valueOf(field, group, inPort)
    if (value.own) own = true
    return `${field} ${value.text}`
  })
  return { key: `${name} ${parts.join(' ')}`, size, own }
}

const withPorts: readonly string[] = ['tcp', 'udp', 'sctp']

/** What stands in a field: the value, or a name for the same unknown value. `own`: every stream has another. */
function valueOf(
  field: Field,
  group: FlowGroup,
  inPort: string | undefined,
): { text: string; own?: boolean } {
  const { from, to, protocol, framing, vlan, item, back } = group
  const mac = ({ mac: said, bundle }: Station): string => said ?? `of ${bundle.node} ${bundle.name}`
  const ip = ({ address, host, device }: Station): string => address ?? `of ${host.name} ${device.name}`
  switch (field) {
    case 'source-mac':
      return { text: mac(from) }
    case 'destination-mac':
      return { text: mac(to) }
    case 'ethertype':
      return { text: framing.family }
    case 'vlan':
      return { text: String(vlan ?? 'none') }
    case 'source-ip':
      return { text: ip(from) }
    case 'destination-ip':
      return { text: ip(to) }
    case 'protocol':
      return { text: protocol }
    case 'ingress-port':
      return { text: inPort ?? 'none' }
    case 'source-port':
    case 'destination-port': {
      if (!withPorts.includes(protocol)) return { text: 'none' }
      const isSource = field === 'source-port'
      const said = isSource ? group.sourcePort : group.destinationPort
      if (said !== undefined) return { text: String(said) }
      // The port of the end that opened the connection differs from stream to stream; the other is one for all.
      const opened = isSource !== back
      return { text: `of item ${item} ${opened ? `stream ${group.firstStream}` : 'service'}`, own: opened }
    }
  }
}

const protocolNumber = { tcp: 6, udp: 17, sctp: 132, icmp: 1, esp: 50, gre: 47, ip: -1 } as const

/** The driver's own answer; undefined where something that it reads is not known. */
function linuxIndex({ group, balancer, count }: Asked): number | undefined {
  if (balancer.by !== 'linux') return undefined
  const { from, to } = group
  const [source, destination] = [from.address, to.address].map(text =>
    text === undefined ? undefined : addressBytes(text),
  )
  const sourceMac = from.mac === undefined ? undefined : macBytes(from.mac)
  const destinationMac = to.mac === undefined ? undefined : macBytes(to.mac)
  const etherType = group.framing.family === 'inet6' ? 0x86dd : 0x0800
  const needsIp = balancer.policy !== 'layer2' && balancer.policy !== 'vlan+srcmac'
  if (needsIp && (source === undefined || destination === undefined)) return undefined
  const content: FlowKey['content'] =
    source === undefined || destination === undefined
      ? { etherType }
      : { source, destination, payload: payloadFor(group) }
  const era = balancer.kernel === undefined ? undefined : eraOf(balancer.kernel)
  const question = {
    policy: balancer.policy,
    ...(era && { era }),
    flowHash: balancer.forwarded ? 'absent' : 'possible',
  } as const
  const answer = predictFlow(question, count, {
    content,
    ...(sourceMac && { sourceMac }),
    ...(destinationMac && { destinationMac }),
    ...(group.vlan !== undefined && { tci: group.vlan }),
  })
  return answer.known ? answer.member : undefined
}

function payloadFor({ protocol, sourcePort, destinationPort }: FlowGroup): Payload {
  if (withPorts.includes(protocol) && sourcePort !== undefined && destinationPort !== undefined)
    return {
      is: 'ports',
      protocol: protocolNumber[protocol],
      source: sourcePort,
      destination: destinationPort,
    }
  // Of GRE and bare IP nothing behind the addresses counts for the plain policies; what is inside is not said.
  if (protocol === 'gre') return { is: 'other', protocol: protocolNumber.gre }
  return { is: 'unsaid' }
}
