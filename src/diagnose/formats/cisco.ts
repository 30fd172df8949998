// What Cisco's switches show: IOS and IOS-XE, and NX-OS.

import type { Format } from './format.ts'

const number = { as: 'number' } as const

/** `Gi1/0/1(P)` */
const flagged = /(?<member>[A-Za-z][A-Za-z]*\d[\w/.:]*)\((?<m_standing>[\w/-]+)\)/g

/** What both say of a port in one letter. */
const standing = {
  P: 'bundled',
  I: 'individual',
  H: 'standby',
  s: 'suspended',
  D: 'down',
  M: 'min-links',
}

const iosSummary: Format = {
  platform: 'cisco-ios',
  command: 'show etherchannel summary',
  kind: 'switch',
  named: true,
  begins: [
    /^Flags: {2}D - down {2,}P(?:\/bndl)? - bundled in port-channel/,
    /^Group {2}Port-channel {2}Protocol {4}Ports\s*$/,
  ],
  rows: [
    {
      line: /^\d+\s+(?<bundle>Po\d+)\([RS]?(?<b_up>[UDNMf])[A-Za-z]*\)\s+(?<b_protocol>LACP|PAgP|-)\s*(?<list>.*)$/,
      each: flagged,
    },
    { line: /^\s{8,}(?<list>[A-Za-z]+\d[\w/.]*\(.*)$/, each: flagged },
  ],
  words: {
    b_up: { U: 'up', D: 'down', N: 'down', M: 'down', f: 'down' },
    b_protocol: { LACP: 'lacp', PAgP: 'pagp', '-': 'static' },
    m_standing: {
      ...standing,
      bndl: 'bundled',
      susp: 'suspended',
      m: 'min-links',
      u: 'incompatible',
      f: 'unselected',
      w: 'waiting',
      d: '',
    },
  },
  passes: [
    /^(?:Flags:| {8})\s*[A-Za-z](?:\/\w+)? - |^\s+[A-Za-z](?:\/\w+)? - /,
    /^Number of (?:channel-groups in use|aggregators):/,
    /^Group {2}Port-channel|^-+\+-+|^(?:RU|SU|[PS]\/\w+) {1,2}- /,
  ],
  source:
    'networktocode/ntc-templates tests/cisco_ios/show_etherchannel_summary; CiscoTestAutomation/genieparser iosxe',
}

/** Both tell of one port in a line of their own, under the number of the group. */
const iosLacp: Format = {
  platform: 'cisco-ios',
  command: 'show lacp neighbor, show lacp internal',
  kind: 'switch',
  named: true,
  begins: [/^Flags: {2}S - Device is requesting Slow LACPDUs/, /^Channel group \d+ neighbors$/],
  rows: [
    {
      line: /^\s*Channel group (?<bundle>\d+) neighbors$/,
      prefix: 'Po',
      enters: 'partner',
      gives: { b_protocol: 'lacp' },
    },
    {
      line: /^\s*Channel group (?<bundle>\d+)\s*$/,
      prefix: 'Po',
      enters: 'actor',
      gives: { b_protocol: 'lacp' },
    },
    {
      line: /^\s*(?<member>[A-Za-z]+\d[\w/.]*)\s+[SF][AP]\s+\d+\s+(?<p_system>[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})\s+\d+s\s+0x[0-9A-Fa-f]+\s+(?<p_key>0x[0-9A-Fa-f]+)\s+(?<p_portNumber>0x[0-9A-Fa-f]+)\s+(?<p_state>0x[0-9A-Fa-f]+)\s*$/,
      within: ['partner'],
    },
    {
      line: /^\s*(?<member>[A-Za-z]+\d[\w/.]*)\s+[SF][AP]\s+(?<m_standing>[\w-]+)\s+\d+\s+0x[0-9A-Fa-f]+\s+(?<a_key>0x[0-9A-Fa-f]+)\s+(?<a_portNumber>0x[0-9A-Fa-f]+)\s+(?<a_state>0x[0-9A-Fa-f]+)\s*$/,
      within: ['actor'],
    },
  ],
  words: {
    m_standing: {
      bndl: 'bundled',
      susp: 'suspended',
      indep: 'individual',
      'hot-sby': 'standby',
      waiting: 'waiting',
      down: 'down',
    },
  },
  states: { a_state: number, p_state: number },
  passes: [
    /^(?:Flags:|\s+)\s*[SFAP] - Device is /,
    /^\s+LACP port\s+Admin|^\s*Port\s+Flags\s+|^\s*Partner's information:?\s*$/,
  ],
  source: 'CiscoTestAutomation/genieparser iosxe ShowLacpNeighbor, ShowLacpInternal',
}

const nxosSummary: Format = {
  platform: 'cisco-nxos',
  command: 'show port-channel summary',
  kind: 'switch',
  named: true,
  begins: [
    /^Flags: {2}D - Down {2,}P - Up in port-channel \(members\)/,
    /^Group Port- {7}Type {5}Protocol {2}Member Ports\s*$/,
  ],
  rows: [
    {
      line: /^\d+\s+(?<bundle>Po\d+)\([RS]?(?<b_up>[UDM])\w*\)\s+\w+\s+(?<b_protocol>LACP|NONE)\s*(?<list>.*)$/,
      each: flagged,
    },
    { line: /^\s{20,}(?<list>Eth\d[\w/.]*\(.*)$/, each: flagged },
  ],
  words: {
    b_up: { U: 'up', D: 'down', M: 'down' },
    b_protocol: { LACP: 'lacp', NONE: 'static' },
    m_standing: { ...standing, p: 'waiting', b: 'waiting', r: 'down' },
  },
  passes: [/^(?:Flags:|\s+)\s*[A-Za-z] - /, /^Group Port-|^\s+Channel\s*$|^-+\s*$/],
  source: 'networktocode/ntc-templates tests/cisco_nxos/show_port-channel_summary',
}

const nxosNeighbor: Format = {
  platform: 'cisco-nxos',
  command: 'show lacp neighbor',
  kind: 'switch',
  named: true,
  begins: [/^Flags: {2}S - Device is sending Slow LACPDUs/, /^(?:port-channel|Po)\d+ neighbors$/],
  rows: [
    {
      line: /^(?:port-channel|Po)(?<bundle>\d+) neighbors$/,
      prefix: 'Po',
      gives: { b_protocol: 'lacp' },
    },
    {
      line: /^(?<member>Eth\d\S*)\s+(?<p_systemPriority>\d+),(?<p_system>[0-9a-f-]+)\s+(?<p_portNumber>0x[0-9a-f]+)\s+\d+\s+[SF][AP]\s*$/,
    },
    { line: /^\s+\d+\s+(?<p_key>0x[0-9a-f]+)\s+(?<p_state>0x[0-9a-f]+)\s*$/ },
  ],
  states: { p_state: number },
  passes: [
    /^(?:Flags:|\s+)\s*[SFAP] - Device is /,
    /^Partner's information|^\s+(?:LACP )?Partner\s|^Port\s+System ID|^\s+Port Priority/,
  ],
  source: 'CiscoTestAutomation/genieparser nxos ShowLacpNeighbor',
}

export const cisco: readonly Format[] = [iosSummary, iosLacp, nxosSummary, nxosNeighbor]
