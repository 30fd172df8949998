// The [ipv4] and [ipv6] groups of a profile, both ways: one method a family that several options decide together, numbered
// addresses and routes, resolvers (nm-settings-keyfile(5); nm-setting-ip4-config.c and nm-setting-ip6-config.c, verify()).
// Numbers run over both families, so that the order of a list comes back.

import type { Nameservers, Route, Value } from '../../options/index.ts'
import { nameserversKind, routeKind } from '../../options/interface.ts'
import { familyOf, flag, ipPrefix } from '../../options/kind.ts'
import { foundAs, refuse } from '../families/networkmanager.ts'
import {
  addressesOf,
  barred,
  barredRoute,
  everywhere,
  type Family,
  familyOfRoute,
  isAddress,
  isOff,
  isOn,
  isZero,
} from '../families/networkmanager-ip.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Context, type Custom, custom } from '../stance.ts'

const parts = { inet: 'IPv4', inet6: 'IPv6' } as const

export const dhcp4: Custom = custom({
  shape: 'ipv4.method',
  write(value: boolean, context) {
    if (!value) return { settings: [] }
    const refused = barred(context)
    return refused === undefined
      ? { settings: [{ device: context.device.name, in: 'IPv4', name: 'method', value: 'auto' }] }
      : refuse(refused)
  },
  read(device) {
    const found = foundAs(device, 'IPv4', 'method')
    return found?.value === 'auto' ? { value: true, used: [found] } : undefined
  },
})

/**
 * One key says both. `auto` listens to routers and asks by DHCPv6 when they say so; `dhcp` asks without listening. What
 * of it was said stands in two keys that have their defaults.
 */
function asked({ device, ...context }: Context): readonly (readonly [string, Value])[] {
  const { dhcp6, 'accept-ra': acceptRa } = device.options
  if (dhcp6 === true && acceptRa === undefined) return [['method', 'auto']]
  if (dhcp6 === true && acceptRa === false) return [['method', 'dhcp']]
  if (dhcp6 === true) return [...listening, ['dhcp-timeout', 0]]
  if (acceptRa === true) return listening
  // Without the router, and without DHCPv6.
  return addressesOf({ device, ...context }, 'inet6').length > 0
    ? [['ignore-auto-routes', true]]
    : [['method', 'link-local']]
}

const listening = [
  ['method', 'auto'],
  ['ra-timeout', 0],
] as const

const writeAsked = (context: Context) => ({
  settings: asked(context).map(([name, value]) => ({ device: context.device.name, in: 'IPv6', name, value })),
})

export const dhcp6: Custom = custom({
  shape: 'ipv6.method',
  write(value: boolean, context) {
    if (!value) return { settings: [] }
    const refused = barred(context)
    return refused === undefined ? writeAsked(context) : refuse(refused)
  },
  read(device) {
    const method = foundAs(device, 'IPv6', 'method')
    const timeout = foundAs(device, 'IPv6', 'dhcp-timeout')
    const waits = foundAs(device, 'IPv6', 'ra-timeout')
    if (method === undefined) return undefined
    if (method.value === 'dhcp') return { value: true, used: [method] }
    if (method.value !== 'auto' || (waits !== undefined && timeout === undefined)) return undefined
    return { value: true, used: timeout === undefined ? [method] : [method, timeout] }
  },
})

export const acceptRa: Custom = custom({
  shape: 'ipv6.method',
  write(_: boolean, context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    return context.device.options.dhcp6 === true ? { settings: [] } : writeAsked(context)
  },
  read(device) {
    const method = foundAs(device, 'IPv6', 'method')
    const waits = foundAs(device, 'IPv6', 'ra-timeout')
    const ignores = foundAs(device, 'IPv6', 'ignore-auto-routes')
    if (method === undefined) return undefined
    if (method.value === 'auto' && waits !== undefined) return { value: true, used: [method, waits] }
    if (method.value === 'dhcp' || method.value === 'link-local') return { value: false, used: [method] }
    return method.value === 'manual' && ignores !== undefined && flag.read(ignores.value) === true
      ? { value: false, used: [method, ignores] }
      : undefined
  },
})

/** A numbered statement: `address2` is the second address of both families together. */
interface Numbered {
  readonly found: Found
  readonly number: number
}

/** The numbered statements of both families in order; `pattern` has the number as its only group. */
const numbered = (device: ScannedDevice, pattern: RegExp): readonly Numbered[] =>
  Object.values(parts)
    .flatMap(part => device.found.filter(found => found.in === part))
    .flatMap(found => {
      const [, digits] = pattern.exec(found.name) ?? []
      return digits === undefined ? [] : [{ found, number: Number(digits) }]
    })
    .toSorted((a, b) => a.number - b.number)

/** The fields of an address or a route: an address, its prefix length, a gateway, a metric; older ones have semicolons. */
const fieldsOf = ({ value }: Found): readonly string[] =>
  String(value)
    .replace(/;$/, '')
    .split(/[/,;]/)
    .map(field => field.trim())

const prefixLengths = { address: { inet: '24', inet6: '64' }, route: { inet: '24', inet6: '128' } } as const

function prefixOf([address = '', length = '']: readonly string[], of: keyof typeof prefixLengths): string {
  return `${address}/${length === '' ? prefixLengths[of][familyOf(address)] : length}`.toLowerCase()
}

const addressKey = /^address(?:es)?(\d*)$/

export const addresses: Custom = custom({
  shape: 'address1=, one for each',
  write(said: readonly string[], context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    const { name: device } = context.device
    const fit = said.filter(isAddress)
    return {
      settings: fit.map((value, at) => ({
        device,
        in: parts[familyOf(value)],
        name: `address${at + 1}`,
        value,
      })),
      ...(fit.length < said.length && { refused: 'an address of only zeros is none' }),
    }
  },
  read(device) {
    const all = numbered(device, addressKey).map(({ found }) => ({
      found,
      value: prefixOf(fieldsOf(found), 'address'),
    }))
    const fit = all.filter(({ value }) => ipPrefix.read(value) !== undefined)
    return fit.length === 0
      ? undefined
      : { value: fit.map(({ value }) => value), used: fit.map(({ found }) => found) }
  },
})

/** `to/length,via,metric`, and what else there is as attributes of a second key. */
function wordsOf(route: Route, context: Context) {
  const { to, via, metric, table } = route
  const family = familyOfRoute(route)
  const onLink =
    via !== undefined && addressesOf(context, 'inet').length + addressesOf(context, 'inet6').length === 0
  const attributes = [...(table === undefined ? [] : [`table=${table}`]), ...(onLink ? ['onlink=true'] : [])]
  const target = to === 'default' ? everywhere[family] : to
  const value = metric === undefined ? [target, via] : [target, via ?? '', metric]
  return {
    part: parts[family],
    value: value.filter(word => word !== undefined).join(','),
    attributes: attributes.join(','),
  }
}

const routeKey = /^routes?(\d*)$/

/** Attributes of a route; undefined where there is one that is not known. */
function attributesOf(found: Found | undefined): ReadonlyMap<string, string> | undefined {
  const words = String(found?.value ?? '')
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '')
  const attributes = new Map(words.map(word => [word.split('=')[0] ?? '', word.split('=')[1] ?? '']))
  const known = [...attributes.keys()].every(name => ['table', 'onlink', 'type'].includes(name))
  return known && (attributes.get('type') ?? 'unicast') === 'unicast' ? attributes : undefined
}

function routeOf(found: Found, attributes: ReadonlyMap<string, string>): Value {
  const [address, length, via = '', metric = ''] = fieldsOf(found)
  const target = prefixOf([address ?? '', length ?? ''], 'route')
  const isDefault = target === everywhere.inet || (target === everywhere.inet6 && via !== '')
  const table = attributes.get('table')
  return {
    to: isDefault ? 'default' : target,
    ...(via !== '' && !isZero(via) && { via }),
    ...(metric !== '' && { metric: Number(metric) }),
    ...(table !== undefined && { table: Number(table) }),
  }
}

/** Default routes in the words of older profiles: `gateway=`, or the third field of an address. */
function gatewaysOf(device: ScannedDevice): readonly { readonly value: Value; readonly used: Found[] }[] {
  const own = Object.values(parts).flatMap(part => foundAs(device, part, 'gateway') ?? [])
  const beside = numbered(device, addressKey).flatMap(({ found }) => {
    const via = fieldsOf(found)[2] ?? ''
    return via === '' || isZero(via) ? [] : [{ value: { to: 'default', via }, used: [found] }]
  })
  return [...own.map(found => ({ value: { to: 'default', via: found.value }, used: [found] })), ...beside]
}

export const routes: Custom = custom({
  shape: 'route1=, one for each',
  write(said: readonly Route[], context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    const { name: device } = context.device
    const reasons = said.flatMap(route => barredRoute(route, context) ?? [])
    const fit = said.filter(route => barredRoute(route, context) === undefined)
    const settings = fit.flatMap((route, at) => {
      const { part, value, attributes } = wordsOf(route, context)
      const name = `route${at + 1}`
      const common = { device, in: part }
      return [
        { ...common, name, value },
        ...(attributes === '' ? [] : [{ ...common, name: `${name}_options`, value: attributes }]),
      ]
    })
    return { settings, ...(reasons.length > 0 && { refused: [...new Set(reasons)].join('; ') }) }
  },
  read(device) {
    const read = [
      ...gatewaysOf(device),
      ...numbered(device, routeKey).flatMap(({ found }) => {
        const more = foundAs(device, found.in, `${found.name}_options`)
        const attributes = attributesOf(more)
        if (attributes === undefined) return []
        return [{ value: routeOf(found, attributes), used: more === undefined ? [found] : [found, more] }]
      }),
    ].filter(({ value }) => routeKind.read(value) !== undefined)
    return read.length === 0
      ? undefined
      : { value: read.map(({ value }) => value), used: read.flatMap(({ used }) => used) }
  },
})

/** Below the 50 that a connection has for either family, so that these resolvers are asked first. */
const firstAsked = 40
const usualPriority = 50

/** The servers as they can be asked, one family after the other, the family of the first one first. */
function askable(servers: readonly string[], context: Context) {
  const fit: string[] = []
  const reasons: string[] = []
  for (const server of servers) {
    const family = familyOf(server)
    const last = fit.at(-1)
    const seen = fit.some(other => familyOf(other) === family)
    if (isZero(server)) reasons.push(`${server} is no server`)
    else if (!isOn(context, family)) reasons.push(`${server}: ${isOff(family)}`)
    else if (last !== undefined && familyOf(last) !== family && seen)
      reasons.push(`${server}: NetworkManager asks all servers of one family before those of the other`)
    else fit.push(server)
  }
  return { fit, reasons }
}

export const nameservers: Custom = custom({
  shape: 'dns= and dns-search=',
  write(said: Nameservers, context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    const { name: device } = context.device
    const { fit, reasons } = askable(said.addresses ?? [], context)
    const families = [...new Set(fit.map(familyOf))]
    const at = (family: Family, name: string, value: Value) => ({ device, in: parts[family], name, value })
    const searches = said.search ?? []
    const holder = (['inet', 'inet6'] as const).find(family => isOn(context, family))
    if (searches.length > 0 && holder === undefined) reasons.push(isOff('inet'))
    return {
      settings: [
        ...families.map(family =>
          at(
            family,
            'dns',
            fit.filter(server => familyOf(server) === family),
          ),
        ),
        ...(families[0] === 'inet6' && families.length > 1 ? [at('inet6', 'dns-priority', firstAsked)] : []),
        ...(searches.length > 0 && holder !== undefined ? [at(holder, 'dns-search', searches)] : []),
      ],
      ...(reasons.length > 0 && { refused: [...new Set(reasons)].join('; ') }),
    }
  },
  read(device) {
    const of = (part: string, name: string) => foundAs(device, part, name)
    const priority = (part: string): number => Number(of(part, 'dns-priority')?.value ?? usualPriority)
    const order = priority('IPv6') < priority('IPv4') ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6']
    const all = (name: string): readonly Found[] => order.flatMap(part => of(part, name) ?? [])
    const words = (found: readonly Found[]): readonly string[] =>
      found.flatMap(({ value }) => String(value).split(/[;,\s]/)).filter(word => word !== '')
    const [servers, searches] = [all('dns'), all('dns-search')]
    const value = {
      ...(servers.length > 0 && { addresses: words(servers) }),
      ...(searches.length > 0 && { search: words(searches) }),
    }
    const used = [...servers, ...searches, ...(servers.length > 1 ? all('dns-priority') : [])]
    return used.length === 0 || nameserversKind.read(value) === undefined ? undefined : { value, used }
  },
})
