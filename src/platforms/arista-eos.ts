import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const aristaEos: Platform = {
  id: 'arista-eos',
  vendor: 'Arista',
  product: 'EOS',
  lag: { name: 'Port-Channel{number}', ids: { min: 1, max: 2000 } },
  members: { active: 16, standby: 0 },
  ports: portNames({
    types: { Ethernet: ['Et', 'E'] },
    numbers: /^(?:(?<unit>\d{1,3})\/(?=\d+\/))?(?<port>\d{1,3})(?:\/(?<lane>\d{1,3}))?$/,
    examples: ['Ethernet1', 'Ethernet49/1', 'Ethernet3/12/1'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'member', unset: 'slow', means: 'partner' },
  minLinks: { min: 0, max: 16 },
  maxLinks: undefined,
  hash: {
    scope: 'device',
    policies: {
      layer2: exactly('trident fields mac src-mac dst-mac', macs),
      'layer2+3': roughly('trident fields ip source-ip destination-ip', ips),
      'layer3+4': exactly(
        'trident fields ip source-ip destination-ip source-port destination-port',
        ips,
        l4Ports,
      ),
    },
    unset: { words: 'addresses and ports for IP, MAC addresses otherwise', sees: [...ips, ...l4Ports] },
  },
  multichassis: { name: 'MLAG', perLag: true },
  fallback: true,
  mtu: { scope: 'lag', counts: 'payload', unset: 1500, max: 9214 },
  vlans: plainVlans,
  confidence: 'document',
  unverified: {
    'min-links': 'the range 0 to 16',
    'members.active': '16 on common models',
    'hash.unset': 'the default differs by chip',
  },
  source:
    'aristanetworks/avd schema fragments and intended configurations; batfish/batfish arista_interface_show_run_all; ipspace/netlab lag/eos.j2',
}
