// What Aruba's switches show: AOS-CX, and ArubaOS-Switch, whose show trunks says which port is in which trunk and no more.

import type { Format } from './format.ts'

const letters = {
  as: 'letters',
  closed: true,
  letters: {
    A: ['activity', true],
    P: ['activity', false],
    S: ['timeout', true],
    L: ['timeout', false],
    F: ['aggregation', true],
    I: ['aggregation', false],
    N: ['synchronization', true],
    O: ['synchronization', false],
    C: ['collecting', true],
    D: ['distributing', true],
    X: ['expired', true],
    E: ['defaulted', true],
  },
} as const

const lacpInterfaces: Format = {
  platform: 'aruba-aos-cx',
  command: 'show lacp interfaces',
  kind: 'switch',
  named: true,
  begins: [/^State abbreviations ?:?\s*$/, /^Actor details of all interfaces:?\s*$/],
  rows: [
    { line: /^Actor details of all interfaces:?\s*$/, enters: 'actor' },
    { line: /^Partner details of all interfaces:?\s*$/, enters: 'partner' },
    {
      line: /^(?<member>\d[\d/]*)\s+(?<bundle>lag\d+)(?:\(mc\))?\s+(?<a_portNumber>\d+)\s+\d+\s+(?<a_state>[A-Z]+)\s+(?<a_system>[0-9a-f]{2}(?::[0-9a-f]{2}){5})\s+(?<a_systemPriority>\d+)\s+(?<a_key>\d+)(?:\s+(?<m_standing>[\w-]+))?\s*$/,
      within: ['actor'],
      gives: { b_protocol: 'lacp' },
    },
    {
      line: /^(?<member>\d[\d/]*)\s+(?<bundle>lag\d+)(?:\(mc\))?\s+(?<p_portNumber>\d+)\s+\d+\s+(?<p_state>[A-Z]+)\s+(?<p_system>[0-9a-f]{2}(?::[0-9a-f]{2}){5})\s+(?<p_systemPriority>\d+)\s+(?<p_key>\d+)\s*$/,
      within: ['partner'],
    },
    {
      line: /^(?<member>\d[\d/]*)\s+(?<bundle>lag\d+)(?:\(mc\))?\s+(?<m_standing>[\w-]+)\s*$/,
      within: ['actor'],
    },
  ],
  words: { m_standing: { up: 'bundled', down: 'down', 'lacp-block': 'suspended' } },
  states: { a_state: letters, p_state: letters },
  passes: [/^State abbreviations|^[APFISLNOCDXE] - |^-+\s*$/, /^Intf\s|^\s+[Nn]ame\s/],
  source: 'AOS-CX 10 Link Aggregation Guide, show lacp interfaces; a switch in a public repository',
}

const trunks: Format = {
  platform: 'aruba-aos-s',
  command: 'show trunks',
  kind: 'switch',
  named: true,
  begins: [/^ Load Balancing Method: /],
  rows: [
    {
      line: /^\s+(?<member>[A-Z]?\d[\d/]*[A-Z]?\d*)\s+\|.*\|\s+(?<bundle>(?:Trk|Dyn)\d+)\s+(?<b_protocol>[\w-]+)\s*$/,
    },
  ],
  words: {
    b_protocol: {
      LACP: 'lacp',
      'dt-lacp': 'lacp',
      'DT-LACP': 'lacp',
      Trunk: 'static',
      'dt-trunk': 'static',
      'DT-Trunk': 'static',
    },
  },
  passes: [/^ Load Balancing Method: /, /^\s+Port\s+\||^\s+-+ \+/],
  source: 'networktocode/ntc-templates tests/hp_procurve/show_trunks',
}

export const aruba: readonly Format[] = [lacpInterfaces, trunks]
