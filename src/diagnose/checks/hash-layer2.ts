import type { Check } from './check.ts'
import { bundlesOf, carries } from './support.ts'

export const check: Check = {
  id: 'hash-layer2',
  severity: 'note',
  summary: 'A bond chooses its member by MAC addresses alone.',
  why: `Between two machines there is one pair of MAC addresses, and everything that leaves the network goes to that of the gateway:
all of it takes one member. That is what a bond that is "slow" mostly is. What comes back is spread by the switch, by its own
choice of fields.`,
  source:
    'linux drivers/net/bonding/bond_main.c, bond_eth_hash(); Documentation/networking/bonding.rst, xmit_hash_policy',
  bad: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: load balancing (xor)
    Transmit Hash Policy: layer2 (0)
    #                     ^^^^^^ h1 bond0 sends everything for one MAC address, such as that of the gateway, on one of its 2 members
    Slave Interface: eth0
    MII Status: up
    Slave Interface: eth1
    MII Status: up
    `,
  ],
  good: [
    `
    h1# cat /proc/net/bonding/bond0
    Bonding Mode: load balancing (xor)
    Transmit Hash Policy: layer3+4 (1)
    Slave Interface: eth0
    MII Status: up
    Slave Interface: eth1
    MII Status: up
    `,
  ],
  *check(observed) {
    for (const { bundle, title } of bundlesOf(observed)) {
      const { hashPolicy, mode, members } = bundle
      if (hashPolicy?.value !== 'layer2' || (mode?.value !== '802.3ad' && mode?.value !== 'balance-xor'))
        continue
      const carrying = members.filter(member => carries(bundle, member) !== false).length
      if (carrying < 2) continue
      yield {
        at: hashPolicy.at,
        message: `${title} sends everything for one MAC address, such as that of the gateway, on one of its ${carrying} members`,
        help: `where one peer is to use several: echo layer3+4 > /sys/class/net/${bundle.name}/bonding/xmit_hash_policy; one connection still takes one member`,
      }
    }
  },
}
