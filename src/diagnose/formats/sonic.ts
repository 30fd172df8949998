// What SONiC shows: its own command, and that of its management framework.

import type { Format } from './format.ts'

const portchannel: Format = {
  platform: 'sonic',
  command: 'show interfaces portchannel',
  kind: 'switch',
  named: true,
  begins: [/^\s*No\.\s+Team Dev\s+Protocol\s+Ports\b/],
  preface: /^(?:Flags: A - active, I - inactive| +S - selected)/,
  rows: [
    {
      line: /^\s*\d+\s+(?<bundle>PortChannel\d+)\s+(?<b_protocol>LACP)\([AI]\)\((?<b_up>Up|Dw)\)\s+(?<list>.*)$/,
      each: /(?<member>Ethernet[\w/]+)\((?<m_standing>[SD])\*?\)/g,
    },
  ],
  words: {
    b_protocol: { LACP: 'lacp' },
    b_up: { Up: 'up', Dw: 'down' },
    m_standing: { S: 'bundled', D: 'unselected' },
  },
  passes: [/^\s*No\.\s+Team Dev|^[- ]+$|^Flags: |^ +S - selected/],
  source: 'sonic-net/sonic-mgmt, ansible and tests: show interfaces portchannel',
}

const summary: Format = {
  platform: 'sonic',
  command: 'show PortChannel summary',
  kind: 'switch',
  named: true,
  begins: [/^Flags: {2}D - Down\s*$/],
  rows: [
    {
      line: /^\d+\s+(?<bundle>PortChannel\d+)\s+\((?<b_up>[UD])\)\s+Eth\s+(?<b_protocol>DYNAMIC|STATIC)\s*(?<list>.*)$/,
      each: /(?<member>Ethernet[\w/]+)\((?<m_standing>[UD])\)/g,
    },
  ],
  words: {
    b_up: { U: 'up', D: 'down' },
    b_protocol: { DYNAMIC: 'lacp', STATIC: 'static' },
    m_standing: { U: 'bundled', D: 'down' },
  },
  passes: [/^Flags: |^\s+U - Up\s*$|^-+\s*$|^Group Port-Channel/],
  source: 'sonic-net/SONiC, design of port channels in the management framework, section Show Commands',
}

export const sonic: readonly Format[] = [portchannel, summary]
