import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const juniperJunos: Platform = {
  id: 'juniper-junos',
  vendor: 'Juniper',
  product: 'Junos (EX and QFX with ELS syntax)',
  lag: { name: 'ae{number}', ids: { min: 0, max: 999 } },
  members: { active: 16, standby: 0 },
  ports: portNames({
    types: { 'ge-': [], 'xe-': [], 'et-': [], 'mge-': [], 'fe-': [] },
    numbers: /^(?<unit>\d{1,2})\/(?<slot>\d{1,2})\/(?<port>\d{1,3})(?::(?<lane>\d{1,2}))?$/,
    first: { unit: 0, slot: 0, port: 0 },
    examples: ['ge-0/0/0', 'xe-0/0/47', 'et-0/0/48:1'],
    exactCase: true,
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'lag', unset: 'fast', means: 'partner' },
  minLinks: { min: 1, max: 16 },
  maxLinks: undefined,
  hash: {
    scope: 'device',
    policies: {
      layer2: exactly('layer2-header', macs),
      'layer2+3': roughly('layer2-payload without the ports', ips, ['protocol']),
      'layer3+4': exactly('layer2-payload', ips, ['protocol'], l4Ports),
    },
    unset: { words: 'layer2-payload', sees: [...ips, 'protocol', ...l4Ports] },
  },
  multichassis: { name: 'ESI-LAG', perLag: true },
  fallback: true,
  mtu: { scope: 'lag', counts: 'frame-without-fcs', unset: 1514, max: 9216 },
  vlans: plainVlans,
  confidence: 'schema',
  unverified: {
    'rate.unset': 'fast is the default as commonly stated, so the rate is always written',
    'members.active': '16; 32 or 64 on larger QFX',
  },
  source:
    'Juniper/yang 24.4/24.4R1 junos-qfx; Juniper TechLibrary: hash-mode, inet (enhanced-hash-key), lacp (Aggregated Ethernet), port-priority',
}
