import { exactly, ips, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const fortiswitch: Platform = {
  id: 'fortiswitch',
  vendor: 'Fortinet',
  product: 'FortiSwitchOS, standalone',
  lag: { name: 'lag{number}', ids: undefined },
  members: { active: 8, standby: 0 },
  ports: portNames({
    types: { port: [] },
    numbers: /^(?<port>\d{1,3})(?:\.(?<lane>\d))?$/,
    examples: ['port1', 'port24', 'port49.2'],
    exactCase: true,
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'lag', unset: 'slow', means: 'partner' },
  minLinks: { min: 1 },
  maxLinks: { min: 1 },
  hash: {
    scope: 'lag',
    policies: {
      layer2: exactly('src-dst-mac', macs),
      'layer2+3': roughly('src-dst-ip', ips),
      'layer3+4': roughly('src-dst-ip', ips),
    },
    unset: { words: 'src-dst-ip', sees: ips },
  },
  multichassis: { name: 'MCLAG', perLag: true },
  fallback: true,
  mtu: { scope: 'port', counts: 'frame', unset: 9216, max: 9216, fixed: 9216 },
  vlans: plainVlans,
  confidence: 'schema',
  unverified: { 'hash.unset': 'src-dst-ip', 'members.active': '8; 24 and more by model' },
  source:
    'fortinet-ansible-dev/ansible-galaxy-fortiswitch-collection fortiswitch_switch_trunk, _switch_interface, _switch_physical_port; FortiSwitchOS Administration Guide: Link aggregation groups',
}
