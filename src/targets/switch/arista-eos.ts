// Arista EOS. VLANs, MTU and spanning tree stand on the LAG alone: what a member says of them is dormant while it is in one.
// Of an MLAG pair its addresses are missing, which no bond tells; whoever configures the pair says them.

import { ios } from '../../dialects/ios.ts'
import { aristaEos as platform } from '../../platforms/arista-eos.ts'
import { channelGroup } from '../families/switch-cisco.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

export const aristaEos = switchTarget({
  platform,
  dialect: ios,
  heads: { lag: 'interface Port-Channel{number}', port: 'interface {port}', vlan: 'vlan {vlan}' },
  brings: /^profile /,
  ignores: [
    { in: 'any', line: /^(?:no )?shutdown$/ },
    { in: 'any', line: /^(?:speed|load-interval|flowcontrol|lldp|logging event|snmp trap) ?/ },
    // Older releases print it; ports are switched anyway.
    { in: 'any', line: /^switchport$/ },
    { in: 'lag', line: /^port-channel lacp fallback timeout / },
    // Dormant on a member, which has them from its LAG.
    { in: 'port', line: /^(?:mtu|switchport|spanning-tree) ?/ },
  ],
  spellings: {
    switch: {
      'load-balance': lines('port-channel load-balance {}', { in: 'global', ...hashWords(platform) }),
      mlag: within(
        'mlag',
        'local-interface and peer-address under mlag configuration need addresses, which are said on the switch',
      ),
    },
    lag: {
      'system-priority': lines('lacp system-priority {}', { in: 'global' }),
      description: lines('description {}', { in: 'lag' }),
      ports: lines('description {behind}', { in: 'port' }),
      mtu: lines('mtu {}', { as: counted(platform), silent: 1500 }),
      native: lines(
        [
          { line: 'switchport mode access', when: 'access' },
          { line: 'switchport access vlan {}', when: 'access' },
          { line: 'switchport mode trunk', when: 'trunk' },
          { line: 'switchport trunk native vlan {}', when: 'trunk' },
        ],
        { silent: 1 },
      ),
      vlans: lines(
        { line: 'switchport trunk allowed vlan {}', when: 'trunk' },
        { also: { line: 'switchport trunk allowed vlan add {}', when: 'trunk' }, silent: ['1-4094'] },
      ),
      untagged: within('vlans'),
      'min-links': lines('port-channel min-links {}', { in: 'lag', silent: 1 }),
      'max-links': cannot('all ports of a LAG are used'),
      // One port of the LAG stays up, with the VLANs of the LAG; `individual` would need them on each member.
      fallback: lines(
        { on: 'port-channel lacp fallback static', off: [] },
        {
          in: 'lag',
          also: { on: ['port-channel lacp fallback', 'port-channel lacp fallback individual'] },
          silent: 'off',
        },
      ),
      edge: lines(
        { true: 'spanning-tree portfast', false: [] },
        { also: { true: 'spanning-tree portfast edge' }, silent: false },
      ),
      mode: channelGroup,
      // Releases around 4.19 print `lacp rate`.
      'lacp-rate': lines('lacp timer {}', {
        in: 'member',
        values: { slow: 'normal' },
        also: 'lacp rate {}',
        silent: 'slow',
      }),
      'port-priority': lines('lacp port-priority {}', { in: 'member' }),
      key: cannot('the key is the number of the LAG', 'choose the number with lag: at the bond'),
      mlag: lines(
        [
          { line: 'mlag {number}', in: 'lag', when: 'mlag' },
          { line: 'domain-id {domain}', in: 'global.pairing', when: 'mlag' },
          { line: 'domain-id {domain}', in: 'global.pairing', when: 'peer-link' },
          { line: 'peer-link {lag}', in: 'global.pairing', when: 'peer-link' },
        ],
        { also: { true: { line: 'mlag {number}', in: 'lag' } }, silent: false },
      ),
    },
  },
  parts: { global: ['pairing'] },
})
