import { ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const dellOs10: Platform = {
  id: 'dell-os10',
  vendor: 'Dell',
  product: 'SmartFabric OS10',
  lag: { name: 'port-channel{number}', ids: { min: 1, max: 128 } },
  members: { active: 32, standby: 0 },
  ports: portNames({
    types: { ethernet: ['eth', 'e'] },
    numbers: /^(?<unit>\d{1,2})\/(?<slot>\d{1,2})\/(?<port>\d{1,3})(?::(?<lane>\d{1,2}))?$/,
    first: { unit: 1, slot: 1, port: 1 },
    examples: ['ethernet1/1/1', 'ethernet1/1/25:2', 'ethernet1/1/31'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'member', unset: 'slow', means: 'partner' },
  minLinks: { min: 1, max: 32 },
  maxLinks: {},
  hash: {
    scope: 'device',
    policies: {
      layer2: roughly('MAC selection alone', macs),
      'layer2+3': roughly('the default without the ports', macs, ['vlan', 'ethertype'], ips),
      'layer3+4': roughly('the default', macs, ['vlan', 'ethertype'], ips, l4Ports),
    },
    unset: {
      words: 'MAC addresses, VLAN, type, IP addresses and ports together',
      sees: [...macs, 'vlan', 'ethertype', ...ips, ...l4Ports],
    },
  },
  multichassis: { name: 'VLT', perLag: true },
  fallback: true,
  mtu: { scope: 'port', counts: 'frame', unset: 1532, max: 9216, fixed: 9216 },
  vlans: { ...plainVlans, reserved: [{ from: 4094, to: 4094 }] },
  confidence: 'document',
  unverified: {
    'load-balance=layer2':
      'the words that take the IP addresses away, formed as those for ports and MAC addresses',
    'members.active': '32; hardware may hold 16',
    'mtu.unset': '1532 bytes as commonly documented',
  },
  source:
    'Dell SmartFabric OS10 User Guide 10.5.0; ansible-collections/dellemc.os10; Cray-HPE/canu switch backups; ipspace/netlab lag/dellos10.j2',
}
