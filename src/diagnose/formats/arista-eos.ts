// What Arista's EOS shows.

import type { Format } from './format.ts'

/** `Et1(PSG+)`: the first of the letters that say how it stands; a port that can only be aggregated is not in use. */
const flagged = /(?<member>(?:Et|PEt)\d[\w/]*)\((?<m_standing>[PDsIiwG])[A-Za-z+^*-]*\)/g

const summary: Format = {
  platform: 'arista-eos',
  command: 'show port-channel summary',
  kind: 'switch',
  named: true,
  begins: [
    /^\s+a - LACP Active\s+p - LACP Passive\s+\* - static fallback/,
    /^\s*Port-Channel\s+Protocol\s+Ports\s*$/,
  ],
  preface: /^(?:\s*Flags\s*|-+ -+ -+\s*)$/,
  rows: [
    {
      line: /^\s*(?<bundle>Po\d+)\((?<b_up>[UD])\)\s+(?<b_protocol>LACP)\((?<b_lacpActive>[ap])[^)]*\)\s*(?<list>.*)$/,
      each: flagged,
    },
    // What stands for a LAG without LACP is in no source, so of such a one only the ports are read.
    {
      line: /^\s*(?<bundle>Po\d+)\((?<b_up>[UD])\)\s+[A-Za-z]+(?:\([^)]*\))?\s*(?<list>P?Et.*)$/,
      each: flagged,
    },
    { line: /^\s{16,}(?<list>P?Et\d[\w/]*\(.*)$/, each: flagged },
  ],
  words: {
    b_up: { U: 'up', D: 'down' },
    b_protocol: { LACP: 'lacp' },
    b_lacpActive: { a: 'on', p: 'off' },
    m_standing: {
      P: 'bundled',
      D: 'down',
      s: 'suspended',
      I: 'individual',
      i: 'incompatible',
      w: 'waiting',
      G: 'unselected',
    },
  },
  passes: [
    /^\s*Flags\s*$|^[- ]+$/,
    /^\s+\S - \S/,
    /^Number of (?:channels in use|aggregators):/,
    /^\s*Port-Channel\s+Protocol/,
  ],
  source: 'networktocode/ntc-templates tests/arista_eos/show_port-channel_summary',
}

const peer: Format = {
  platform: 'arista-eos',
  command: 'show lacp peer',
  kind: 'switch',
  named: true,
  begins: [/^State: A = Active, P = Passive; S=ShortTimeout/],
  rows: [
    {
      line: /^Port Channel Port-Channel(?<bundle>\d+)\S*:\s*$/,
      prefix: 'Po',
      gives: { b_protocol: 'lacp' },
    },
    {
      line: /^\s*(?<member>P?Et\d[\w/]*)\s+(?:(?<m_standing>Bundled)|[^|]*?)\s*\|\s*[0-9A-F]{4},(?<p_system>[0-9a-f]{2}(?:-[0-9a-f]{2}){5})\s+(?<p_portNumber>\d+)\s+(?<p_state>\S+)\s+(?<p_key>0x[0-9a-f]+)\b.*$/,
    },
  ],
  words: { m_standing: { Bundled: 'bundled' } },
  states: {
    p_state: {
      as: 'letters',
      closed: true,
      letters: {
        A: ['activity', true],
        P: ['activity', false],
        S: ['timeout', true],
        L: ['timeout', false],
        G: ['aggregation', true],
        I: ['aggregation', false],
        '+': ['synchronization', true],
        '-': ['synchronization', false],
        C: ['collecting', true],
        D: ['distributing', true],
        d: ['defaulted', true],
        X: ['expired', true],
      },
      silent: 's',
    },
  },
  passes: [/^State: |^\s+[GCD] = |^\s+\|\s+Partner|^\s*Port\s+Status\s*\||^[-| ]+$/],
  source: 'switches in public repositories, EOS 4.2: show lacp peer with its legend',
}

export const aristaEos: readonly Format[] = [summary, peer]
