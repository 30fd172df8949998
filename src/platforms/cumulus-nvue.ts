import { ips, l4Ports, macs, type Platform, plainVlans, portNames } from './platform.ts'

export const cumulusNvue: Platform = {
  id: 'cumulus-nvue',
  vendor: 'NVIDIA',
  product: 'Cumulus Linux 5, NVUE',
  lag: { name: 'bond{number}', ids: undefined },
  members: { active: undefined, standby: 0 },
  ports: portNames({
    types: { swp: [] },
    numbers: /^(?<port>\d{1,3})(?:s(?<lane>[0-7]))?$/,
    examples: ['swp1', 'swp48', 'swp49s1'],
    exactCase: true,
  }),
  modes: { active: true, passive: false, static: true },
  rate: { scope: 'lag', unset: 'fast', means: 'partner' },
  minLinks: undefined,
  maxLinks: undefined,
  hash: {
    scope: 'device',
    policies: {},
    unset: {
      words: 'the chip: MAC addresses, VLAN, type, IP addresses, protocol and ports',
      sees: [...macs, 'vlan', 'ethertype', ...ips, 'protocol', ...l4Ports],
    },
  },
  multichassis: { name: 'MLAG', perLag: true },
  fallback: true,
  mtu: { scope: 'lag', counts: 'payload', unset: 9216, max: 9216 },
  vlans: plainVlans,
  confidence: 'document',
  unverified: {
    description: 'nv set interface NAME description',
    edge: 'bridge domain br_default stp admin-edge on',
    'mtu.unset': '9216 as commonly documented',
  },
  source: 'NVIDIA Cumulus Linux User Guide: Bonding - Link Aggregation; ipspace/netlab lag/cumulus_nvue.j2',
}
