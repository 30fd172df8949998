import { ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const cumulusIfupdown2: Platform = {
  id: 'cumulus-ifupdown2',
  vendor: 'NVIDIA',
  product: 'Cumulus Linux, /etc/network/interfaces',
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
  minLinks: { min: 0, max: 255 },
  maxLinks: undefined,
  hash: {
    scope: 'device',
    // The word sets what the kernel itself sends; forwarded frames are hashed by the chip over all of these.
    policies: {
      'layer3+4': roughly('layer3+4', macs, ['vlan', 'ethertype'], ips, ['protocol'], l4Ports),
    },
    unset: {
      words: 'the chip: MAC addresses, VLAN, type, IP addresses, protocol and ports',
      sees: [...macs, 'vlan', 'ethertype', ...ips, 'protocol', ...l4Ports],
    },
  },
  multichassis: { name: 'MLAG (clag)', perLag: true },
  fallback: true,
  mtu: { scope: 'lag', counts: 'payload', unset: 1500, max: 9216 },
  vlans: plainVlans,
  confidence: 'parser',
  unverified: { 'mtu.max': '9216 on common chips' },
  source:
    'CumulusNetworks/ifupdown2 ifupdown2/addons/bond.py; NVIDIA Cumulus Linux User Guide: Bonding - Link Aggregation, LACP Bypass; ipspace/netlab lag/cumulus.j2',
}
