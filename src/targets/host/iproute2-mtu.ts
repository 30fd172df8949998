// What follows from MTUs: a script that ends at its first failure says nothing that they make the kernel refuse.

import type { Host } from '../../intent/intent.ts'
import type { Context } from '../stance.ts'

/** What Linux gives Ethernet, bonds and bridges that are told nothing (ETH_DATA_LEN). */
const usual = 1500

/** RFC 8200, section 5; addrconf_notify() takes IPv6 off a device with less. */
const leastOfSix = 1280

/**
 * The MTU that a device will have, in bytes; undefined of a port of which the host says none. `above`: what was asked about
 * on the way, for devices that stand on themselves.
 */
function mtuOf(name: string, host: Host, above: readonly string[] = []): number | undefined {
  if (above.includes(name)) return undefined
  const way = [...above, name]
  const is = (one: { readonly name: string }): boolean => one.name === name
  const bond = host.bonds.find(({ options }) => options.members?.includes(name))
  if (bond !== undefined) return bond.options.mtu ?? usual
  const vlan = host.vlans.find(is)
  if (vlan?.options.link !== undefined) {
    const below = mtuOf(vlan.options.link, host, way)
    // What a VLAN may not have above its link, it has from it.
    return below === undefined ? vlan.options.mtu : Math.min(vlan.options.mtu ?? below, below)
  }
  const bridge = host.bridges.find(is)
  // A bridge that is told nothing has the least of its ports (br_mtu_auto_adjust()).
  const ofPorts = bridge?.options.ports?.flatMap(port => mtuOf(port, host, way) ?? []) ?? []
  const ofOne = (bridge ?? host.bonds.find(is))?.options
  if (ofOne !== undefined) return ofOne.mtu ?? Math.min(usual, ...ofPorts)
  return (vlan ?? host.ports.find(is))?.options.mtu
}

/** Why a device has no IPv6; undefined where it has, as far as the host says. */
export const withoutSix = ({ device, host }: Context): string | undefined =>
  (mtuOf(device.name, host) ?? usual) < leastOfSix
    ? `the kernel has no IPv6 on a device with an MTU below ${leastOfSix}`
    : undefined

/** Why a VLAN is not made with an MTU (vlan_newlink()). */
export function aboveLink(mtu: number, { device, host }: Context): string | undefined {
  const { link } = host.vlans.find(({ name }) => name === device.name)?.options ?? {}
  const below = link === undefined ? undefined : mtuOf(link, host)
  return below !== undefined && mtu > below
    ? `the kernel makes no VLAN with an MTU above that of ${link}, which is ${below}`
    : undefined
}
