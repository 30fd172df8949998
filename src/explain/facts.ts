// Facts about modes and policies that no option row carries, in words.

import type { HashPolicy, Mode } from '../options/index.ts'

export interface ModeFacts {
  readonly purpose: string
  readonly needs: string
  readonly oneFlow: string
  readonly manyFlows: string
  readonly twoSwitches: string
  readonly bridge: string
  readonly traps: readonly string[]
  readonly source: string
}

const bondingDoc = 'linux Documentation/networking/bonding.rst and drivers/net/bonding/bond_main.c'
const staticGroup = 'ports grouped without LACP'
const plainPorts = 'plain ports, not grouped'

export const modeFacts: Readonly<Record<Mode, ModeFacts>> = {
  'balance-rr': {
    purpose: 'Sends packet by packet over all members in turn.',
    needs: `${staticGroup}; none for cables from host to host`,
    oneFlow: 'up to all members when sending; one member when receiving through a switch, which hashes',
    manyFlows: 'all members when sending, as the switch hashes when receiving',
    twoSwitches: 'only with a separate network on each, every host attached to all of them',
    bridge: 'works with a static group, and guests see packets out of order too',
    traps: [
      'TCP sees packets out of order and sends some twice.',
      'It is the mode of a bond that names none.',
      'A copy between two hosts through one switch does not get faster: the last hop is one link.',
    ],
    source: bondingDoc,
  },
  'active-backup': {
    purpose: 'One member carries everything, the others wait.',
    needs: plainPorts,
    oneFlow: 'one member',
    manyFlows: 'one member',
    twoSwitches: 'works, and is the usual choice for it',
    bridge: 'works, and is the usual choice where the switch cannot group',
    traps: [
      'Grouped ports on the switch send half of the traffic to a member that drops it.',
      'miimon does not see a fault behind the switch; arp-interval does.',
      'A primary that always takes over again interrupts twice.',
    ],
    source: bondingDoc,
  },
  'balance-xor': {
    purpose: 'A hash of the headers chooses the member; the ports form a static group.',
    needs: staticGroup,
    oneFlow: 'one member',
    manyFlows: 'all members, as far as the hashes of both ends spread them',
    twoSwitches: 'only where they act as one (MLAG, stack)',
    bridge: 'works with a static group',
    traps: [
      'No protocol checks the cables: a port outside the group silently loses its share.',
      'layer2, the default policy, sends everything for one gateway over one member.',
    ],
    source: bondingDoc,
  },
  broadcast: {
    purpose: 'Sends every packet on all members.',
    needs: 'separate networks, one for each member, or ports grouped without LACP',
    oneFlow: 'one member',
    manyFlows: 'one member: everything is sent on each',
    twoSwitches: 'works, on separate networks',
    bridge: 'does not work: the bridge takes its guests for stations outside',
    traps: [
      'It multiplies the load and balances nothing.',
      'Where the networks meet, receivers get everything twice.',
    ],
    source: bondingDoc,
  },
  '802.3ad': {
    purpose: 'LACP agrees with the switch on the group; a hash of the headers chooses the member.',
    needs: 'ports grouped with LACP, at least one end active',
    oneFlow: 'one member, always',
    manyFlows: 'all ports of the active aggregator, as far as the hashes of both ends spread them',
    twoSwitches:
      'only where they act as one (MLAG, vPC, stack, ESI); otherwise one of them is used at a time',
    bridge: 'works, and is the usual choice with a capable switch',
    traps: [
      'Without a partner the bond is up all the same, on one port.',
      'min-links counts ports with link, not ports that negotiated.',
      'Members of different speeds fall into different aggregators, of which one is used.',
    ],
    source: 'IEEE 802.1AX; linux drivers/net/bonding/bond_3ad.c',
  },
  'balance-tlb': {
    purpose: 'Spreads what is sent by load; receives on one member.',
    needs: plainPorts,
    oneFlow: 'one member',
    manyFlows: 'all members when sending, one when receiving',
    twoSwitches: 'works, in one layer 2 network',
    bridge: 'discouraged: frames of guests leave partly with the address of a member',
    traps: ['Port security sees several addresses for one host.', 'Grouped ports on the switch break it.'],
    source: 'linux drivers/net/bonding/bond_alb.c',
  },
  'balance-alb': {
    purpose: 'As balance-tlb, and peers are told different addresses by ARP, so that receiving spreads too.',
    needs: plainPorts,
    oneFlow: 'one member',
    manyFlows:
      'all members when sending; when receiving all over several local IPv4 peers, one through a router',
    twoSwitches: 'works, in one layer 2 network',
    bridge:
      'discouraged: frames of guests leave partly with the address of a member, and all for them arrives on one',
    traps: [
      'IPv6, and whatever comes through a router, is received on one member.',
      'ARP inspection and fixed ARP entries disturb it.',
    ],
    source: 'linux drivers/net/bonding/bond_alb.c',
  },
}

export interface PolicyFacts {
  readonly sees: string
  readonly follows: readonly string[]
}

export const policyFacts: Readonly<Record<HashPolicy, PolicyFacts>> = {
  layer2: {
    sees: 'Sees the last byte of both MAC addresses and the type of the frame.',
    follows: [
      'Two hosts always use one link, whatever they send.',
      'Everything that goes through one router uses one link.',
      'It is what a bond uses that names no policy.',
    ],
  },
  'layer2+3': {
    sees: 'Sees MAC addresses and IP addresses.',
    follows: ['Two addresses always use one link.', 'Several peers spread, also behind a router.'],
  },
  'layer3+4': {
    sees: 'Sees IP addresses and TCP or UDP ports.',
    follows: [
      'Several connections between two hosts can use several links.',
      'One connection stays on one link, always.',
      'A fragment has no ports: a flow that is sometimes fragmented can use two links, out of order.',
    ],
  },
  'encap2+3': {
    sees: 'As layer2+3, with the addresses inside GRE and IP tunnels.',
    follows: ['VXLAN and other UDP tunnels are seen from outside only.'],
  },
  'encap3+4': {
    sees: 'As layer3+4, with addresses and ports inside GRE and IP tunnels.',
    follows: [
      'VXLAN and other UDP tunnels are seen from outside only.',
      "For the host's own connections the kernel's flow hash is used, which nobody can foretell from the headers.",
    ],
  },
  'vlan+srcmac': {
    sees: 'Sees the VLAN tag and the MAC address of the sender.',
    follows: [
      'Everything that one machine sends in one VLAN uses one link.',
      'It is made for bridges with many guests, not for hosts.',
    ],
  },
}
