// What iproute2 needs a shape of its own for: a bond is made by one message, in which the driver refuses everything if it
// refuses one thing (bond_changelink()), and a script that ends at its first failure must hold nothing that fails. Each
// pair is one option, or says why it is not written.

import { settle } from '../../intent/effective.ts'
import type { Host } from '../../intent/intent.ts'
import { isNetwork, sameAddress, within } from '../../intent/ip.ts'
import { vlanRange } from '../../options/bridge.ts'
import { bonding, bondingPort, options, type Said, type Value, type VlanRange } from '../../options/index.ts'
import type { Route } from '../../options/interface.ts'
import { type AnyKind, familyOf } from '../../options/kind.ts'
import { isSixRoute } from '../families/ip-route.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Context, type Custom, custom, type Written } from '../stance.ts'
import { compareVersions } from '../target.ts'
import { aboveLink, withoutSix } from './iproute2-mtu.ts'

const refused = (because: string): Written => ({ settings: [], refused: because })

const foundIn = (device: ScannedDevice, part: string, name?: string): readonly Found[] =>
  device.found.filter(found => found.in === part && (name === undefined || found.name === name))

/** The last of several holds. */
function lastOf(kind: AnyKind, used: readonly Found[], as = (native: Value): Value | undefined => native) {
  const last = used.at(-1)
  const native = last === undefined ? undefined : as(last.value)
  const value = native === undefined ? undefined : kind.read(native)
  return value === undefined ? undefined : { value: kind.write(value), used }
}

const bondOf = (port: string, { bonds }: Host) =>
  bonds.find(({ options: { members } }) => members?.includes(port))

/** Why a device carries nothing of its own. */
const barred = ({ device, host }: Context): string | undefined =>
  bondOf(device.name, host) === undefined
    ? undefined
    : 'a member of a bond carries nothing of its own, and takes its MTU from the bond'

/** One word of a device, written unless something speaks against it. */
const guarded = (
  kind: AnyKind,
  { in: part, name }: { readonly in: string; readonly name: string },
  against: (value: never, context: Context) => string | undefined,
  as: { write(value: never): Value; read(native: Value): Value | undefined } = {
    write: value => value,
    read: native => native,
  },
): Custom =>
  custom({
    shape: name,
    write(value: never, context) {
      const because = against(value, context)
      if (because !== undefined) return refused(because)
      return { settings: [{ device: context.device.name, in: part, name, value: as.write(value) }] }
    },
    read: device => lastOf(kind, foundIn(device, part, name), as.read),
  })

/** The members, and a mark at each, so that the script neither opens nor configures it by itself. */
export const members = custom({
  shape: 'ip link set MEMBER master BOND',
  write: (ports: readonly string[], { device }) => ({
    settings: ports.flatMap(port => [
      { device: device.name, in: 'Member', name: 'master', value: port },
      { device: port, in: 'Attached', name: 'master', value: device.name },
    ]),
  }),
  read(device) {
    const used = foundIn(device, 'Member')
    return used.length === 0 ? undefined : { value: used.map(({ value }) => value), used }
  },
})

const said = ({ device }: Context) => device.options as Said<'bond'>

/** A delay counts polls of miimon, and without them is refused, whatever its value (EPERM). */
export const delay = (id: 'updelay' | 'downdelay' | 'peer-notif-delay', name: string): Custom =>
  guarded(bonding[id].kind, { in: 'Bond', name }, (_: number, context) =>
    settle(said(context)).miimon === 0
      ? 'the driver refuses it while miimon is 0, and the whole bond with it'
      : undefined,
  )

const polls = (context: Context): boolean => (said(context).miimon ?? 0) > 0
const either = 'the driver takes no bond that both polls and probes; miimon is written'

export const arpInterval = guarded(
  bonding['arp-interval'].kind,
  { in: 'Bond', name: 'arp_interval' },
  (value: number, context) => (value > 0 && polls(context) ? either : undefined),
)

export const arpValidate = guarded(
  bonding['arp-validate'].kind,
  { in: 'Bond', name: 'arp_validate' },
  (value: string, context) => (value !== 'none' && polls(context) ? either : undefined),
)

/** Targets that the driver refuses, and with them the bond (bond_is_ip_target_ok(), bond_is_ip6_target_ok()). */
const noTarget = (address: string): boolean =>
  ['0.0.0.0', '255.255.255.255', '::', '::1'].some(one => sameAddress(one, address)) || /^ff/i.test(address)

/** Addresses in one word. `since`: the first version that has the word. */
export const targets = (id: 'arp-ip-target' | 'ns-ip6-target', name: string, since?: string): Custom =>
  custom({
    shape: name,
    write(addresses: readonly string[], { device, version }) {
      if (since !== undefined && version !== undefined && compareVersions(version, since) < 0)
        return refused(`iproute2 has ${name} from ${since}, and ${version} was asked for`)
      const fit = addresses.filter(
        (address, at) =>
          !noTarget(address) && addresses.findIndex(other => sameAddress(other, address)) === at,
      )
      return {
        settings: fit.length === 0 ? [] : [{ device: device.name, in: 'Bond', name, value: fit.join(',') }],
        ...(fit.length < addresses.length && {
          refused: 'the driver takes no target that is unspecified, for many, its own, or there already',
        }),
      }
    },
    read: device =>
      lastOf(bonding[id].kind, foundIn(device, 'Bond', name), native => String(native).split(',')),
  })

/** Over netlink the name must be that of a device that is there (bond_opt_parse, IFLA_BOND_PRIMARY). */
export const primary = guarded(
  bonding.primary.kind,
  { in: 'Bond', name: 'primary' },
  (member: string, context) =>
    said(context).members?.includes(member)
      ? undefined
      : 'it is no member, and the driver refuses the whole bond where there is no such device',
)

/** Told by the member, once it is one. `limit`: the highest value that the driver takes of a bond as ip makes it. */
export const ofMember = (
  id: keyof typeof bondingPort,
  name: string,
  { since, limit }: { readonly since?: string; readonly limit?: number } = {},
): Custom =>
  guarded(bondingPort[id].kind, { in: 'BondPort', name }, (value: number, { device, host, version }) => {
    const bond = bondOf(device.name, host)
    if (bond === undefined) return 'the port is a member of no bond'
    if (since !== undefined && version !== undefined && compareVersions(version, since) < 0)
      return `iproute2 has ${name} from ${since}, and ${version} was asked for`
    if (limit === undefined) return undefined
    if (value > limit) return `a bond has ${limit} transmit queues unless it is made with more`
    const before = host.ports.slice(0, host.ports.indexOf(device as never))
    const taken = before.some(
      port => value !== 0 && port.options[id] === value && bondOf(port.name, host) === bond,
    )
    return taken
      ? 'another member of the bond has that queue, and the driver gives it to one only'
      : undefined
  })

/** An MTU that is the device's own. */
export const mtu = guarded(
  options.port.mtu.kind,
  { in: 'Link', name: 'mtu' },
  (value: number, context) => barred(context) ?? aboveLink(value, context),
)

/** 2 holds on hosts that forward as well (ip-sysctl.rst, accept_ra). */
export const acceptRa = guarded(
  options.port['accept-ra'].kind,
  { in: 'RA', name: 'accept_ra' },
  (_: boolean, context) => barred(context) ?? withoutSix(context),
  {
    write: (value: boolean) => (value ? 2 : 0),
    read: native => (/^[012]$/.test(String(native)) ? String(native) !== '0' : undefined),
  },
)

/** All reasons against items of a list, each once. */
function allOf(reasons: readonly (string | undefined)[]): { readonly refused?: string } {
  const distinct = [...new Set(reasons.filter(reason => reason !== undefined))]
  return distinct.length === 0 ? {} : { refused: distinct.join('; ') }
}

/** Addresses that the kernel gives to no device: unspecified ones, and of IPv6 those for many. */
const noAddress = (address: string): boolean => /^[0:.]+(?:\/|$)/.test(address) || /^ff/i.test(address)

export const addresses = custom({
  shape: 'ip address replace, one for each',
  write(said: readonly string[], context) {
    const because = said.length === 0 ? undefined : barred(context)
    if (because !== undefined) return refused(because)
    const none = 'the kernel gives no device an address that is unspecified or for many'
    const reasons = said.map(address => {
      if (noAddress(address)) return none
      return familyOf(address) === 'inet6' ? withoutSix(context) : undefined
    })
    const fit = said.filter((_, at) => reasons[at] === undefined)
    return {
      settings: fit.map(value => ({ device: context.device.name, in: 'Address', name: 'address', value })),
      ...allOf(reasons),
    }
  },
  read(device) {
    const used = foundIn(device, 'Address')
    const value = options.port.addresses.kind.read(used.map(found => found.value))
    return used.length === 0 || value === undefined ? undefined : { value: [...value], used }
  },
})

export const routes = custom({
  shape: 'ip route replace, one for each',
  write(said: readonly Route[], context) {
    const because = said.length === 0 ? undefined : barred(context)
    if (because !== undefined) return refused(because)
    const reasons = said.map(
      (route, at) =>
        barredRoute(route, said.slice(0, at)) ?? (isSixRoute(route) ? withoutSix(context) : undefined),
    )
    return {
      settings: said.flatMap((route, group) =>
        reasons[group] === undefined ? settingsOf(route, group, context) : [],
      ),
      ...allOf(reasons),
    }
  },
  read(device) {
    const used = foundIn(device, 'Route', 'route')
    return used.length === 0 ? undefined : { value: used.map(found => found.value), used }
  },
})

/** Why the kernel would refuse a route, or replace one before it by it. */
function barredRoute(route: Route, before: readonly Route[]): string | undefined {
  const { to, via } = route
  if (via !== undefined && /^[0:.]+$/.test(via)) return `${via} is no next hop`
  if (via !== undefined && isSixRoute(route) && familyOf(via) === 'inet')
    return `${to} cannot be reached by way of the IPv4 address ${via}`
  // Of IPv6 the kernel cuts off what stands behind the prefix by itself.
  if (to !== 'default' && familyOf(to) === 'inet' && !isNetwork(to))
    return `${to} does not begin its prefix, and the kernel refuses it`
  return before.some(other => sameKey(other, route))
    ? `a second route to ${to} of the same metric would replace the first`
    : undefined
}

const everywhere = (route: Route): string =>
  route.to === 'default' ? (isSixRoute(route) ? '::/0' : '0.0.0.0/0') : route.to

/** What the kernel knows a route by: where it leads, its metric and its table. Of IPv6 a metric of 0 is 1024. */
function sameKey(a: Route, b: Route): boolean {
  const [left, right] = [everywhere(a), everywhere(b)]
  const metric = (route: Route): number => route.metric || (isSixRoute(route) ? 1024 : 0)
  return (
    within(left, right) &&
    left.split('/')[1] === right.split('/')[1] &&
    metric(a) === metric(b) &&
    (a.table ?? 254) === (b.table ?? 254)
  )
}

/** `onlink` where the next hop lies in none of the device's own networks; without it the kernel would refuse it. */
function settingsOf({ to, via, metric, table }: Route, group: number, { device }: Context) {
  const near = (device.options.addresses ?? []).some(address => via !== undefined && within(address, via))
  const family = via !== undefined && familyOf(to === 'default' ? via : to) !== familyOf(via) ? ' inet6' : ''
  const said: readonly (readonly [string, Value | undefined])[] = [
    ['to', to],
    [near ? `via${family}` : `onlink via${family}`, via],
    ['metric', metric],
    ['table', table],
  ]
  return said.flatMap(([name, value]) =>
    value === undefined ? [] : [{ device: device.name, in: 'Route', group, name, value }],
  )
}

/** In hundredths of a second, as the kernel counts (ip-link(8) says seconds, and hands the number on). */
const hundredths = {
  write: (seconds: number): Value => seconds * 100,
  read: (native: Value): Value | undefined => {
    const seconds = Number(native) / 100
    return Number.isInteger(seconds) ? seconds : undefined
  },
}

export const forwardDelay = guarded(
  options.bridge['forward-delay'].kind,
  { in: 'Bridge', name: 'forward_delay' },
  (seconds: number, { device }) =>
    seconds < 2 && (device.options as Said<'bridge'>).stp === true
      ? 'a bridge in spanning tree listens and learns for at least 2 s each, and makes less to that'
      : undefined,
  hundredths,
)

export const ageingTime = guarded(
  options.bridge['ageing-time'].kind,
  { in: 'Bridge', name: 'ageing_time' },
  () => undefined,
  hundredths,
)

/** Each VLAN on the bridge itself, whose own traffic it lets through, and by the template on each of its ports. */
export const bridgeVlans = custom({
  shape: 'bridge vlan add',
  write: (ranges: readonly VlanRange[], { device }) => ({
    settings: ranges.map(range => ({
      device: device.name,
      in: 'BridgeVlan',
      name: 'vid',
      value: String(vlanRange.write(range)),
    })),
  }),
  read(device, all) {
    const own = foundIn(device, 'BridgeVlan')
    const ports = foundIn(device, 'BridgePort').map(({ value }) => value)
    const used =
      own.length > 0
        ? own
        : all.filter(({ name }) => ports.includes(name)).flatMap(port => foundIn(port, 'PortVlan'))
    const distinct = [...new Set(used.map(({ value }) => value))]
    return used.length === 0 || distinct.some(value => vlanRange.read(value) === undefined)
      ? undefined
      : { value: own.length > 0 ? own.map(({ value }) => value) : distinct, used }
  },
})
