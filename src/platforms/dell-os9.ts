import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const dellOs9: Platform = {
  id: 'dell-os9',
  vendor: 'Dell',
  product: 'OS9 and FTOS (Force10)',
  lag: { name: 'Port-channel {number}', ids: { min: 1, max: 128 } },
  members: { active: 16, standby: 0 },
  ports: portNames({
    types: {
      TenGigabitEthernet: ['Te', 'Ten'],
      GigabitEthernet: ['Gi', 'Gig'],
      fortyGigE: ['fo'],
      hundredGigE: ['hu'],
      twentyFiveGigE: ['twe', 'tf'],
    },
    between: ' ',
    numbers: /^(?<unit>\d{1,2})\/(?<port>\d{1,3})(?:\/(?<lane>\d))?$/,
    first: { unit: 0, slot: 0, port: 1 },
    examples: ['TenGigabitEthernet 0/1', 'fortyGigE 1/49', 'TenGigabitEthernet 1/1/2'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'lag', unset: 'fast', means: 'partner' },
  minLinks: { min: 1, max: 64 },
  maxLinks: undefined,
  hash: {
    scope: 'device',
    policies: {
      layer2: roughly('mac source-dest-mac', macs, ['vlan', 'ethertype']),
      // `ip-selection` takes one of both addresses, with its port, so it is none of these.
      'layer2+3': roughly('the default without tcp-udp', ips),
      'layer3+4': exactly('the default', ips, l4Ports),
    },
    unset: {
      words: 'IP addresses and TCP or UDP ports, MAC addresses otherwise',
      sees: [...ips, ...l4Ports],
    },
  },
  multichassis: { name: 'VLT', perLag: true },
  fallback: true,
  mtu: { scope: 'port', counts: 'frame', unset: 1554, max: 9216, fixed: 9216 },
  vlans: plainVlans,
  confidence: 'document',
  unverified: { 'mtu.unset': '1554 bytes as commonly documented' },
  source:
    'Dell PowerEdge M I/O Aggregator Reference Guide (lacp long-timeout); Dell S4820T User Guide, Interfaces, and load-balance; ansible-collections/dellemc.os9',
}
