import { exactly, ips, l4Ports, macs, type Platform, portNames } from './platform.ts'

export const sonic: Platform = {
  id: 'sonic',
  vendor: 'SONiC community',
  product: 'SONiC (config_db.json)',
  lag: { name: 'PortChannel{number}', ids: { min: 0, max: 9999 } },
  members: { active: undefined, standby: 0 },
  ports: portNames({
    types: { Ethernet: [] },
    numbers: /^(?<port>\d{1,4})$/,
    first: { unit: 0, slot: 0, port: 0 },
    examples: ['Ethernet0', 'Ethernet4', 'Ethernet124'],
    exactCase: true,
  }),
  modes: { active: true, passive: false, static: false },
  rate: { scope: 'lag', unset: 'slow', means: 'partner' },
  minLinks: { min: 1, max: 1024 },
  maxLinks: undefined,
  hash: {
    scope: 'device',
    policies: {
      layer2: exactly('SRC_MAC DST_MAC ETHERTYPE', macs, ['ethertype']),
      'layer2+3': exactly('SRC_MAC DST_MAC ETHERTYPE SRC_IP DST_IP', macs, ['ethertype'], ips),
      'layer3+4': exactly('SRC_IP DST_IP IP_PROTOCOL L4_SRC_PORT L4_DST_PORT', ips, ['protocol'], l4Ports),
    },
    unset: { words: 'what the chip is built with', sees: [] },
  },
  multichassis: undefined,
  fallback: true,
  mtu: { scope: 'lag', counts: 'payload', unset: 9100, max: 9216 },
  // VLAN 1 does not exist in the model: no untagged membership stands for it.
  vlans: { min: 2, max: 4094, unset: undefined, reserved: [] },
  confidence: 'schema',
  unverified: { edge: 'spanning tree depends on the image' },
  source:
    'sonic-net/sonic-buildimage src/sonic-yang-models: sonic-portchannel, sonic-vlan, sonic-hash; sonic-net/sonic-utilities config/main.py',
}
