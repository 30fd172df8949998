// What follows from MTUs: a script that ends at its first failure says nothing that they make the kernel refuse.

import { type Device, type Host, needsFirst } from '../../intent/intent.ts'
import { once } from '../../intent/once.ts'
import type { Said } from '../../options/index.ts'
import type { Context } from '../stance.ts'

/** What Linux gives Ethernet, bonds and bridges that are told nothing (ETH_DATA_LEN). */
const usual = 1500

/** RFC 8200, section 5; addrconf_notify() takes IPv6 off a device with less. */
const leastOfSix = 1280

type Mtus = ReadonlyMap<string, number | undefined>

/** The MTUs that the devices of a host will have, in bytes; undefined of a port of which it says none. */
const mtusOf = once((host: Host): Mtus => {
  const ofMembers = new Map(
    host.bonds.flatMap(({ options: { members = [], mtu = usual } }) =>
      members.map(name => [name, mtu] as const),
    ),
  )
  const known = new Map<string, number | undefined>()
  for (const device of needsFirst(host))
    known.set(device.name, ofMembers.get(device.name) ?? mtuOf(device, known))
  return known
})

function mtuOf(device: Device, below: Mtus): number | undefined {
  const { mtu, link, ports = [] } = device.options as Said<'bond'> & Said<'vlan'> & Said<'bridge'>
  switch (device.subject) {
    case 'port':
      return mtu
    case 'bond':
      return mtu ?? usual
    case 'vlan': {
      const under = link === undefined ? undefined : below.get(link)
      // What a VLAN may not have above its link, it has from it.
      return under === undefined ? mtu : Math.min(mtu ?? under, under)
    }
    case 'bridge':
      // A bridge that is told nothing has the least of its ports (br_mtu_auto_adjust()).
      return mtu ?? ports.reduce((least, port) => Math.min(least, below.get(port) ?? least), usual)
  }
}

/** Why a device has no IPv6; undefined where it has, as far as the host says. */
export const withoutSix = ({ device, host }: Context): string | undefined =>
  (mtusOf(host).get(device.name) ?? usual) < leastOfSix
    ? `the kernel has no IPv6 on a device with an MTU below ${leastOfSix}`
    : undefined

/** Why a VLAN is not made with an MTU (vlan_newlink()). */
export function aboveLink(mtu: number, { device, host }: Context): string | undefined {
  const { link } = device.options as Said<'vlan'>
  const below = link === undefined ? undefined : mtusOf(host).get(link)
  return below !== undefined && mtu > below
    ? `the kernel makes no VLAN with an MTU above that of ${link}, which is ${below}`
    : undefined
}
