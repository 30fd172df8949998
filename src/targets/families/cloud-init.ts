// What cloud-init hands on to every renderer of a network, be its configuration written in version 1 or 2 (network_state.py:
// NET_CONFIG_TO_V2, _handle_bond_bridge(), _normalize_subnet(); net/*.py). A bond parameter that is not in its map makes it
// end with a KeyError, and the machine boots without a network. Each is a reason why something is not written.

import type { Nameservers, Route } from '../../options/index.ts'
import { familyOf } from '../../options/kind.ts'
import { type Context, cannot } from '../stance.ts'
import { barredRoute, isMember, isServer, isZero } from './networkd.ts'

export const noParameter = cannot(
  'cloud-init has no such bond parameter, and would configure nothing at all',
  'write the files of the system itself, with its own target',
)

/** Three parameters stand in the map from this version on; versions before it end with a KeyError. */
export const newer = '26.1'

export const noTargets = cannot(
  'cloud-init hands on the targets under a name that Netplan does not know, or ends where they have the name that it does',
  'say miimon, or write the files of the system itself',
)

export const perPort = cannot('it has no settings for a port of a bond')
export const noFilter = cannot('its bridges do not filter VLANs', 'make one bridge for each VLAN device')

/** What Netplan drops on the way (networkd.c), which renders most of what cloud-init is given. */
export const zeroIsDropped = [
  { values: [0], because: 'Netplan drops a 0 without a word, and the driver then uses its own default' },
]

/** Its values end at networkd's where the renderer is Netplan. */
export const networkdValues = {
  'ad-select': [{ values: ['actor_port_prio'], because: 'the renderers know stable, bandwidth and count' }],
  'xmit-hash-policy': [
    { values: ['vlan+srcmac'], because: 'networkd has no such policy and would keep layer2' },
  ],
  'arp-validate': [
    {
      values: ['filter', 'filter_active', 'filter_backup'],
      because: 'networkd knows none, active, backup and all',
    },
  ],
  miimon: [
    {
      values: [0],
      modes: ['802.3ad', 'balance-tlb', 'balance-alb'],
      because: 'networkd does not send a 0, so the driver polls every 100 ms in this mode',
    },
  ],
} as const

/** Why addresses and routes are not written for a device at all. */
export const barred = (context: Context): string | undefined =>
  isMember(context) ? 'a member of a bond has no addresses' : undefined

export function barredAddress(address: string): string | undefined {
  if (isZero(address)) return 'an address of only zeros is none'
  return address.endsWith('/0') ? `the renderers refuse the prefix length of ${address}` : undefined
}

export const addressesOf = ({ device }: Context): readonly string[] =>
  (device.options.addresses ?? []).filter(address => barredAddress(address) === undefined)

const everywhere = { inet: '0.0.0.0/0', inet6: '::/0' } as const

/** Where a route leads: versions before 23.4 end at the word default. */
export const targetOf = ({ to, via = '' }: Route): string =>
  to === 'default' ? everywhere[familyOf(via)] : to

/** The word for it again. */
export const wordOf = (to: string): string =>
  to === everywhere.inet || to === everywhere.inet6 ? 'default' : to

/** Why a route is not written. `standing`: whether the device has what a route must stand with. */
export function barredHere(route: Route, standing: boolean): string | undefined {
  const { to, via, table, metric = 0 } = route
  if (!standing) return 'cloud-init has routes only together with an address'
  if (via === undefined) return 'the renderers write no route without a next hop'
  if (table !== undefined) return 'cloud-init has no routing tables'
  if (metric >= 2147483648) return `Netplan takes ${metric} for a negative number`
  if (to !== 'default' && familyOf(to) !== familyOf(via))
    return `the next hop is of the other family: ${to} by way of ${via}`
  return barredRoute(route)
}

/**
 * Search domains of the whole host that fit into its one resolv.conf: more than 6, or more than 256 characters, make the
 * sysconfig renderer end (distros/parsers/resolv_conf.py, add_search_domain()).
 */
function searchable({ host }: Context): readonly string[] {
  const fit: string[] = []
  for (const { options } of [...host.ports, ...host.bonds, ...host.vlans, ...host.bridges]) {
    for (const domain of options.nameservers?.search ?? []) {
      if (fit.includes(domain)) continue
      if (fit.length < 6 && [...fit, domain].join(' ').length <= 256) fit.push(domain)
    }
  }
  return fit
}

/** What of some resolvers is written, and why the rest is not. `standing`: as with routes. */
export function resolvers(said: Nameservers, context: Context, standing: boolean) {
  if (!standing) {
    const reasons = ['cloud-init has resolvers only together with an address']
    return { addresses: [], search: [], reasons }
  }
  const addresses = (said.addresses ?? []).filter(isServer)
  const room = searchable(context)
  const wanted = addresses.length === 0 ? [] : (said.search ?? [])
  const search = wanted.filter(domain => room.includes(domain))
  const reasons = [
    ...(addresses.length < (said.addresses?.length ?? 0) ? ['an address of only zeros is no server'] : []),
    ...(wanted.length < (said.search?.length ?? 0)
      ? ['cloud-init takes no search domains without a server']
      : []),
    ...(search.length < wanted.length
      ? ['its renderers end at more than 6 search domains of a host, or 256 characters']
      : []),
  ]
  return { addresses, search, reasons }
}
