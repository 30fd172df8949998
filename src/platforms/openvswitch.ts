import { exactly, ips, l4Ports, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const openvswitch: Platform = {
  id: 'openvswitch',
  vendor: 'Open vSwitch',
  product: 'Open vSwitch',
  lag: { name: 'bond{number}', ids: undefined },
  members: { active: undefined, standby: 0, fewest: 2 },
  ports: portNames({
    types: { '': [] },
    numbers: /^[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,14}$/,
    first: { unit: 0, slot: 0, port: 0 },
    examples: ['eth0', 'enp5s0f1', 'dpdk0'],
    exactCase: true,
  }),
  modes: { active: true, passive: true, static: false },
  rate: { scope: 'lag', unset: 'slow', means: 'partner' },
  minLinks: undefined,
  maxLinks: undefined,
  hash: {
    scope: 'lag',
    policies: {
      layer2: roughly('balance-slb', ['source-mac', 'vlan']),
      'layer3+4': exactly('balance-tcp', ips, l4Ports),
    },
    unset: { words: 'active-backup, which does not balance', sees: [] },
  },
  multichassis: undefined,
  fallback: true,
  mtu: { scope: 'port', counts: 'payload', unset: 1500 },
  vlans: { ...plainVlans, unset: undefined },
  confidence: 'parser',
  unverified: {},
  source: 'openvswitch/ovs vswitchd/vswitch.xml, vswitchd/vswitch.ovsschema; ovs-vsctl(8), add-bond',
}
