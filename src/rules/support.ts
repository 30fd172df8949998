// Questions that several rules ask of an intent. What a rule makes of the answers is its own business.

import type { Place } from '../diagnostics/diagnostic.ts'
import { settle } from '../intent/effective.ts'
import type { Bond, Bridge, Device, Host, Node, Port, Vlan } from '../intent/intent.ts'
import { devicesOf, partOf, valueOf } from '../intent/intent.ts'
import { once } from '../intent/once.ts'
import { bonding, type carried, type Mode, type Subject } from '../options/index.ts'
import { speed as speedKind } from '../options/kind.ts'
import type { About } from './rule.ts'

/** The mode that governs a bond; the driver's own where none is said. */
export const modeOf = (bond: Bond): Mode => bond.options.mode ?? 'balance-rr'

/** The modes in which the driver can probe (bond_mode_uses_arp()). */
export const probing: readonly Mode[] = bonding['arp-interval'].modes

/** The modes that have one active member, so that a primary or a prio means something (bond_uses_primary()). */
export const withActiveMember: readonly Mode[] = bonding.primary.modes

/** Whether a hash of the headers chooses the member for what is sent. */
export function choosesByHash(bond: Bond): boolean {
  const mode = modeOf(bond)
  if (mode === 'balance-xor' || mode === '802.3ad') return true
  const loads = mode === 'balance-tlb' || mode === 'balance-alb'
  return loads && bond.options['tlb-dynamic-lb'] === 'off'
}

/** How often the driver polls the carrier of the members, in ms; 0 is never. */
export const polledEveryMs = (bond: Bond): number => settle(bond.options).miimon

/** How often the driver is asked to probe, in ms; 0 is never, and in modes that cannot. */
export const probedEveryMs = (bond: Bond): number =>
  probing.includes(modeOf(bond)) ? (bond.options['arp-interval'] ?? 0) : 0

/** Words as a sentence lists them: `a, b or c`. */
export const list = (words: readonly string[], last = 'or'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`

/** Each distinct value once, in the order of mention. */
export const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)]

/** A port that two masters want, and where each says so. */
export interface Claim {
  readonly port: string
  readonly master: Bond | Bridge
  readonly at: Place
}

/** Every claim of a bond or a bridge on a device, in the order of mention; of a repeated one the first. */
export const claimsOf = once((host: Host): readonly Claim[] => {
  const bonds = host.bonds.flatMap(master =>
    distinct(master.options.members ?? []).map(port => {
      const index = master.options.members?.indexOf(port) ?? 0
      return { port, master, at: partOf(master, 'members', index) }
    }),
  )
  const bridges = host.bridges.flatMap(master =>
    (master.options.ports ?? []).map((port, index) => ({ port, master, at: partOf(master, 'ports', index) })),
  )
  return [...bonds, ...bridges]
})

/** The ports of a host that are in a bond, each with the first that names it. */
export const membershipOf = once((host: Host): ReadonlyMap<string, Bond> => {
  const bonds = new Map<string, Bond>()
  for (const bond of host.bonds) {
    for (const name of bond.options.members ?? []) if (!bonds.has(name)) bonds.set(name, bond)
  }
  return bonds
})

/** A bridge with the port by which it stands on a bond: the bond itself, or a VLAN of it. */
export interface Bridging {
  readonly bridge: Bridge
  readonly port: string
  readonly at: Place
}

/** The bridges that a bond carries. */
export function bridgesOver(host: Host, bond: Bond): readonly Bridging[] {
  const names = new Set([bond.name, ...vlansOn(host, bond.name).map(vlan => vlan.name)])
  return host.bridges.flatMap(bridge =>
    (bridge.options.ports ?? []).flatMap((port, index) =>
      names.has(port) ? [{ bridge, port, at: partOf(bridge, 'ports', index) }] : [],
    ),
  )
}

export const vlansOn = (host: Host, device: string): readonly Vlan[] =>
  host.vlans.filter(vlan => vlan.options.link === device)

/** The bond and all that stands on it, however high. */
export function stackOn(host: Host, bond: Bond): readonly Device[] {
  const names = new Set([bond.name])
  const stack: Device[] = [bond]
  for (let size = 0; size !== stack.length; ) {
    size = stack.length
    const upper = [
      ...host.vlans.filter(({ options }) => options.link !== undefined && names.has(options.link)),
      ...host.bridges.filter(({ options }) => options.ports?.some(port => names.has(port))),
    ]
    for (const device of upper) {
      if (names.has(device.name)) continue
      names.add(device.name)
      stack.push(device)
    }
  }
  return stack
}

/** A member that is slower than the fastest of those whose speed is known; speeds as they are written. */
export interface Slower {
  readonly port: Port
  readonly speed: string
  readonly fastest: { readonly port: Port; readonly name: string; readonly speed: string }
}

export function slowerOf(members: readonly Port[]): readonly Slower[] {
  const known = members.flatMap(port =>
    port.options.speed === undefined ? [] : [{ port, mbps: port.options.speed }],
  )
  const fastest = known.reduce<(typeof known)[number] | undefined>(
    (best, one) => (best === undefined || one.mbps > best.mbps ? one : best),
    undefined,
  )
  if (fastest === undefined) return []
  const written = (mbps: number): string => String(speedKind.write(mbps))
  const named = { port: fastest.port, name: fastest.port.name, speed: written(fastest.mbps) }
  return known
    .filter(({ mbps }) => mbps < fastest.mbps)
    .map(({ port, mbps }) => ({ port, speed: written(mbps), fastest: named }))
}

/** What makes a device one that has addresses, or asks for them. */
export const addressing = ['addresses', 'dhcp4', 'dhcp6', 'accept-ra', 'routes', 'nameservers'] as const

/** Which of those a device says, leaving out what says that there is none. */
export function addressingOf(device: Device): readonly (typeof addressing)[number][] {
  return addressing.filter(id => {
    const value = device.options[id]
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false
  })
}

/** A rule's `about`: options of devices, whatever they are. */
export const onDevices = (...ids: readonly (keyof typeof carried)[]): About => ({
  port: ids,
  bond: ids,
  vlan: ids,
  bridge: ids,
})

/** The MTU of a device in bytes, with the device that decides it; undefined where only the hardware knows. */
export function mtuOf(host: Host, name: string, seen: readonly string[] = []): Mtu | undefined {
  const device = devicesOf(host).find(one => one.name === name)
  if (device === undefined || seen.includes(name)) return undefined
  const below = [...seen, name]
  if (device.subject === 'port') {
    const bond = membershipOf(host).get(name)
    if (bond !== undefined) return mtuOf(host, bond.name, below)
  }
  if (device.options.mtu !== undefined) return { bytes: device.options.mtu, from: device }
  switch (device.subject) {
    case 'bond':
      // ether_setup(): ETH_DATA_LEN.
      return { bytes: 1500, from: device }
    case 'vlan': {
      const { link } = (device as Vlan).options
      return link === undefined ? undefined : mtuOf(host, link, below)
    }
    case 'bridge': {
      // br_mtu_auto_adjust(): the smallest of its ports.
      const ports = ((device as Bridge).options.ports ?? []).flatMap(port => mtuOf(host, port, below) ?? [])
      return ports.sort((a, b) => a.bytes - b.bytes)[0]
    }
    default:
      return undefined
  }
}

export interface Mtu {
  readonly bytes: number
  readonly from: Device
}

/** The value of an option whose subject is not known to the compiler. */
export const at = (node: Node<Subject>, id: string): Place => valueOf(node, id as never)
