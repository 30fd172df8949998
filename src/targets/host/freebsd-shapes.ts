// What rc.conf says in words of ifconfig(8), each both ways: words in one variable, options of a bond that are its ports'
// business, VLANs that stand with the device below them, routes that are named and listed.

import type { Host } from '../../intent/intent.ts'
import { options, type Said } from '../../options/index.ts'
import { type Route, routeKind } from '../../options/interface.ts'
import { type AnyKind, familyOf, type Value } from '../../options/kind.ts'
import type { Found, ScannedDevice } from '../setting.ts'
import { type Context, type Custom, custom, type Written } from '../stance.ts'

const refuse = (refused: string): Written => ({ settings: [], refused })

export const foundIn = (device: ScannedDevice, part: string, name?: string): readonly Found[] =>
  device.found.filter(found => found.in === part && (name === undefined || found.name === name))

function lastOf(kind: AnyKind, used: readonly Found[]) {
  const value = used.length === 0 ? undefined : kind.read(used.at(-1)?.value)
  return value === undefined ? undefined : { value: kind.write(value), used }
}

const bondOf = (name: string, { bonds }: Host) =>
  bonds.find(({ options: { members } }) => members?.includes(name))

const isPort = (name: string, host: Host): boolean =>
  bondOf(name, host) !== undefined || host.bridges.some(bridge => bridge.options.ports?.includes(name))

/** Words behind the others; the first of a variable has no blank before it. */
const spaced = (at: number, word: string): string => (at === 0 ? word : ` ${word}`)

/** Words of a list, one for each item. */
export const each = (kind: AnyKind, part: string, name: string): Custom =>
  custom({
    shape: `${name.trim()} NAME`,
    write: (items: readonly string[], { device }) => ({
      settings: items.map(value => ({ device: device.name, in: part, name, value })),
    }),
    read(device) {
      const used = foundIn(device, part, name)
      const value = kind.read(used.map(found => found.value))
      return used.length === 0 || value === undefined ? undefined : { value: kind.write(value), used }
    },
  })

const mtuKind = options.bond.mtu.kind

/** The MTU of a lagg is that of its first port, and the others must have the same (lagg(4)). */
export const bondMtu = custom({
  shape: 'mtu, with each member',
  write(value: number, { device, host }) {
    const { members = [] } = device.options as Said<'bond'>
    const ports = members.filter(member => host.ports.some(({ name }) => name === member))
    return ports.length === 0
      ? refuse('a lagg takes it from its first port, and there is none')
      : { settings: ports.map(port => ({ device: port, in: 'MemberMtu', name: 'mtu ', value })) }
  },
  read(device, all) {
    const members = foundIn(device, 'Words', 'laggport ').map(({ value }) => value)
    return lastOf(
      mtuKind,
      all.filter(({ name }) => members.includes(name)).flatMap(port => foundIn(port, 'MemberMtu')),
    )
  },
})

export const mtu = custom({
  shape: 'mtu',
  write: (value: number, { device, host }) =>
    bondOf(device.name, host) === undefined
      ? { settings: [{ device: device.name, in: 'Words', name: 'mtu ', value }] }
      : refuse('a lagg and all its ports have one MTU; say it of the bond'),
  read: device => lastOf(mtuKind, foundIn(device, 'Words', 'mtu ')),
})

/** The driver hashes by what the network card says unless it is told not to (lagg(4), use_flowid). */
const hashes: Readonly<Record<string, string>> = { layer2: 'l2', 'layer2+3': 'l2,l3', 'layer3+4': 'l3,l4' }

export const lagghash = custom({
  shape: '-use_flowid lagghash',
  write(policy: string, { device }) {
    const value = hashes[policy]
    if (value === undefined) return refuse('lagg hashes by l2, l3 and l4 of the frame itself')
    return {
      settings: [
        { device: device.name, in: 'Words', name: '', value: '-use_flowid' },
        { device: device.name, in: 'Words', name: 'lagghash ', value },
      ],
    }
  },
  read(device) {
    const used = foundIn(device, 'Words', 'lagghash ')
    const layers = String(used.at(-1)?.value ?? '')
      .split(',')
      .toSorted()
      .join(',')
    const [policy] = Object.entries(hashes).find(([, words]) => words === layers) ?? []
    return policy === undefined ? undefined : { value: policy, used }
  },
})

/** Spanning tree is said port by port. */
export const stp = custom({
  shape: 'stp PORT',
  write(value: boolean, { device }) {
    const { ports = [] } = device.options as Said<'bridge'>
    if (value && ports.length === 0) return refuse('it is said port by port, and there is none')
    return {
      settings: value
        ? ports.map(port => ({ device: device.name, in: 'Words', name: 'stp ', value: port }))
        : [],
    }
  },
  read(device) {
    const used = foundIn(device, 'Words', 'stp ')
    return used.length === 0 ? undefined : { value: true, used }
  },
})

export const forwardDelay = custom({
  shape: 'fwddelay',
  write: (value: number, { device }) =>
    value < 4
      ? refuse('it is 4 s at least')
      : { settings: [{ device: device.name, in: 'Words', name: 'fwddelay ', value }] },
  read: device => lastOf(options.bridge['forward-delay'].kind, foundIn(device, 'Words', 'fwddelay ')),
})

const barred = ({ device, host }: Context): string | undefined =>
  isPort(device.name, host) ? 'what stands in a lagg or a bridge has no addresses of its own' : undefined

export const dhcp4 = custom({
  shape: 'DHCP',
  write(value: boolean, context) {
    if (!value) return { settings: [] }
    const because = barred(context)
    return because === undefined
      ? { settings: [{ device: context.device.name, in: 'Words', name: '', value: 'DHCP' }] }
      : refuse(because)
  },
  read(device) {
    const used = foundIn(device, 'Words', '').filter(({ value }) =>
      /^(?:SYNC|NOSYNC)?DHCP$/i.test(String(value)),
    )
    return used.length === 0 ? undefined : { value: true, used }
  },
})

export const acceptRa = custom({
  shape: 'inet6 accept_rtadv',
  write(value: boolean, context) {
    const because = barred(context)
    const word = value ? 'accept_rtadv' : '-accept_rtadv'
    return because === undefined
      ? { settings: [{ device: context.device.name, in: 'Six', name: '', value: word }] }
      : refuse(because)
  },
  read(device) {
    const used = foundIn(device, 'Six', '').filter(({ value }) => /^-?accept_rtadv$/i.test(String(value)))
    const last = used.at(-1)
    return last === undefined ? undefined : { value: !String(last.value).startsWith('-'), used }
  },
})

const isAddress = (address: string): boolean => !/^[0:.]+(?:\/|$)/.test(address)

export const addresses = custom({
  shape: 'ifconfig_DEVICE_aliases',
  write(said: readonly string[], context) {
    const because = said.length === 0 ? undefined : barred(context)
    if (because !== undefined) return refuse(because)
    const device = context.device.name
    const fit = said.filter(isAddress)
    return {
      settings: [
        ...fit.map((value, at) => ({
          device,
          in: 'Aliases',
          name: spaced(at, `${familyOf(value)} `),
          value,
        })),
        // Without a word on IPv6 of its own a device has none of it (rc.conf(5), ipv6_activate_all_interfaces).
        ...(fit.some(address => familyOf(address) === 'inet6')
          ? [{ device, in: 'HasSix', name: '', value: 'auto_linklocal' }]
          : []),
      ],
      ...(fit.length < said.length && { refused: 'an address of only zeros is none' }),
    }
  },
  read(device) {
    const used = foundIn(device, 'Aliases')
    const value = options.port.addresses.kind.read(used.map(found => found.value))
    return used.length === 0 || value === undefined ? undefined : { value: [...value], used }
  },
})

/** `lagg0.20` on lagg0 says by its name what it is. */
const isNamed = (name: string, link: string | undefined, id: number | undefined): boolean =>
  link !== undefined && id !== undefined && name === `${link}.${id}`

export const vlanId = custom({
  shape: 'create_args_DEVICE="vlan ID"',
  write(id: number, { device }) {
    const { link } = device.options as Said<'vlan'>
    return {
      settings: isNamed(device.name, link, id)
        ? []
        : [{ device: device.name, in: 'Create', name: 'vlan', value: id }],
    }
  },
  read: device => lastOf(options.vlan.id.kind, foundIn(device, 'Create', 'vlan')),
})

/** It stands with the device below: `vlans_lagg0="20 storage"`. */
export const vlanLink = custom({
  shape: 'vlans_LINK',
  write(link: string, { device, host }) {
    const { id } = device.options as Said<'vlan'>
    const below = [...host.vlans, ...host.bridges].some(({ name }) => name === link)
    if (below) return refuse('rc.conf makes VLANs of ports and of lagg devices')
    const value = isNamed(device.name, link, id) ? (id ?? '') : device.name
    return { settings: [{ device: link, in: 'Vlans', name: 'vlan', value }] }
  },
  read: device => lastOf(options.vlan.link.kind, foundIn(device, 'On', 'link')),
})

function barredRoute({ to, via, metric, table }: Route): string | undefined {
  if (metric !== undefined) return 'routes have no metric'
  if (table !== undefined) return 'there is one table, unless the kernel was booted with net.fibs'
  if (via !== undefined && !isAddress(via)) return `${via} is no next hop`
  return via !== undefined && to !== 'default' && familyOf(via) !== familyOf(to)
    ? `${to} is not reached by way of ${via}`
    : undefined
}

export const routes = custom({
  shape: 'static_routes, route_NAME',
  write(said: readonly Route[], context) {
    const because = said.length === 0 ? undefined : barred(context)
    if (because !== undefined) return refuse(because)
    const reasons = said.flatMap(route => barredRoute(route) ?? [])
    const device = context.device.name
    return {
      settings: said
        .filter(route => barredRoute(route) === undefined)
        .flatMap(({ to, via }, group) => [
          { device, in: 'Route', group, name: to === 'default' ? '' : '-net ', value: to },
          { device, in: 'Route', group, name: via === undefined ? ' -iface ' : ' ', value: via ?? device },
        ]),
      ...(reasons.length > 0 && { refused: [...new Set(reasons)].join('; ') }),
    }
  },
  read(device) {
    const used = foundIn(device, 'Routes').filter(({ value }) => routeKind.read(value) !== undefined)
    return used.length === 0 ? undefined : { value: used.map(({ value }) => value), used }
  },
})

/** The words of a route variable; undefined where they say more than a route of ours can. */
export function readRoute(words: readonly string[]): Value | undefined {
  const rest = words.filter(word => !/^-(?:net|inet6?|gateway)$/.test(word))
  const [to = '', next, device, more] = rest
  if (more !== undefined) return undefined
  const via = next === '-iface' || next === '-interface' ? undefined : next
  if ((via === undefined) !== (device !== undefined)) return undefined
  const route = routeKind.read({ to, ...(via !== undefined && { via }) })
  return route === undefined ? undefined : routeKind.write(route)
}
