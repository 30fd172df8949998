import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'choosing-a-mode',
  title: 'Which mode?',
  answer: `With a switch that speaks LACP: 802.3ad. Without one, or with two switches that do not act as one: active-backup.
The other five are for cases that their pages name.`,
  why: [
    `802.3ad is the only mode in which both ends check each other, so a cable in the wrong port or a group that was
forgotten shows itself, and the only one that a silent partner does not fool for long.`,
    `active-backup asks nothing of the switch and behaves the same everywhere. It uses one link at a time, which is what
most hosts need anyway.`,
    `balance-xor is 802.3ad without the talking: for a switch that can group ports and not more. balance-rr, broadcast,
balance-tlb and balance-alb each buy something with something, and the price is paid elsewhere: in order, in duplicates, in
what a bridge sees.`,
    'A bond that names no mode is balance-rr, which is hardly ever what was meant.',
  ],
  table: {
    header: ['what there is', 'mode'],
    rows: [
      ['a switch with LACP', '802.3ad'],
      ['two switches that act as one (MLAG, stack)', '802.3ad'],
      ['two independent switches', 'active-backup'],
      ['a switch that cannot group', 'active-backup'],
      ['a switch that groups without LACP', 'balance-xor'],
      ['a cable from host to host', '802.3ad'],
      ['a bridge with guests', '802.3ad or active-backup'],
      ['one stream over several separate networks', 'balance-rr'],
    ],
  },
  examples: [
    {
      shows: 'no mode said',
      intent: `
bonds:
  bond0: {members: [eth0, eth1], miimon: 100}
# ^^^^^ bond0 has no mode, so it gets balance-rr
`,
    },
    {
      shows: 'a switch with LACP',
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
      shows: 'any other switch',
      intent: `
bonds:
  bond0:
    mode: active-backup
    miimon: 100
    primary: eth0
    members: [eth0, eth1]
`,
    },
  ],
  instead: [
    'Say the mode, always.',
    'bondplan explain MODE tells what each needs of the switch, and its traps.',
    'Open vSwitch has modes of its own (active-backup, balance-slb, balance-tcp); they are no bonding modes.',
  ],
  see: [
    'switch-needs',
    'static-or-lacp',
    'mlag',
    'when-not-to-bond',
    'mode-missing',
    '802.3ad',
    'active-backup',
    'balance-xor',
  ],
  sources: [
    'linux Documentation/networking/bonding.rst, "Configuring Bonding for High Availability" and "for Maximum Throughput"',
    'what each mode does with its members: measured on Linux 6.1 and 7.2',
  ],
}
