// Cisco IOS and IOS-XE. The mode stands on the members; a member whose VLANs differ from the LAG's is suspended, so both
// carry the same lines. What names no host's port has no description.

import { ios } from '../../dialects/ios.ts'
import { ciscoIos as platform } from '../../platforms/cisco-ios.ts'
import { channelGroup, switchport } from '../families/switch-cisco.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot, only } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

export const ciscoIos = switchTarget({
  platform,
  dialect: ios,
  heads: { lag: 'interface Port-channel{number}', port: 'interface {port}', vlan: 'vlan {vlan}' },
  brings: /^source template /,
  ignores: [
    { in: 'any', line: /^(?:no )?shutdown$/ },
    { in: 'any', line: /^no ip address$/ },
    {
      in: 'any',
      line: /^(?:speed|duplex|load-interval|switchport nonegotiate|switchport trunk encapsulation) ?/,
    },
  ],
  spellings: {
    switch: {
      'load-balance': lines('port-channel load-balance {}', { in: 'global', ...hashWords(platform) }),
      mlag: cannot('StackWise makes one switch of several', 'describe the stack as one switch'),
    },
    lag: {
      'system-priority': lines('lacp system-priority {}', { in: 'global' }),
      description: lines('description {}', { in: 'lag' }),
      ports: lines('description {behind}', { in: 'port' }),
      ...switchport(['link', 'port']),
      untagged: within('vlans'),
      // 1 is the default and is not accepted as a value.
      'min-links': lines({ '1': [], '*': 'port-channel min-links {}' }, { in: 'lag', silent: 1 }),
      'max-links': lines('lacp max-bundle {}', { in: 'lag' }),
      fallback: lines(
        { on: 'no port-channel standalone-disable', off: [] },
        { in: 'lag', also: { off: 'port-channel standalone-disable' }, silent: 'off' },
      ),
      edge: lines(
        {
          true: [
            { line: 'spanning-tree portfast trunk', when: 'trunk' },
            { line: 'spanning-tree portfast', when: 'access' },
          ],
          false: [],
        },
        {
          also: { true: ['spanning-tree portfast edge trunk', 'spanning-tree portfast edge'] },
          silent: false,
        },
      ),
      'lacp-rate': lines('lacp rate {}', { in: 'member', values: { slow: 'normal' }, silent: 'slow' }),
      'port-priority': lines('lacp port-priority {}', { in: 'member' }),
      mode: channelGroup,
      key: cannot('the key is the number of the LAG', 'choose the number with lag: at the bond'),
      mlag: only(false, 'StackWise makes one switch of several'),
      mtu: lines('system mtu {}', {
        in: 'global',
        as: counted(platform),
        merge: 'largest',
        also: { line: 'mtu {}', in: ['lag', 'port'] },
        silent: 1500,
      }),
    },
  },
})
