// What NetworkManager says in shapes of its own, each both ways, beside what its family has: options that came with a
// version, and the VLANs of a bridge.

import { vlanRange } from '../../options/bridge.ts'
import type { Said, VlanRange } from '../../options/index.ts'
import {
  before,
  commas,
  distinct,
  foundAs,
  guarded,
  miimonOf,
  number,
  tooOld,
  unprobed,
  vlanTwice,
} from '../families/networkmanager.ts'
import { type Context, type Custom, custom } from '../stance.ts'

export const peerNotifDelay: Custom = guarded(
  'Bond',
  'peer_notif_delay',
  (value: number, context) => {
    const miimon = miimonOf(context)
    if (value === 0) return undefined
    if (miimon === 0) return 'NetworkManager refuses a bond that has a delay and no miimon'
    return value % miimon === 0
      ? undefined
      : `NetworkManager refuses a bond in which it is no multiple of miimon, ${miimon} ms`
  },
  number,
)

/** Versions before this one refuse a profile with ns_ip6_target. */
const sinceNs = '1.44'

export const knowsNs = (context: Context): boolean => !before(context, sinceNs)

export const nsIp6Target: Custom = guarded(
  'Bond',
  'ns_ip6_target',
  (value: readonly string[], context) =>
    value.length === 0 ? undefined : (tooOld('ns_ip6_target', sinceNs, context) ?? unprobed(context, true)),
  commas,
)

/** What is said of a port within its bond; anywhere else there is no such setting. */
export const ofPort = (name: string, since: string): Custom =>
  guarded(
    'BondPort',
    name,
    (_: number, context) =>
      tooOld(`[bond-port] ${name}`, since, context) ??
      (context.host.bonds.some(bond => bond.options.members?.includes(context.device.name))
        ? undefined
        : 'it is a setting of a port of a bond, and this is none'),
    number,
  )

/** The VLANs of a bridge stand with each of its ports, and with the bridge itself, whose own traffic they let through. */
export const bridgeVlans: Custom = custom({
  shape: 'vlans=, with the bridge and each of its ports',
  write(said: readonly VlanRange[], { device }) {
    const fit = distinct(said)
    const value = fit.map(range => String(vlanRange.write(range))).join(', ')
    const { ports = [] } = device.options as Said<'bridge'>
    return {
      settings:
        fit.length === 0
          ? []
          : [
              { device: device.name, in: 'Bridge', name: 'vlans', value },
              ...ports.map(name => ({ device: name, in: 'BridgePort', name: 'vlans', value })),
            ],
      ...(fit.length < said.length && { refused: vlanTwice }),
    }
  },
  read(device) {
    const found = foundAs(device, 'Bridge', 'vlans')
    // A range may be followed by pvid and untagged, which nothing here says.
    const value = String(found?.value ?? '')
      .split(',')
      .map(item => item.trim())
    return found !== undefined && value.every(item => vlanRange.read(item) !== undefined)
      ? { value, used: [found] }
      : undefined
  },
})
