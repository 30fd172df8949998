import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'detection-time',
  title: 'How long until a dead link is noticed?',
  answer: `A link that goes down is noticed within one miimon interval, 100 ms as most people set it. A partner that falls
silent while the link stays up is noticed after 3 s at lacp-rate fast, after 90 s at slow, and never by miimon alone.`,
  why: [
    `miimon asks the driver of each port whether it has carrier. It cannot see behind a media converter, a dead control
plane of a switch, or a cable in the wrong port: carrier is there, and frames go nowhere.`,
    `LACP sees more, because both ends have to keep talking. After three missed LACPDUs a port is taken out: three seconds
if they come every second, a minute and a half if they come every thirty, which is the default.`,
    `Without LACP only probes see so far: arp-interval asks addresses in the network and takes a member out when none
answers for arp-missed-max intervals.`,
    `What comes back does not carry at once either. updelay holds a returning link back, and LACP takes two to three
seconds to let a port in again.`,
  ],
  table: {
    header: ['event', 'noticed after'],
    rows: [
      ['carrier lost, miimon 100', 'up to 0.1 s'],
      ['carrier lost, miimon 100, downdelay 500', '0.5 to 0.6 s'],
      ['no monitoring at all', 'never'],
      ['LACP partner silent, lacp-rate fast', 'about 3 s'],
      ['LACP partner silent, lacp-rate slow', 'about 90 s'],
      ['network behind the switch dead, arp-interval 250', 'about 0.5 s (arp-missed-max 2)'],
      ['network behind the switch dead, miimon or LACP', 'never'],
      ['link back, updelay 0, LACP', '2 to 3 s until it carries'],
    ],
  },
  examples: [
    {
      shows: 'a bond that never notices anything',
      intent: `
bonds:
  bond0:
    mode: active-backup
    members: [eth0, eth1]
    miimon: 0
#           ^ nothing tells bond0 that a member is dead
`,
    },
    {
      shows: 'carrier within 0.1 s, a silent partner within 3 s',
      intent: `
bonds:
  bond0:
    mode: 802.3ad
    miimon: 100
    lacp-rate: fast
    xmit-hash-policy: layer3+4
    members: [eth0, eth1]
`,
    },
    {
      shows: 'probes through the switch, where there is no LACP',
      intent: `
bonds:
  bond0:
    mode: active-backup
    arp-interval: 250
    arp-ip-target: [192.0.2.1, 192.0.2.2]
    arp-validate: all
    members: [eth0, eth1]
    addresses: [192.0.2.10/24]
`,
    },
  ],
  instead: [
    'miimon: 100 in every bond that does not probe. Less than 50 costs wakeups and reacts to noise.',
    'lacp-rate: fast with 802.3ad, and the same on the switch: each end sets how fast it notices the other.',
    'arp-interval with two targets, in active-backup, where a fault behind the switch matters.',
  ],
  advice: [
    {
      id: 'failover-is-not-instant',
      says: `An outage lasts as long as it takes to notice, and then to move: miimon and downdelay for a lost carrier, 3 or 90 s for a silent LACP partner, arp-interval times arp-missed-max for probes. What comes back waits for updelay, and two seconds more with LACP.`,
      because: `an intent does not say how long an outage may last`,
      source: `linux Documentation/networking/bonding.rst; drivers/net/bonding/bond_3ad.c`,
    },
    {
      id: 'mii-blind-behind-embedded-switch',
      says: `In a blade chassis, behind a media converter or on a virtual switch the carrier is that of the first hop. An uplink that dies behind it stays unseen: probe with arp-interval, speak LACP with the switch that matters, or let the chassis switch take its ports down with its uplink.`,
      because: `an intent does not say what stands between two ends`,
      source: `linux Documentation/networking/bonding.rst, "Configuring Bonding for Maximum Throughput" and the chapter on embedded switches`,
    },
    {
      id: 'arp-target-single',
      says: `With one target the death of that machine looks like the death of every link. Give two, on different boxes, unless that one is the only thing that is talked to.`,
      because: `where only the router matters, one target is right`,
      source: `linux Documentation/networking/bonding.rst, arp_ip_target`,
    },
    {
      id: 'fast-lacp-on-weak-control-plane',
      says: `A switch that upgrades itself in service, or whose processor is small, can miss three seconds of LACPDUs, and the link falls. Keep lacp-rate slow there, and probe or poll for the rest.`,
      because: `an intent does not say that a switch is upgraded in service`,
      source: `Cisco NX-OS, show lacp issu-impact`,
    },
  ],
  see: ['lacp-rate', 'failover', 'miimon', 'arp-interval', 'slow-lacp-detection', 'no-link-monitoring'],
  sources: [
    'linux drivers/net/bonding/bond_main.c, bond_mii_monitor() and bond_activebackup_arp_mon()',
    'linux drivers/net/bonding/bond_3ad.c: AD_SHORT_TIMEOUT_TIME, AD_LONG_TIMEOUT_TIME',
    'the times of LACP and miimon: measured on Linux 6.1 and 7.2',
  ],
}
