import type { Topic } from './topic.ts'

export const topic: Topic = {
  id: 'static-or-lacp',
  title: 'A static group, or LACP?',
  answer: `LACP wherever both ends can. A static group works as long as every cable, every port and every setting is right, and
when one is not it loses a share of the frames and says nothing.`,
  why: [
    `With LACP a port carries only after both ends have agreed on it. A cable in the wrong port, a host that was set up anew
without its bond, a transceiver that is dead in one direction: all of them take the port out and leave the others working.`,
    `A static group goes by carrier alone. A link that is dead in one direction has carrier, and so has a link to the wrong
box; frames that the hash puts there are lost, for as long as the group stands.`,
    `A static group has its place where one end cannot speak LACP, and between two boxes whose LACP timers are slower than
a group may be down.`,
    'LACP itself costs a frame a second, or one in thirty.',
  ],
  table: {
    header: ['what goes wrong', 'static group', 'LACP'],
    rows: [
      ['cable pulled', 'noticed by miimon', 'noticed by miimon'],
      ['dead in one direction', 'never noticed', '3 s (fast) or 90 s (slow)'],
      ['cable in the wrong port', 'never noticed', 'port does not join'],
      ['other end has no group', 'frames lost', 'one port works'],
      ['other end restarts its control plane', 'not noticed', 'ports leave after the timeout'],
    ],
  },
  examples: [
    {
      shows: 'two ends that do not agree',
      intent: `
hosts:
  s1:
    ports:
      eth0: {speed: 10G, to: "sw1:Ethernet1"}
      eth1: {speed: 10G, to: "sw1:Ethernet2"}
    bonds:
      bond0:
        mode: balance-xor
        miimon: 100
        xmit-hash-policy: layer3+4
        members: [eth0, eth1]
        lag: 1
switches:
  sw1:
    platform: arista-eos
    lags:
      "1": {mode: active}
#                 ^^^^^^ sw1
`,
    },
    {
      shows: 'LACP at both, the switch passive',
      intent: `
hosts:
  s1:
    ports:
      eth0: {speed: 10G, to: "sw1:Ethernet1"}
      eth1: {speed: 10G, to: "sw1:Ethernet2"}
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
    platform: arista-eos
    lags:
      "1": {mode: passive}
`,
    },
  ],
  instead: [
    '802.3ad at the host, LACP active or passive at the switch; at least one end active.',
    'min-links where a bond of too few links should have no carrier at all. It counts links, not what was negotiated.',
    'Where only a static group is possible: watch the counters of each member, for nothing else will.',
  ],
  advice: [
    {
      id: 'lacp-no-partner-still-up',
      says: `A Linux bond without a partner is up: one port carries as if there were no LACP, and frames that arrive on the
others are dropped. lacp-strict: on, from Linux 7.1, takes the carrier away instead; before, compare the partner's address
with that of the switch.`,
      because: 'an intent does not say that a link without a partner must not be used',
      source: 'linux Documentation/networking/bonding.rst, lacp_strict; drivers/net/bonding/bond_3ad.c',
    },
    {
      id: 'min-links-zero-or-one',
      says: `min-links 0 and 1 are the same: the bond has carrier while any port of the active aggregator has. Say 2 or more, or
nothing. With lacp-strict they differ.`,
      because: 'saying it is harmless, and with lacp-strict it is needed',
      source: 'linux drivers/net/bonding/bond_3ad.c, bond_3ad_set_carrier()',
    },
    {
      id: 'guest-lacp-nested',
      says: `LACPDUs go to an address that bridges do not forward, so a guest that bonds two ports of a bridge in its host finds no
partner. Bond in the host, and give the guest one port.`,
      because: 'an intent does not say which host is a guest',
      source: 'IEEE 802.1Q, table 8-1: reserved addresses; linux net/bridge/br_input.c',
    },
    {
      id: 'lacp-through-bridge',
      says: `A media converter that speaks Ethernet, a simple switch or a bridge between two ends swallows LACPDUs: neither end
hears the other. A Linux bridge lets them through where its ports have group_fwd_mask 4, many switches with a setting of
their own.`,
      because: 'an intent does not say what stands between two ends',
      source: 'IEEE 802.1Q, table 8-1; linux net/bridge/br_input.c, br_handle_frame()',
    },
  ],
  see: [
    'switch-needs',
    'detection-time',
    'choosing-a-mode',
    'static-lag-blackhole',
    'lacp-vs-static',
    'passive-passive',
    'min-links',
    'lacp-strict',
  ],
  sources: [
    'IEEE 802.1AX, clause 6.4',
    'linux drivers/net/bonding/bond_3ad.c',
    'what a bond without a partner does: measured on Linux 6.1 and 7.2',
  ],
}
