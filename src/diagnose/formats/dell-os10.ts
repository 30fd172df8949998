// What Dell's OS10 shows.

import type { Format } from './format.ts'

const summary: Format = {
  platform: 'dell-os10',
  command: 'show port-channel summary',
  kind: 'switch',
  named: true,
  begins: [/^Flags: {2}D - Down {4}I - member up but inactive/],
  rows: [
    {
      line: /^\d+\s+(?<bundle>port-channel\d+)\s+\((?<b_up>[UDF])\)\s+Eth\s+(?<b_protocol>DYNAMIC|STATIC)\s*(?<list>.*)$/,
      each: /(?<member>\d[\d/:]*)\((?<m_standing>[A-Z]+)\)/g,
    },
    {
      line: /^\s{20,}(?<list>\d[\d/:]*\(.*)$/,
      each: /(?<member>\d[\d/:]*)\((?<m_standing>[A-Z]+)\)/g,
    },
  ],
  words: {
    b_up: { U: 'up', D: 'down', F: 'up' },
    b_protocol: { DYNAMIC: 'lacp', STATIC: 'static' },
    m_standing: { P: 'bundled', I: 'unselected', D: 'down', IND: 'individual' },
  },
  passes: [/^Flags: |^\s+U - Up|^-+\s*$|^Group Port-Channel/],
  source: 'Dell SmartFabric OS10 User Guide, show port-channel summary; a switch in a public repository',
}

export const dellOs10: readonly Format[] = [summary]
