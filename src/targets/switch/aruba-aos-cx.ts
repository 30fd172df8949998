// HPE Aruba AOS-CX. Everything but the MTU and the membership stands on the LAG, whose head also says whether it is one of a
// VSX pair. Ports and LAGs may be routed and shut until they are told otherwise.

import { ios } from '../../dialects/ios.ts'
import { arubaAosCx as platform } from '../../platforms/aruba-aos-cx.ts'
import { counted, hashWords, lines, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import { reheaded } from '../switch-scan.ts'
import { switchTarget } from '../switch-target.ts'

export const arubaAosCx = switchTarget({
  platform,
  dialect: ios,
  heads: { lag: 'interface lag {number}', port: 'interface {port}', vlan: 'vlan {vlan}' },
  ignores: [
    { in: 'any', line: /^(?:no )?shutdown$/ },
    { in: 'any', line: /^(?:speed|flow-control|lldp|loop-protect|qos|apply|spanning-tree bpdu-guard) ?/ },
    { in: 'port', line: /^no routing$/ },
  ],
  spellings: {
    switch: {
      'load-balance': lines('hash {}', { in: 'lag', ...hashWords(platform) }),
      mlag: within(
        'mlag',
        'role and keepalive under vsx need to know which switch leads and an address of the other, which are said on the switch',
      ),
    },
    lag: {
      'system-priority': lines('lacp system-priority {}', { in: 'global' }),
      mtu: lines('mtu {}', { in: 'port', as: counted(platform), silent: 1500 }),
      description: lines('description {}', { in: 'lag' }),
      ports: lines([
        { line: 'description {behind}', in: 'port' },
        { line: 'lag {number}', in: 'member' },
      ]),
      native: lines(
        [
          { line: 'no routing' },
          { line: 'vlan access {vlan}', when: 'access' },
          { line: 'vlan trunk native {vlan}', when: 'trunk' },
        ],
        { silent: 1 },
      ),
      vlans: lines({ line: 'vlan trunk allowed {}', when: 'trunk' }, { silent: ['1-4094'] }),
      untagged: within('vlans'),
      // A multi-chassis LAG without LACP says so on its head.
      mode: lines(
        {
          active: 'lacp mode active',
          passive: 'lacp mode passive',
          static: { line: 'static', in: 'lag.heading', when: 'mlag' },
          plain: [],
        },
        { in: 'lag', also: { static: 'no lacp mode' }, silent: 'static' },
      ),
      'lacp-rate': lines('lacp rate {}', { in: 'lag', silent: 'slow' }),
      'port-priority': lines('lacp port-priority {}', { in: 'member' }),
      key: cannot('the key is the number of the LAG', 'choose the number with lag: at the bond'),
      'min-links': cannot('no command for it is known: a LAG is up as long as one of its ports is'),
      'max-links': cannot('all ports of a LAG are used'),
      fallback: lines(
        { on: 'lacp fallback', off: [] },
        { in: 'lag', also: { off: 'no lacp fallback' }, silent: 'off' },
      ),
      edge: lines(
        { true: 'spanning-tree port-type admin-edge', false: [] },
        { also: { false: 'spanning-tree port-type admin-network' }, silent: false },
      ),
      mlag: lines(
        [
          { line: 'multi-chassis', in: 'lag.heading', when: 'mlag' },
          { line: 'system-mac {system}', in: 'global.pairing', when: 'mlag' },
          { line: 'system-mac {system}', in: 'global.pairing', when: 'peer-link' },
          { line: 'inter-switch-link {lag}', in: 'global.pairing', when: 'peer-link' },
        ],
        { also: { true: { line: 'multi-chassis', in: 'lag' } }, silent: false },
      ),
    },
  },
  parts: { global: ['pairing'], lag: ['heading'] },
  arrange: read =>
    reheaded(read, text => {
      const [, head, words] = /^(interface lag \d+)\s+(\S.*)$/i.exec(text) ?? []
      return head === undefined || words === undefined ? undefined : { head, words: words.split(/\s+/) }
    }),
})
