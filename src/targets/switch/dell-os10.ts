// Dell SmartFabric OS10. A port gives up its own VLANs (`no switchport`) before it joins a LAG. The hash looks at everything
// until fields are taken away. The ports of a VLT pair's link are named under its domain, and VLT makes the LAG itself.

import { ios } from '../../dialects/ios.ts'
import { dellOs10 as platform } from '../../platforms/dell-os10.ts'
import { channelGroup } from '../families/switch-cisco.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot, only } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

const withoutPorts = [
  'no load-balancing tcp-udp-selection l4-destination-port',
  'no load-balancing tcp-udp-selection l4-source-port',
]
const withoutAddresses = [
  'no load-balancing ip-selection destination-ip',
  'no load-balancing ip-selection source-ip',
]
const { nearly = {}, except = {} } = hashWords(platform)

export const dellOs10 = switchTarget({
  platform,
  dialect: ios,
  heads: { lag: 'interface port-channel{number}', port: 'interface {port}', vlan: 'interface vlan{vlan}' },
  vlanLists: 'tagged',
  ignores: [
    { in: 'any', line: /^(?:no )?shutdown$/ },
    { in: 'any', line: /^(?:speed|flowcontrol|negotiation|lldp|no ip address|spanning-tree bpduguard) ?/ },
    { in: 'lag', line: /^lacp fallback (?:timeout|preemption) / },
    { in: 'port', line: /^switchport access vlan 1$/ },
  ],
  spellings: {
    switch: {
      'load-balance': lines(
        { layer2: [...withoutPorts, ...withoutAddresses], 'layer2+3': withoutPorts, 'layer3+4': [] },
        { in: 'global', nearly, except, silent: 'layer3+4' },
      ),
      mlag: within(
        'mlag',
        'backup destination under its vlt-domain needs an address of the other switch, which is said on the switch',
      ),
    },
    lag: {
      'system-priority': lines('lacp system-priority {}', { in: 'global' }),
      description: lines('description "{}"', { in: 'lag' }),
      ports: lines([
        { line: 'description "{behind}"', in: 'port' },
        { line: 'no switchport', in: 'member' },
      ]),
      native: lines(
        [
          { line: 'switchport mode access', when: 'access' },
          { line: 'switchport mode trunk', when: 'trunk' },
          { line: 'switchport access vlan {}' },
        ],
        { silent: 1 },
      ),
      vlans: lines({ line: 'switchport trunk allowed vlan {}', when: 'trunk' }, { silent: [] }),
      untagged: only(true, 'the access VLAN of a trunk always passes untagged'),
      mode: channelGroup,
      'lacp-rate': lines('lacp rate {}', { in: 'member', values: { slow: 'normal' }, silent: 'slow' }),
      'port-priority': lines('lacp port-priority {}', { in: 'member' }),
      key: cannot('the key is the number of the LAG', 'choose the number with lag: at the bond'),
      mtu: lines('mtu {}', { in: ['link', 'port'], as: counted(platform), silent: 1500 }),
      'min-links': lines('minimum-links {}', { in: 'lag', silent: 1 }),
      'max-links': lines('lacp max-bundle {}', { in: 'lag' }),
      fallback: lines(
        { on: 'lacp fallback enable', off: [] },
        { in: 'lag', also: { off: 'no lacp fallback enable' }, silent: 'off' },
      ),
      edge: lines({ true: 'spanning-tree port type edge', false: [] }, { silent: false }),
      mlag: lines(
        [
          { line: 'vlt-port-channel {number}', in: 'lag', when: 'mlag' },
          { line: 'vlt-domain {domain}', in: 'global.pairing', when: 'mlag' },
          { line: 'vlt-domain {domain}', in: 'global.pairing', when: 'peer-link' },
          { line: 'discovery-interface {port}', in: 'global.discovery', when: 'peer-link' },
        ],
        { also: { true: { line: 'vlt-port-channel {number}', in: 'lag' } }, silent: false },
      ),
    },
  },
  parts: { global: ['pairing', 'discovery'] },
  // Fields are printed in no order; without the addresses it is the hash over MAC addresses, whatever else is gone.
  arrange(read) {
    const last = ({ text }: { readonly text: string }): boolean =>
      text.startsWith('no load-balancing ip-selection')
    return [...read.filter(line => !last(line)), ...read.filter(last)]
  },
})
