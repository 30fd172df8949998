// What Comware shows, in releases 5 and 7, whose tables differ in the order of the columns.

import type { Format } from './format.ts'

const letters = {
  as: 'letters',
  closed: true,
  letters: {
    A: ['activity', true],
    B: ['timeout', true],
    C: ['aggregation', true],
    D: ['synchronization', true],
    E: ['collecting', true],
    F: ['distributing', true],
    G: ['defaulted', true],
    H: ['expired', true],
  },
} as const

const verbose: Format = {
  platform: 'h3c-comware',
  command: 'display link-aggregation verbose',
  kind: 'switch',
  named: true,
  begins: [/^Loadsharing Type: Shar -- Loadsharing/, /^Aggregat(?:e|ion) Interface: \S+\s*$/],
  rows: [
    { line: /^Aggregat(?:e|ion) Interface: (?<bundle>\S+)\s*$/, enters: 'lag' },
    { line: /^Aggregation Mode: (?<b_protocol>Dynamic|Static)\s*$/ },
    { line: /^System ID: 0x[0-9A-Fa-f]+, (?<b_system>[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})\s*$/ },
    { line: /^Local:\s*$/, enters: 'local' },
    { line: /^Remote:\s*$/, enters: 'remote' },
    { line: /^\s+Actor\s+Priority\s+Index\s/, enters: 'remote 7' },
    {
      line: /^\s+(?<member>[A-Z][\w/.-]*\d)(?:\([A-Z]\))?\s+(?<m_standing>[SUI])\s+\d+\s+(?:(?<a_portNumber>\d+)\s+)?(?<a_key>\d+)(?:\s+\{(?<a_state>[A-H]*)\})?\s*$/,
      within: ['lag', 'local'],
    },
    {
      line: /^\s+(?<member>[A-Z][\w/.-]*\d)(?:\([A-Z]\))?\s+\d+\s+(?<p_portNumber>\d+)\s+(?<p_key>\d+)\s+0x[0-9A-Fa-f]+, (?<p_system>[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})\s+\{(?<p_state>[A-H]*)\}\s*$/,
      within: ['remote 7'],
    },
    {
      line: /^\s+(?<member>[A-Z][\w/.-]*\d)(?:\([A-Z]\))?\s+(?<p_portNumber>\d+)\s+\d+\s+(?<p_key>\d+)\s+0x[0-9A-Fa-f]+, (?<p_system>[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})\s+\{(?<p_state>[A-H]*)\}\s*$/,
      within: ['remote'],
    },
  ],
  words: {
    b_protocol: { Dynamic: 'lacp', Static: 'static' },
    m_standing: { S: 'bundled', U: 'unselected', I: 'individual' },
  },
  states: { a_state: letters, p_state: letters },
  passes: [
    /^(?:Loadsharing Type|Port Status|Port|Flags|Creation Mode|Management VLANs?):/,
    /^\s+[A-H] -- |^\s+(?:Port|Actor)\s+\w|^-+\s*$/,
  ],
  source: 'networktocode/ntc-templates tests/hp_comware/display_link-aggregation_verbose',
}

export const h3cComware: readonly Format[] = [verbose]
