import { devicesOf, valueOf } from '../intent/intent.ts'
import { isMulticast, isZero } from './mac.ts'
import type { Rule } from './rule.ts'
import { onDevices } from './support.ts'

export const rule: Rule = {
  id: 'mac-multicast-or-zero',
  severity: 'error',
  about: onDevices('mac'),
  summary: 'A MAC address that no device can have.',
  why: `The kernel takes neither zero nor an address with the group bit, such as broadcast: nothing could
answer to it.`,
  source: 'linux include/linux/etherdevice.h, is_valid_ether_addr(): EADDRNOTAVAIL; IEEE 802, clause 8.2',
  bad: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        mac: "01:00:5e:00:00:01"
    #        ^^^^^^^^^^^^^^^^^^^ a multicast address
      bond1:
        mode: active-backup
        members: [eth2, eth3]
        mac: "00:00:00:00:00:00"
    #        ^^^^^^^^^^^^^^^^^^^ zero
    `,
  ],
  good: [
    `
    bonds:
      bond0:
        mode: active-backup
        members: [eth0, eth1]
        mac: "02:00:00:00:00:10"
    `,
  ],
  *check({ hosts }) {
    for (const device of hosts.flatMap(devicesOf)) {
      const { mac } = device.options
      if (mac === undefined || !(isMulticast(mac) || isZero(mac))) continue
      const what = isZero(mac) ? 'zero' : 'a multicast address'
      yield {
        at: valueOf(device, 'mac'),
        message: `${mac} is ${what}, which ${device.name} cannot have; the kernel refuses it`,
        help: 'for an address of your own, begin with 02',
      }
    }
  },
}
