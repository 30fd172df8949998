import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'which-way',
  title: 'Which end decides which link is used?',
  answer: `Each end decides about what it sends. The xmit hash policy of the host chooses the member for what leaves the
host; the load balancing of the switch chooses the port for what arrives at it.`,
  why: [
    `The two are independent settings on two boxes. They need not be the same, nothing compares them, and LACP does not
speak of them. So a host can send over four links and receive over one.`,
    `Many switches look at MAC or IP addresses unless they are told otherwise. All that one host sends to another has one
pair of addresses, so it arrives over one port, whatever the hosts are set to.`,
    `Between two bonded hosts on one switch a frame is placed twice: by the sender on its way to the switch, and by the
switch on its way to the receiver. A stream is as fast as the narrower of the two.`,
  ],
  table: {
    header: ['traffic', 'who places it', 'setting'],
    rows: [
      ['host to switch', 'the host', 'xmit-hash-policy of the bond'],
      ['switch to host', 'the switch', 'load-balance of the switch, often one for the whole box'],
    ],
  },
  examples: [
    {
      shows: 'both hosts look at ports, the switch looks at addresses',
      intent: `
hosts:
  s1:
    ports: {eth0: {speed: 1G, to: "sw1:1"}, eth1: {speed: 1G, to: "sw1:2"}}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
        addresses: [192.0.2.11/24]
  s2:
    ports: {eth0: {speed: 1G, to: "sw1:3"}, eth1: {speed: 1G, to: "sw1:4"}}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
        addresses: [192.0.2.12/24]
switches:
  sw1:
# ^^^ sw1 chooses where s2 bond0 receives, by L3-based unless told otherwise
    platform: aruba-aos-s
traffic:
  - {from: s1, to: s2, streams: 16, expect: 2G}
`,
    },
    {
      shows: 'the switch told to look at ports too',
      intent: `
hosts:
  s1:
    ports: {eth0: {speed: 1G, to: "sw1:1"}, eth1: {speed: 1G, to: "sw1:2"}}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
        addresses: [192.0.2.11/24]
  s2:
    ports: {eth0: {speed: 1G, to: "sw1:3"}, eth1: {speed: 1G, to: "sw1:4"}}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
        addresses: [192.0.2.12/24]
switches:
  sw1: {platform: aruba-aos-s, load-balance: layer3+4}
traffic:
  - {from: s1, to: s2, streams: 16, expect: 2G}
`,
    },
  ],
  instead: [
    'Say load-balance for the switch as well, and render it: it is one line of its configuration.',
    'Where the switch cannot look at ports, give the hosts several addresses.',
    'bondplan predict tells which member each flow takes, both ways.',
  ],
  see: [
    'choosing-a-hash',
    'two-hosts-one-link',
    'xmit-hash-policy',
    'hash-policy-egress-only',
    'switch-hash-too-coarse',
  ],
  sources: [
    'linux Documentation/networking/bonding.rst, 802.3ad',
    'IEEE 802.1AX, clause 6.2.4: each end has its own frame distribution',
    'Server Fault question 569060, second answer',
  ],
}
