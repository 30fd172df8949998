import { type Device, devicesOf, valueOf } from '../intent/intent.ts'
import { familyOf } from '../options/kind.ts'
import { fixed, setting } from './fixes.ts'
import type { Rule } from './rule.ts'
import { mtuOf, onDevices } from './support.ts'

/** IPV6_MIN_MTU, in bytes (RFC 8200, section 5). */
const leastForIpv6 = 1280

export const rule: Rule = {
  id: 'mtu-range',
  severity: 'error',
  about: onDevices('mtu'),
  summary: 'An MTU too small for the IPv6 on the device.',
  why: `IPv6 wants links that carry 1280 bytes. On a device with less the kernel takes IPv6 away: its
addresses are gone, and new ones are refused.`,
  source: 'RFC 8200, section 5; linux net/ipv6/addrconf.c, addrconf_notify(); a 6.1 kernel answers EINVAL',
  bad: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        mtu: 1200
    #        ^^^^ bond0.10 has no IPv6
    vlans:
      bond0.10: {id: 10, link: bond0, addresses: ["2001:db8::10/64"]}
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        mtu: 1280
        addresses: ["2001:db8::10/64"]
    `,
    `
    bonds:
      bond0:
        mode: 802.3ad
        members: [eth0, eth1]
        mtu: 1000
        addresses: [192.0.2.10/24]
    `,
  ],
  *check({ hosts }) {
    for (const host of hosts) {
      for (const device of devicesOf(host)) {
        if (!speaksIpv6(device)) continue
        const mtu = mtuOf(host, device.name)
        if (mtu === undefined || mtu.bytes >= leastForIpv6) continue
        yield {
          at: valueOf(mtu.from, 'mtu'),
          message: `with mtu ${mtu.bytes} ${device.name} has no IPv6, which needs ${leastForIpv6}`,
          help: `write mtu: ${leastForIpv6} or more`,
          ...fixed(false, `set mtu ${leastForIpv6}`, setting(mtu.from, 'mtu', leastForIpv6)),
        }
      }
    }
  },
}

function speaksIpv6({ options }: Device): boolean {
  const { addresses = [], dhcp6, 'accept-ra': ra } = options
  return dhcp6 === true || ra === true || addresses.some(address => familyOf(address) === 'inet6')
}
