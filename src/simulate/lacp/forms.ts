// Whether the two ends of a LAG are meant for each other: what each kind of end needs at the other, as a table.

import type { LinuxMode, System } from './input.ts'
import type { PortOutcome } from './outcome.ts'

/** What a system is to whoever is cabled to it. */
export type Manner = 'lacp' | 'grouped' | 'single'

const modes: Readonly<Record<LinuxMode, Manner>> = {
  'balance-rr': 'grouped',
  'active-backup': 'single',
  'balance-xor': 'grouped',
  broadcast: 'grouped',
  'balance-tlb': 'single',
  'balance-alb': 'single',
}

/** Grouped: one address on all ports, without a protocol. Single: every port for itself. */
export function mannerOf(system: System): Manner {
  switch (system.kind) {
    case '802.3ad':
    case 'lacp-lag':
      return 'lacp'
    case 'openvswitch':
      return system.lacp === 'off' ? 'single' : 'lacp'
    case 'static-lag':
      return 'grouped'
    case 'plain-ports':
      return 'single'
    case 'bond':
      return modes[system.mode]
  }
}

/** What makes several systems one to their partner. */
const identityOf = (system: System): string =>
  'mlag' in system && system.mlag !== undefined ? `mlag ${system.mlag}` : `system ${system.name}`

/**
 * Whether a LAG stands as it is meant: something carries, every carrying port goes to an end of the same manner, and
 * where ports are grouped they all go to one system (or one MLAG). LACP sees to the latter itself, and a port that
 * works without a partner is none of it.
 */
export function formsLag(
  system: System,
  ports: readonly PortOutcome[],
  farOf: (port: PortOutcome) => System,
): boolean {
  const manner = mannerOf(system)
  const linked = ports.filter(({ link, far }) => link && far !== undefined)
  const used = linked.filter(({ out, in: into }) => out === 'carries' || into === 'carries')
  if (used.length === 0 || system.kind === 'plain-ports') return false
  if (manner === 'lacp') {
    return used.some(port => !port.alone && port.inActiveAggregator && mannerOf(farOf(port)) === 'lacp')
  }
  if (linked.some(port => mannerOf(farOf(port)) !== manner)) return false
  return manner === 'single' || new Set(linked.map(port => identityOf(farOf(port)))).size === 1
}
