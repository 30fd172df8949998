import { type Device, devicesOf, type Host, membersOf, partOf } from '../intent/intent.ts'
import { addressOf } from '../intent/ip.ts'
import type { Rule } from './rule.ts'
import { onDevices } from './support.ts'

export const rule: Rule = {
  id: 'duplicate-address',
  severity: 'error',
  about: onDevices('addresses'),
  summary: 'An address is given twice.',
  why: 'Two hosts with one address answer in turns, and connections to either break.',
  source: 'RFC 5227, section 2.4; RFC 4862, section 5.4',
  bad: [
    `
    hosts:
      s1:
        bonds:
          bond0:
            mode: active-backup
            members: [eth0, eth1]
            addresses: [192.0.2.10/24]
      s2:
        bonds:
          bond0:
            mode: active-backup
            members: [eth0, eth1]
            addresses: [192.0.2.10/24, 192.0.2.11/24]
    #                   ^^^^^^^^^^^^^ 192.0.2.10/24 is the address of s1 bond0 already
    `,
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        addresses: ["2001:db8::10/64"]
      bond1:
        mode: active-backup
        members: [eth2, eth3]
        addresses: ["2001:db8:0::10/64"]
    #               ^^^^^^^^^^^^^^^^^^^ 2001:db8:0::10/64 is the address of host bond0 already
    `,
  ],
  good: [
    `
    hosts:
      s1:
        bonds:
          bond0:
            mode: active-backup
            members: [eth0]
            addresses: [192.0.2.10/24, "fe80::1/64"]
      s2:
        bonds:
          bond0:
            mode: active-backup
            members: [eth0]
            addresses: [192.0.2.11/24, "fe80::1/64"]
    `,
    `
    # Two pairs of hosts, each cabled to the other alone.
    hosts:
      a1:
        ports: { x0: { to: "a2:x0" } }
        bonds:
          b: { mode: balance-xor, members: [x0], addresses: [10.0.0.1/30] }
      a2:
        ports: { x0: { to: "a1:x0" } }
        bonds:
          b: { mode: balance-xor, members: [x0], addresses: [10.0.0.2/30] }
      b1:
        ports: { x0: { to: "b2:x0" } }
        bonds:
          b: { mode: balance-xor, members: [x0], addresses: [10.0.0.1/30] }
      b2:
        ports: { x0: { to: "b1:x0" } }
        bonds:
          b: { mode: balance-xor, members: [x0], addresses: [10.0.0.2/30] }
    `,
  ],
  *check({ hosts }) {
    const names = new Set(hosts.map(({ name }) => name))
    const first = new Map<string, { readonly host: Host; readonly device: Device; readonly index: number }>()
    for (const host of hosts) {
      for (const device of devicesOf(host)) {
        const { addresses = [] } = device.options
        const segment = addresses.length === 0 ? '' : segmentOf(host, device, names)
        for (const [index, said] of addresses.entries()) {
          const { family, bits } = addressOf(said)
          if (holdsPerLink(family, bits)) continue
          const key = `${segment} ${family} ${bits.toString(16)}`
          const earlier = first.get(key)
          if (earlier === undefined) {
            first.set(key, { host, device, index })
            continue
          }
          yield {
            at: partOf(device, 'addresses', index),
            message: `${said} is the address of ${earlier.host.name} ${earlier.device.name} already`,
            help: 'give each its own',
            related: [{ message: 'the first', at: partOf(earlier.device, 'addresses', earlier.index) }],
          }
        }
      }
    }
  },
}

/** Hosts that are cabled to each other and to nobody else may use the addresses of other such pairs; `''` is everywhere. */
function segmentOf(host: Host, device: Device, names: ReadonlySet<string>): string {
  const bond = host.bonds.find(({ name }) => name === device.name)
  if (bond === undefined) return ''
  const ends = new Set(membersOf(host, bond).map(({ options }) => options.to?.node ?? ''))
  const [end = ''] = ends
  return ends.size === 1 && names.has(end) ? [host.name, end].sort().join(' ') : ''
}

/** RFC 3927 and RFC 4291, section 2.5.6: 169.254.0.0/16 and fe80::/10 mean something else on every link. */
const holdsPerLink = (family: 'inet' | 'inet6', bits: bigint): boolean =>
  family === 'inet' ? bits >> 16n === 0xa9fen : bits >> 118n === 0xfe80n >> 6n
