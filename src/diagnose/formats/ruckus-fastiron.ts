// What FastIron shows of a LAG: its ports with their links, what each says in LACP, and who its partner is.

import type { Format } from './format.ts'

const lag: Format = {
  platform: 'ruckus-fastiron',
  command: 'show lag',
  kind: 'switch',
  named: true,
  begins: [/^=== LAG ".*" ID \d+ \(/],
  rows: [
    { line: /^=== LAG "(?<bundle>[^"]{1,64})" ID \d+ \((?<b_protocol>[\w-]+) (?:Not )?Deployed\) ===\s*$/ },
    {
      line: /^(?<member>\d[\d/]*)\s+(?<m_link>Up|Down|Disabled)\s+\S+\s+(?<m_duplex>\w+)\s+(?<m_speedMbps>\w+)\s+\S+\s+(?:Yes|No)\s.*$/,
    },
    {
      line: /^(?<member>\d[\d/]*)\s+\d+\s+\d+\s+(?<a_key>\d+)\s+(?<a_state>(?:\w+\s+){7}\w+)\s+(?<m_standing>\w+)\s*$/,
    },
    {
      line: /^(?<member>\d[\d/]*)\s+(?<p_systemPriority>\d+)-(?<p_system>[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})\s+(?<p_key>\d+)\s+\d+\s+\d+\s*$/,
    },
  ],
  words: {
    b_protocol: { dynamic: 'lacp', static: 'static' },
    m_link: { Up: 'up', Down: 'down', Disabled: 'down' },
    m_duplex: { Full: 'full', Half: 'half', None: '' },
    m_speedMbps: { None: '' },
    m_standing: { Ope: 'bundled', Ina: 'unselected', Blo: 'suspended' },
  },
  states: {
    a_state: {
      as: 'columns',
      bits: [
        'activity',
        'timeout',
        'aggregation',
        'synchronization',
        'collecting',
        'distributing',
        'defaulted',
        'expired',
      ],
      set: ['Yes', 'S', 'Agg', 'Syn', 'Col', 'Dis', 'Def', 'Exp'],
      unset: ['No', 'L'],
    },
  },
  passes: [
    /^LAG Configuration:|^\s+(?:Ports|Port Count|Primary Port|Trunk Type|LACP Key|Lag Interface|Port Names?|LACP Timeout):?\s/,
    /^Deployment: |^Port\s+|^\s+System ID\s+Key|^ Partner Info|^(?:Total number of|LACP (?:System|Long|Short))/,
  ],
  source: 'switches in public repositories: show lag of FastIron 8; Ruckus FastIron Layer 2 Switching Guide',
}

export const ruckusFastiron: readonly Format[] = [lag]
