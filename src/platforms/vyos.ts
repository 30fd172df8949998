import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames } from './platform.ts'

export const vyos: Platform = {
  id: 'vyos',
  vendor: 'VyOS',
  product: 'VyOS 1.4 and 1.5',
  lag: { name: 'bond{number}', ids: { min: 0, max: 9999 } },
  members: { active: undefined, standby: 0 },
  ports: portNames({
    types: { '': [] },
    numbers: /^(?:(?:eth|lan)(?<port>\d{1,3})|en[ospxP][A-Za-z0-9]{1,12})$/,
    first: { unit: 0, slot: 0, port: 0 },
    examples: ['eth0', 'eth12', 'lan1'],
    exactCase: true,
  }),
  modes: { active: true, passive: false, static: true },
  rate: { scope: 'lag', unset: 'slow', means: 'partner' },
  minLinks: { min: 0, max: 16 },
  maxLinks: undefined,
  hash: {
    scope: 'lag',
    policies: {
      layer2: exactly('layer2', macs, ['ethertype']),
      'layer2+3': exactly('layer2+3', macs, ['ethertype'], ips),
      'layer3+4': exactly('layer3+4', ips, l4Ports),
      'encap2+3': exactly('encap2+3', macs, ['ethertype'], ips),
      'encap3+4': exactly('encap3+4', ips, l4Ports),
    },
    unset: { words: 'layer2', sees: [...macs, 'ethertype'] },
  },
  multichassis: undefined,
  fallback: false,
  mtu: { scope: 'lag', counts: 'payload', unset: 1500, max: 16000 },
  vlans: plainVlans,
  confidence: 'schema',
  unverified: {},
  source:
    'vyos/vyos-1x interface-definitions/interfaces_bonding.xml.in, src/conf_mode/interfaces_bonding.py; ipspace/netlab lag/vyos.j2',
}
