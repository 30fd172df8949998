// What is sent: hopes of the intent, or flows of a file, as groups of streams with the header fields that hashes read.
// What nobody said stays unknown: addresses that are not said are the same in every frame of a flow, and source ports
// that are not said differ from stream to stream. Which way a group goes is route.ts's.

import type { Diagnostic, Place } from '../../diagnostics/diagnostic.ts'
import { nearest } from '../../diagnostics/nearest.ts'
import {
  type Device,
  devicesOf,
  type Host,
  type Intent,
  nameOf,
  nodeNamed,
  valueOf,
} from '../../intent/intent.ts'
import { addressBytes } from '../frame.ts'
import { type Framing, payloadShare } from '../rates/overhead.ts'
import type { Bundle, Network } from './network.ts'

export type Protocol = Framing['protocol']

/** What is declared: an item of `traffic`, or of a flows file. */
export interface Declared {
  readonly from: string
  readonly to: string
  readonly protocol: Protocol
  /** 1 or more. */
  readonly streams: number
  readonly expectMbps?: number
  /** Source ports, one a stream; where there are fewer than streams, the rest is unknown. */
  readonly sourcePorts?: readonly number[]
  readonly destinationPort?: number
  /** Addresses where they are not those of the ends' devices. */
  readonly addresses?: { readonly from?: string; readonly to?: string }
  readonly vlan?: number
  /** Where it was said. */
  readonly at?: { readonly item: Place; readonly from: Place; readonly to: Place }
  /** Its place in the intent's list; absent for flows of a file. */
  readonly index?: number
}

/** One end of a flow. */
export interface Station {
  readonly said: string
  readonly host: Host
  /** The ports that it is reached by. */
  readonly bundle: Bundle
  readonly device: Device
  readonly address?: string
  /** With the length of its prefix. */
  readonly prefix?: string
  /** The MAC address of the bundle, where it is said. */
  readonly mac?: string
}

/** Streams of one declared item that differ in nothing but a source port that nobody said; or one with a port. */
export interface FlowGroup {
  /** The declared item, by index. */
  readonly item: number
  /** Whether it is the declared flow, or what the other way would give. */
  readonly back: boolean
  /** The first stream's number, from 1. */
  readonly firstStream: number
  readonly count: number
  readonly from: Station
  readonly to: Station
  readonly protocol: Protocol
  readonly framing: Framing
  readonly vlan?: number
  /** Ports as the frames of this direction carry them. */
  readonly sourcePort?: number
  readonly destinationPort?: number
  /** Whether both stations can be in one subnet, so that no router stands between them. */
  readonly direct: boolean
}

/** The hopes of an intent. Items without ends were complained of when they were read. */
export function declaredIn(intent: Intent): readonly Declared[] {
  return intent.traffic.flatMap((node, index): readonly Declared[] => {
    const { from, to, protocol = 'tcp', streams = 1, expect } = node.options
    if (from === undefined || to === undefined) return []
    const at = { item: nameOf(node), from: valueOf(node, 'from'), to: valueOf(node, 'to') }
    return [{ from, to, protocol, streams, at, index, ...(expect !== undefined && { expectMbps: expect }) }]
  })
}

export interface Sent {
  readonly groups: readonly FlowGroup[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The groups of declared items, those of the other way behind them. */
export function groupsOf(network: Network, declared: readonly Declared[]): Sent {
  const diagnostics: Diagnostic[] = []
  const groups = declared.flatMap((one, item): readonly FlowGroup[] => {
    const ends = stationsOf(network, one, diagnostics)
    if (ends?.from.host === ends?.to.host && ends !== undefined) {
      const message = `${one.from} and ${one.to} are one host, so nothing crosses a cable`
      const at = one.at === undefined ? {} : { at: one.at.to }
      diagnostics.push({ code: 'flow-to-itself', severity: 'warning', message, ...at })
      return []
    }
    return ends === undefined
      ? []
      : [...groupsOfItem(one, item, ends, false), ...groupsOfItem(one, item, ends, true)]
  })
  return { groups, diagnostics }
}

type Ends = { readonly from: Station; readonly to: Station }

function groupsOfItem(one: Declared, item: number, ends: Ends, back: boolean): readonly FlowGroup[] {
  const { sourcePorts = [], destinationPort, protocol, streams } = one
  const [from, to] = back ? [ends.to, ends.from] : [ends.from, ends.to]
  const vlan = one.vlan ?? vlanOf(from.device)
  const addresses = [from.address, to.address].filter(address => address !== undefined)
  const framing: Framing = {
    mtuBytes: Math.min(mtuOf(from), mtuOf(to)),
    family: addresses.some(address => address.includes(':')) ? 'inet6' : 'inet',
    protocol,
    timestamps: true,
    tagged: vlan !== undefined && vlan !== 0,
  }
  const direct = from.prefix === undefined || to.prefix === undefined || sameSubnet(from.prefix, to.prefix)
  const common = { item, back, from, to, protocol, framing, direct, ...(vlan !== undefined && { vlan }) }
  const said = sourcePorts.slice(0, streams)
  const single = said.map((port, at): FlowGroup => {
    const [source, destination] = back ? [destinationPort, port] : [port, destinationPort]
    return { ...common, firstStream: at + 1, count: 1, ...portsOf(source, destination) }
  })
  const left = streams - said.length
  if (left === 0) return single
  const [source, destination] = back ? [destinationPort, undefined] : [undefined, destinationPort]
  return [
    ...single,
    { ...common, firstStream: said.length + 1, count: left, ...portsOf(source, destination) },
  ]
}

const portsOf = (source: number | undefined, destination: number | undefined) => ({
  ...(source !== undefined && { sourcePort: source }),
  ...(destination !== undefined && { destinationPort: destination }),
})

/** The payload's part of the line rate. */
export const payloadOf = ({ framing }: FlowGroup): number => payloadShare(framing)

const mtuOf = ({ device, bundle }: Station): number => {
  const below = bundle.kind === 'bond' ? bundle.bond.options.mtu : undefined
  return device.options.mtu ?? below ?? 1500
}

const vlanOf = (device: Device): number | undefined => {
  const { id } = device.options as { readonly id?: number }
  return device.subject === 'vlan' ? id : undefined
}

function stationsOf(network: Network, one: Declared, diagnostics: Diagnostic[]): Ends | undefined {
  const from = candidates(network, one.from)
  const to = candidates(network, one.to)
  for (const [said, found, at] of [
    [one.from, from, one.at?.from],
    [one.to, to, one.at?.to],
  ] as const) {
    if (found.length === 0) diagnostics.push(unknownEnd(network, said, at))
  }
  if (from.length === 0 || to.length === 0) return undefined
  // Ends that share a subnet talk there; else the first of each host.
  for (const a of from)
    for (const b of to) {
      const pair = a.prefixes.flatMap(left =>
        b.prefixes.flatMap(right => (sameSubnet(left, right) ? [[left, right]] : [])),
      )
      const [first] = pair
      if (first !== undefined)
        return {
          from: station(one.from, a, first[0], one.addresses?.from),
          to: station(one.to, b, first[1], one.addresses?.to),
        }
    }
  const [a] = from
  const [b] = to
  if (a === undefined || b === undefined) return undefined
  const family = [4, 6].find(six =>
    [a, b].every(({ prefixes }) => prefixes.some(prefix => prefix.includes(':') === (six === 6))),
  )
  const first = ({ prefixes }: Candidate) => prefixes.find(prefix => prefix.includes(':') === (family === 6))
  return {
    from: station(one.from, a, first(a), one.addresses?.from),
    to: station(one.to, b, first(b), one.addresses?.to),
  }
}

interface Candidate {
  readonly host: Host
  readonly device: Device
  readonly bundle: Bundle
  readonly prefixes: readonly string[]
}

function station(
  said: string,
  { host, device, bundle }: Candidate,
  prefix: string | undefined,
  address?: string,
): Station {
  const known = address ?? prefix?.split('/')[0]
  const own = device.options.mac
  const mac = own ?? macOf(bundle)
  return {
    said,
    host,
    bundle,
    device,
    ...(known !== undefined && { address: known }),
    ...(prefix !== undefined && address === undefined && { prefix }),
    ...(mac !== undefined && { mac }),
  }
}

/** A bond has the MAC address that it is given, else that of its first member (bond_enslave()). */
function macOf(bundle: Bundle): string | undefined {
  if (bundle.kind === 'single') return bundle.port.options.mac
  return bundle.kind === 'bond' ? (bundle.bond.options.mac ?? bundle.members[0]?.options.mac) : undefined
}

/** The devices that an end may mean, the likeliest first: `s1`, `s1:bond0`, `s1:bond0.10`, `s1:eth0`. */
function candidates(network: Network, said: string): readonly Candidate[] {
  const colon = said.indexOf(':')
  const host = nodeNamed(network.intent.hosts, colon < 0 ? said : said.slice(0, colon))
  if (host === undefined) return []
  const devices = devicesOf(host)
  const named = colon < 0 ? undefined : said.slice(colon + 1)
  const wanted = named === undefined ? speaking(host) : devices.filter(({ name }) => name === named)
  return wanted.flatMap(device => {
    const bundle = bundleBelow(network, host, device.name, 0)
    return bundle === undefined ? [] : [{ host, device, bundle, prefixes: device.options.addresses ?? [] }]
  })
}

/** The devices of a host, those with an address first, and of them bonds first. */
function speaking(host: Host): readonly Device[] {
  const rank = (device: Device): number => {
    const addressed = (device.options.addresses?.length ?? 0) > 0 ? 0 : 10
    return addressed + ['bond', 'bridge', 'vlan', 'port'].indexOf(device.subject)
  }
  const members = new Set(host.bonds.flatMap(bond => bond.options.members ?? []))
  const own = devicesOf(host).filter(({ name }) => !members.has(name))
  return [...own].sort((a, b) => rank(a) - rank(b))
}

/** What a device stands on: a VLAN on its link, a bridge on its first port. */
function bundleBelow(network: Network, host: Host, name: string, depth: number): Bundle | undefined {
  if (depth > 8) return undefined
  const own = network.bundles.find(
    one => one.node === host.name && (one.name === name || one.ports.includes(name)) && one.ports.length > 0,
  )
  if (own !== undefined) return own
  const link = host.vlans.find(vlan => vlan.name === name)?.options.link
  if (link !== undefined) return bundleBelow(network, host, link, depth + 1)
  for (const port of host.bridges.find(bridge => bridge.name === name)?.options.ports ?? []) {
    const found = bundleBelow(network, host, port, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

function unknownEnd({ intent }: Network, said: string, at: Place | undefined): Diagnostic {
  const names = intent.hosts.flatMap(host => [
    host.name,
    ...devicesOf(host).map(({ name }) => `${host.name}:${name}`),
  ])
  const meant = nearest(said, names)
  const help =
    meant === undefined ? 'name a host, or a host and its bond such as s1:bond0' : `did you mean ${meant}?`
  return {
    code: 'flow-end-unknown',
    severity: 'error',
    message: `${said} is no host or device that frames can be sent by`,
    help,
    ...(at !== undefined && { at }),
  }
}

/** Whether two addresses with prefixes are in one subnet. */
export function sameSubnet(a: string, b: string): boolean {
  const [left, right] = [a, b].map(text => {
    const [address = '', length] = text.split('/')
    return { bytes: addressBytes(address), length: Number(length) }
  })
  if (left?.bytes === undefined || right?.bytes === undefined || left.bytes.length !== right.bytes.length)
    return false
  const bits = Math.min(left.length, right.length)
  for (let bit = 0; bit < bits; bit++) {
    const mask = 0x80 >> (bit & 7)
    if (((left.bytes[bit >> 3] ?? 0) & mask) !== ((right.bytes[bit >> 3] ?? 0) & mask)) return false
  }
  return true
}
