import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'bonds-and-bridges',
  title: 'A bridge or VLANs on a bond?',
  answer: `Members first, then the bond, then VLANs or the bridge on the bond, and addresses at the very top. 802.3ad and
active-backup carry guests without surprises; the modes that rewrite or repeat frames do not.`,
  why: [
    `A member belongs to the bond with everything: what is addressed to it arrives at the bond, so an address or a VLAN on a
member never gets a frame. The same holds for a port of a bridge: an address of the host goes to the bridge.`,
    `Guests send with addresses of their own. balance-tlb and balance-alb put the address of a member in their place when they
do not use the active one, which port security drops, and spread what is received for the host alone.`,
    `broadcast sends a guest's frame on every member; where the members meet it comes back, and the bridge takes the guest for a
station outside. balance-rr gives guests their packets out of order.`,
    `An MTU is that of the whole stack: the bond sets it on its members, a VLAN or bridge cannot have more than what is
below.`,
  ],
  table: {
    header: ['mode', 'below a bridge'],
    rows: [
      ['802.3ad, active-backup', 'right'],
      ['balance-xor', 'right, with a static group on the switch'],
      ['balance-rr', 'out of order, with a static group on the switch'],
      ['balance-tlb, balance-alb', 'partly under the address of a member'],
      ['broadcast', 'not: guests are lost'],
    ],
  },
  examples: [
    {
      shows: 'an address below the bridge',
      intent: `
bonds:
  bond0:
    mode: active-backup
    miimon: 100
    members: [eth0, eth1]
    addresses: [192.0.2.11/24]
#              ^^^^^^^^^^^^^^^ bond0 is a port of vmbr0
bridges:
  vmbr0: {ports: [bond0]}
`,
    },
    {
      shows: 'the whole stack',
      intent: `
bonds:
  bond0:
    mode: active-backup
    miimon: 100
    members: [eth0, eth1]
    mtu: 9000
vlans:
  bond0.10: {id: 10, link: bond0, addresses: [198.51.100.11/24]}
bridges:
  vmbr0:
    ports: [bond0]
    vlan-aware: true
    vlans: [20-30]
    addresses: [192.0.2.11/24]
`,
    },
  ],
  instead: [
    'Addresses on the bridge, or on a VLAN beside it; nothing on the bond and its members.',
    'vlan-aware: true and a list of VLANs, or one bridge for each VLAN of the bond; not a bridge and a VLAN for the same number.',
    'mtu once, on the bond.',
  ],
  advice: [
    {
      id: 'bridge-fd-vs-updelay',
      says: `A bridge with spanning tree waits twice its forward delay, 30 s, before a port forwards, each time the bond comes
up. Where the bond is the only way out, stp: false or forward-delay: 0 leaves nothing to wait for.`,
      because: 'whether a bridge has another way out is not in the intent',
      source: 'bridge-utils-interfaces(5), bridge_fd',
    },
    {
      id: 'vlan-on-port-not-channel',
      says: `On a switch, VLANs belong to the LAG and its ports inherit them; a port with others is suspended, or leaks. In an
intent a port of a LAG has none of its own, and what is rendered says them once.`,
      because: 'an intent cannot say it',
      source: 'Cisco NX-OS, port-channel compatibility requirements',
    },
  ],
  see: [
    'choosing-a-mode',
    'member-has-address',
    'member-has-vlan',
    'address-on-bridged-bond',
    'bridge-over-tlb-alb',
    'bridge-over-rr',
    'vlan-mtu-exceeds-bond',
    'vlan-on-bond-and-bridge',
  ],
  sources: [
    'linux Documentation/networking/bonding.rst',
    'linux drivers/net/bonding/bond_alb.c, bond_do_alb_xmit() and rlb_arp_xmit(); net/bridge/br_fdb.c, br_fdb_update()',
    'guests over each mode: measured on Linux 6.1',
  ],
}
