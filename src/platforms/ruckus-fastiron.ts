import { ips, l4Ports, macs, type Platform, plainVlans, portNames } from './platform.ts'

export const ruckusFastiron: Platform = {
  id: 'ruckus-fastiron',
  vendor: 'Ruckus (Brocade)',
  product: 'ICX FastIron 8.0.61 and later',
  lag: { name: 'lag {number}', ids: { min: 1, max: 255 } },
  members: { active: 16, standby: 0 },
  ports: portNames({
    types: { ethernet: ['ethe', 'eth', 'e'] },
    between: ' ',
    numbers: /^(?<unit>\d{1,2})\/(?<slot>\d)\/(?<port>\d{1,2})$/,
    first: { unit: 1, slot: 1, port: 1 },
    examples: ['ethernet 1/1/1', 'ethernet 1/2/4', 'ethernet 2/3/1'],
  }),
  modes: { active: true, passive: false, static: true },
  rate: { scope: 'lag', unset: 'slow', means: 'partner' },
  minLinks: { min: 1 },
  maxLinks: undefined,
  hash: {
    scope: 'none',
    policies: {},
    unset: {
      words: 'by the type of the packet: L2, L3 and L4 fields',
      sees: [...macs, ...ips, ...l4Ports],
    },
  },
  multichassis: { name: 'stacking, which makes one switch of several', perLag: false },
  fallback: true,
  mtu: { scope: 'device', counts: 'frame', unset: 1522, max: 9216, fixed: 9216 },
  vlans: plainVlans,
  confidence: 'document',
  unverified: {
    'port-priority': 'lacp-port-priority',
    'min-links': 'trunk-threshold',
    edge: 'spanning-tree 802-1w admin-edge-port',
  },
  source:
    'Ruckus FastIron Layer 2 Switching Configuration Guide 08.0.60 and 08.0.70; ansible-collections/community.network icx_linkagg; networktocode/ntc-templates brocade_fastiron',
}
