import { type Device, devicesOf, type Host, valueOf } from '../intent/intent.ts'
import { addressOf } from '../intent/ip.ts'
import type { Rule } from './rule.ts'
import { membershipOf, mtuOf, onDevices } from './support.ts'

interface Station {
  readonly host: Host
  readonly device: Device
  readonly mtuBytes: number
}

export const rule: Rule = {
  id: 'mtu-differs-in-segment',
  severity: 'warning',
  about: onDevices('mtu'),
  summary: 'Hosts of one subnet send packets of different sizes.',
  why: `Inside a subnet no router says that a packet is too large. What the one with the larger MTU sends is dropped by
the other, or by the switch before it, without a word.`,
  source: 'RFC 894; RFC 4861, section 4.6.4; linux drivers/net/bonding/bond_main.c, bond_change_mtu()',
  bad: [
    `
    hosts:
      s1:
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            mtu: 9000
            addresses: [192.0.2.11/24]
      s2:
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            mtu: 9000
            addresses: [192.0.2.12/24]
      s3:
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            mtu: 1500
    #            ^^^^ s3 bond0 has 1500 bytes, and s1 bond0 in the same subnet 9000
            addresses: [192.0.2.13/24]
    `,
  ],
  good: [
    `
    hosts:
      s1:
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            mtu: 9000
            addresses: [192.0.2.11/24]
      s2:
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0]
            addresses: [198.51.100.12/24]
    `,
  ],
  *check({ hosts }) {
    const subnets = new Map<string, Station[]>()
    for (const host of hosts) {
      const members = membershipOf(host)
      for (const device of devicesOf(host)) {
        const { addresses = [] } = device.options
        // The addresses of a member are none: member-has-address.
        if (addresses.length === 0 || members.has(device.name)) continue
        const mtu = mtuOf(host, device.name)
        if (mtu === undefined) continue
        for (const subnet of new Set(addresses.flatMap(subnetOf))) {
          const stations = subnets.get(subnet) ?? []
          stations.push({ host, device, mtuBytes: mtu.bytes })
          subnets.set(subnet, stations)
        }
      }
    }
    const told = new Set<Device>()
    for (const stations of subnets.values()) {
      const usual = usualOf(stations)
      if (usual === undefined) continue
      for (const { host, device, mtuBytes } of stations) {
        if (mtuBytes === usual.mtuBytes || told.has(device)) continue
        told.add(device)
        yield {
          at: valueOf(device, 'mtu'),
          message: `${host.name} ${device.name} has ${mtuBytes} bytes, and ${usual.host.name} ${usual.device.name} in the same subnet ${usual.mtuBytes}: what is larger is lost`,
          help: `say mtu: ${usual.mtuBytes}`,
          related: [{ message: 'most others', at: valueOf(usual.device, 'mtu') }],
        }
      }
    }
  },
}

/** Subnets with room for others; link-local ones are different on every link. */
function subnetOf(said: string): readonly string[] {
  const { family, bits } = addressOf(said)
  const width = family === 'inet' ? 32 : 128
  const length = Number(said.split('/')[1] ?? width)
  const local = family === 'inet' ? bits >> 16n === 0xa9fen : bits >> 118n === 0xfe80n >> 6n
  return length >= width || local
    ? []
    : [`${family} ${(bits >> BigInt(width - length)).toString(16)} ${length}`]
}

/** One of those with the MTU that most have; of two as common the larger. Undefined where all have one. */
function usualOf(stations: readonly Station[]): Station | undefined {
  const counts = new Map<number, number>()
  for (const { mtuBytes } of stations) counts.set(mtuBytes, (counts.get(mtuBytes) ?? 0) + 1)
  if (counts.size < 2) return undefined
  const [most] = [...counts].sort(([a, n], [b, m]) => m - n || b - a)
  return stations.find(({ mtuBytes }) => mtuBytes === most?.[0])
}
