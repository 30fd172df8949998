// Where a value could not be read, nobody knows what is meant. What would not be found with every value that it may have
// is no finding: the value is the mistake, and it was said.

import { rowsOf } from '../options/index.ts'
import type { AnyKind } from '../options/kind.ts'
import { type Device, devicesOf, type Host } from './intent.ts'

/** Texts of which a kind may read some. */
const texts: readonly string[] = ['x0', 'x1', '192.0.2.1', '192.0.2.1/24', '52:54:00:00:00:01']

/** Values that a kind can have: all words, the ends of a range, two items of a list; none where it is of another shape. */
function valuesOf(kind: AnyKind): readonly unknown[] {
  if ('item' in kind) {
    const items = valuesOf(kind.item as AnyKind)
    return items.length === 0 ? [] : [items.slice(0, 2)]
  }
  const { minimum, maximum } = kind.schema
  const tried = kind.words ?? [minimum, maximum, ...texts]
  return tried.map(said => kind.read(said)).filter(value => value !== undefined)
}

/** Whether something is said of a host, or of a device of it, that could not be read. */
export const isDoubtful = (host: Host): boolean =>
  host.unread !== undefined || devicesOf(host).some(({ unread }) => unread !== undefined)

/** The host as it may be meant: for each option that could not be read, once with each of some values. */
export function possible(host: Host): readonly Host[] {
  const withDevice = (old: Device, device: Device): Host => {
    const swap = <D extends Device>(devices: readonly D[]): readonly D[] =>
      devices.map(one => (one === old ? (device as D) : one))
    const { ports, bonds, vlans, bridges } = host
    return { ...host, ports: swap(ports), bonds: swap(bonds), vlans: swap(vlans), bridges: swap(bridges) }
  }
  const ofHost = (host.unread ?? []).flatMap(id =>
    valuesOf(rowsOf('host')[id]?.kind as AnyKind).map(value => ({
      ...host,
      options: { ...host.options, [id]: value },
    })),
  )
  const ofDevices = devicesOf(host).flatMap(device =>
    (device.unread ?? []).flatMap(id =>
      valuesOf(rowsOf(device.subject)[id]?.kind as AnyKind).map(value =>
        withDevice(device, { ...device, options: { ...device.options, [id]: value } } as Device),
      ),
    ),
  )
  return [...ofHost, ...ofDevices]
}
