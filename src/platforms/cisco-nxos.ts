import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const ciscoNxos: Platform = {
  id: 'cisco-nxos',
  vendor: 'Cisco',
  product: 'NX-OS (Nexus)',
  lag: { name: 'port-channel{number}', ids: { min: 1, max: 4096 } },
  members: { active: 32, standby: 0 },
  ports: portNames({
    types: { Ethernet: ['Eth', 'E'] },
    numbers: /^(?<unit>\d{1,3})\/(?<port>\d{1,3})(?:\/(?<lane>\d{1,2}))?$/,
    examples: ['Ethernet1/1', 'Ethernet1/49/1', 'Ethernet101/1/12'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'member', unset: 'slow', means: 'partner' },
  minLinks: { min: 1, max: 32 },
  maxLinks: { min: 1, max: 32 },
  hash: {
    scope: 'device',
    policies: {
      layer2: exactly('src-dst mac', macs),
      'layer2+3': roughly('src-dst ip', ips),
      'layer3+4': exactly('src-dst ip-l4port', ips, l4Ports),
    },
    unset: { words: 'src-dst ip-l4port for IP, src-dst mac otherwise', sees: [...ips, ...l4Ports] },
  },
  multichassis: { name: 'vPC', perLag: true },
  fallback: true,
  mtu: { scope: 'port', counts: 'payload', unset: 1500, max: 9216, fixed: 9216 },
  vlans: { ...plainVlans, reserved: [{ from: 3968, to: 4094 }] },
  confidence: 'document',
  unverified: {
    mtu: 'layer 2 ports may accept only 1500 or the system jumbo size, so 9216 is written',
    'hash.unset': 'the default of the Nexus 9000; older families have another order of words',
  },
  source:
    'Cisco Nexus 9000 Series NX-OS Interfaces Configuration Guide 10.6(x); batfish/batfish cisco_nxos grammar; ansible-collections/cisco.nxos',
}
