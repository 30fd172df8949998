// Version 1 has one list for all that gives a device an address: DHCP of either family, each static address, and with the
// first of these its routes and resolvers, which renderers look for there and nowhere else.

import { maskLength } from '../../intent/ip.ts'
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
import type { Found, ScannedDevice, Setting } from '../setting.ts'
import { type Context, type Custom, custom, type Written } from '../stance.ts'

type Fields = Readonly<Record<string, Value>>

const foundAs = (device: ScannedDevice, name: string): Found | undefined =>
  device.found.findLast(found => found.in === 'body' && found.name === name)

/** Routes and resolvers stand with a static address. */
const standing = (context: Context): boolean => addressesOf(context).length > 0

/** All subnets of a device, as one list. */
function subnetsOf(context: Context): readonly Value[] {
  const { dhcp4, dhcp6, routes = [], nameservers = {} } = context.device.options
  const fit = routes.filter(route => barredHere(route, standing(context)) === undefined)
  const { addresses: servers, search } = resolvers(nameservers, context, standing(context))
  const beside = {
    ...(fit.length > 0 && {
      routes: fit.map(route => ({
        destination: targetOf(route),
        gateway: route.via ?? '',
        ...(route.metric !== undefined && { metric: route.metric }),
      })),
    }),
    ...(servers.length > 0 && { dns_nameservers: servers }),
    ...(search.length > 0 && { dns_search: search }),
  }
  return [
    ...(dhcp4 === true ? [{ type: 'dhcp4' }] : []),
    ...(dhcp6 === true ? [{ type: 'dhcp6' }] : []),
    ...addressesOf(context).map(
      (address, at): Value => ({ type: 'static', address, ...(at === 0 && beside) }),
    ),
  ]
}

/** The whole list, written with the first option that gives it an item. */
function written(id: 'dhcp4' | 'dhcp6' | 'addresses', context: Context): Omit<Setting, 'from'>[] {
  const { dhcp4, dhcp6 } = context.device.options
  const first = dhcp4 === true ? 'dhcp4' : dhcp6 === true ? 'dhcp6' : 'addresses'
  const value = subnetsOf(context)
  return first === id && value.length > 0
    ? [{ device: context.device.name, in: 'body', name: 'subnets', value }]
    : []
}

const withReasons = (settings: Written['settings'], reasons: readonly string[]): Written => ({
  settings,
  ...(reasons.length > 0 && { refused: [...new Set(reasons)].join('; ') }),
})

const subnetsIn = (device: ScannedDevice): readonly Fields[] => {
  const value = foundAs(device, 'subnets')?.value
  return Array.isArray(value) ? (value as readonly Fields[]) : []
}

/** Reads an option out of the list; undefined where there is nothing of it. */
const read = (device: ScannedDevice, of: (subnets: readonly Fields[]) => Value | undefined) => {
  const found = foundAs(device, 'subnets')
  const value = found && of(subnetsIn(device))
  return found === undefined || value === undefined ? undefined : { value, used: [found] }
}

/** Other words for the same (network_state.py, IPV6_DYNAMIC_TYPES). */
const types = {
  dhcp4: ['dhcp4', 'dhcp'],
  dhcp6: ['dhcp6', 'ipv6_dhcpv6-stateful', 'ipv6_dhcpv6-stateless', 'ipv6_slaac'],
} as const

export const dhcp = (id: keyof typeof types): Custom =>
  custom({
    shape: `subnets, of type ${id}`,
    write(value: boolean, context) {
      const refused = value ? barred(context) : undefined
      return refused === undefined ? { settings: written(id, context) } : refuse(refused)
    },
    read: device =>
      read(device, subnets =>
        subnets.some(({ type }) => (types[id] as readonly unknown[]).includes(type)) ? true : undefined,
      ),
  })

export const acceptRa: Custom = custom({
  shape: 'accept-ra',
  write(value: boolean, context) {
    const refused = value ? barred(context) : undefined
    return refused === undefined
      ? { settings: [{ device: context.device.name, in: 'body', name: 'accept-ra', value }] }
      : refuse(refused)
  },
  read(device) {
    const found = foundAs(device, 'accept-ra')
    const value = found && flag.read(found.value)
    return found === undefined || value === undefined ? undefined : { value, used: [found] }
  },
})

/** An address may have its length beside it, as a prefix or a netmask. */
function addressOf({ type, address, prefix, netmask }: Fields): Value | undefined {
  if (type !== 'static' && type !== 'static6') return undefined
  const length = prefix ?? (/^\d+$/.test(String(netmask)) ? netmask : lengthOf(String(netmask ?? '')))
  return String(address).includes('/') ? address : `${address}/${length}`
}

/** The length of a netmask of IPv4 in dotted decimal; what is none gives what is no length. */
const lengthOf = (netmask: string): string => String(maskLength(netmask) ?? '?')

const addressesIn = (subnets: readonly Fields[]): readonly Value[] =>
  subnets.flatMap(one => addressOf(one) ?? [])

export const addresses: Custom = custom({
  shape: 'subnets, of type static',
  write(said: readonly string[], context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    return withReasons(
      written('addresses', context),
      said.flatMap(address => barredAddress(address) ?? []),
    )
  },
  read: device =>
    read(device, subnets => {
      const value = addressesIn(subnets)
      return value.length > 0 && listOf(ipPrefix).read(value) !== undefined ? value : undefined
    }),
})

function routesIn(subnets: readonly Fields[]): readonly Value[] {
  const gateways = subnets.flatMap(({ gateway }) =>
    gateway === undefined ? [] : [{ to: 'default', via: gateway }],
  )
  const listed = subnets.flatMap(({ routes }) => (Array.isArray(routes) ? (routes as readonly Fields[]) : []))
  return [
    ...gateways,
    ...listed.map(({ destination, network, netmask, prefix, gateway, metric }) => {
      const to = addressOf({
        type: 'static',
        address: destination ?? network ?? '',
        ...pick({ netmask, prefix }),
      })
      return { to: wordOf(String(to)), ...pick({ via: gateway, metric }) }
    }),
  ]
}

/** What is there of some fields. */
const pick = (fields: Readonly<Record<string, Value | undefined>>): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )

export const routes: Custom = custom({
  shape: 'subnets[].routes',
  write(said: readonly Route[], context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    const stands = standing(context)
    return withReasons(
      [],
      said.flatMap(route => barredHere(route, stands) ?? []),
    )
  },
  read: device =>
    read(device, subnets => {
      const value = routesIn(subnets)
      return value.length > 0 && listOf(routeKind).read(value) !== undefined ? value : undefined
    }),
})

export const nameservers: Custom = custom({
  shape: 'subnets[].dns_nameservers and dns_search',
  write(said: Nameservers, context) {
    const refused = barred(context)
    return refused === undefined
      ? withReasons([], resolvers(said, context, standing(context)).reasons)
      : refuse(refused)
  },
  read: device =>
    read(device, subnets => {
      const words = (name: string): readonly Value[] =>
        subnets.flatMap(({ [name]: value }) =>
          Array.isArray(value) ? value : value === undefined ? [] : String(value).split(/\s+/),
        )
      const [servers, search] = [words('dns_nameservers'), words('dns_search')]
      const value = {
        ...(servers.length > 0 && { addresses: servers }),
        ...(search.length > 0 && { search }),
      }
      const says = servers.length + search.length > 0
      return says && nameserversKind.read(value) !== undefined ? value : undefined
    }),
})
