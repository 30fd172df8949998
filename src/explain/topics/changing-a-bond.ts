import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'changing-a-bond',
  title: 'What can be changed while a bond works?',
  answer: `Most options, at once and without a pause. mode and fail-over-mac need the bond down and without members; what LACP
was started with needs it down. Have another way in before a bond is changed that one's own session goes over.`,
  why: [
    `The driver refuses what it cannot change under way, and each front end deals with that in its own way: some take the
bond down and make it anew, some say that all is well and change nothing.`,
    `networkd does not send mode, lacp-rate, ad-select and ad-user-port-key to a bond that is up: after a reload the old
values stand. netplan apply leaves a bond behind that is no longer in the configuration.`,
    `Between the change of one end and that of the other the two do not agree. What works is one end that accepts both: LACP
passive, or a LAG that falls back to single ports.`,
  ],
  table: {
    header: ['change', 'needs'],
    rows: [
      ['miimon, delays, probes, xmit-hash-policy, min-links, primary, members', 'nothing'],
      ['lacp-rate, lacp-active, ad-select, ad-user-port-key, tlb-dynamic-lb', 'the bond down'],
      ['mode, fail-over-mac', 'the bond down, without members'],
    ],
  },
  examples: [
    {
      shows: 'a bond that can be reached in another way while it is changed',
      intent: `
ports:
  eno1: {addresses: [192.0.2.11/24]}
bonds:
  bond0:
    mode: active-backup
    miimon: 100
    members: [enp1s0, enp2s0]
    addresses: [198.51.100.11/24]
`,
    },
  ],
  instead: [
    'bondplan explain OPTION says for each what its change needs.',
    'A console, or an address on a port of its own, before the bond is touched.',
    'The switch first where hosts boot over the network and its LAG can fall back; else the host first.',
  ],
  advice: [
    {
      id: 'netplan-try-not-revertible',
      says: `netplan try refuses when a bond has parameters: it cannot put them back. Keep the old files and let a timer restore
them, unless you stop it in time.`,
      because: 'an intent does not say how it is applied',
      source: 'netplan, netplan_cli/cli/commands/try_command.py',
    },
    {
      id: 'cloud-init-overwrites',
      says: `Where cloud-init configures the network it writes its own file at the next boot, and it stands beside yours or in
its place. Switch that off (network: {config: disabled}) or render for cloud-init.`,
      because: 'whether cloud-init runs is not in the intent',
      source: 'cloud-init, network configuration',
    },
  ],
  see: ['failover', 'switch-needs', 'mode', 'fail-over-mac', 'lacp-rate', 'networkd', 'netplan'],
  sources: [
    'linux drivers/net/bonding/bond_options.c: BOND_OPTFLAG_IFDOWN, BOND_OPTFLAG_NOSLAVES',
    'systemd src/network/netdev/bond.c',
    'netplan-apply(8)',
  ],
}
