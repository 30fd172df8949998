import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'two-hosts-one-link',
  title: 'Why do two hosts use one link, however much they send?',
  answer: `Because the hash looks at what never differs between two hosts. layer2 sees two MAC addresses, layer2+3 two IP
addresses more: one pair of hosts is one member. Only layer3+4 tells their streams apart.`,
  why: [
    `A hash of constants is a constant. Between two hosts the MAC addresses are always the same, and with one address each
so are the IP addresses. layer2 is also what a bond uses that names no policy.`,
    `Behind a router it is worse: every frame to another network carries the MAC address of the router, so under layer2
everything that leaves the network takes one member, for however many clients. layer2+3 is enough there, because the
addresses of the clients differ.`,
    `A storage server with one client, a hypervisor with one backup target and two hosts with a cable between them are
all this case.`,
  ],
  table: {
    header: ['policy', 'two hosts', 'many peers in the network', 'many clients behind a router'],
    rows: [
      ['layer2', 'one member', 'spread', 'one member'],
      ['layer2+3', 'one member', 'spread', 'spread'],
      ['layer3+4', 'streams spread', 'spread', 'spread'],
    ],
  },
  examples: [
    {
      shows: 'sixteen streams to one host under layer2',
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
#                         ^^^^^^ all that s1 bond0 sends to s2 has one pair of MAC addresses
        members: [eth0, eth1]
        addresses: [192.0.2.11/24]
  s2:
    ports: {eth0: {speed: 10G, addresses: [192.0.2.12/24]}}
traffic:
  - {from: s1, to: s2, streams: 16, expect: 2G}
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
  s2:
    ports: {eth0: {speed: 10G, addresses: [192.0.2.12/24]}}
traffic:
  - {from: s1, to: s2, streams: 16, expect: 2G}
`,
    },
  ],
  instead: [
    'layer3+4 on the hosts, and a hash that sees ports on the switch: each decides one direction.',
    'Several addresses on one of the hosts, where ports cannot be looked at.',
    'One faster link, where there is one stream anyway.',
  ],
  see: [
    'single-flow',
    'which-way',
    'choosing-a-hash',
    'two-hosts-one-link-layer2',
    'gatewayed-layer2-hash',
    'single-peer-layer23',
  ],
  sources: [
    'linux drivers/net/bonding/bond_main.c, bond_eth_hash() and bond_ip_hash()',
    'linux Documentation/networking/bonding.rst, xmit_hash_policy',
    'Server Fault question 569060',
  ],
}
