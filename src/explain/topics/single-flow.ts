import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'single-flow',
  title: 'Why are two links not twice as fast?',
  answer: `One stream takes one member, always. A bond of two gigabit links carries a copy at 1 Gbit/s, and two copies
at 2 Gbit/s if they happen to take different members.`,
  why: [
    `Frames of one conversation must arrive in order, so every frame of it goes the same way: a hash of its addresses,
and perhaps its ports, chooses the member once and for all. What is faster is the sum of many streams.`,
    `Few streams do not spread evenly either. The hash is as good as a throw of dice: two streams on two members share one
of them half of the time, and four streams use all of four members in less than one case of ten.`,
    `balance-rr is the exception. It deals packets out in turn, so one stream can use several members when sending. TCP
then sees packets out of order and sends some twice, and a switch in between puts the stream back on one link towards the
receiver.`,
  ],
  table: {
    header: ['streams', 'of 2 members in use', 'of 4 members in use', 'all 4 in use'],
    rows: [
      ['1', '1', '1', 'never'],
      ['2', '1.5', '1.75', 'never'],
      ['4', '1.9', '2.7', '9 %'],
      ['8', '2', '3.6', '62 %'],
      ['16', '2', '4', '96 %'],
    ],
  },
  examples: [
    {
      shows: 'one copy between two servers, and what it will get',
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
  s2:
    ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
traffic:
  - {from: s1, to: s2, streams: 1, expect: 2G}
#                                          ^^ one TCP stream from s1 bond0 to s2 bond0 takes one member all the way
`,
    },
    {
      shows: 'sixteen streams at once fill both links',
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
  s2:
    ports: {eth0: {speed: 10G}}
traffic:
  - {from: s1, to: s2, streams: 16, expect: 2G}
`,
    },
  ],
  instead: [
    'One faster port: 2.5G costs little, and one stream gets all of it.',
    'Several streams: nconnect for NFS, multichannel for SMB 3 (without a bond), multipath for iSCSI (without a bond), a parallel transfer for copies.',
    'A bond for what it is good at: many clients, and the death of a cable.',
  ],
  advice: [
    {
      id: 'single-faster-nic',
      says: `One port of 2.5G or 10G gives one stream its whole speed, with any switch and without LACP. Two bonded gigabit links give that to no stream. Keep the bond where a cable may die, not where a copy is slow.`,
      because: `whether another port can be bought is not in the intent; single-flow-expectation names the speed that would do`,
      source: `Server Fault question 569060`,
    },
  ],
  see: [
    'which-way',
    'two-hosts-one-link',
    'choosing-a-hash',
    'single-flow-expectation',
    'sum-of-links-as-capacity',
  ],
  sources: [
    'IEEE 802.1AX, clause 6.2.4: frame order',
    'linux Documentation/networking/bonding.rst, "Maximum Throughput in a Single Switch Topology"',
    'Server Fault question 569060',
    'the table: arithmetic of a uniform hash',
  ],
}
