// The intents behind the goldens of every platform: one thing each, on the platform's own ports.

import type { SwitchCase } from './cases.ts'

type Ports = SwitchCase['ports']

/** A host on two ports. */
const host = (ports: readonly [string, string], bond: string, more = ''): string => `
  h1:
    target: netplan
    ports: {eth0: {to: "sw1:${ports[0]}"}, eth1: {to: "sw1:${ports[1]}"}}
    bonds: {bond0: {members: [eth0, eth1], ${bond}}}${more}`

const box = (id: string, more = ''): string => `
switches:
  sw1: {platform: ${id}${more}}`

const vlans = `
    vlans: {bond0.10: {id: 10, link: bond0}, bond0.20: {id: 20, link: bond0}}`

const address = 'addresses: [192.0.2.11/24]'

/** By name; the order is that of the golden files. */
export const intents = (id: string, [a, b, c, d, e, f]: Ports): Readonly<Record<string, string>> => {
  const two = [a, b] as const
  return {
    active: `hosts:${host(two, `mode: 802.3ad, lacp-rate: fast, ${address}`)}${box(id)}`,
    passive: `hosts:${host(two, `mode: 802.3ad, ${address}, lag: 3`)}${box(id, ', lags: {"3": {mode: passive, lacp-rate: slow}}')}`,
    static: `hosts:${host(two, `mode: balance-xor, ${address}`)}${box(id)}`,
    plain: `hosts:${host(two, `mode: active-backup, ${address}`)}${box(id)}`,
    'plain-trunk': `hosts:${host(two, 'mode: active-backup, mtu: 9000', vlans)}${box(id)}`,
    trunk: `hosts:${host(two, `mode: 802.3ad, ${address}, mtu: 9000`, vlans)}${box(id)}`,
    'trunk-tagged-only': `hosts:${host(two, 'mode: 802.3ad', vlans)}${box(id)}`,
    access: `hosts:${host(two, `mode: 802.3ad, ${address}, lag: 2`)}${box(id, ', lags: {"2": {native: 30, edge: false}}')}`,
    fallback: `hosts:${host(two, `mode: 802.3ad, ${address}, lag: 5`)}${box(id, ', lags: {"5": {fallback: on}}')}`,
    tuned: `hosts:${host(two, `mode: 802.3ad, ${address}, lag: 6`)}${box(id, ', lags: {"6": {min-links: 2, max-links: 4, key: 7, system-priority: 100, port-priority: 200, description: "uplink of h1"}}')}`,
    'hash-layer2': `hosts:${host(two, `mode: 802.3ad, ${address}`)}${box(id, ', load-balance: layer2')}`,
    'hash-layer2+3': `hosts:${host(two, `mode: 802.3ad, ${address}`)}${box(id, ', load-balance: layer2+3')}`,
    'hash-layer3+4': `hosts:${host(two, `mode: 802.3ad, ${address}`)}${box(id, ', load-balance: layer3+4')}`,
    mlag: `hosts:
  h1:
    target: netplan
    ports: {eth0: {to: "sw1:${a}"}, eth1: {to: "sw2:${a}"}}
    bonds: {bond0: {members: [eth0, eth1], mode: 802.3ad}}${vlans}
switches:
  sw1: {platform: ${id}, mlag: {peer: sw2, domain: 10, peer-link: ["${e}", "${f}"]}}
  sw2: {platform: ${id}, mlag: {peer: sw1, domain: 10, peer-link: ["${e}", "${f}"]}}`,
    several: `hosts:${host(two, 'mode: 802.3ad', vlans)}
  h2:
    target: netplan
    ports: {eth0: {to: "sw1:${c}"}, eth1: {to: "sw1:${d}"}}
    bonds: {bond0: {members: [eth0, eth1], mode: balance-rr, ${address}}}${box(id, `, lags: {"9": {ports: ["${e}", "${f}"], to: "sw9:9", vlans: [10, 20]}}`)}
  sw9: {platform: ${id}}`,
  }
}

/** The common intent of the reference's complete examples. */
export const exampleIntent = ({ id, example: [a, b], number = 10, says = {} }: SwitchCase): string => `hosts:
  host1:
    target: netplan
    ports: {eth0: {to: "sw1:${a}"}, eth1: {to: "sw1:${b}"}}
    bonds: {bond0: {members: [eth0, eth1], mode: 802.3ad, lacp-rate: fast, mtu: 9000, lag: ${number}}}${vlans}
switches:
  sw1: {platform: ${id}, load-balance: layer3+4${says.switch ? `, ${says.switch}` : ''}, lags: {"${number}": {${says.lag ?? ''}}}}`
