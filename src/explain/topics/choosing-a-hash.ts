import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'choosing-a-hash',
  title: 'Which transmit hash policy?',
  answer: `layer3+4, unless something forbids it. It is the only one of the common three that tells two streams between the
same two hosts apart.`,
  why: [
    `A policy is the list of header fields that are mixed into a number; the number chooses the member. What is the same in
all frames cannot spread them, so the question is only what differs in your traffic: hosts, addresses, or ports.`,
    `layer2 is what a bond uses that names none. It sees MAC addresses, and a router has one. layer2+3 sees IP addresses
too. layer3+4 sees ports instead of MAC addresses.`,
    `encap2+3 and encap3+4 look into GRE and IP tunnels, not into VXLAN. vlan+srcmac is for a bridge with many guests.`,
    'The policy is about what the host sends. The switch has one of its own for what the host receives.',
  ],
  table: {
    header: ['traffic', 'policy'],
    rows: [
      ['clients behind a router', 'layer2+3 or layer3+4, never layer2'],
      ['many streams between two hosts', 'layer3+4'],
      ['GRE or IP tunnels between two hosts', 'encap3+4'],
      ['VXLAN', 'layer3+4: the outer source port differs'],
      ['guests of a bridge, by machine', 'vlan+srcmac'],
      ['large UDP datagrams in fragments', 'layer2+3'],
      ['PPPoE and other traffic that is not IP', 'any: all of them see MAC addresses only'],
    ],
  },
  examples: [
    {
      shows: 'clients that come through a router, under layer2',
      intent: `
hosts:
  s1:
    ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer2
#                         ^^^^^^ s1 bond0
        members: [eth0, eth1]
        addresses: [192.0.2.11/24]
        routes: [{to: default, via: 192.0.2.1}]
  far:
    ports: {eth0: {speed: 10G, addresses: [198.51.100.2/24]}}
traffic:
  - {from: s1, to: far, streams: 100, expect: 2G}
`,
    },
    {
      shows: 'and under layer3+4',
      intent: `
hosts:
  s1:
    ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
        addresses: [192.0.2.11/24]
        routes: [{to: default, via: 192.0.2.1}]
  far:
    ports: {eth0: {speed: 10G, addresses: [198.51.100.2/24]}}
traffic:
  - {from: s1, to: far, streams: 100, expect: 2G}
`,
    },
  ],
  instead: [
    'xmit-hash-policy: layer3+4 in every 802.3ad or balance-xor bond.',
    'bondplan hash tells the member of one flow, or of every flow of a capture, under every policy.',
    'Nothing helps one stream: see single-flow.',
  ],
  advice: [
    {
      id: 'layer34-fragments',
      says: `Only the first fragment of a datagram has ports. Under layer3+4 the others are placed by addresses alone, so one
conversation can use two members and arrive out of order. Where large UDP datagrams are usual, layer2+3 keeps them together;
better still, nothing is fragmented.`,
      because: 'an intent does not say what is fragmented',
      source: 'linux Documentation/networking/bonding.rst, layer3+4',
    },
    {
      id: 'non-ip-falls-back-to-layer2',
      says: `What is neither IPv4 nor IPv6 (PPPoE, storage or fieldbus protocols) is placed by MAC addresses and EtherType
under every policy: two machines use one member.`,
      because: 'every protocol that traffic can name is carried by IP',
      source: 'linux drivers/net/bonding/bond_main.c, bond_flow_ip() and bond_eth_hash()',
    },
    {
      id: 'non-power-of-two-members',
      says: `Many switches hash into eight buckets and share those out, so three links carry 3:3:2, five 2:2:2:1:1, six
2:2:1:1:1:1. Two, four or eight links are even. Linux takes the remainder of a 32 bit number and is even for any count.`,
      because: 'into how many buckets each platform hashes is in no source',
      source: 'Cisco, EtherChannel load balancing',
    },
    {
      id: 'rehash-on-member-change',
      says: `The member is the hash modulo the number of active members. When one leaves or returns most flows move, also those
that were on none of the dead: half of them with two members, two thirds with three. updelay keeps a flapping link from doing
this over and over.`,
      because: 'an intent does not say that a flow must not move',
      source: 'linux drivers/net/bonding/bond_main.c, bond_xmit_3ad_xor_slave_get()',
    },
    {
      id: 'switch-hash-global',
      says: `On most switches the load balancing is one setting for the whole box: a change for one LAG is a change for all of
them. It is said of the switch in an intent, and rendered as one line of its own.`,
      because: 'load-balance is said of the switch, so it is read as what it is',
      source: 'Cisco IOS and NX-OS, port-channel load-balance',
    },
  ],
  see: [
    'which-way',
    'two-hosts-one-link',
    'single-flow',
    'xmit-hash-policy',
    'hash-policy-default-layer2',
    'layer3+4',
  ],
  sources: [
    'linux drivers/net/bonding/bond_main.c, bond_xmit_hash()',
    'linux Documentation/networking/bonding.rst, xmit_hash_policy',
  ],
}
