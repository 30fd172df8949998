// What RouterOS shows. Of its two commands only monitor-slaves tells whether LACP has come to terms: monitor lists a port as
// active that nobody answers on.

import type { Format } from './format.ts'

/** Each bit has its place; a hyphen is one that is not set. */
const places = { as: 'places' } as const

const monitorSlaves: Format = {
  platform: 'mikrotik-routeros',
  command: '/interface bonding monitor-slaves BOND',
  kind: 'switch',
  named: false,
  asked: /monitor-slaves (?:bond=)?"?(?<bundle>[\w.-]{1,64})/,
  begins: [/^\s*Flags: A - active[,;] P - partner\s*$/],
  rows: [
    {
      line: /^\s*A?P?\s*port=(?<member>\S+) key=(?<a_key>\d+) flags="(?<a_state>[A-Z-]{8})" partner-sys-id=(?<p_system>[0-9A-F]{2}(?::[0-9A-F]{2}){5}) partner-sys-priority=(?<p_systemPriority>\d+) partner-key=(?<p_key>\d+) partner-flags="(?<p_state>[A-Z-]{8})"\s*$/,
      gives: { b_protocol: 'lacp' },
    },
  ],
  states: { a_state: places, p_state: places },
  passes: [/^\s*Flags: |^-- \[Q quit/],
  source: 'RouterOS documentation, Bonding, section Bonding monitoring; a router in a public repository',
}

export const mikrotikRouteros: readonly Format[] = [monitorSlaves]
