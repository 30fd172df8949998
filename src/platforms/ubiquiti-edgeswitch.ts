import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

const family = 'as on other FASTPATH switches; not confirmed for this firmware'

export const ubiquitiEdgeswitch: Platform = {
  id: 'ubiquiti-edgeswitch',
  vendor: 'Ubiquiti',
  product: 'EdgeSwitch',
  lag: { name: 'lag {number}', ids: { min: 1, max: 6 } },
  members: { active: 8, standby: 0 },
  ports: portNames({
    types: { '': [] },
    numbers: /^(?<slot>0)\/(?<port>\d{1,2})$/,
    examples: ['0/1', '0/24', '0/50'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'member', unset: 'slow', means: 'partner' },
  minLinks: { min: 1, max: 8 },
  maxLinks: undefined,
  hash: {
    scope: 'lag',
    policies: {
      layer2: exactly('3', macs),
      'layer2+3': roughly('6', ips, l4Ports),
      'layer3+4': exactly('6', ips, l4Ports),
    },
    unset: { words: '3', sees: macs },
  },
  multichassis: undefined,
  fallback: false,
  mtu: { scope: 'port', counts: 'frame', unset: 1518, max: 9216, fixed: 9216 },
  vlans: plainVlans,
  confidence: 'unverified',
  unverified: {
    mode: family,
    'lacp-rate': family,
    'load-balance': family,
    'min-links': family,
    vlans: family,
    native: family,
    edge: family,
    mtu: family,
    'lag.ids': '1 to 6, by model',
    'members.active': '8',
  },
  source: 'the command family of the NETGEAR M4300 CLI Manual',
}
