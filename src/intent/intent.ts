// What was said, sensible or not: import must hold whatever is found in the wild. What the driver makes of a bond is
// effective.ts, what the other end must be is partner.ts, and where each word stood is the Origin's business.

import type { Path, Place } from '../diagnostics/diagnostic.ts'
import type { DeviceSubject, OptionId, Said, Subject } from '../options/index.ts'
import { once } from './once.ts'

/** Anything that options are said of. */
export interface Node<S extends Subject> {
  readonly subject: S
  /** Where it stands in the intent. */
  readonly path: Path
  readonly options: Said<S>
  /** Where an option stands when not directly below `path`: in a profile, or under another spelling. */
  readonly stands?: Readonly<Record<string, Path>>
  /** Options that are said with a value that could not be read: what they are is not known, and that was said. */
  readonly unread?: readonly string[]
}

/** A device of a host. */
export interface Device<S extends DeviceSubject = DeviceSubject> extends Node<S> {
  readonly name: string
}

export type Port = Device<'port'>
export type Bond = Device<'bond'>
export type Vlan = Device<'vlan'>
export type Bridge = Device<'bridge'>

export interface Host extends Node<'host'> {
  readonly name: string
  /** Those with an entry of their own, then those named only as a member, in the order of their mention. */
  readonly ports: readonly Port[]
  readonly bonds: readonly Bond[]
  readonly vlans: readonly Vlan[]
  readonly bridges: readonly Bridge[]
}

export interface Lag extends Node<'lag'> {
  readonly number: number
}

export interface Switch extends Node<'switch'> {
  readonly name: string
  readonly lags: readonly Lag[]
}

export interface Intent {
  readonly hosts: readonly Host[]
  readonly switches: readonly Switch[]
  readonly traffic: readonly Node<'traffic'>[]
}

export const emptyIntent: Intent = { hosts: [], switches: [], traffic: [] }

/** All devices of a host in the order in which a configuration defines them: ports, bonds, VLANs, bridges. */
export const devicesOf = once((host: Host): readonly Device[] => [
  ...host.ports,
  ...host.bonds,
  ...host.vlans,
  ...host.bridges,
])

/** What a device is made of or stands on: it has to be there first. */
function needsOf(device: Device): readonly string[] {
  switch (device.subject) {
    case 'bond':
      return (device as Bond).options.members ?? []
    case 'bridge':
      return (device as Bridge).options.ports ?? []
    case 'vlan':
      return [(device as Vlan).options.link ?? []].flat()
    case 'port':
      return []
  }
}

/**
 * All devices of a host, each after those that it needs, otherwise in the order of devicesOf(). A ring, which no system
 * could make, is cut where it is entered.
 */
export function needsFirst(host: Host): readonly Device[] {
  const byName = new Map(devicesOf(host).map(device => [device.name, device]))
  const ordered: Device[] = []
  const begun = new Set<Device>()
  // No recursion: nobody limits how many devices may stand on each other.
  const path: { readonly device: Device; readonly needs: Iterator<string> }[] = []
  const enter = (device: Device): void => {
    if (begun.has(device)) return
    begun.add(device)
    path.push({ device, needs: needsOf(device).values() })
  }
  for (const first of byName.values()) {
    enter(first)
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { value: name, done } = top.needs.next()
      const needed = name === undefined ? undefined : byName.get(name)
      if (needed !== undefined) enter(needed)
      else if (done) ordered.push(...path.splice(-1).map(({ device }) => device))
    }
  }
  return ordered
}

/** Every bond with its host. */
export const bondsOf = ({ hosts }: Pick<Intent, 'hosts'>): readonly Bonded[] => bondedIn(hosts)

export interface Bonded {
  readonly host: Host
  readonly bond: Bond
}

const bondedIn = once((hosts: readonly Host[]): readonly Bonded[] =>
  hosts.flatMap(host => host.bonds.map(bond => ({ host, bond }))),
)

/** The member ports of a bond that the host knows, in the order of attachment. */
export function membersOf({ ports }: Host, bond: Bond): readonly Port[] {
  const members = bond.options.members ?? []
  // Names are unique. A map is worth making where there are many of them.
  if (ports.length <= 16) return members.flatMap(name => ports.find(port => port.name === name) ?? [])
  return members.flatMap(name => nodeNamed(ports, name) ?? [])
}

/** The host, the switch or the device of a name, among many that are asked for one after the other. Names are unique. */
export const nodeNamed = <N extends { readonly name: string }>(
  nodes: readonly N[],
  name: string,
): N | undefined => byName(nodes).get(name) as N | undefined

const byName = once(
  (nodes: readonly { readonly name: string }[]): ReadonlyMap<string, unknown> =>
    new Map(nodes.map(node => [node.name, node])),
)

const pathOf = (node: Node<Subject>, id: string): Path => node.stands?.[id] ?? [...node.path, id]

/** The value of an option as it was said, wherever that was. */
export const valueOf = <S extends Subject>(node: Node<S>, id: OptionId<S>): Place => ({
  path: pathOf(node, id),
  part: 'value',
})

/** The key of an option. */
export const keyOf = <S extends Subject>(node: Node<S>, id: OptionId<S>): Place => ({
  path: pathOf(node, id),
  part: 'key',
})

/** One item of an option that is a list, or one part of an option that is a record. */
export const partOf = <S extends Subject>(node: Node<S>, id: OptionId<S>, ...rest: Path): Place => ({
  path: [...pathOf(node, id), ...rest],
  part: 'value',
})

/** The name of a thing: the key that it stands under. */
export const nameOf = (node: Node<Subject>): Place => ({ path: node.path, part: 'key' })
