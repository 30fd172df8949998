import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const netgearManaged: Platform = {
  id: 'netgear-managed',
  vendor: 'NETGEAR',
  product: 'M4300 and other FASTPATH switches',
  lag: { name: 'lag {number}', ids: { min: 1, max: 128 } },
  members: { active: 8, standby: 0 },
  ports: portNames({
    types: { '': [] },
    numbers: /^(?:(?<unit>\d)\/)?(?<slot>0)\/(?<port>\d{1,2})$/,
    examples: ['1/0/1', '0/23', '2/0/48'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'member', unset: 'slow', means: 'partner' },
  minLinks: { min: 1, max: 8 },
  maxLinks: undefined,
  hash: {
    scope: 'lag',
    policies: {
      layer2: exactly('3', macs, ['vlan', 'ethertype', 'ingress-port']),
      'layer2+3': roughly('6', ips, l4Ports),
      'layer3+4': exactly('6', ips, l4Ports),
    },
    unset: { words: '3', sees: [...macs, 'vlan', 'ethertype', 'ingress-port'] },
  },
  multichassis: { name: 'stacking, which makes one switch of several', perLag: false },
  fallback: false,
  mtu: { scope: 'port', counts: 'frame', unset: 1518, max: 9198, fixed: 9198 },
  vlans: plainVlans,
  confidence: 'document',
  unverified: { 'lag.ids': '1 to 128, by model' },
  source: 'NETGEAR M4300 Intelligent Edge Series CLI Manual, port-channel and LACP actor commands',
}
