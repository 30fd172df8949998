import { type Device, type Host, valueOf } from '../intent/intent.ts'
import { fixed, setting } from './fixes.ts'
import type { Finding, Rule } from './rule.ts'
import { type Mtu, mtuOf, stackOn } from './support.ts'

export const rule: Rule = {
  id: 'vlan-mtu-exceeds-bond',
  severity: 'error',
  about: { vlan: ['mtu'], bridge: ['mtu'] },
  summary: 'A VLAN or a bridge has a larger MTU than the bond below it.',
  why: `A VLAN cannot be larger than what it stands on: the kernel refuses the MTU, and the VLAN keeps the
smaller one. A bridge is believed, and then drops at the bond whatever is too large for it. A bond has 1500
unless it says more.`,
  source:
    'linux net/8021q/vlan_dev.c, vlan_dev_change_mtu(): ERANGE; net/bridge/br_forward.c, is_skb_forwardable()',
  bad: [
    `
    bonds:
      bond0: {mode: 802.3ad, members: [eth0, eth1]}
    vlans:
      bond0.10: {id: 10, link: bond0, mtu: 9000}
    #                                      ^^^^ the kernel refuses
    bridges:
      vmbr0: {ports: [bond0], mtu: 9000}
    #                              ^^^^ drops
    `,
  ],
  good: [
    `
    bonds: { bond0: { mode: 802.3ad, members: [eth0, eth1], mtu: 9000 } }
    vlans:
      bond0.10: { id: 10, link: bond0, mtu: 1500 }
      bond0.20: { id: 20, link: bond0 }
    bridges: { vmbr0: { ports: [bond0], mtu: 9000 } }
    `,
  ],
  *check({ hosts }) {
    for (const host of hosts) {
      const seen = new Set<string>()
      for (const bond of host.bonds) {
        for (const device of stackOn(host, bond).slice(1)) {
          if (seen.has(device.name)) continue
          seen.add(device.name)
          yield* tooLarge(host, device)
        }
      }
    }
  },
}

function* tooLarge(host: Host, device: Device): Generator<Finding> {
  const { mtu } = device.options
  if (mtu === undefined) return
  for (const name of namesBelow(host, device)) {
    const below: Mtu | undefined = mtuOf(host, name)
    if (below === undefined || below.bytes >= mtu) continue
    const has = below.from.options.mtu === undefined ? 'has 1500, as it says none' : `has ${below.bytes}`
    yield {
      at: valueOf(device, 'mtu'),
      message:
        device.subject === 'vlan'
          ? `the kernel refuses ${mtu} for ${device.name}: ${name} below it ${has}`
          : `${device.name} believes in ${mtu} and drops what is larger than ${below.bytes} at ${name}, which ${has}`,
      help: `write mtu: ${mtu} for ${below.from.name}, or at most ${below.bytes} here`,
      ...fixed(false, `set mtu ${mtu} of ${below.from.name}`, setting(below.from, 'mtu', mtu)),
    }
  }
}

function namesBelow(host: Host, { subject, name }: Device): readonly string[] {
  if (subject === 'vlan')
    return host.vlans.flatMap(vlan => (vlan.name === name ? (vlan.options.link ?? []) : []))
  return host.bridges.find(bridge => bridge.name === name)?.options.ports ?? []
}
