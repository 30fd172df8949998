import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'mlag',
  title: 'One bond on two switches?',
  answer: `With 802.3ad only where the two switches act as one LACP system (MLAG, vPC, VSX, a stack, EVPN ESI). With two
independent switches: active-backup, or one of the two links carries nothing.`,
  why: [
    `LACP groups links that lead to the same system. Two switches with a system id each are two aggregators; the host uses
one of them and keeps the other for the day the first one is gone. That is a backup, with twice the cables and half the
speed that was expected.`,
    `A pair that acts as one shows the host the same system id and the same key on both boxes, and forwards over its peer
link what arrives at the wrong one. Every platform has its own name for it, and most want an id for each LAG that both boxes
share.`,
    `A static group over two independent switches is worse: the host's address moves from box to box with every frame.`,
  ],
  table: {
    header: ['two switches', '802.3ad', 'static group', 'active-backup'],
    rows: [
      ['act as one', 'all links', 'all links', 'one link'],
      ['independent', 'the links to one of them', 'address moves, frames lost', 'one link, the other waits'],
    ],
  },
  examples: [
    {
      shows: 'two switches that know nothing of each other',
      intent: `
hosts:
  s1:
    ports:
      eth0: {speed: 10G, to: "sw1:Ethernet1"}
      eth1: {speed: 10G, to: "sw2:Ethernet1"}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
#                ^^^^^^^^^^^^ sw1 and sw2
switches:
  sw1: {platform: arista-eos}
  sw2: {platform: arista-eos}
`,
    },
    {
      shows: 'a pair',
      intent: `
hosts:
  s1:
    ports:
      eth0: {speed: 10G, to: "sw1:Ethernet1"}
      eth1: {speed: 10G, to: "sw2:Ethernet1"}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
switches:
  sw1:
    platform: arista-eos
    mlag: {peer: sw2, domain: 10, peer-link: [Ethernet47, Ethernet48]}
  sw2:
    platform: arista-eos
    mlag: {peer: sw1, domain: 10, peer-link: [Ethernet47, Ethernet48]}
`,
    },
    {
      shows: 'without a pair',
      intent: `
hosts:
  s1:
    ports:
      eth0: {speed: 10G, to: "sw1:Ethernet1"}
      eth1: {speed: 10G, to: "sw2:Ethernet1"}
    bonds:
      bond0:
        mode: active-backup
        miimon: 100
        primary: eth0
        members: [eth0, eth1]
switches:
  sw1: {platform: arista-eos}
  sw2: {platform: arista-eos}
`,
    },
  ],
  instead: [
    'Say mlag: {peer: …} of both switches where they are a pair; the LAG on both follows from the hosts.',
    'active-backup where they are not.',
    'Two bonds of 802.3ad, one to each switch, below routing with several paths, where all links must carry.',
  ],
  advice: [
    {
      id: 'single-switch-all-hosts',
      says: `When every bond ends on one switch, that switch is what all of them depend on. A bond there survives a cable and a
port, not a power supply. A second switch with MLAG, or active-backup over two, survives it.`,
      because: 'one switch is what most have, and right for many',
      source: 'linux Documentation/networking/bonding.rst, "High Availability in a Multiple Switch Topology"',
    },
    {
      id: 'members-share-one-card',
      says: `Two ports of one card are one card. Where the bond is there for the day something breaks, take ports of two cards, or
one on the board and one on a card.`,
      because: 'two ports of one card are the usual bond, and slots are not in the intent',
      source: 'common practice; no single source',
    },
  ],
  see: [
    'switch-needs',
    'choosing-a-mode',
    'two-switches-without-mlag',
    'mlag-system-id-differs',
    'mlag-id-mismatch',
    'cross-cabled-members',
  ],
  sources: [
    'IEEE 802.1AX, clause 6.3.2: system identifier',
    'linux drivers/net/bonding/bond_3ad.c, ad_port_selection_logic()',
    'which aggregator a host uses of two: measured on Linux 6.1 and 7.2',
  ],
}
