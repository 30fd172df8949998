// Which VLANs cross a bond, tagged and untagged, as follows from the devices that stand on it.

import type { Path } from '../diagnostics/diagnostic.ts'
import type { VlanRange } from '../options/index.ts'
import { type Bond, type Device, type Host, partOf, valueOf } from './intent.ts'

export interface Crossing {
  /** Sorted, without overlap. */
  readonly tagged: readonly VlanRange[]
  /** Where the first of them is said. */
  readonly taggedAt: Path | undefined
  /** Whether the host sends untagged frames. */
  readonly untagged: boolean
  /** What says that it does. */
  readonly untaggedAt: Path | undefined
}

/** Sorts ranges and joins those that touch. */
export function joinRanges(ranges: readonly VlanRange[]): readonly VlanRange[] {
  const joined: VlanRange[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last === undefined || range.from > last.to + 1) joined.push(range)
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
  }
  return joined
}

/** The ranges without one VLAN. */
export const withoutVlan = (ranges: readonly VlanRange[], id: number): readonly VlanRange[] =>
  ranges.flatMap(({ from, to }) => {
    if (id < from || id > to) return [{ from, to }]
    const parts = [
      { from, to: id - 1 },
      { from: id + 1, to },
    ]
    return parts.filter(part => part.from <= part.to)
  })

/** Every number in the ranges, in order. */
export const vlanIds = (ranges: readonly VlanRange[]): readonly number[] =>
  joinRanges(ranges).flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at))

/** What crosses a bond: VLAN devices on it and on its bridges, VLANs of vlan-aware bridges, and what is sent untagged. */
export function crossing(host: Host, bond: Bond): Crossing {
  const tagged: VlanRange[] = []
  const taggedAt: Path[] = []
  const untaggedAt: Path[] = []
  const bridges = host.bridges.filter(bridge => bridge.options.ports?.includes(bond.name))
  const below = new Set([bond.name, ...bridges.map(bridge => bridge.name)])
  for (const vlan of host.vlans) {
    const { id, link } = vlan.options
    if (id === undefined || link === undefined || !below.has(link)) continue
    tagged.push({ from: id, to: id })
    taggedAt.push(valueOf(vlan, 'id').path)
  }
  for (const bridge of bridges) {
    const { vlans = [], 'vlan-aware': aware = false } = bridge.options
    if (aware && vlans.length > 0) {
      tagged.push(...vlans)
      taggedAt.push(valueOf(bridge, 'vlans').path)
    }
    // What guests of a plain bridge send leaves without a tag, whether or not the bridge has an address itself.
    if (!aware) untaggedAt.push(partOf(bridge, 'ports', bridge.options.ports?.indexOf(bond.name) ?? 0).path)
  }
  for (const device of [bond, ...bridges]) {
    const said = speaking(device)
    if (said !== undefined) untaggedAt.push([...device.path, said])
  }
  const bare = tagged.length === 0 && untaggedAt.length === 0
  return {
    tagged: joinRanges(tagged),
    taggedAt: taggedAt[0],
    untagged: bare || untaggedAt.length > 0,
    untaggedAt: untaggedAt[0],
  }
}

/** The option by which a device has, or asks for, an address of its own. */
function speaking({ options }: Device): 'addresses' | 'dhcp4' | 'dhcp6' | 'accept-ra' | undefined {
  if (options.addresses !== undefined && options.addresses.length > 0) return 'addresses'
  return (['dhcp4', 'dhcp6', 'accept-ra'] as const).find(id => options[id] === true)
}

/** The largest MTU that is said of the bond or of what stands on it, in bytes, with where. */
export function mtuAcross(
  host: Host,
  bond: Bond,
): { readonly mtuBytes: number; readonly at: Path } | undefined {
  const bridges = host.bridges.filter(bridge => bridge.options.ports?.includes(bond.name))
  const below = new Set([bond.name, ...bridges.map(bridge => bridge.name)])
  const above = host.vlans.filter(vlan => vlan.options.link !== undefined && below.has(vlan.options.link))
  const said = [bond, ...bridges, ...above].flatMap(device =>
    device.options.mtu === undefined ? [] : [{ mtuBytes: device.options.mtu, at: [...device.path, 'mtu'] }],
  )
  return said.reduce<(typeof said)[number] | undefined>(
    (most, one) => (most === undefined || one.mtuBytes > most.mtuBytes ? one : most),
    undefined,
  )
}
