import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const extremeExos: Platform = {
  id: 'extreme-exos',
  vendor: 'Extreme',
  product: 'EXOS and Switch Engine',
  lag: { name: '{port}', ids: undefined },
  members: { active: 8, standby: 0 },
  ports: portNames({
    types: { '': [] },
    numbers: /^(?:(?<unit>\d{1,2}):)?(?<port>\d{1,3})$/,
    examples: ['1', '1:24', '2:49'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'lag', unset: 'slow', means: 'partner' },
  minLinks: { min: 1 },
  maxLinks: undefined,
  hash: {
    scope: 'lag',
    policies: {
      layer2: exactly('address-based L2', macs),
      'layer2+3': roughly('address-based L3', ips),
      'layer3+4': exactly('address-based L3_L4', ips, l4Ports),
    },
    unset: { words: 'address-based L2', sees: macs },
  },
  multichassis: { name: 'MLAG', perLag: true },
  fallback: true,
  mtu: { scope: 'port', counts: 'frame', unset: 1522, max: 9216, fixed: 9216 },
  vlans: plainVlans,
  confidence: 'document',
  unverified: {
    'mode=passive': 'configure sharing PORT lacp activity-mode passive',
    'min-links': 'configure sharing PORT minimum-active',
    edge: 'configure stpd s0 ports link-type edge',
    'rate.unset': 'long is the default',
    'members.active': '8; up to 32 by model',
  },
  source:
    'ExtremeXOS and Switch Engine Command Reference: enable sharing grouping, configure sharing algorithm, configure sharing lacp fallback (from 16.2 and 21.1); networktocode/ntc-templates extreme_exos show_sharing',
}
