// What nmstate says in shapes of its own, each both ways: one list of routes and of resolvers for the whole host, ports with
// their settings in the list of their bond or bridge, addresses taken apart (rust/src/lib/ifaces/*.rs, ip.rs, route.rs).

import { vlanRange } from '../../options/bridge.ts'
import type { Nameservers, Route, Said, Value, VlanRange } from '../../options/index.ts'
import { nameserversKind, routeKind } from '../../options/interface.ts'
import { deviceName, familyOf, flag, ipPrefix, listOf } from '../../options/kind.ts'
import { unicast } from '../families/networkd.ts'
import { distinct, foundAs, refuse, tooOld, vlanTwice } from '../families/networkmanager.ts'
import {
  barred,
  barredRoute,
  everywhere,
  type Family,
  familyOfRoute,
  isAddress,
  isOn,
  isZero,
} from '../families/networkmanager-ip.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Context, type Custom, custom, type Written } from '../stance.ts'

type Fields = Readonly<Record<string, Value>>

const sections = { inet: 'ipv4', inet6: 'ipv6' } as const

const fieldsOf = (value: Value | undefined): Fields =>
  typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {}

const itemsOf = (value: Value | undefined): readonly Fields[] =>
  Array.isArray(value) ? value.map(fieldsOf) : []

const at = ({ device }: Context, part: string, name: string, value: Value) => ({
  device: device.name,
  in: part,
  name,
  value,
})

/** A truth of one family; nothing of a family is configured on a port. */
const truth = (
  family: Family,
  name: string,
  against: (value: boolean, context: Context) => string | undefined,
) =>
  custom({
    shape: `${sections[family]}.${name}`,
    write(value: boolean, context): Written {
      const refused = value ? (barred(context) ?? against(value, context)) : undefined
      return refused === undefined
        ? { settings: [at(context, sections[family], name, value)] }
        : refuse(refused)
    },
    read(device) {
      const found = foundAs(device, sections[family], name)
      const value = found && flag.read(found.value)
      return found === undefined || value === undefined ? undefined : { value, used: [found] }
    },
  })

export const dhcp4: Custom = truth('inet', 'dhcp', () => undefined)
export const dhcp6: Custom = truth('inet6', 'dhcp', () => undefined)
export const acceptRa: Custom = truth('inet6', 'autoconf', (_, { device }) =>
  device.options.dhcp6 === true ? undefined : 'nmstate listens to routers only together with DHCPv6',
)

/** fe80::/10, which nmstate leaves to the kernel. */
const isLinkLocal = (address: string): boolean => /^fe[89ab][0-9a-f]:/i.test(address)

export const addresses: Custom = custom({
  shape: 'ipv4.address and ipv6.address',
  write(said: readonly string[], context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    const fit = said.filter(address => isAddress(address) && !isLinkLocal(address))
    const of = (family: Family): readonly Value[] =>
      fit
        .filter(address => familyOf(address) === family)
        .map(address => ({ ip: address.split('/')[0] ?? '', 'prefix-length': Number(address.split('/')[1]) }))
    return {
      settings: (['inet', 'inet6'] as const).flatMap(family =>
        of(family).length === 0 ? [] : [at(context, sections[family], 'address', of(family))],
      ),
      ...(fit.length < said.length && {
        refused: 'nmstate leaves out addresses of only zeros and link-local ones',
      }),
    }
  },
  read(device) {
    const used = Object.values(sections).flatMap(part => foundAs(device, part, 'address') ?? [])
    const value = used.flatMap(found =>
      itemsOf(found.value).map(({ ip, 'prefix-length': length }) => `${ip}/${length}`),
    )
    return value.length > 0 && listOf(ipPrefix).read(value) !== undefined ? { value, used } : undefined
  },
})

/** Whether a family is configured: routers are listened to only together with DHCPv6, link-local addresses left out. */
const isActive = (context: Context, family: Family): boolean =>
  family === 'inet' ? isOn(context, family) : isAutomatic(context.device) || staticIpv6(context.device)

const fitRoutes = (context: Context): readonly Route[] =>
  barred(context) === undefined
    ? (context.device.options.routes ?? []).filter(
        route => barredRoute(route, context, isActive) === undefined,
      )
    : []

/** The first device that has routes opens the list of the host. */
function opensRoutes({ device, host, version }: Context): boolean {
  const first = [...host.ports, ...host.bonds, ...host.vlans, ...host.bridges].find(
    other => fitRoutes({ device: other, host, version }).length > 0,
  )
  return first?.name === device.name
}

export const routes: Custom = custom({
  shape: 'routes.config, for the whole host',
  write(said: readonly Route[], context) {
    const refused = barred(context)
    if (refused !== undefined) return refuse(refused)
    const reasons = said.flatMap(route => barredRoute(route, context, isActive) ?? [])
    const part = opensRoutes(context) ? 'routes' : 'further'
    const settings = fitRoutes(context).map(route => {
      const { to, via, metric, table } = route
      return at(context, part, 'route', {
        destination: to === 'default' ? everywhere[familyOfRoute(route)] : to,
        ...(via !== undefined && { 'next-hop-address': via }),
        'next-hop-interface': context.device.name,
        ...(metric !== undefined && { metric }),
        ...(table !== undefined && { 'table-id': table }),
      })
    })
    return { settings, ...(reasons.length > 0 && { refused: [...new Set(reasons)].join('; ') }) }
  },
  read(device) {
    const used: Found[] = []
    const value: Value[] = []
    for (const found of device.found) {
      const route = found.in === 'routes' ? routeOf(fieldsOf(found.value)) : undefined
      if (route === undefined || routeKind.read(route) === undefined) continue
      used.push(found)
      value.push(route)
    }
    return value.length === 0 ? undefined : { value, used }
  },
})

/** Undefined where there is more than a route of ours has. */
function routeOf(fields: Fields): Value | undefined {
  const {
    destination,
    metric,
    'next-hop-address': via,
    'next-hop-interface': _,
    'table-id': table,
    ...more
  } = fields
  if (destination === undefined || Object.keys(more).length > 0) return undefined
  const isDefault = destination === everywhere.inet || (destination === everywhere.inet6 && via !== undefined)
  return {
    to: isDefault ? 'default' : destination,
    ...(via !== undefined && via !== '' && { via }),
    // -1 and 0 stand for the default.
    ...(metric !== undefined && metric !== -1 && { metric }),
    ...(table !== undefined && table !== 0 && { table }),
  }
}

/** Whose resolvers are the host's: the first device with a default route, or else with addresses. */
function speaker({ host, version }: Context): string | undefined {
  const devices = [...host.ports, ...host.bonds, ...host.vlans, ...host.bridges]
  const contextOf = (device: Context['device']): Context => ({ device, host, version })
  const leads = devices.find(device =>
    fitRoutes(contextOf(device)).some(route => route.to === 'default' || isEverywhere(route.to)),
  )
  const lives = devices.find(
    device =>
      barred(contextOf(device)) === undefined &&
      (isActive(contextOf(device), 'inet') || isActive(contextOf(device), 'inet6')),
  )
  return (leads ?? lives)?.name
}

const isEverywhere = (to: string): boolean => to === everywhere.inet || to === everywhere.inet6

const isAutomatic = ({ options }: Context['device']): boolean => options.dhcp6 === true

const staticIpv6 = ({ options }: Context['device']): boolean =>
  (options.addresses ?? []).some(
    address => familyOf(address) === 'inet6' && isAddress(address) && !isLinkLocal(address),
  )

export const nameservers: Custom = custom({
  shape: 'dns-resolver, for the whole host',
  write(said: Nameservers, context) {
    const { device } = context
    const owner = speaker(context)
    if (owner !== device.name) {
      return refuse(
        owner === undefined
          ? 'nmstate has resolvers only where a device has an address'
          : `nmstate has one list for the whole host, and its place is with ${owner}`,
      )
    }
    const servers = (said.addresses ?? []).filter(server => !isZero(server))
    const search = said.search ?? []
    return {
      settings: [
        ...(servers.length === 0 ? [] : [at(context, 'resolver', 'server', servers)]),
        ...(search.length === 0 ? [] : [at(context, 'resolver', 'search', search)]),
      ],
      ...(servers.length < (said.addresses?.length ?? 0) && {
        refused: 'an address of only zeros is no server',
      }),
    }
  },
  read(device) {
    const [server, search] = ['server', 'search'].map(name => foundAs(device, 'resolver', name))
    const used = [server, search].flatMap(found => found ?? [])
    const value = { ...(server && { addresses: server.value }), ...(search && { search: search.value }) }
    return used.length === 0 || nameserversKind.read(value) === undefined ? undefined : { value, used }
  },
})

/** Not together with fail_over_mac active (bond.rs, validate_mac_restricted_mode()). */
export const mac: Custom = custom({
  shape: 'mac-address',
  write(value: string, context) {
    const { mode, 'fail-over-mac': follows } = context.device.options as Said<'bond'>
    if (mode === 'active-backup' && follows === 'active')
      return refuse('nmstate refuses one together with fail_over_mac active')
    return unicast.write(value) === undefined
      ? refuse('a device has the address of one station')
      : { settings: [at(context, 'body', 'mac-address', value)] }
  },
  read(device) {
    const found = foundAs(device, 'body', 'mac-address')
    return found === undefined ? undefined : { value: String(found.value).toLowerCase(), used: [found] }
  },
})

/** Before this version a bond has names for its ports and nothing else. */
const sinceConfig = '2.2.17'

const portOptions = { prio: 'priority', 'queue-id': 'queue-id' } as const
type PortOption = keyof typeof portOptions

/** Why something that was said of a port is not in the list of its bond. */
function unlisted(id: PortOption, context: Context): string | undefined {
  const { device, host } = context
  const bond = host.bonds.find(one => one.options.members?.includes(device.name))
  if (bond === undefined) return 'it is a setting of a port of a bond, and this is none'
  const value = (device.options as Said<'port'>)[id]
  const earlier = (bond.options.members ?? []).slice(0, (bond.options.members ?? []).indexOf(device.name))
  const taken = host.ports.some(
    other => earlier.includes(other.name) && other.options[id] === value && id === 'queue-id' && value !== 0,
  )
  if (taken) return `nmstate refuses a bond with two ports of queue ${value}`
  return tooOld('ports-config', sinceConfig, context)
}

const ofPort = (id: PortOption): Custom =>
  custom({
    shape: `ports-config[].${portOptions[id]}, with the bond`,
    write(_: number, context) {
      const refused = unlisted(id, context)
      return refused === undefined ? { settings: [] } : refuse(refused)
    },
    read(device, all) {
      for (const bond of all) {
        const found = foundAs(bond, 'aggregation', 'ports-config')
        const value = itemsOf(found?.value).find(({ name }) => name === device.name)?.[portOptions[id]]
        if (found !== undefined && typeof value === 'number') return { value, used: [found] }
      }
      return undefined
    },
  })

export const prio: Custom = ofPort('prio')
export const queueId: Custom = ofPort('queue-id')

export const members: Custom = custom({
  shape: 'link-aggregation.port and ports-config',
  write(said: readonly string[], context) {
    const configs = said.map((name): Fields => {
      const device = context.host.ports.find(port => port.name === name)
      const ids = Object.keys(portOptions) as PortOption[]
      const words = ids.flatMap(id => {
        const value = device?.options[id]
        const fits = device !== undefined && value !== undefined && !unlisted(id, { ...context, device })
        return fits && isMeant(id, context) ? [[portOptions[id], value] as const] : []
      })
      return { name, ...Object.fromEntries(words) }
    })
    const more = configs.some(config => Object.keys(config).length > 1)
    return {
      settings: [
        at(context, 'aggregation', 'port', said),
        ...(more ? [at(context, 'aggregation', 'ports-config', configs)] : []),
      ],
    }
  },
  read(device) {
    const plain = ['port', 'ports', 'slaves'].flatMap(
      // The last of them was the word up to version 0.3.
      word => foundAs(device, 'aggregation', word) ?? [],
    )[0]
    const config = foundAs(device, 'aggregation', 'ports-config')
    const value = plain?.value ?? itemsOf(config?.value).flatMap(({ name }) => name ?? [])
    const used = [plain, config].flatMap(found => found ?? [])
    return used.length === 0 || listOf(deviceName).read(value) === undefined ? undefined : { value, used }
  },
})

/** The driver refuses a prio outside the modes with an active member; the walk has reported it. */
const isMeant = (id: PortOption, { device }: Context): boolean =>
  id !== 'prio' ||
  ['active-backup', 'balance-tlb', 'balance-alb'].includes(
    (device.options as Said<'bond'>).mode ?? 'balance-rr',
  )

const tagOf = (range: VlanRange): Value =>
  range.from === range.to ? { id: range.from } : { 'id-range': { min: range.from, max: range.to } }

function rangeOf(tag: Fields): Value | undefined {
  const { min, max } = fieldsOf(tag['id-range'])
  const range = tag.id ?? (min === undefined ? undefined : `${min}-${max}`)
  return range === undefined || vlanRange.read(range) === undefined ? undefined : range
}

export const bridgePorts: Custom = custom({
  shape: 'bridge.port, with the VLANs of each',
  write(said: readonly string[], context) {
    const { 'vlan-aware': aware, vlans = [] } = context.device.options as Said<'bridge'>
    const vlan = { mode: 'trunk', 'trunk-tags': distinct(vlans).map(tagOf) }
    const value = said.map(name => ({ name, ...(aware === true && { vlan }) }))
    return { settings: [at(context, 'bridge-of', 'port', value)] }
  },
  read(device) {
    const found = foundAs(device, 'bridge-of', 'port')
    const value = itemsOf(found?.value).flatMap(({ name }) => name ?? [])
    return found === undefined || listOf(deviceName).read(value) === undefined
      ? undefined
      : { value, used: [found] }
  },
})

const trunks = (device: ScannedDevice): readonly (readonly Fields[])[] =>
  itemsOf(foundAs(device, 'bridge-of', 'port')?.value).flatMap(({ vlan }) =>
    fieldsOf(vlan).mode === 'trunk' ? [itemsOf(fieldsOf(vlan)['trunk-tags'])] : [],
  )

const hasPorts = ({ device }: Context): boolean => ((device.options as Said<'bridge'>).ports ?? []).length > 0

export const vlanAware: Custom = custom({
  shape: 'bridge.port[].vlan',
  write(value: boolean, context) {
    return !value || hasPorts(context) ? { settings: [] } : refuse('nmstate filters where a port has VLANs')
  },
  read(device) {
    const found = foundAs(device, 'bridge-of', 'port')
    return found === undefined || trunks(device).length === 0 ? undefined : { value: true, used: [found] }
  },
})

export const bridgeVlans: Custom = custom({
  shape: 'bridge.port[].vlan.trunk-tags',
  write(said: readonly VlanRange[], context) {
    if (said.length === 0) return { settings: [] }
    const { 'vlan-aware': aware } = context.device.options as Said<'bridge'>
    if (aware !== true || !hasPorts(context))
      return refuse('nmstate has VLANs only with the ports of a bridge that is vlan-aware')
    return { settings: [], ...(distinct(said).length < said.length && { refused: vlanTwice }) }
  },
  read(device) {
    const found = foundAs(device, 'bridge-of', 'port')
    const value = (trunks(device)[0] ?? []).flatMap(tag => rangeOf(tag) ?? [])
    return found === undefined || value.length === 0 ? undefined : { value, used: [found] }
  },
})
