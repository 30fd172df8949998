// What somebody hopes to get, beside what can be: for each row of `traffic` that expects a rate, its two ends, what their
// members carry, and which header fields differ from one of its streams to the next. Rules say what follows. Where the
// ends, their bonds or their speeds are not known there is nothing to compare, and nothing is said.

import type { Place } from '../diagnostics/diagnostic.ts'
import { settle } from '../intent/effective.ts'
import {
  type Bond,
  type Host,
  type Intent,
  membersOf,
  type Node,
  type Port,
  valueOf,
} from '../intent/intent.ts'
import { addressOf } from '../intent/ip.ts'
import type { SwitchPlan } from '../intent/partner.ts'
import type { HashPolicy } from '../options/index.ts'
import { speed } from '../options/kind.ts'
import { type Field, ips, l4Ports, macs } from '../platforms/platform.ts'
import { arePair, type Pairing, pairsOf } from './pair.ts'
import { choosesByHash, modeOf, stackOn } from './support.ts'

/** One end of a hope. */
export interface End {
  readonly host: Host
  /** Undefined: a host that sends and receives over one port. */
  readonly bond: Bond | undefined
  readonly ports: readonly Port[]
  /** Its addresses, and those of all that stands on it. */
  readonly addresses: readonly string[]
  /** What the fastest of its ports carries; undefined where a speed is not said. */
  readonly portMbps: number | undefined
  /** What all ports carry that can be in use together. */
  readonly sumMbps: number | undefined
}

export interface Hope {
  readonly at: Place
  readonly from: End
  readonly to: End
  readonly protocol: string
  readonly streams: number
  readonly expectMbps: number
  /** Whether the frames go through a router, as the ends share no subnet. */
  readonly routed: boolean
  /** Whether a cable leads from the sender straight to the receiver. */
  readonly direct: boolean
  /** What differs between its streams, however many they are. */
  readonly varying: ReadonlySet<Field>
}

/** Every rule about hopes asks for the same. */
const known = new WeakMap<Intent, readonly Hope[]>()

/** The rows of `traffic` that expect a rate, between hosts whose bonds are clear. */
export function hopesOf(intent: Intent): readonly Hope[] {
  if (intent.traffic.length === 0) return []
  let hopes = known.get(intent)
  if (hopes === undefined) {
    const hosts = new Map(intent.hosts.map(host => [host.name, host]))
    const ends = new Map<string, readonly End[]>()
    const endsOf = (said: string): readonly End[] => {
      const found = ends.get(said) ?? candidates(said, hosts)
      ends.set(said, found)
      return found
    }
    hopes = intent.traffic.flatMap(traffic => hopeOf(traffic, endsOf) ?? [])
    known.set(intent, hopes)
  }
  return hopes
}

function hopeOf(traffic: Node<'traffic'>, endsOf: (said: string) => readonly End[]): Hope | undefined {
  const { from, to, protocol = 'tcp', streams = 1, expect } = traffic.options
  if (from === undefined || to === undefined || expect === undefined) return undefined
  const [left, right] = [endsOf(from), endsOf(to)]
  const pairs = left.flatMap(one => right.map(other => [one, other] as const))
  // Of several bonds on a host it is the one in a subnet of the other end.
  const [pair, ...more] = pairs.length === 1 ? pairs : pairs.filter(([one, other]) => meet(one, other))
  if (pair === undefined || more.length > 0) return undefined
  const [sender, receiver] = pair
  const direct = sender.ports.some(({ options }) => options.to?.node === receiver.host.name)
  return {
    at: valueOf(traffic, 'expect'),
    from: sender,
    to: receiver,
    protocol,
    streams,
    expectMbps: expect,
    routed: sender.addresses.length > 0 && receiver.addresses.length > 0 && !meet(sender, receiver),
    direct,
    varying: varying(sender, receiver, protocol),
  }
}

/** The ends that `s1` or `s1:bond0` may mean. */
function candidates(said: string, hosts: ReadonlyMap<string, Host>): readonly End[] {
  const [name = '', wanted] = said.split(':')
  const host = hosts.get(name)
  if (host === undefined) return []
  const bonds = host.bonds.filter(bond => wanted === undefined || bond.name === wanted)
  if (bonds.length > 0) return bonds.map(bond => endOf(host, bond, membersOf(host, bond)))
  return host.ports
    .filter(port => (wanted === undefined ? host.ports.length === 1 : port.name === wanted))
    .map(port => endOf(host, undefined, [port]))
}

function endOf(host: Host, bond: Bond | undefined, ports: readonly Port[]): End {
  const speeds = ports.flatMap(({ options }) => options.speed ?? [])
  const devices = bond === undefined ? ports : stackOn(host, bond)
  const addresses = devices.flatMap(({ options }) => options.addresses ?? [])
  const end = { host, bond, ports, addresses }
  if (speeds.length === 0 || speeds.length < ports.length) {
    return { ...end, portMbps: undefined, sumMbps: undefined }
  }
  const portMbps = Math.max(...speeds)
  const mode = bond === undefined ? undefined : modeOf(bond)
  // One aggregator holds ports of one speed (__get_agg_bandwidth()); active-backup and broadcast add nothing up.
  const together = mode === '802.3ad' ? speeds.filter(one => one === portMbps) : speeds
  const one = mode === 'active-backup' || mode === 'broadcast' || mode === undefined
  return { ...end, portMbps, sumMbps: one ? portMbps : together.reduce((a, b) => a + b, 0) }
}

const subnetsOf = ({ addresses }: End): readonly string[] =>
  addresses.map(said => {
    const { family, bits } = addressOf(said)
    const length = Number(said.split('/')[1])
    return `${family} ${bits >> BigInt((family === 'inet' ? 32 : 128) - length)} ${length}`
  })

function meet(a: End, b: End): boolean {
  const there = new Set(subnetsOf(b))
  return subnetsOf(a).some(subnet => there.has(subnet))
}

/** A host and its bond, as messages name them. */
export const titleOf = ({ host, bond, ports }: End): string => `${host.name} ${bond?.name ?? ports[0]?.name}`

export const rate = (mbps: number): string => String(speed.write(Math.round(mbps)))

/** What is sent, in words: `one TCP stream`, `8 UDP streams`. */
export const streamsOf = ({ streams, protocol }: Hope): string =>
  `${streams === 1 ? 'one' : streams} ${protocol.toUpperCase()} stream${streams === 1 ? '' : 's'}`

/** What one stream gets at most where nothing stripes it: one port of either end. */
export function streamMbps({ from, to }: Hope): number | undefined {
  const rates = [from.portMbps, to.portMbps].filter(one => one !== undefined)
  return rates.length === 0 ? undefined : Math.min(...rates)
}

/** Whether one port of an end is less than what is expected. */
export const exceedsPort = ({ expectMbps }: Hope, { portMbps }: End): boolean =>
  portMbps !== undefined && expectMbps > portMbps

/** What each policy looks at (linux drivers/net/bonding/bond_main.c, bond_xmit_hash(), bond_flow_dissect()). */
const fieldsOf: Readonly<Record<HashPolicy, readonly Field[]>> = {
  layer2: [...macs, 'ethertype'],
  'layer2+3': [...macs, 'ethertype', ...ips],
  'layer3+4': [...ips, ...l4Ports],
  'encap2+3': [...macs, 'ethertype', ...ips],
  'encap3+4': [...ips, ...l4Ports],
  'vlan+srcmac': ['vlan', 'source-mac'],
}

function varying(from: End, to: End, protocol: string): ReadonlySet<Field> {
  const fields: Field[] = []
  // ESP has no ports, but Linux and many switches take its SPI for them (proto_ports_offset()).
  if (['tcp', 'udp', 'sctp', 'esp'].includes(protocol)) fields.push(...l4Ports)
  if (several(from)) fields.push('source-ip', 'vlan')
  if (several(to)) fields.push('destination-ip', 'vlan')
  return new Set(fields)
}

/** Whether an end has several addresses of one family. */
function several({ addresses }: End): boolean {
  const families = addresses.map(said => addressOf(said).family)
  return (
    families.filter(one => one === 'inet').length > 1 || families.filter(one => one === 'inet6').length > 1
  )
}

/** The policy by which a sender puts all streams of a hope on one member; undefined where they spread, or nobody hashes. */
export function coarsePolicy(hope: Hope): HashPolicy | undefined {
  const { bond, ports } = hope.from
  if (bond === undefined || ports.length < 2 || !choosesByHash(bond)) return undefined
  const policy = settle(bond.options)['xmit-hash-policy']
  // Such a policy opens the tunnel and looks at what is inside.
  if (policy.startsWith('encap') && hope.protocol === 'gre') return undefined
  return fieldsOf[policy].some(field => hope.varying.has(field)) ? undefined : policy
}

/** What a switch looks at when it chooses a port of a LAG, and whether the intent says so. */
export interface Seen {
  readonly words: string
  readonly sees: readonly Field[]
  readonly said: boolean
}

export function fieldsSeen({ platform, options }: SwitchPlan): Seen {
  const said = options['load-balance']
  const chosen = said === undefined ? undefined : platform.hash.policies[said]
  // What a platform cannot be told leaves its default, and the walk says so.
  return chosen === undefined ? { ...platform.hash.unset, said: false } : { ...chosen, said: true }
}

/** A switch that sends all of a hope to its receiver over one port, although there are several. */
export interface Coarse {
  readonly pairing: Pairing
  readonly seen: Seen
  /** Over how few ports all arrives, in words with what they carry. */
  readonly over: string
  /** A load-balance that would tell the streams apart. */
  readonly better: string | undefined
}

/** Three rules ask the same of one hope. */
const coarse = new WeakMap<Hope, readonly Coarse[]>()

/** The switches that do so to a hope which needs more than one port; `hope` is one of the intent's. */
export function coarseSwitches(intent: Intent, hope: Hope): readonly Coarse[] {
  let found = coarse.get(hope)
  if (found === undefined) {
    found = findCoarse(intent, hope)
    coarse.set(hope, found)
  }
  return found
}

function findCoarse(intent: Intent, hope: Hope): readonly Coarse[] {
  const { from, to, expectMbps } = hope
  if (to.bond === undefined || to.portMbps === undefined) return []
  const { byBond } = pairsOf(intent)
  const pairings = (byBond.get(to.bond) ?? []).filter(({ lag }) => lag.options.mode !== 'plain')
  const senders = new Set(from.ports.flatMap(({ options }) => options.to?.node ?? []))
  const near = pairings.filter(({ box }) => senders.has(box.name))
  const spread = from.bond !== undefined && from.ports.length > 1 && coarsePolicy(hope) === undefined
  // Each switch of a pair sends over ports of its own, so that two of them use two.
  const reached = near.length === 0 ? pairings : spread ? near : near.slice(0, 1)
  const [first] = reached
  const paired = reached.every(({ box }) => first?.box === box || (first && arePair(first.box, box)))
  const count = paired ? reached.length : 1
  if (expectMbps <= count * to.portMbps) return []
  const over = `one port${count > 1 ? ' of each switch' : ''}, ${rate(count * to.portMbps)}`
  const fields = new Set<Field>(hope.varying)
  if (spread) fields.add('ingress-port')
  const differs = (sees: readonly Field[] = []): boolean => sees.some(field => fields.has(field))
  return reached.flatMap(pairing => {
    const { box, lag } = pairing
    const seen = fieldsSeen(box)
    if (lag.ports.length < 2 || differs(seen.sees)) return []
    const better = differs(box.platform.hash.policies['layer3+4']?.sees) ? 'layer3+4' : undefined
    return [{ pairing, seen, over, better }]
  })
}
