import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames } from './platform.ts'

export const linuxBridge: Platform = {
  id: 'linux-bridge',
  vendor: 'Linux',
  product: 'Linux as a switch (bonding and a vlan-aware bridge)',
  lag: { name: 'bond{number}', ids: undefined },
  members: { active: undefined, standby: 0 },
  ports: portNames({
    types: { '': [] },
    numbers: /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,14}$/,
    examples: ['eth0', 'enp1s0f0np0', 'lan1'],
    exactCase: true,
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'lag', unset: 'slow', means: 'partner' },
  minLinks: { min: 0 },
  maxLinks: undefined,
  hash: {
    scope: 'lag',
    policies: {
      layer2: exactly('layer2', macs, ['ethertype']),
      'layer2+3': exactly('layer2+3', macs, ['ethertype'], ips),
      'layer3+4': exactly('layer3+4', ips, l4Ports),
      'encap2+3': exactly('encap2+3', macs, ['ethertype'], ips),
      'encap3+4': exactly('encap3+4', ips, l4Ports),
      'vlan+srcmac': exactly('vlan+srcmac', ['vlan', 'source-mac']),
    },
    unset: { words: 'layer2', sees: [...macs, 'ethertype'] },
  },
  multichassis: undefined,
  fallback: false,
  mtu: { scope: 'lag', counts: 'payload', unset: 1500, max: 65535 },
  vlans: plainVlans,
  confidence: 'parser',
  unverified: {
    edge: 'the bridge has no edge flag; mstpd has one',
  },
  source: 'Linux kernel Documentation/networking/bonding.rst; ipspace/netlab lag/linux.j2',
}
