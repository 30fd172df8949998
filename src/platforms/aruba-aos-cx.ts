import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const arubaAosCx: Platform = {
  id: 'aruba-aos-cx',
  vendor: 'HPE Aruba',
  product: 'AOS-CX',
  lag: { name: 'lag {number}', ids: { min: 1, max: 256 } },
  members: { active: 8, standby: 0 },
  ports: portNames({
    types: { '': [] },
    numbers: /^(?<unit>\d{1,2})\/(?<slot>\d{1,2})\/(?<port>\d{1,3})(?::(?<lane>[1-4]))?$/,
    first: { unit: 1, slot: 1, port: 1 },
    examples: ['1/1/1', '2/1/48', '1/1/49:2'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'lag', unset: 'slow', means: 'partner' },
  minLinks: undefined,
  maxLinks: undefined,
  hash: {
    scope: 'lag',
    policies: {
      layer2: exactly('l2-src-dst', macs),
      'layer2+3': roughly('l3-src-dst', ips),
      'layer3+4': exactly('l4-src-dst', ips, l4Ports),
    },
    unset: { words: 'l3-src-dst', sees: ips },
  },
  multichassis: { name: 'VSX', perLag: true },
  fallback: true,
  mtu: { scope: 'port', counts: 'payload', unset: 1500, max: 9198, fixed: 9198 },
  vlans: plainVlans,
  confidence: 'document',
  unverified: {
    'members.active': '8; 16 on some models',
    'min-links': 'no command was found',
    'fallback=on': 'lacp fallback is documented for multi-chassis LAGs',
  },
  source:
    'HPE techhub 8400 and 8320 10.01, OS-CX 10.02 LACP settings; aruba/aoscx-ansible-collection; Cray-HPE/canu golden configurations; ipspace/netlab lag/arubacx.j2',
}
