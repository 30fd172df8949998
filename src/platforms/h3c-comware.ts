import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames } from './platform.ts'

export const h3cComware: Platform = {
  id: 'h3c-comware',
  vendor: 'H3C and HPE',
  product: 'Comware 7',
  lag: { name: 'Bridge-Aggregation{number}', ids: { min: 1, max: 1024 } },
  members: { active: 8, standby: 0 },
  ports: portNames({
    types: {
      GigabitEthernet: ['GE', 'Gi'],
      'Ten-GigabitEthernet': ['XGE', 'Te'],
      'Twenty-FiveGigE': ['WGE', 'Twe'],
      FortyGigE: ['FGE', 'Fo'],
      HundredGigE: ['HGE', 'Hu'],
      FourHundredGigE: [],
      'M-GigabitEthernet': [],
    },
    numbers: /^(?<unit>\d{1,2})\/(?<slot>\d{1,2})\/(?<port>\d{1,3})(?::(?<lane>\d))?$/,
    examples: ['GigabitEthernet1/0/1', 'Ten-GigabitEthernet1/0/49', 'FortyGigE1/0/53'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'member', unset: 'slow', means: 'partner' },
  minLinks: { min: 1 },
  maxLinks: { min: 1 },
  hash: {
    scope: 'device',
    policies: {
      layer2: exactly('source-mac destination-mac', macs),
      'layer2+3': exactly('source-mac destination-mac source-ip destination-ip', macs, ips),
      'layer3+4': exactly('source-ip destination-ip source-port destination-port', ips, l4Ports),
    },
    unset: { words: 'automatic by the type of the packet', sees: [...ips, ...l4Ports] },
  },
  multichassis: { name: 'IRF, which makes one switch of several', perLag: false },
  fallback: true,
  mtu: { scope: 'lag', counts: 'frame', max: 9216, fixed: 9216 },
  vlans: plainVlans,
  confidence: 'document',
  unverified: { 'lag.ids': '1 to 1024, by model', 'members.active': '8; 16 or 32 on larger models' },
  source:
    'H3C S-series Layer 2 LAN switching configuration guide, Ethernet link aggregation; HPENetworking/pyhpecw7 features/portchannel.py; networktocode/ntc-templates hp_comware',
}
