import { type Device, devicesOf, type Host, valueOf } from '../intent/intent.ts'
import type { Rule } from './rule.ts'
import { onDevices } from './support.ts'

export const rule: Rule = {
  id: 'duplicate-mac',
  severity: 'error',
  about: onDevices('mac'),
  summary: 'Two hosts have one MAC address.',
  why: `A switch delivers to the port where it last saw an address. With two hosts behind it, each loses what arrives
while the other spoke last. Images that were copied, and lines that were, are the usual reason.`,
  source: 'IEEE 802.1Q, clause 8.7, the learning process; systemd issue 13712',
  bad: [
    `
    hosts:
      s1:
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            mac: "02:00:00:00:00:01"
      s2:
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            mac: "02:00:00:00:00:01"
    #            ^^^^^^^^^^^^^^^^^^^ 02:00:00:00:00:01 is the address of s1 bond0 already
    `,
  ],
  good: [
    `
    # A bond may have the address of its member, and a VLAN that of its bond.
    hosts:
      s1:
        ports:
          eth0: { mac: "52:54:00:00:00:01" }
          eth1: { mac: "52:54:00:00:00:02" }
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            mac: "52:54:00:00:00:01"
      s2:
        bonds:
          bond0:
            mode: 802.3ad
            members: [eth0, eth1]
            mac: "52:54:00:00:00:03"
    `,
  ],
  *check({ hosts }) {
    const first = new Map<string, { readonly host: Host; readonly device: Device }>()
    for (const host of hosts) {
      for (const device of devicesOf(host)) {
        const { mac } = device.options
        if (mac === undefined) continue
        const earlier = first.get(mac.toLowerCase())
        if (earlier === undefined) first.set(mac.toLowerCase(), { host, device })
        if (earlier === undefined || earlier.host === host) continue
        yield {
          at: valueOf(device, 'mac'),
          message: `${mac} is the address of ${earlier.host.name} ${earlier.device.name} already`,
          help: 'give each host its own',
          related: [{ message: 'the first', at: valueOf(earlier.device, 'mac') }],
        }
      }
    }
  },
}
