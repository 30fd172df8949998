// H3C and HPE Comware 7. Ports join while the LAG is still bare, and what is then said of the LAG is handed on to them; a port
// with other settings could not join. LACPDUs are only answered where each member says so.

import { vrp } from '../../dialects/vrp.ts'
import { h3cComware as platform } from '../../platforms/h3c-comware.ts'
import { linkType } from '../families/switch-vrp.ts'
import { counted, hashWords, lines, spacesTo, within } from '../lines.ts'
import { cannot, only } from '../stance.ts'
import { switchTarget } from '../switch-target.ts'

// In a LAG what members inherit is said after they have joined.
const inherited = 'link.late'

export const h3cComware = switchTarget({
  platform,
  dialect: vrp,
  heads: { lag: 'interface Bridge-Aggregation{number}', port: 'interface {port}', vlan: 'vlan {vlan}' },
  vlanList: spacesTo,
  vlanLists: 'passing-but-1',
  ignores: [
    { in: 'any', line: /^(?:undo )?(?:shutdown|lldp enable)$/ },
    { in: 'any', line: /^(?:speed|duplex|port link-mode bridge|combo enable|stp loop-protection) ?/ },
    // Handed on by the LAG.
    { in: 'port', line: /^(?:undo )?(?:port (?:link-type|trunk|access)|jumboframe|stp) ?/ },
  ],
  spellings: {
    switch: {
      'load-balance': lines('link-aggregation global load-sharing mode {}', {
        in: 'global',
        ...hashWords(platform),
      }),
      mlag: cannot('IRF makes one switch of several', 'describe the IRF fabric as one switch'),
    },
    lag: {
      'system-priority': lines('lacp system-priority {}', { in: 'global' }),
      description: lines('description {}', { in: 'lag' }),
      mode: lines(
        {
          active: 'link-aggregation mode dynamic',
          passive: ['link-aggregation mode dynamic', { line: 'lacp mode passive', in: 'member' }],
          static: [],
          plain: [],
        },
        { in: 'lag', silent: 'static' },
      ),
      'min-links': lines('link-aggregation selected-port minimum {}', { in: 'lag', silent: 1 }),
      'max-links': lines('link-aggregation selected-port maximum {}', { in: 'lag' }),
      fallback: lines({ on: 'lacp edge-port', off: [] }, { in: 'lag', silent: 'off' }),
      ports: lines(
        [
          { line: 'description {behind}', in: 'port' },
          { line: 'port link-aggregation group {number}', in: 'member' },
        ],
        { also: { line: 'port link-aggregation group {number} force', in: 'member' } },
      ),
      'lacp-rate': lines(
        { fast: 'lacp period short', slow: [] },
        { in: 'member', also: { slow: 'lacp period long' }, silent: 'slow' },
      ),
      'port-priority': lines('link-aggregation port-priority {}', {
        in: 'member',
        also: 'lacp port-priority {}',
      }),
      ...linkType({ in: inherited, passes: 'permit', access: 'port access vlan' }),
      untagged: within('vlans'),
      mtu: lines(
        { line: 'jumboframe enable {}', when: 'jumbo' },
        { in: inherited, as: counted(platform), silent: 1500 },
      ),
      edge: lines(
        { true: 'stp edged-port', false: [] },
        { in: inherited, also: { true: 'stp edged-port enable' }, silent: false },
      ),
      key: cannot('the key follows from the settings of the ports'),
      mlag: only(false, 'IRF makes one switch of several'),
    },
  },
  parts: { lag: ['late'], port: ['late'] },
})
