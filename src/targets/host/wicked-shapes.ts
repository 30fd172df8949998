// What wicked takes only in company, or says in shapes of its own. It refuses a whole ifcfg file in which one bond option
// does not fit (src/bonding.c, ni_bonding_validate()), so none of these may be written.

import { settle } from '../../intent/effective.ts'
import { maskLength } from '../../intent/ip.ts'
import { bonding, options, type Said, type Value } from '../../options/index.ts'
import { type Route, routeKind } from '../../options/interface.ts'
import { type AnyKind, familyOf } from '../../options/kind.ts'
import { isSixRoute } from '../families/ip-route.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Context, type Custom, custom, type Written } from '../stance.ts'

const refuse = (refused: string): Written => ({ settings: [], refused })

const foundAs = (device: ScannedDevice, part: string, name: string): Found | undefined =>
  device.found.findLast(found => found.in === part && found.name === name)

const said = ({ device }: Context) => device.options as Said<'bond'>

/** Why a device has no addresses: BOOTPROTO=none, which what stands in a bond or a bridge has, turns them off. */
function barred({ device: { name }, host }: Context): string | undefined {
  const within =
    host.bonds.some(bond => bond.options.members?.includes(name)) ||
    host.bridges.some(bridge => bridge.options.ports?.includes(name))
  return within ? 'wicked configures no addresses on what stands in a bond or a bridge' : undefined
}

const guarded = (
  kind: AnyKind,
  part: string,
  name: string,
  against: (value: never, context: Context) => string | undefined,
): Custom =>
  custom({
    shape: name,
    write(value: never, context) {
      const because = against(value, context)
      if (because !== undefined) return refuse(because)
      return { settings: [{ device: context.device.name, in: part, name, value }] }
    },
    read(device) {
      const found = foundAs(device, part, name)
      const value = found && kind.read(found.value)
      return found === undefined || value === undefined
        ? undefined
        : { value: kind.write(value), used: [found] }
    },
  })

/** Why the bond is not probed; undefined where it is. */
function unprobed(context: Context): string | undefined {
  const { miimon = 0, 'arp-interval': interval = 0, 'arp-ip-target': targets = [], mode } = said(context)
  if (miimon > 0) return 'wicked refuses a bond that both polls and probes; miimon is written'
  if (settle({ ...(mode !== undefined && { mode }) }).miimon > 0) return 'there are no probes in this mode'
  if (interval === 0) return 'wicked probes only at an interval above 0'
  return targets.some(isTarget) ? undefined : 'wicked refuses a bond that probes nobody'
}

const isTarget = (address: string): boolean => !['0.0.0.0', '255.255.255.255'].includes(address)

const isMonitored = (context: Context): boolean =>
  unprobed(context) === undefined || settle(said(context)).miimon > 0

/** A file each, and a line in the bond's own. */
export const members = custom({
  shape: 'BONDING_SLAVE_0=, one for each',
  write(ports: readonly string[], context) {
    if (!isMonitored(context)) return refuse('wicked refuses a bond that is not monitored; say miimon')
    const device = context.device.name
    return {
      settings: ports.flatMap((value, at) => [
        { device, in: 'Slaves', name: `BONDING_SLAVE_${at}`, value },
        { device: value, in: 'Attached', name: 'STARTMODE', value: 'hotplug' },
      ]),
    }
  },
  read: device => listOf(device, /^BONDING_SLAVE_?/),
})

function listOf(device: ScannedDevice, pattern: RegExp) {
  const used = device.found.filter(({ name, value }) => pattern.test(name) && value !== '')
  return used.length === 0
    ? undefined
    : { value: used.flatMap(({ value }) => String(value).split(/\s+/)), used }
}

export const ports = custom({
  shape: 'BRIDGE_PORTS=',
  write: (names: readonly string[], { device }) => ({
    settings: [
      ...(names.length === 0
        ? []
        : [{ device: device.name, in: 'File', name: 'BRIDGE_PORTS', value: names.join(' ') }]),
      ...names.map(name => ({ device: name, in: 'Attached', name: 'STARTMODE', value: 'hotplug' })),
    ],
  }),
  read: device => listOf(device, /^BRIDGE_PORTS$/),
})

/** Delays count polls, and one below a poll is refused. */
export const delay = (id: 'updelay' | 'downdelay'): Custom =>
  guarded(bonding[id].kind, 'Bond', id, (value: number, context) => {
    const { miimon } = settle(said(context))
    if (miimon === 0) return 'the driver refuses it while miimon is 0'
    return value > 0 && value < miimon
      ? `wicked refuses a delay that is less than a poll of ${miimon} ms`
      : undefined
  })

export const arpInterval = guarded(
  bonding['arp-interval'].kind,
  'Bond',
  'arp_interval',
  (_: number, context) => unprobed(context),
)

export const arpTargets = custom({
  shape: 'arp_ip_target',
  write(targets: readonly string[], context) {
    const because = targets.length === 0 ? undefined : unprobed(context)
    if (because !== undefined) return refuse(because)
    const fit = targets.filter(isTarget)
    const value = fit.join(',')
    return {
      settings:
        fit.length === 0 ? [] : [{ device: context.device.name, in: 'Bond', name: 'arp_ip_target', value }],
      ...(fit.length < targets.length && { refused: 'wicked takes no address of only zeros or ones' }),
    }
  },
  read(device) {
    const found = foundAs(device, 'Bond', 'arp_ip_target')
    return found && { value: String(found.value).split(','), used: [found] }
  },
})

export const arpValidate = guarded(
  bonding['arp-validate'].kind,
  'Bond',
  'arp_validate',
  (_: string, context) =>
    unprobed(context) ??
    (said(context).mode === 'active-backup' ? undefined : 'wicked takes it in mode active-backup only'),
)

export const forwardDelay = guarded(
  options.bridge['forward-delay'].kind,
  'File',
  'BRIDGE_FORWARDDELAY',
  (seconds: number, { device }) =>
    seconds < 2 && (device.options as Said<'bridge'>).stp === true
      ? 'wicked refuses a bridge in spanning tree with less than 2 s'
      : undefined,
)

const asks = { dhcp4: 'dhcp4', dhcp6: 'dhcp6' } as const

/** Both in one key; `dhcp` is either of the two. Written with the first that was said. */
export const dhcp = (id: keyof typeof asks): Custom =>
  custom({
    shape: 'BOOTPROTO=',
    write(value: boolean, context) {
      if (!value) return { settings: [] }
      const because = barred(context)
      if (because !== undefined) return refuse(because)
      const { dhcp4, dhcp6, name } = { ...context.device.options, name: context.device.name }
      if (id === 'dhcp6' && dhcp4) return { settings: [] }
      const words = [...(dhcp4 ? ['dhcp4'] : []), ...(dhcp6 ? ['dhcp6'] : [])].join('+')
      return { settings: [{ device: name, in: 'Boot', name: 'BOOTPROTO', value: words }] }
    },
    read(device) {
      const found = foundAs(device, 'Boot', 'BOOTPROTO')
      const words = String(found?.value ?? '').split('+')
      return found !== undefined && (words.includes(asks[id]) || words.includes('dhcp'))
        ? { value: true, used: [found] }
        : undefined
    },
  })

/** In a file of its own; 2 holds on hosts that forward as well. */
export const acceptRa = custom({
  shape: 'ifsysctl-DEVICE',
  write(value: boolean, context) {
    const because = barred(context)
    return because === undefined
      ? { settings: [{ device: context.device.name, in: 'Sysctl', name: 'accept_ra', value: value ? 2 : 0 }] }
      : refuse(because)
  },
  read(device) {
    const found = foundAs(device, 'Sysctl', 'accept_ra')
    return found === undefined || !/^[012]$/.test(String(found.value))
      ? undefined
      : { value: String(found.value) !== '0', used: [found] }
  },
})

/** `net.ipv6.conf.$SYSCTL_IF.accept_ra = 2`, with or without blanks. */
export function readSysctl(words: readonly string[]): Value | undefined {
  const [, value] = /^net[./]ipv6[./]conf[./].*[./]accept_ra=([012])$/.exec(words.join('')) ?? []
  return value
}

const isAddress = (address: string): boolean => !/^[0:.]+(?:\/|$)/.test(address)

export const addresses = custom({
  shape: 'IPADDR=, IPADDR_1= and so on',
  write(said: readonly string[], context) {
    const because = said.length === 0 ? undefined : barred(context)
    if (because !== undefined) return refuse(because)
    const fit = said.filter(isAddress)
    return {
      settings: fit.map((value, at) => ({
        device: context.device.name,
        in: 'File',
        name: at === 0 ? 'IPADDR' : `IPADDR_${at}`,
        value,
      })),
      ...(fit.length < said.length && { refused: 'an address of only zeros is none' }),
    }
  },
  read(device) {
    const used: Found[] = []
    const value = device.found.flatMap(found => {
      const [, suffix] = /^IPADDR(.*)$/.exec(found.name) ?? []
      if (suffix === undefined) return []
      const beside = ['PREFIXLEN', 'NETMASK'].flatMap(
        name => foundAs(device, 'File', `${name}${suffix}`) ?? [],
      )
      used.push(found, ...beside)
      const address = String(found.value)
      return [
        address.includes('/') || beside[0] === undefined ? address : `${address}/${lengthOf(beside[0])}`,
      ]
    })
    return used.length === 0 || options.port.addresses.kind.read(value) === undefined
      ? undefined
      : { value, used }
  },
})

/** A prefix length, or that of a netmask. */
const lengthOf = ({ value }: Pick<Found, 'value'>): string => String(maskLength(String(value)) ?? value)

/** Why wicked would not read a line. */
function barredRoute({ to, via }: Route): string | undefined {
  if (via !== undefined && /^[0:.]+$/.test(via)) return `${via} is no next hop`
  return via !== undefined && to !== 'default' && familyOf(to) !== familyOf(via)
    ? `wicked takes no next hop of the other family: ${to} by way of ${via}`
    : undefined
}

/** Columns: where to, the next hop, a mask for those without a prefix, the device; then what else there is. */
export const routes = custom({
  shape: 'ifroute-DEVICE, a line for each',
  write(said: readonly Route[], context) {
    const because = said.length === 0 ? undefined : barred(context)
    if (because !== undefined) return refuse(because)
    const reasons = said.flatMap(route => barredRoute(route) ?? [])
    const device = context.device.name
    return {
      settings: said.flatMap((route, group) => {
        if (barredRoute(route) !== undefined) return []
        const { to, via, metric, table } = route
        const everywhere = isSixRoute(route) ? '::/0' : '0.0.0.0/0'
        const columns: readonly (readonly [string, Value])[] = [
          // A default takes its family from the next hop.
          ['', to === 'default' && via === undefined ? everywhere : to],
          [' ', via ?? '-'],
          [' - ', device],
          ...(metric === undefined ? [] : ([[' metric ', metric]] as const)),
          ...(table === undefined ? [] : ([[' table ', table]] as const)),
        ]
        return columns.map(([name, value]) => ({ device, in: 'Route', group, name, value }))
      }),
      ...(reasons.length > 0 && { refused: [...new Set(reasons)].join('; ') }),
    }
  },
  read(device) {
    const used = device.found.filter(
      ({ in: part, value }) => part === 'Routes' && routeKind.read(value) !== undefined,
    )
    return used.length === 0 ? undefined : { value: used.map(({ value }) => value), used }
  },
})

/** A line of an ifroute file; undefined where it says more than a route of ours can. */
export function readRoute(words: readonly string[]): Value | undefined {
  const [to = '', via = '-', mask = '-', , ...rest] = words
  const more = rest[0] === 'unicast' || rest[0] === '-' ? rest.slice(1) : rest
  const parts = new Map(more.flatMap((word, at) => (at % 2 === 0 ? [[word, more[at + 1] ?? '']] : [])))
  if ([...parts.keys()].some(name => name !== 'metric' && name !== 'table')) return undefined
  const masked = to.includes('/') || to === 'default' || mask === '-'
  const route = routeKind.read({
    to: masked ? to : `${to}/${lengthOf({ value: mask })}`,
    ...(via !== '-' && { via }),
    ...(parts.has('metric') && { metric: parts.get('metric') ?? '' }),
    ...(parts.has('table') && { table: parts.get('table') === 'main' ? 254 : (parts.get('table') ?? '') }),
  })
  return route === undefined ? undefined : routeKind.write(route)
}
