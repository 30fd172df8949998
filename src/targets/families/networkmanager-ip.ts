// What NetworkManager does not configure although its words allow it, whoever writes them: addresses of a port, routes and
// resolvers of a family that is off. Each is a reason why something is not written.

import type { Route } from '../../options/index.ts'
import { familyOf } from '../../options/kind.ts'
import type { Context } from '../stance.ts'

const titles = { inet: 'IPv4', inet6: 'IPv6' } as const
export type Family = keyof typeof titles

export const isZero = (address: string): boolean => /^[0:.]+$/.test(address)

/** A port of a bond or a bridge has no [ipv4] and no [ipv6]. */
export function barred({ device, host }: Context): string | undefined {
  const isPort =
    host.bonds.some(bond => bond.options.members?.includes(device.name)) ||
    host.bridges.some(bridge => bridge.options.ports?.includes(device.name))
  return isPort ? 'NetworkManager configures no addresses on a port of a bond or a bridge' : undefined
}

export const isAddress = (address: string): boolean => !isZero(address.split('/')[0] ?? '')

export const addressesOf = ({ device }: Context, family: Family): readonly string[] =>
  (device.options.addresses ?? []).filter(address => familyOf(address) === family && isAddress(address))

/** Whether a family is configured at all; where it is not, its routes and resolvers make the profile invalid. */
export function isOn(context: Context, family: Family): boolean {
  const { dhcp4, dhcp6, 'accept-ra': acceptRa } = context.device.options
  const asks = family === 'inet' ? dhcp4 === true : dhcp6 === true || acceptRa === true
  return asks || addressesOf(context, family).length > 0
}

export const isOff = (family: Family): string =>
  `the device has nothing else of ${titles[family]}, so NetworkManager does not configure it`

export const everywhere = { inet: '0.0.0.0/0', inet6: '::/0' } as const

export const familyOfRoute = ({ to, via }: Route): Family => familyOf(to === 'default' ? (via ?? '') : to)

/** Why a route is not written. `on`: whether a family is configured on the device. */
export function barredRoute(route: Route, context: Context, on = isOn): string | undefined {
  const { to, via } = route
  if (via !== undefined && isZero(via)) return `${via} is no next hop`
  if (via !== undefined && to !== 'default' && familyOf(to) !== familyOf(via))
    return `NetworkManager takes no next hop of the other family: ${to} by way of ${via}`
  const family = familyOfRoute(route)
  return on(context, family) ? undefined : isOff(family)
}
