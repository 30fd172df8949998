import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const arubaAosS: Platform = {
  id: 'aruba-aos-s',
  vendor: 'HPE Aruba',
  product: 'ArubaOS-Switch and ProCurve (HP 2920, 2530, 2930, 3800, 5400)',
  lag: { name: 'trk{number}', ids: { min: 1, max: 60 } },
  members: { active: 8, standby: 0 },
  ports: portNames({
    types: { '': [] },
    numbers: /^(?:(?:(?<unit>\d{1,2})\/)?(?<slot>[A-L])?)(?<port>\d{1,2})$/i,
    examples: ['1', '1/24', 'A12'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'none', unset: 'slow', means: 'partner' },
  minLinks: { min: 1, max: 8 },
  maxLinks: undefined,
  hash: {
    scope: 'device',
    policies: {
      layer2: exactly('L2-based', macs),
      'layer2+3': exactly('L3-based', macs, ips),
      'layer3+4': roughly('L4-based', ips, l4Ports),
    },
    unset: { words: 'L3-based', sees: [...macs, ...ips] },
  },
  multichassis: undefined,
  fallback: false,
  mtu: { scope: 'vlan', counts: 'frame', unset: 1522, max: 9216, fixed: 9216 },
  vlans: plainVlans,
  confidence: 'document',
  unverified: { 'lag.ids': 'up to 60; chassis models have up to 144' },
  source:
    'HPE ArubaOS-Switch Management and Configuration Guide 16.x, Port Trunking; HPE techhub: lacp enable-timer (16.10); networktocode/ntc-templates hp_procurve show_trunks',
}
