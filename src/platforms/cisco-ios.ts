import { exactly, ips, l4Ports, macs, type Platform, plainVlans, portNames, roughly } from './platform.ts'

export const ciscoIos: Platform = {
  id: 'cisco-ios',
  vendor: 'Cisco',
  product: 'IOS and IOS-XE (Catalyst)',
  lag: { name: 'Port-channel{number}', ids: { min: 1, max: 512 } },
  members: { active: 8, standby: 8 },
  ports: portNames({
    types: {
      GigabitEthernet: ['Gi', 'Gig'],
      TenGigabitEthernet: ['Te', 'Ten'],
      TwentyFiveGigE: ['Twe'],
      FortyGigabitEthernet: ['Fo'],
      HundredGigE: ['Hu'],
      FastEthernet: ['Fa'],
      FiveGigabitEthernet: ['Fi'],
      TwoGigabitEthernet: ['Tw'],
      FiftyGigabitEthernet: ['Fif'],
      TwoHundredGigE: ['TwoH'],
      FourHundredGigE: ['Fou'],
      AppGigabitEthernet: ['Ap'],
      Ethernet: ['Et', 'E'],
    },
    numbers: /^(?:(?:(?<unit>\d+)\/)?(?<slot>\d+)\/)?(?<port>\d+)$/,
    examples: ['GigabitEthernet1/0/1', 'TenGigabitEthernet1/1/3', 'TwentyFiveGigE1/0/24'],
  }),
  modes: { active: true, passive: true, static: true },
  rate: { scope: 'member', unset: 'slow', means: 'partner' },
  minLinks: { min: 1, max: 8 },
  maxLinks: { min: 1, max: 16 },
  hash: {
    scope: 'device',
    policies: {
      layer2: exactly('src-dst-mac', macs),
      'layer2+3': roughly('src-dst-ip', ips),
      'layer3+4': exactly('src-dst-mixed-ip-port', ips, l4Ports),
    },
    unset: { words: 'src-dst-ip on routers, src-mac on older Catalysts', sees: ips },
  },
  multichassis: { name: 'StackWise or StackWise Virtual, which make one switch of several', perLag: false },
  fallback: true,
  mtu: { scope: 'device', counts: 'payload', unset: 1500, max: 9198 },
  vlans: { ...plainVlans, reserved: [{ from: 1002, to: 1005 }] },
  confidence: 'schema',
  unverified: {
    mtu: 'newer releases take mtu on the port; the global system mtu is written',
    'hash.unset': 'the default differs by model',
  },
  source:
    'YangModels/yang vendor/cisco/xe/17181, Cisco-IOS-XE-ethernet, -interfaces, -switch, -spanning-tree, -port-channel-deviation',
}
