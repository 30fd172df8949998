// What cloud-init's version 2 says in Netplan's words and only in company: a route or a resolver stands with an address.

import type { Nameservers, Route, Value } from '../../options/index.ts'
import { nameserversKind, routeKind } from '../../options/interface.ts'
import { flag, ipPrefix, listOf } from '../../options/kind.ts'
import {
  addressesOf,
  barred,
  barredAddress,
  barredHere,
  resolvers,
  targetOf,
  wordOf,
} from '../families/cloud-init.ts'
import { refuse } from '../families/networkd.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Context, type Custom, custom, type Written } from '../stance.ts'

const foundAs = (device: ScannedDevice, name: string): Found | undefined =>
  device.found.findLast(found => found.in === 'body' && found.name === name)

function written({ device }: Context, name: string, value: Value, reasons: readonly string[]): Written {
  const says = Object.keys(value).length > 0
  return {
    settings: says ? [{ device: device.name, in: 'body', name, value }] : [],
    ...(reasons.length > 0 && { refused: [...new Set(reasons)].join('; ') }),
  }
}

/** Whether a device has what routes and resolvers stand with. */
const standing = (context: Context): boolean =>
  context.device.options.dhcp4 === true ||
  context.device.options.dhcp6 === true ||
  addressesOf(context).length > 0

export const truth = (name: 'dhcp4' | 'dhcp6' | 'accept-ra' | 'optional'): Custom =>
  custom({
    shape: name,
    write(value: boolean, context) {
      const refused = value && name !== 'optional' ? barred(context) : undefined
      return refused === undefined
        ? { settings: [{ device: context.device.name, in: 'body', name, value }] }
        : refuse(refused)
    },
    read(device) {
      const found = foundAs(device, name)
      const value = found && flag.read(found.value)
      return found === undefined || value === undefined ? undefined : { value, used: [found] }
    },
  })

export const addresses: Custom = custom({
  shape: 'addresses',
  write(said: readonly string[], context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    return written(
      context,
      'addresses',
      addressesOf(context),
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

export const routes: Custom = custom({
  shape: 'routes',
  write(said: readonly Route[], context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    const stands = standing(context)
    const fit = said.filter(route => barredHere(route, stands) === undefined)
    return written(
      context,
      'routes',
      fit.map(route => ({ ...(routeKind.write(route) as object), to: targetOf(route) })),
      said.flatMap(route => barredHere(route, stands) ?? []),
    )
  },
  read(device) {
    const found = foundAs(device, 'routes')
    if (found === undefined || !Array.isArray(found.value)) return undefined
    const value = found.value.map(route => ({ ...route, to: wordOf(String(route.to)) }))
    return listOf(routeKind).read(value) === undefined ? undefined : { value, used: [found] }
  },
})

export const nameservers: Custom = custom({
  shape: 'nameservers',
  write(said: Nameservers, context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    const { addresses, search, reasons } = resolvers(said, context, standing(context))
    const value = { ...(addresses.length > 0 && { addresses }), ...(search.length > 0 && { search }) }
    return written(context, 'nameservers', value, reasons)
  },
  read(device) {
    const found = foundAs(device, 'nameservers')
    return found !== undefined && nameserversKind.read(found.value) !== undefined
      ? { value: found.value, used: [found] }
      : undefined
  },
})
