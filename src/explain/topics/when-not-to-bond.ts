import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'when-not-to-bond',
  title: 'When is a bond the wrong thing?',
  answer: `When one stream is to be faster, when a single faster port does it, when the storage protocol has its own paths,
or when the members are one cable, one card or one radio in the end.`,
  why: [
    `A bond gives two things: more streams at once, and a link that survives a cable. Where neither is wanted it adds a
driver, a protocol, a setting on the switch, and a way to lose half of the frames in silence.`,
    `A workstation, a laptop or a home server moves one file at a time: one stream, one member. A 2.5G port is twice as fast
as two bonded gigabit ports there, with any switch.`,
    `iSCSI and SMB 3 know several paths, use all of them for one session, and notice a dead one at once. A bond below hides
the paths from them.`,
    `Routers share load over several links by themselves (ECMP) and notice a dead neighbour by their own protocol.`,
  ],
  examples: [
    {
      shows: 'the copy that was to be faster',
      intent: `
hosts:
  nas:
    ports: {eth0: {speed: 1G}, eth1: {speed: 1G}}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
  desk:
    ports: {eth0: {speed: 2.5G}}
traffic:
  - {from: nas, to: desk, streams: 1, expect: 2G}
#                                             ^^ it gets 1G
`,
    },
    {
      shows: 'one port that is',
      intent: `
hosts:
  nas:
    ports: {eth0: {speed: 2.5G}}
  desk:
    ports: {eth0: {speed: 2.5G}}
traffic:
  - {from: nas, to: desk, streams: 1, expect: 2G}
`,
    },
    {
      shows: 'and a bond where the cable is what matters',
      intent: `
bonds:
  bond0: {mode: active-backup, miimon: 100, members: [eth0, eth1]}
`,
    },
  ],
  instead: [
    'A faster port: 2.5G and 10G need no LACP and no managed switch.',
    'iSCSI: multipath over separate networks. SMB 3: multichannel. NFS: nconnect.',
    'Two links to two routers: ECMP with a hash of ports (net.ipv4.fib_multipath_hash_policy=1).',
    'Where only the cable worries: active-backup, which needs nothing from the switch.',
  ],
  advice: [
    {
      id: 'bond-on-workstation',
      says: `A laptop or desktop does one thing at a time: one stream, one member. A bond there is for a second cable (active-backup), not for speed.`,
      because: `an intent does not say what a host is for`,
      source: `Server Fault question 569060`,
    },
    {
      id: 'storage-single-connection',
      says: `An initiator and its target, a mount, an SMB 1 or 2 session are one connection each, and stay on one member. iSCSI has multipath, NFS nconnect (Linux 5.3), SMB 3 multichannel; all of them work better without a bond below.`,
      because: `a row of traffic with one stream is single-flow-expectation, whatever it carries`,
      source: `Server Fault question 510882; nfs(5), nconnect`,
    },
  ],
  see: ['single-flow', 'choosing-a-mode', 'single-flow-expectation', 'members-single', 'member-wireless'],
  sources: [
    'Server Fault questions 569060 and 510882',
    'nfs(5), nconnect',
    'linux Documentation/networking/ip-sysctl.rst, fib_multipath_hash_policy',
  ],
}
