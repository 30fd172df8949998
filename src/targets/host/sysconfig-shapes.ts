// What ifcfg files of RHEL say in shapes of their own, each both ways: numbered addresses beside their lengths, routes in
// files of their own, resolvers by number (sysconfig.txt of initscripts; nm-settings-ifcfg-rh(5)).

import { maskLength } from '../../intent/ip.ts'
import type { Nameservers, Route } from '../../options/index.ts'
import { nameserversKind, routeKind } from '../../options/interface.ts'
import { familyOf, ipPrefix, type Value } from '../../options/kind.ts'
import { isSixRoute, routeOf, routeWords } from '../families/ip-route.ts'
import { foundAs, refuse } from '../families/networkmanager.ts'
import {
  addressesOf,
  barred,
  barredRoute,
  isAddress,
  isOff,
  isOn,
  isZero,
} from '../families/networkmanager-ip.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Context, type Custom, custom } from '../stance.ts'

/** A truth in a part of its own, refused where the device carries nothing. `only`: the one value that has a word. */
export const asked = (part: string, name: string, words: Readonly<Record<string, string>>): Custom =>
  custom({
    shape: `${name}=`,
    write(value: boolean, context) {
      const word = words[String(value)]
      if (word === undefined) return { settings: [] }
      const refused = barred(context)
      return refused === undefined
        ? { settings: [{ device: context.device.name, in: part, name, value: word }] }
        : refuse(refused)
    },
    read(device) {
      const found = foundAs(device, part, name)
      const said = String(found?.value ?? '').toLowerCase()
      const [value] = Object.entries(words).find(([, word]) => word === said) ?? []
      return found === undefined || value === undefined
        ? undefined
        : { value: value === 'true', used: [found] }
    },
  })

const number = (at: number): string => (at === 0 ? '' : String(at))

export const addresses = custom({
  shape: 'IPADDR= and PREFIX=, IPV6ADDR=',
  write(said: readonly string[], context) {
    const refused = said.length === 0 ? undefined : barred(context)
    if (refused !== undefined) return refuse(refused)
    const { name: device } = context.device
    const [four, six] = [addressesOf(context, 'inet'), addressesOf(context, 'inet6')]
    const [first, ...others] = six
    return {
      settings: [
        ...four.flatMap((address, at) => {
          const [host = '', length = ''] = address.split('/')
          return [
            { device, in: 'File', name: `IPADDR${number(at)}`, value: host },
            { device, in: 'File', name: `PREFIX${number(at)}`, value: Number(length) },
          ]
        }),
        ...(first === undefined ? [] : [{ device, in: 'IPv6', name: 'IPV6ADDR', value: first }]),
        ...(others.length === 0
          ? []
          : [{ device, in: 'IPv6', name: 'IPV6ADDR_SECONDARIES', value: others.join(' ') }]),
      ],
      ...(said.some(address => !isAddress(address)) && { refused: 'an address of only zeros is none' }),
    }
  },
  read(device) {
    const four = device.found
      .flatMap(found => {
        const [, digits] = /^IPADDR(\d*)$/.exec(found.name) ?? []
        return digits === undefined ? [] : [{ found, digits }]
      })
      .toSorted((a, b) => Number(a.digits || -1) - Number(b.digits || -1))
      .map(({ found, digits }) => fourOf(device, found, digits))
    const six = ['IPV6ADDR', 'IPV6ADDR_SECONDARIES'].flatMap(name => foundAs(device, 'IPv6', name) ?? [])
    const value = [
      ...four.map(({ value }) => value),
      ...six.flatMap(({ value }) =>
        String(value)
          .split(/\s+/)
          .map(address => (address.includes('/') ? address : `${address}/64`)),
      ),
    ].filter(address => ipPrefix.read(address) !== undefined)
    const used = [...four.flatMap(({ used }) => used), ...six]
    return value.length === 0 ? undefined : { value, used }
  },
})

/** An IPv4 address with the length that stands beside it, or that of its class (nm_utils_ip4_get_default_prefix()). */
function fourOf(device: ScannedDevice, found: Found, digits: string) {
  const [length, mask] = ['PREFIX', 'NETMASK'].map(name => foundAs(device, 'File', `${name}${digits}`))
  const [first = 0] = String(found.value).split('.').map(Number)
  const ofClass = first < 128 ? 8 : first < 192 ? 16 : 24
  const bits = length?.value ?? (mask === undefined ? ofClass : lengthOf(String(mask.value)))
  return {
    value: `${found.value}/${bits}`,
    used: [found, ...(length === undefined ? [] : [length]), ...(mask === undefined ? [] : [mask])],
  }
}

/** The length of a netmask; text that is no prefix length where it is none. */
const lengthOf = (mask: string): string => String(maskLength(mask) ?? mask)

/** A line of a route file: the words of ip-route(8), the first two without a name before them. */
function lineOf(route: Route, { device }: Context): readonly (readonly [string, Value])[] {
  const [to = '', ...words] = routeWords(route, device.name)
  const near = (device.options.addresses ?? []).length > 0
  const pairs: (readonly [string, Value])[] = [['', to]]
  for (let at = 0; at < words.length; at += 2) {
    const name = words[at] === 'via' && !near ? 'onlink via' : words[at]
    pairs.push([` ${name} `, words[at + 1] ?? ''])
  }
  return pairs
}

export const routes = custom({
  shape: 'route-DEVICE and route6-DEVICE, a line for each',
  write(said: readonly Route[], context) {
    const refused = said.length === 0 ? undefined : barred(context)
    if (refused !== undefined) return refuse(refused)
    const reasons = said.map(route => barredRoute(route, context))
    return {
      settings: said.flatMap((route, group) =>
        reasons[group] !== undefined
          ? []
          : lineOf(route, context).map(([name, value]) => ({
              device: context.device.name,
              in: isSixRoute(route) ? 'Route6' : 'Route',
              group,
              name,
              value,
            })),
      ),
      ...(reasons.some(reason => reason !== undefined) && {
        refused: [...new Set(reasons.filter(reason => reason !== undefined))].join('; '),
      }),
    }
  },
  read(device) {
    const gateways = ['GATEWAY', 'IPV6_DEFAULTGW'].flatMap(name => foundAs(device, 'Gateway', name) ?? [])
    const lines = device.found.filter(({ in: part }) => part === 'Routes')
    const value = [
      ...gateways.map(found => ({ to: 'default', via: String(found.value).split('%')[0] ?? '' })),
      ...lines.map(found => found.value),
    ].filter(route => routeKind.read(route) !== undefined)
    return value.length === 0 ? undefined : { value, used: [...gateways, ...lines] }
  },
})

/** A line of a route file. */
export const readRoute = (six: boolean) => (words: readonly string[]) => routeOf(words, six)?.route

/** ADDRESS0=, NETMASK0= and GATEWAY0=, as the installer writes them (ifup-routes, handle_file()). */
export function numbered({ ADDRESS = '', NETMASK, GATEWAY, ...others }: Readonly<Record<string, string>>) {
  if (NETMASK === undefined || Object.keys(others).length > 0) return undefined
  const route = routeKind.read({
    to: NETMASK === '0.0.0.0' ? 'default' : `${ADDRESS}/${lengthOf(NETMASK)}`,
    ...(GATEWAY !== undefined && { via: GATEWAY }),
  })
  return route === undefined ? undefined : routeKind.write(route)
}

export const nameservers = custom({
  shape: 'DNS1= and DOMAIN=',
  write({ addresses: servers = [], search = [] }: Nameservers, context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    const { name: device } = context.device
    const reasons = servers.map((server, at) => {
      if (isZero(server)) return `${server} is no server`
      if (!isOn(context, familyOf(server))) return `${server}: ${isOff(familyOf(server))}`
      return at < 3 ? undefined : 'a resolver asks three servers at most'
    })
    const fit = servers.filter((_, at) => reasons[at] === undefined)
    const told = reasons.filter(reason => reason !== undefined)
    return {
      settings: [
        ...fit.map((value, at) => ({ device, in: 'File', name: `DNS${at + 1}`, value })),
        ...(search.length === 0 ? [] : [{ device, in: 'File', name: 'DOMAIN', value: search.join(' ') }]),
      ],
      ...(told.length > 0 && { refused: [...new Set(told)].join('; ') }),
    }
  },
  read(device) {
    const servers = device.found
      .filter(({ name }) => /^DNS\d+$/.test(name))
      .toSorted((a, b) => Number(a.name.slice(3)) - Number(b.name.slice(3)))
    const domains = ['DOMAIN', 'SEARCH'].flatMap(name => foundAs(device, 'File', name) ?? []).slice(0, 1)
    const value = {
      ...(servers.length > 0 && { addresses: servers.map(found => found.value) }),
      ...(domains.length > 0 && { search: domains.flatMap(found => String(found.value).split(/\s+/)) }),
    }
    const used = [...servers, ...domains]
    return used.length === 0 || nameserversKind.read(value) === undefined ? undefined : { value, used }
  },
})
