// What ExtremeXOS shows.

import type { Format } from './format.ts'

const sharing: Format = {
  platform: 'extreme-exos',
  command: 'show sharing',
  kind: 'switch',
  named: true,
  begins: [/^Load Sharing Monitor\s*$/],
  rows: [
    {
      line: /^\s{1,8}(?<bundle>\d+(?::\d+)?)\s+(?:\d+(?::\d+)?\s+)?(?<b_protocol>LACP|Static)\s+(?:L2|L3|L3_L4|custom)\s+(?<member>\d+(?::\d+)?)\s+(?<m_standing>Y|-)\s+(?<m_link>A|D|R|NP|L)\s+\d+\s*$/,
    },
    {
      line: /^\s{12,}(?:L2|L3|L3_L4|custom)\s+(?<member>\d+(?::\d+)?)\s+(?<m_standing>Y|-)\s+(?<m_link>A|D|R|NP|L)\s+\d+\s*$/,
    },
  ],
  words: {
    b_protocol: { LACP: 'lacp', Static: 'static' },
    m_standing: { Y: 'bundled', '-': 'unselected' },
    m_link: { A: 'up', R: 'down', D: 'down', NP: 'down', L: '' },
  },
  passes: [
    /^(?:Load Sharing Monitor|Config\s+Current|Master\s+Master|=+)/,
    /^(?:Link State|Load Sharing Algorithm|Custom Algorithm Configuration|Number of load sharing trunks):/,
    /^\s+\((?:L3_L4|custom)\) /,
  ],
  source: 'networktocode/ntc-templates tests/extreme_exos/show_sharing',
}

export const extremeExos: readonly Format[] = [sharing]
