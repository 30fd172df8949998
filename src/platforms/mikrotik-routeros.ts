import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames } from './platform.ts'

export const mikrotikRouteros: Platform = {
  id: 'mikrotik-routeros',
  vendor: 'MikroTik',
  product: 'RouterOS 7',
  lag: { name: 'bond{number}', ids: undefined },
  members: { active: undefined, standby: 0 },
  ports: portNames({
    types: {
      ether: [],
      'sfp-sfpplus': [],
      'sfp28-': [],
      sfp: [],
      'qsfp28-': [],
      qsfpplus: [],
      combo: [],
    },
    numbers: /^(?<port>\d{1,2})(?:-(?<lane>\d))?$/,
    examples: ['ether1', 'sfp-sfpplus2', 'qsfpplus1-1'],
    exactCase: true,
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'lag', unset: 'slow', means: 'partner' },
  minLinks: { min: 0 },
  maxLinks: undefined,
  hash: {
    scope: 'lag',
    policies: {
      layer2: exactly('layer-2', macs),
      'layer2+3': exactly('layer-2-and-3', macs, ips),
      'layer3+4': exactly('layer-3-and-4', ips, l4Ports),
      'encap2+3': exactly('encap-2-and-3', macs, ips),
      'encap3+4': exactly('encap-3-and-4', ips, l4Ports),
    },
    unset: { words: 'layer-2', sees: macs },
  },
  multichassis: { name: 'MLAG', perLag: true },
  fallback: false,
  mtu: { scope: 'lag', counts: 'payload', unset: 1500, max: 10218 },
  vlans: plainVlans,
  confidence: 'schema',
  unverified: {
    'load-balance':
      'it is ignored where the chip forwards: Prestera always hashes L2 to L4, 88E6xxx always L2',
    'mtu.max': '10218 on common boards',
  },
  source:
    'ansible-collections/community.routeros plugins/module_utils/_api_data.py; MikroTik help: Bonding; networktocode/ntc-templates mikrotik_routeros',
}
