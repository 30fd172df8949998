// What Huawei's VRP shows. In its words LACP is the working mode LACP, or STATIC before; NORMAL is a group without it.

import type { Format } from './format.ts'

const bits = { as: 'bits' } as const

const ethTrunk: Format = {
  platform: 'huawei-vrp',
  command: 'display eth-trunk',
  kind: 'switch',
  named: true,
  begins: [/^\s*Eth-Trunk\d+'s state information is:\s*$/],
  rows: [
    { line: /^\s*(?<bundle>Eth-Trunk\d+)'s state information is:\s*$/ },
    { line: /^(?:LAG ID: \d+\s+)?WorkingMode: (?<b_protocol>\w+)\b.*$/ },
    { line: /^System Priority: \d+\s+System ID: (?<b_system>[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})\s*$/ },
    { line: /^Least Active-linknumber: (?<b_minLinks>\d+)\b.*$/ },
    { line: /^Operate status: (?<b_up>up|down)\b.*$/ },
    { line: /^(?<member>[A-Z0-9][\w/-]*\d)\s+(?<m_link>Up|Down)\s+\d+\s*$/ },
    {
      line: /^(?<member>[A-Z0-9][\w/-]*\d)\s+(?<m_standing>Selected|Unselect)\s+\S+\s+\d+\s+(?<a_portNumber>\d+)\s+(?<a_key>\d+)\s+(?<a_state>[01]{8})\s+\d+\s*$/,
    },
    {
      line: /^(?<member>[A-Z0-9][\w/-]*\d)\s+(?<p_systemPriority>\d+)\s+(?<p_system>[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})\s+\d+\s+(?<p_portNumber>\d+)\s+(?<p_key>\d+)\s+(?<p_state>[01]{8})\s*$/,
    },
  ],
  words: {
    b_protocol: { NORMAL: 'static', MANUAL: 'static', LACP: 'lacp', STATIC: 'lacp' },
    m_standing: { Selected: 'bundled', Unselect: 'unselected' },
  },
  states: { a_state: bits, p_state: bits },
  passes: [/^(?:Local|Partner):\s*$|^-+\s*$/, /^Preempt Delay:/, /^(?:Actor)?PortName\s/],
  source: 'networktocode/ntc-templates tests/huawei_vrp/display_eth-trunk',
}

export const huaweiVrp: readonly Format[] = [ethTrunk]
