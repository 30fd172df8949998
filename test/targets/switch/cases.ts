// One entry for each platform: what its tests need to know beyond its table. A new platform adds one.

export interface SwitchCase {
  readonly id: string
  /** The two ports of the complete example in the reference. */
  readonly example: readonly [string, string]
  /** The number of its LAG, where it is not 10. */
  readonly number?: number
  /** Four more ports of that platform, in order, for goldens. */
  readonly ports: readonly [string, string, string, string, string, string]
  /** What the example's intent says beside the common one, as YAML flow: options of the switch and of LAG 10. */
  readonly says?: { readonly switch?: string; readonly lag?: string }
  /** Statements in which output and example differ, as they stand after normalising, and why. */
  readonly differs?: readonly { readonly theirs?: RegExp; readonly ours?: RegExp; readonly because: string }[]
  /** Where names are free: what the example calls the LAG, and what we call it. */
  readonly named?: { readonly theirs: string; readonly ours: string }
  /** Text to comparable statements, where the dialect's own are not. */
  readonly statements?: (text: string) => readonly string[]
  /** Whether its running configuration is read back. */
  readonly reads: boolean
}

export const switchCases: readonly SwitchCase[] = [
  {
    id: 'arista-eos',
    example: ['Ethernet1', 'Ethernet2'],
    ports: ['Ethernet1', 'Ethernet2', 'Ethernet3', 'Ethernet4', 'Ethernet5', 'Ethernet6'],
    differs: [
      { theirs: /^vlan 10,20$/, ours: /^vlan \d+$/, because: 'VLANs are created one by one' },
      { ours: /^interface port-channel10 \/ no shutdown$/, because: 'a LAG that was shut comes up' },
    ],
    reads: true,
  },
  {
    id: 'aruba-aos-cx',
    example: ['1/1/1', '1/1/2'],
    ports: ['1/1/1', '1/1/2', '1/1/3', '1/1/4', '1/1/5', '1/1/6'],
    says: { lag: 'untagged: true' },
    reads: true,
  },
  {
    id: 'aruba-aos-s',
    example: ['1', '2'],
    ports: ['1', '2', '3', '4', '5', '6'],
    reads: true,
  },
  {
    id: 'cisco-ios',
    example: ['Te1/0/1', 'Te1/0/2'],
    ports: ['Gi1/0/1', 'Gi1/0/2', 'Gi1/0/3', 'Gi1/0/4', 'Gi1/0/5', 'Gi1/0/6'],
    says: { lag: 'system-priority: 32768' },
    reads: true,
  },
  {
    id: 'cisco-nxos',
    example: ['Ethernet1/1', 'Ethernet1/2'],
    ports: ['Ethernet1/1', 'Ethernet1/2', 'Ethernet1/3', 'Ethernet1/4', 'Ethernet1/5', 'Ethernet1/6'],
    differs: [
      { theirs: /^vlan 10,20$/, ours: /^vlan \d+$/, because: 'VLANs are created one by one' },
      { ours: /^interface port-channel10 \/ no shutdown$/, because: 'a LAG that was shut comes up' },
    ],
    reads: true,
  },
  {
    id: 'cumulus-ifupdown2',
    example: ['swp1', 'swp2'],
    ports: ['swp1', 'swp2', 'swp3', 'swp4', 'swp5', 'swp6'],
    says: { lag: 'untagged: true, min-links: 1' },
    differs: [{ theirs: /^iface bridge \/ bridge-(?:vids|pvid) /, because: 'each port says its own' }],
    reads: true,
  },
  {
    id: 'cumulus-nvue',
    example: ['swp1', 'swp2'],
    ports: ['swp1', 'swp2', 'swp3', 'swp4', 'swp5', 'swp6'],
    says: { lag: 'untagged: true' },
    differs: [
      {
        theirs: /^nv set bridge domain br_default vlan 10,20$/,
        ours: /^nv set bridge domain br_default vlan (?:10|20)$/,
        because: 'VLANs are created one by one',
      },
      { ours: /^nv set interface swp\d description /, because: 'ports say what their cables lead to' },
      { ours: / stp admin-edge enabled$/, because: 'a host is an end station' },
    ],
    reads: true,
  },
  {
    id: 'dell-os10',
    example: ['ethernet1/1/1', 'ethernet1/1/2'],
    ports: [
      'ethernet1/1/1',
      'ethernet1/1/2',
      'ethernet1/1/3',
      'ethernet1/1/4',
      'ethernet1/1/5',
      'ethernet1/1/6',
    ],
    reads: true,
  },
  {
    id: 'dell-os9',
    example: ['TenGigabitEthernet 0/1', 'TenGigabitEthernet 0/2'],
    ports: [
      'TenGigabitEthernet 0/1',
      'TenGigabitEthernet 0/2',
      'TenGigabitEthernet 0/3',
      'TenGigabitEthernet 0/4',
      'TenGigabitEthernet 0/5',
      'TenGigabitEthernet 0/6',
    ],
    reads: true,
  },
  {
    id: 'extreme-exos',
    example: ['1', '2'],
    // A LAG is called by its lowest port, which gives it its number as well.
    ports: ['2', '3', '4', '5', '6', '7'],
    says: { lag: 'untagged: true' },
    differs: [
      { ours: /^enable ports [12]$/, because: 'a port that was disabled comes up' },
      { ours: /^configure stpd s0 ports link-type edge 1$/, because: 'a host is an end station' },
    ],
    reads: true,
  },
  {
    id: 'fortiswitch',
    example: ['port1', 'port2'],
    ports: ['port1', 'port2', 'port3', 'port4', 'port5', 'port6'],
    says: { lag: 'untagged: true' },
    // A trunk may have any name; ours follow the number.
    named: { theirs: '"host1"', ours: '"lag10"' },
    differs: [{ ours: / \/ set status up$/, because: 'a port that was down comes up' }],
    reads: true,
  },
  {
    id: 'h3c-comware',
    example: ['Ten-GigabitEthernet1/0/1', 'XGE1/0/2'],
    ports: ['GE1/0/1', 'GE1/0/2', 'GE1/0/3', 'GE1/0/4', 'GE1/0/5', 'GE1/0/6'],
    says: { lag: 'untagged: true' },
    differs: [{ ours: / \/ undo shutdown$/, because: 'a port that was shut comes up' }],
    reads: true,
  },
  {
    id: 'huawei-vrp',
    example: ['XGigabitEthernet0/0/1', 'XGE0/0/2'],
    ports: ['GE0/0/1', 'GE0/0/2', 'GE0/0/3', 'GE0/0/4', 'GE0/0/5', 'GE0/0/6'],
    says: { lag: 'untagged: true' },
    differs: [{ ours: / \/ undo shutdown$/, because: 'a port that was shut comes up' }],
    reads: true,
  },
  {
    id: 'juniper-junos',
    example: ['xe-0/0/0', 'xe-0/0/1'],
    ports: ['ge-0/0/0', 'ge-0/0/1', 'ge-0/0/2', 'ge-0/0/3', 'ge-0/0/4', 'ge-0/0/5'],
    reads: true,
  },
  {
    id: 'linux-bridge',
    example: ['lan1', 'lan2'],
    ports: ['lan1', 'lan2', 'lan3', 'lan4', 'lan5', 'lan6'],
    says: { lag: 'untagged: true, min-links: 1' },
    differs: [
      { ours: / alias host1 eth\d$/, because: 'ports say what their cables lead to' },
      {
        ours: /^bridge vlan add vid 1 dev bond10 pvid untagged$/,
        because: 'VLAN 1 is said, not taken for granted',
      },
    ],
    reads: true,
  },
  {
    id: 'mikrotik-routeros',
    example: ['sfp-sfpplus1', 'sfp-sfpplus2'],
    ports: ['ether1', 'ether2', 'ether3', 'ether4', 'ether5', 'ether6'],
    says: { lag: 'untagged: true' },
    differs: [
      {
        theirs: / l2mtu=9092$/,
        ours: / l2mtu=9004$/,
        because: 'room for one tag is enough, and more than some boards have',
      },
      {
        theirs: /^\/interface bridge vlan 10,20 /,
        ours: /^\/interface bridge vlan (?:10|20) /,
        because: 'VLANs that several LAGs carry have one entry',
      },
    ],
    reads: true,
  },
  {
    id: 'openconfig',
    example: ['Ethernet1', 'Ethernet2'],
    ports: ['Ethernet1', 'Ethernet2', 'Ethernet3', 'Ethernet4', 'Ethernet5', 'Ethernet6'],
    says: { lag: 'untagged: true, min-links: 1, system-priority: 32768' },
    differs: [
      {
        theirs: /^openconfig-lacp:lacp config system-priority: 32768$/,
        ours: /^openconfig-lacp:lacp interfaces interface port-channel10 config system-priority: 32768$/,
        because: 'the priority is said of a LAG, and its model has it there as well',
      },
    ],
    reads: true,
  },
  {
    id: 'netgear-managed',
    example: ['1/0/1', '1/0/2'],
    ports: ['1/0/1', '1/0/2', '1/0/3', '1/0/4', '1/0/5', '1/0/6'],
    says: { lag: 'untagged: true' },
    differs: [
      { ours: / \/ spanning-tree edgeport$/, because: 'a host is an end station' },
      { ours: /^interface 1\/0\/[12] \/ no shutdown$/, because: 'a port that was shut comes up' },
    ],
    reads: true,
  },
  {
    id: 'ruckus-fastiron',
    example: ['ethernet 1/1/1', 'e 1/1/2'],
    ports: [
      'ethernet 1/1/1',
      'ethernet 1/1/2',
      'ethernet 1/1/3',
      'ethernet 1/1/4',
      'ethernet 1/1/5',
      'ethernet 1/1/6',
    ],
    // A LAG may have any name beside its number; ours follow the number.
    named: { theirs: 'lag host1', ours: 'lag lag10' },
    differs: [
      { theirs: /^vlan 1 name default-vlan by port$/, because: 'it is there, and nothing is said of it' },
      {
        theirs: / \/ port-name to_host1_bond0$/,
        ours: / \/ port-name to host1 bond0$/,
        because: 'a name may hold blanks',
      },
      { ours: /^interface ethernet 1\/1\/[12]/, because: 'a port that was disabled comes up' },
      { ours: / \/ spanning-tree 802-1w admin-edge-port$/, because: 'a host is an end station' },
    ],
    reads: true,
  },
  {
    id: 'openvswitch',
    example: ['eth0', 'eth1'],
    ports: ['eth0', 'eth1', 'eth2', 'eth3', 'eth4', 'eth5'],
    says: { lag: 'untagged: true' },
    differs: [
      { ours: /^interface eth\d external_ids:description=/, because: 'ports say what their cables lead to' },
    ],
    reads: true,
  },
  {
    id: 'sonic',
    example: ['Ethernet0', 'Ethernet4'],
    ports: ['Ethernet0', 'Ethernet4', 'Ethernet20', 'Ethernet24', 'Ethernet28', 'Ethernet32'],
    says: { lag: 'min-links: 1, fallback: off' },
    differs: [
      {
        theirs: /^port ethernet\d (?:lanes|alias|speed): /,
        because: 'what the port is stands on the switch',
      },
      { theirs: /^portchannel portchannel10 lacp_key: auto$/, because: 'it is the default' },
    ],
    reads: true,
  },
  {
    id: 'tplink-jetstream',
    example: ['ten-gigabitEthernet 1/0/1', 'ten-gigabitEthernet 1/0/2'],
    ports: [
      'gigabitEthernet 1/0/1',
      'gigabitEthernet 1/0/2',
      'gigabitEthernet 1/0/3',
      'gigabitEthernet 1/0/4',
      'gigabitEthernet 1/0/5',
      'gigabitEthernet 1/0/6',
    ],
    differs: [
      { ours: /^vlan \d+$/, because: 'a VLAN must be there before a port carries it' },
      {
        theirs: /^interface range ten-gigabitethernet 1\/0\/1-2/,
        ours: /^interface ten-gigabitethernet 1\/0\/[12]/,
        because: 'each port has a block of its own, and comes up',
      },
      { ours: / \/ switchport acceptable frame tagged$/, because: 'the host sends no untagged frames' },
      { ours: / \/ spanning-tree common-config portfast enable$/, because: 'a host is an end station' },
    ],
    reads: true,
  },
  {
    id: 'ubiquiti-edgeswitch',
    example: ['0/1', '0/2'],
    number: 1,
    ports: ['0/1', '0/2', '0/3', '0/4', '0/5', '0/6'],
    says: { lag: 'untagged: true' },
    differs: [
      { ours: /^vlan database/, because: 'a VLAN must be there before a port carries it' },
      { ours: / \/ spanning-tree edgeport$/, because: 'a host is an end station' },
      { ours: / \/ no shutdown$/, because: 'a port that was shut comes up' },
    ],
    reads: true,
  },
  {
    id: 'vyos',
    example: ['eth1', 'eth2'],
    ports: ['eth1', 'eth2', 'eth3', 'eth4', 'eth5', 'eth6'],
    says: { lag: 'untagged: true' },
    differs: [
      { ours: /^set interfaces ethernet eth\d description /, because: 'ports say what their cables lead to' },
    ],
    reads: true,
  },
]
