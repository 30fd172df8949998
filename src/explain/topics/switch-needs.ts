import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'switch-needs',
  title: 'What must the switch be set to?',
  answer: `802.3ad needs a group with LACP; balance-xor and balance-rr a group without; active-backup, balance-tlb and
balance-alb no group at all. Anything else loses frames, often only some of them.`,
  why: [
    `A group makes the switch treat several ports as one: it spreads what it sends over them, and does not mind one MAC
address on all. A mode that sends with one address from several ports needs that; a mode that uses one port at a time, or
another address on each, must not have it.`,
    `The two ends do not check each other unless both speak LACP. A static group towards an active-backup bond sends half of
the traffic to a port that drops it, and every light is green.`,
    `An unmanaged switch has no groups. Three modes do without: active-backup, balance-tlb, balance-alb.`,
  ],
  table: {
    header: ['host', 'LACP active or passive', 'static group', 'plain ports'],
    rows: [
      ['802.3ad', 'right', 'one port works, frames to the other are lost', 'one port works'],
      [
        'balance-xor, balance-rr',
        'suspended, or single ports',
        'right',
        'the address moves from port to port',
      ],
      ['active-backup, tlb, alb', 'wrong', 'wrong: frames to idle ports are lost', 'right'],
      ['broadcast', 'wrong', 'duplicates', 'right, on separate networks'],
    ],
  },
  examples: [
    {
      shows: 'LACP on the host, a static group on the switch',
      intent: `
hosts:
  s1:
    ports:
      eth0: {speed: 10G, to: "sw1:Ethernet1/1"}
      eth1: {speed: 10G, to: "sw1:Ethernet1/2"}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
        lag: 1
switches:
  sw1:
    platform: cisco-nxos
    lags:
      "1": {mode: static}
#                 ^^^^^^ static
`,
    },
    {
      shows: 'said once: the switch follows from the host',
      intent: `
hosts:
  s1:
    ports:
      eth0: {speed: 10G, to: "sw1:Ethernet1/1"}
      eth1: {speed: 10G, to: "sw1:Ethernet1/2"}
    bonds:
      bond0:
        mode: 802.3ad
        miimon: 100
        lacp-rate: fast
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
switches:
  sw1: {platform: cisco-nxos}
`,
    },
  ],
  instead: [
    'Say to: at each port and render the switch: its group, mode, members and VLANs follow from the bond.',
    'At least one end active: LACP between two passive ends need not begin.',
    'With a switch that cannot group: active-backup.',
  ],
  advice: [
    {
      id: 'pxe-without-fallback',
      says: `Firmware that boots over the network speaks no LACP, and a switch that insists on it leaves the port down. Let the LAG fall back to single ports on that switch, with the VLAN of the installation, until the system speaks.`,
      because: `an intent does not say which hosts boot over the network`,
      source: `Dell SmartFabric OS10 user guide, LACP fallback`,
    },
    {
      id: 'lacp-fallback-security',
      says: `A LAG that falls back lets whatever is plugged in into its VLANs, without a word of LACP. Where people can reach the port, fall back to single ports in a VLAN of their own.`,
      because: `who can reach a port is not in the intent`,
      source: `the two kinds of fallback, static and individual, of Arista EOS`,
    },
    {
      id: 'nexus-graceful-convergence',
      says: `NX-OS has lacp graceful-convergence on, and its maker recommends to turn it off towards anything that is not NX-OS: ports may be suspended otherwise. The port-channel must be shut for the change.`,
      because: `no option of the intent says it`,
      source: `Cisco Nexus 5600 interfaces command reference, lacp graceful-convergence`,
    },
  ],
  see: [
    'choosing-a-mode',
    'static-or-lacp',
    'mlag',
    'lacp-vs-static',
    'switchless-mode-on-lag',
    'unmanaged-switch-lacp',
    'passive-passive',
  ],
  sources: [
    'linux Documentation/networking/bonding.rst, "Switch Configuration"',
    'IEEE 802.1AX',
    'what a host makes of a silent partner: measured on Linux 6.1 and 7.2',
  ],
}
