// What networkd says in shapes of its own, each both ways: an option of a bond that stands with the member, two options in
// one key, VLANs as sections, spans of time. Routes are networkd-routes.ts; which options are said so is the table's business.

import { vlanRange } from '../../options/bridge.ts'
import type { Nameservers, Value, VlanRange } from '../../options/index.ts'
import { nameserversKind } from '../../options/interface.ts'
import { flag, ipPrefix } from '../../options/kind.ts'
import {
  barred,
  isDomain,
  isMember,
  isServer,
  isZero,
  noServer,
  refuse,
  spanMs,
  zeroAddress,
} from '../families/networkd.ts'
import type { Found, ScannedDevice, Setting } from '../setting.ts'
import { type Context, type Custom, custom, type Spelling } from '../stance.ts'

type Placed = Omit<Setting, 'from'>

/** What a device was found to say under one name, in order; an empty value takes back itself and all above it. */
export function saidUnder(device: ScannedDevice, part: string, name: string) {
  const used = device.found.filter(found => found.in === part && found.name === name)
  const lasting = used.slice(used.findLastIndex(found => found.value === '') + 1)
  return { used, lasting, gone: used.slice(0, used.length - lasting.length) }
}

const truthOf = (found: Found | undefined): boolean | undefined => found && flag.read(found.value)

const standsIn = (device: ScannedDevice, bond?: string): boolean =>
  saidUnder(device, 'Member', 'Bond').lasting.some(found => bond === undefined || found.value === bond)

/** The bond names its primary; networkd wants a truth in that member's own file. */
export const primary: Custom = custom({
  shape: 'PrimarySlave=, with the member',
  write(member: string, { device }) {
    const members = 'members' in device.options ? device.options.members : []
    return members?.includes(member)
      ? { settings: [{ device: member, in: 'Network', name: 'PrimarySlave', value: true }] }
      : refuse(`it stands with the member, and ${member} is none of ${device.name}`)
  },
  read(device, all) {
    for (const other of all) {
      const found = saidUnder(other, 'Network', 'PrimarySlave').lasting.at(-1)
      if (found !== undefined && truthOf(found) && standsIn(other, device.name))
        return { value: other.name, used: [found] }
    }
    return undefined
  },
})

const dhcpWords: Readonly<Record<string, readonly [boolean, boolean]>> = {
  no: [false, false],
  ipv4: [true, false],
  ipv6: [false, true],
  yes: [true, true],
}

/** Others' words for the same (networkd-dhcp-common.c, config_parse_dhcp()). */
const dhcpAliases: Readonly<Record<string, string>> = { none: 'no', v4: 'ipv4', v6: 'ipv6', both: 'yes' }

/** `dhcp4` and `dhcp6` in one key, written with the first of them that was said. */
export const dhcp = (family: 'dhcp4' | 'dhcp6'): Custom =>
  custom({
    shape: 'DHCP=, both families in one',
    write(value: boolean, context) {
      const { dhcp4, dhcp6 } = context.device.options
      const refused = value ? barred(context, family === 'dhcp6') : undefined
      if (refused !== undefined) return refuse(refused)
      const four = dhcp4 === true && barred(context) === undefined
      const six = dhcp6 === true && barred(context, true) === undefined
      if (family === 'dhcp6' && dhcp4 !== undefined) return { settings: [] }
      const word = Object.entries(dhcpWords).find(([, [a, b]]) => a === four && b === six)?.[0] ?? 'no'
      return { settings: [addressing(context, 'DHCP', word, word !== 'no')] }
    },
    read(device) {
      const { used, lasting } = saidUnder(device, 'Addressing', 'DHCP')
      const said = String(lasting.at(-1)?.value ?? '')
      const truth = flag.read(said)
      const both = dhcpWords[truth === undefined ? (dhcpAliases[said] ?? said) : truth ? 'yes' : 'no']
      return both && { value: both[family === 'dhcp4' ? 0 : 1], used }
    },
  })

/** What gives the device an address stands in a part of its own: a bond with none of it never gets beyond its carrier. */
const addressing = ({ device }: Context, name: string, value: Value, addresses: boolean): Placed => ({
  device: device.name,
  in: addresses ? 'Addressing' : 'Network',
  name,
  value,
})

export const acceptRa: Custom = custom({
  shape: 'IPv6AcceptRA=',
  write(value: boolean, context) {
    const refused = value ? barred(context, true) : undefined
    return refused === undefined
      ? { settings: [addressing(context, 'IPv6AcceptRA', value, value)] }
      : refuse(refused)
  },
  read(device) {
    const { used, lasting } = saidUnder(device, 'Addressing', 'IPv6AcceptRA')
    const value = truthOf(lasting.at(-1))
    return value === undefined ? undefined : { value, used }
  },
})

export const addresses: Custom = custom({
  shape: 'Address=, one for each',
  write(said: readonly string[], context) {
    const refused = said.length > 0 ? barred(context) : undefined
    if (refused !== undefined) return refuse(refused)
    const fit = said.filter(address => !isZero(address))
    return {
      settings: fit.map(value => addressing(context, 'Address', value, true)),
      ...(fit.length < said.length && { refused: zeroAddress }),
    }
  },
  read(device) {
    const { lasting, gone } = saidUnder(device, 'Addressing', 'Address')
    const fit = lasting.filter(({ value }) => ipPrefix.read(value) !== undefined && !isZero(String(value)))
    const used = [...fit, ...gone]
    return used.length === 0 ? undefined : { value: fit.map(found => found.value), used }
  },
})

const words = (found: readonly Found[]): readonly string[] =>
  found.flatMap(({ value }) => String(value).split(/[ \t]+/))

export const nameservers: Custom = custom({
  shape: 'DNS= and Domains=',
  write(said: Nameservers, { device }) {
    const at = { device: device.name, in: 'Network' }
    const servers = said.addresses?.filter(isServer) ?? []
    const search = said.search?.filter(isDomain) ?? []
    const missing =
      (said.addresses?.length ?? 0) + (said.search?.length ?? 0) - servers.length - search.length
    return {
      settings: [
        ...servers.map(value => ({ ...at, name: 'DNS', value })),
        ...(search.length === 0 ? [] : [{ ...at, name: 'Domains', value: search.join(' ') }]),
      ],
      ...(missing > 0 && { refused: noServer }),
    }
  },
  read(device) {
    const servers = saidUnder(device, 'Network', 'DNS')
    const domains = saidUnder(device, 'Network', 'Domains')
    const value = {
      ...(servers.lasting.length > 0 && { addresses: words(servers.lasting) }),
      ...(domains.lasting.length > 0 && { search: words(domains.lasting) }),
    }
    const used = [...servers.lasting, ...domains.lasting, ...servers.gone, ...domains.gone]
    return used.length === 0 || nameserversKind.read(value) === undefined ? undefined : { value, used }
  },
})

/** The VLANs of a bridge stand with each of its ports, and with the bridge itself, whose own traffic they let through. */
export const bridgeVlans: Custom = custom({
  shape: '[BridgeVLAN], with the bridge and each of its ports',
  write(said: readonly VlanRange[], { device }) {
    const ports = 'ports' in device.options ? (device.options.ports ?? []) : []
    return {
      settings: [device.name, ...ports].flatMap(name =>
        said.map((range, group) => ({
          device: name,
          in: 'BridgeVLAN',
          group,
          name: 'VLAN',
          value: String(vlanRange.write(range)),
        })),
      ),
    }
  },
  read(device) {
    const used = device.found.filter(
      ({ in: part, name, value }) =>
        part === 'BridgeVLAN' && name === 'VLAN' && vlanRange.read(value) !== undefined,
    )
    return used.length === 0 ? undefined : { value: used.map(found => found.value), used }
  },
})

/** Nobody waits for a member: its cable may be out, and the bond's own state says what counts. */
export const optional: Custom = custom({
  shape: 'RequiredForOnline=',
  write(value: boolean, context) {
    return isMember(context)
      ? refuse('the boot never waits for a member of a bond, only for the bond')
      : {
          settings: [{ device: context.device.name, in: 'Online', name: 'RequiredForOnline', value: !value }],
        }
  },
  read(device) {
    const { used, lasting } = saidUnder(device, 'Online', 'RequiredForOnline')
    const required = truthOf(lasting.at(-1))
    return required === undefined || standsIn(device) ? undefined : { value: !required, used }
  },
})

/** A number of ms or s with its unit behind it, for networkd takes a bare one as seconds. Any span is read. */
export const span = (unit: 'ms' | 's'): Spelling => ({
  write: value => (typeof value === 'number' ? `${value}${unit}` : undefined),
  read(native) {
    const ms = spanMs(String(native))
    const amount = ms === undefined ? Number.NaN : unit === 'ms' ? ms : ms / 1000
    return Number.isInteger(amount) ? amount : undefined
  },
})
