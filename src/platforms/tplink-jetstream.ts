import { exactly, ips, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const tplinkJetstream: Platform = {
  id: 'tplink-jetstream',
  vendor: 'TP-Link',
  product: 'JetStream managed switches',
  lag: { name: 'port-channel {number}', ids: { min: 1, max: 14 } },
  members: { active: 8, standby: 0 },
  ports: portNames({
    types: {
      gigabitEthernet: ['gi'],
      'ten-gigabitEthernet': ['te', 'ten'],
      'two-gigabitEthernet': ['two'],
      fastEthernet: ['fa'],
    },
    between: ' ',
    numbers: /^(?<unit>\d)\/(?<slot>0)\/(?<port>\d{1,2})$/,
    examples: ['gigabitEthernet 1/0/1', 'ten-gigabitEthernet 1/0/25', 'two-gigabitEthernet 1/0/3'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'none', unset: 'slow', means: 'partner' },
  minLinks: undefined,
  maxLinks: undefined,
  hash: {
    scope: 'device',
    policies: {
      layer2: exactly('src-dst-mac', macs),
      'layer2+3': roughly('src-dst-ip', ips),
      'layer3+4': roughly('src-dst-ip', ips),
    },
    unset: { words: 'src-dst-mac', sees: macs },
  },
  multichassis: undefined,
  fallback: false,
  mtu: { scope: 'device', counts: 'frame', unset: 1518, max: 9216, fixed: 9216 },
  vlans: plainVlans,
  confidence: 'unverified',
  unverified: {
    'lacp-rate': 'no command was found',
    vlans: 'switchport general allowed vlan',
    native: 'switchport pvid',
    description: 'description on the port',
    'lag.ids': '1 to 14, by model',
    'members.active': '8',
    'hash.unset': 'src-dst-mac',
  },
  source: 'TPLINK-LAG-MIB; TP-Link: Configuring LAG guide',
}
