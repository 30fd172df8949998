// Huawei VRP on S series and CloudEngine. A member has no settings of its own but for jumbo frames and its priority. The mode
// is said before the first member joins; CloudEngine takes everything back that is not committed.

import { vrp } from '../../dialects/vrp.ts'
import { huaweiVrp as platform } from '../../platforms/huawei-vrp.ts'
import { linkType } from '../families/switch-vrp.ts'
import { counted, hashWords, lines, spacesTo, within } from '../lines.ts'
import { cannot } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

export const huaweiVrp = switchTarget({
  platform,
  dialect: vrp,
  heads: { lag: 'interface Eth-Trunk{number}', port: 'interface {port}', vlan: 'vlan {vlan}' },
  vlanList: spacesTo,
  vlanLists: 'passing-but-1',
  ignores: [
    { in: 'any', line: /^(?:undo )?(?:shutdown|portswitch|negotiation auto|lldp enable)$/ },
    { in: 'any', line: /^(?:speed|duplex|port-isolate|trust|stp bpdu-protection) ?/ },
    { in: 'lag', line: /^lacp preempt / },
  ],
  spellings: {
    switch: {
      'load-balance': lines('load-balance {}', { in: 'lag', ...hashWords(platform) }),
      mlag: within(
        'mlag',
        'source, priority and the bridge of dfs-group 1 need addresses, which are said on the switch',
      ),
    },
    lag: {
      'system-priority': lines('lacp priority {}', { in: 'global' }),
      description: lines('description {}', { in: 'lag' }),
      mode: lines(
        {
          active: 'mode lacp-static',
          passive: 'mode lacp-static',
          static: 'mode manual load-balance',
          plain: [],
        },
        {
          in: 'lag',
          also: { active: ['mode lacp', 'mode lacp-dynamic'], static: 'mode manual' },
          nearly: { passive: 'it sends LACPDUs unasked, which a host that sends them never notices' },
          silent: 'static',
        },
      ),
      'lacp-rate': lines('lacp timeout {}', { in: 'lag', silent: 'slow' }),
      'min-links': lines('least active-linknumber {}', { in: 'lag', silent: 1 }),
      'max-links': lines('max active-linknumber {}', { in: 'lag' }),
      ...linkType({ in: 'link', passes: 'allow-pass', access: 'port default vlan' }),
      untagged: within('vlans'),
      edge: lines(
        { true: 'stp edged-port enable', false: [] },
        { also: { false: ['stp edged-port disable', 'undo stp edged-port'] }, silent: false },
      ),
      mtu: lines(
        { line: 'jumboframe enable {}', when: 'jumbo' },
        { in: 'port', as: counted(platform), silent: 1500 },
      ),
      ports: lines(
        [
          { line: 'description {behind}', in: 'port' },
          { line: 'eth-trunk {number}', in: 'member' },
        ],
        { also: { line: 'trunkport {ports}', in: 'lag' } },
      ),
      'port-priority': lines('lacp priority {}', { in: 'member' }),
      key: cannot('the key is the number of the LAG', 'choose the number with lag: at the bond'),
      fallback: cannot(
        'the word for it differs by model: lacp force-up or lacp force-forward',
        'say it on the switch, or let the host boot over a port of its own',
      ),
      mlag: lines(
        [
          { line: 'dfs-group 1 m-lag {number}', in: 'lag', when: 'mlag' },
          { line: 'peer-link 1', in: 'lag', when: 'peer-link' },
        ],
        { also: { true: { line: 'dfs-group 1 m-lag {number}', in: 'lag' } }, silent: false },
      ),
    },
  },
})
