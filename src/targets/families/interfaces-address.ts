// Addresses of interfaces files: the length of the prefix stands behind the address, or in a netmask line, or nowhere.

import type { Value } from '../../options/kind.ts'

/** What an address without any length means: the network of its old class, or itself alone. */
export type BareAddress = 'class' | 'host'

/** The address with its prefix length; undefined where the mask is none. A netmask line goes before what is behind a slash. */
export function addressOf(
  address: string,
  netmask: Value | undefined,
  family: 'inet' | 'inet6',
  bare: BareAddress,
): string | undefined {
  const [host = '', length] = address.split('/')
  const said = netmask === undefined ? length : String(netmask)
  const bits = said === undefined ? bareLength(host, family, bare) : maskLength(said)
  return bits === undefined ? undefined : `${host}/${bits}`
}

/** 24 of `24` or `255.255.255.0`; undefined where the ones are not in a row. */
function maskLength(mask: string): number | undefined {
  if (/^\d{1,3}$/.test(mask)) return Number(mask)
  const octets = mask.split('.')
  if (octets.length !== 4 || octets.some(octet => !/^\d{1,3}$/.test(octet) || Number(octet) > 255))
    return undefined
  const bits = octets.map(octet => Number(octet).toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined
}

/** What is taken where no length is said. Classes: ifupdown, archcommon.c, compute_v4_mask(). */
function bareLength(host: string, family: 'inet' | 'inet6', bare: BareAddress): number | undefined {
  if (family === 'inet6') return 128
  if (bare === 'host') return 32
  const first = Number(host.split('.')[0])
  if (Number.isNaN(first)) return undefined
  return first <= 127 ? 8 : first <= 191 ? 16 : first <= 223 ? 24 : 32
}
