// What Junos shows.

import type { Format } from './format.ts'

const columns = {
  as: 'columns',
  bits: [
    'expired',
    'defaulted',
    'distributing',
    'collecting',
    'synchronization',
    'aggregation',
    'timeout',
    'activity',
  ],
  set: ['Yes', 'Fast', 'Active'],
  unset: ['No', 'Slow', 'Passive'],
} as const

const lacpInterfaces: Format = {
  platform: 'juniper-junos',
  command: 'show lacp interfaces',
  kind: 'switch',
  named: true,
  begins: [/^Aggregated interface: \S+\s*$/],
  rows: [
    { line: /^Aggregated interface: (?<bundle>\S+)\s*$/, gives: { b_protocol: 'lacp' } },
    { line: /^\s+(?<member>\S+)\s+Actor\s+(?<a_state>(?:\w+\s+){7}\w+)\s*$/ },
    { line: /^\s+(?<member>\S+)\s+Partner\s+(?<p_state>(?:\w+\s+){7}\w+)\s*$/ },
  ],
  states: { a_state: columns, p_state: columns },
  passes: [
    /^\s+LACP (?:state|protocol):/,
    /^\s+\S+\s+(?:Current|Expired|Defaulted|Port disabled|Initialize|LACP disabled)\s/,
    /^\{\w+:\d+\}$/,
  ],
  source: 'networktocode/ntc-templates tests/juniper_junos/show_lacp_interfaces',
}

export const juniperJunos: readonly Format[] = [lacpInterfaces]
