// What networkd ignores or changes with a line in its log at most, whoever wrote its files: our own target, or Netplan with
// this renderer. Each is a reason why something is not written, or a spelling that refuses it.

import type { Route } from '../../options/index.ts'
import { familyOf } from '../../options/kind.ts'
import { allModes, type Mode } from '../../options/row.ts'
import type { Context, Exception, Spelling, Written } from '../stance.ts'
import type { Leftover } from '../target.ts'

/** What it does not send to the driver in other modes, although the driver would store it (netdev/bond.c). */
export const sentOnlyIn = (modes: readonly Mode[], because: string): Exception => ({
  modes: allModes.filter(mode => !modes.includes(mode)),
  because,
})

export const lacpOnly = sentOnlyIn(['802.3ad'], 'networkd sends it in mode 802.3ad only')
export const backupOnly = sentOnlyIn(['active-backup'], 'networkd sends it in mode active-backup only')
export const probingOnly = sentOnlyIn(
  ['balance-rr', 'active-backup', 'balance-xor', 'broadcast'],
  'networkd sends it only together with an ARP interval, which this mode forbids',
)

export const refuse = (refused: string): Written => ({ settings: [], refused })

/** Whether a device is a member of a bond. */
export const isMember = ({ device, host }: Context): boolean =>
  host.bonds.some(bond => bond.options.members?.includes(device.name))

/** Why addresses, routes and what brings them are not written for a device (networkd-network.c, network_verify()). */
export function barred(context: Context, needsIpv6 = false): string | undefined {
  const { device, host } = context
  if (isMember(context)) return 'networkd ignores it on a member of a bond'
  if (needsIpv6 && host.bridges.some(bridge => bridge.options.ports?.includes(device.name)))
    return 'networkd turns IPv6 off on a port of a bridge'
  return undefined
}

/** The unspecified address in any of its spellings, with or without a prefix length. */
export const isZero = (address: string): boolean => /^[0:.]+$/.test(address.split('/')[0] ?? '')

/** An address of only zeros asks networkd to choose one (systemd.network(5), Address=). */
export const zeroAddress = 'networkd takes an address of only zeros as a request to choose one'

/** Why a route would be ignored (networkd-route.c, route_section_verify()). */
export function barredRoute({ to, via }: Route): string | undefined {
  if (via === undefined) return undefined
  if (isZero(via)) return `${via} is no next hop`
  if (to !== 'default' && familyOf(to) === 'inet6' && familyOf(via) === 'inet')
    return `${to} cannot be reached by way of the IPv4 address ${via}`
  return undefined
}

/**
 * Whether a next hop must be said to be on the link. `written`: the device's static addresses; networkd says so itself
 * where there are none, with a warning.
 */
export const needsOnLink = ({ via }: Route, written: readonly string[]): boolean =>
  via !== undefined && written.length === 0

/** Resolvers and domains that it takes; localhost is nobody's domain (networkd-network.c, config_parse_domains()). */
export const isServer = (address: string): boolean => !isZero(address)
export const isDomain = (domain: string): boolean => !/^localhost\.?$/i.test(domain)
export const noServer = 'networkd asks no server of only zeros and searches no localhost'

/** An MTU below what IPv6 needs is raised to it (networkd-setlink.c, link_request_to_set_mtu()). */
export const mtu: Spelling = {
  write: value => (typeof value === 'number' && value >= 1280 ? value : undefined),
  read: native => native,
}

/** An address of one station; the group bit is cleared, and all zero is none (netif-util.c, net_verify_hardware_address()). */
export const unicast: Spelling = {
  write: value => (/^.[02468ace]/i.test(String(value)) && !/^[0:]+$/.test(String(value)) ? value : undefined),
  read: native => native,
}

const unitsMs: Readonly<Record<string, number>> = {
  us: 0.001,
  usec: 0.001,
  ms: 1,
  msec: 1,
  '': 1000,
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
}

/** A span such as `1s 500ms` in ms; a number without a unit is in seconds (systemd.time(7)). */
export function spanMs(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d{1,15}(?:\.\d{1,6})?) ?([a-z]*) ?/gy)]
  if (parts.length === 0 || parts.reduce((length, [part]) => length + part.length, 0) !== text.length)
    return undefined
  let ms = 0
  for (const [, digits, unit = ''] of parts) {
    const each = unitsMs[unit]
    if (each === undefined) return undefined
    ms += Number(digits) * each
  }
  return Math.round(ms * 1000) / 1000
}

/** A delay in ms, which Netplan hands on with this unit behind it where it has none (netplan.c, networkd.c). */
export const handedOn: Spelling = {
  write: value => value,
  read(native) {
    const bare = /^\d{1,15}$/.test(String(native))
    const ms = bare ? Number(native) : spanMs(String(native))
    return ms !== undefined && Number.isInteger(ms) ? ms : undefined
  },
}

/**
 * A device that is in its files no more (networkctl(1), reload). netplan apply takes it away only where --state names the
 * files of before (netplan_cli/cli/commands/apply.py, clear_virtual_links()).
 */
export const leftover: Leftover = {
  command: 'ip link delete {device}',
  first: false,
  because: 'networkd does not remove a device that is in its files no more',
}
