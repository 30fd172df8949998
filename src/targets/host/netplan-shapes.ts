// What Netplan's own words do not carry to networkd as they stand, each both ways: it takes an address on a member, and
// networkd then ignores it; it takes a default route without a next hop, and ends in the middle of its work.

import type { Nameservers, Route, Value } from '../../options/index.ts'
import { nameserversKind, routeKind } from '../../options/interface.ts'
import { deviceName, familyOf, flag, ipPrefix, listOf } from '../../options/kind.ts'
import {
  barred,
  barredRoute,
  isDomain,
  isMember,
  isServer,
  isZero,
  needsOnLink,
  noServer,
  refuse,
  zeroAddress,
} from '../families/networkd.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Context, type Custom, custom, type Written } from '../stance.ts'

const foundAs = (device: ScannedDevice, name: string): Found | undefined =>
  device.found.findLast(found => found.in === 'body' && found.name === name)

/** One key, perhaps without a part of the value, with the reasons why. */
function written({ device }: Context, name: string, value: Value, reasons: readonly string[] = []): Written {
  return {
    settings: [{ device: device.name, in: 'body', name, value }],
    ...(reasons.length > 0 && { refused: [...new Set(reasons)].join('; ') }),
  }
}

/** A truth that a member of a bond, or without IPv6 a port of a bridge, cannot have. */
export const truth = (name: string, needsIpv6: boolean): Custom =>
  custom({
    shape: name,
    write(value: boolean, context) {
      const refused = value ? barred(context, needsIpv6) : undefined
      return refused === undefined ? written(context, name, value) : refuse(refused)
    },
    read(device) {
      const found = foundAs(device, name)
      const value = found && flag.read(found.value)
      return found === undefined || value === undefined ? undefined : { value, used: [found] }
    },
  })

function barredAddress(address: string): string | undefined {
  if (isZero(address)) return zeroAddress
  // parse.c, handle_generic_addresses(): "invalid prefix length".
  return address.endsWith('/0') ? `Netplan refuses the prefix length of ${address}` : undefined
}

const fitAddresses = ({ device }: Context): readonly string[] =>
  (device.options.addresses ?? []).filter(address => barredAddress(address) === undefined)

export const addresses: Custom = custom({
  shape: 'addresses',
  write(said: readonly string[], context) {
    const refused = said.length > 0 ? barred(context) : undefined
    if (refused !== undefined) return refuse(refused)
    return written(
      context,
      'addresses',
      fitAddresses(context),
      said.flatMap(address => barredAddress(address) ?? []),
    )
  },
  read(device) {
    const found = foundAs(device, 'addresses')
    return found !== undefined && listOf(ipPrefix).read(found.value) !== undefined
      ? { value: found.value, used: [found] }
      : undefined
  },
})

/** Netplan prints these as signed numbers of 32 bits (networkd.c, write_route(); the metric up to 0.107). */
const tooLarge = 2147483648

function barredNetplanRoute(route: Route): string | undefined {
  const { to, via, metric = 0, table = 0 } = route
  // networkd.c, get_global_network(): it ends with a failed assertion and leaves half of its files.
  if (to === 'default' && via === undefined)
    return 'Netplan cannot make a default route without a next hop; say 0.0.0.0/0 or ::/0'
  if (to !== 'default' && via !== undefined && familyOf(to) !== familyOf(via))
    return `Netplan refuses a next hop of the other family: ${to} by way of ${via}`
  if (metric >= tooLarge || table >= tooLarge)
    return `Netplan takes ${tooLarge} and more for a negative number`
  return barredRoute(route)
}

export const routes: Custom = custom({
  shape: 'routes',
  write(said: readonly Route[], context) {
    const refused = said.length > 0 ? barred(context) : undefined
    if (refused !== undefined) return refuse(refused)
    const fit = said.filter(route => barredNetplanRoute(route) === undefined)
    const onLink = (route: Route): boolean => needsOnLink(route, fitAddresses(context))
    return written(
      context,
      'routes',
      fit.map(route => ({
        ...(routeKind.write(route) as object),
        ...(onLink(route) && { 'on-link': true }),
      })),
      said.flatMap(route => barredNetplanRoute(route) ?? []),
    )
  },
  read(device) {
    const found = foundAs(device, 'routes')
    if (found === undefined || !Array.isArray(found.value)) return undefined
    const value = found.value.map(withoutOnLink)
    return listOf(routeKind).read(value) === undefined ? undefined : { value, used: [found] }
  },
})

function withoutOnLink(route: Value): Value {
  if (typeof route !== 'object' || Array.isArray(route)) return route
  return Object.fromEntries(Object.entries(route).filter(([name]) => name !== 'on-link'))
}

export const nameservers: Custom = custom({
  shape: 'nameservers',
  write(said: Nameservers, context) {
    const fit = {
      ...(said.addresses && { addresses: said.addresses.filter(isServer) }),
      ...(said.search && { search: said.search.filter(isDomain) }),
    }
    const missing = JSON.stringify(fit) !== JSON.stringify(said)
    return written(context, 'nameservers', fit, missing ? [noServer] : [])
  },
  read(device) {
    const found = foundAs(device, 'nameservers')
    return found !== undefined && nameserversKind.read(found.value) !== undefined
      ? { value: found.value, used: [found] }
      : undefined
  },
})

/** The bond's list, and no waiting for any of its ports at boot: one cable that is out would hold it up (until 1.1). */
export const members: Custom = custom({
  shape: 'interfaces, and optional: true with each',
  write(said: readonly string[], context) {
    const { device, host } = context
    const bondOf = (name: string) => host.bonds.find(bond => bond.options.members?.includes(name))
    const own = [...new Set(said)].filter(name => bondOf(name)?.name === device.name)
    return {
      settings: [
        ...written(context, 'interfaces', said).settings,
        ...own.map(name => ({ device: name, in: 'body', name: 'optional', value: true })),
      ],
    }
  },
  read(device) {
    const found = foundAs(device, 'interfaces')
    return found !== undefined && listOf(deviceName).read(found.value) !== undefined
      ? { value: found.value, used: [found] }
      : undefined
  },
})

const isMemberIn = (device: ScannedDevice, all: readonly ScannedDevice[]): boolean =>
  all.some(other => {
    const list = other.subject === 'bond' ? foundAs(other, 'interfaces')?.value : undefined
    return Array.isArray(list) && list.includes(device.name)
  })

/** Whether boot waits for a device; see `members`. */
export const optional: Custom = custom({
  shape: 'optional',
  write(value: boolean, context) {
    return isMember(context)
      ? refuse('the boot never waits for a member of a bond, only for the bond')
      : written(context, 'optional', value)
  },
  read(device, all) {
    const found = foundAs(device, 'optional')
    const value = found && flag.read(found.value)
    if (found === undefined || value === undefined || isMemberIn(device, all)) return undefined
    return { value, used: [found] }
  },
})
