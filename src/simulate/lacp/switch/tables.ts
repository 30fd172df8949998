// The state machines of IEEE 802.1AX-2014 as tables: receive (figure 6-18), periodic (figure 6-19) and mux (figures
// 6-21 and 6-22). What the states do is in port.ts and mux.ts; Linux has tables of its own in ../linux.

import type { Table } from '../table.ts'

export type ReceiveState = 'initialize' | 'port-disabled' | 'expired' | 'defaulted' | 'current'
export type ReceiveEvent = 'begin' | 'link-lost' | 'link-there' | 'lacpdu' | 'timeout'

/** Clause 6.4.12. LACP_DISABLED is left out: a port on which LACP is off belongs to another kind of system here. */
export const receiveTable: Table<ReceiveState, ReceiveEvent> = {
  initialize: {
    begin: 'initialize',
    'link-lost': 'port-disabled',
    'link-there': 'port-disabled',
    lacpdu: 'port-disabled',
    timeout: 'port-disabled',
  },
  'port-disabled': {
    begin: 'initialize',
    'link-lost': 'port-disabled',
    'link-there': 'expired',
    lacpdu: 'port-disabled',
    timeout: 'port-disabled',
  },
  expired: {
    begin: 'initialize',
    'link-lost': 'port-disabled',
    'link-there': 'expired',
    lacpdu: 'current',
    timeout: 'defaulted',
  },
  defaulted: {
    begin: 'initialize',
    'link-lost': 'port-disabled',
    'link-there': 'defaulted',
    lacpdu: 'current',
    timeout: 'defaulted',
  },
  current: {
    begin: 'initialize',
    'link-lost': 'port-disabled',
    'link-there': 'current',
    lacpdu: 'current',
    timeout: 'expired',
  },
}

export type PeriodicState = 'none' | 'fast' | 'slow' | 'send'
/** `stop`: no link, or neither end is active; `short`, `long`: what the partner asks for. */
export type PeriodicEvent = 'stop' | 'over-short' | 'over-long' | 'short' | 'long'

/** Clause 6.4.13. */
export const periodicTable: Table<PeriodicState, PeriodicEvent> = {
  none: { stop: 'none', 'over-short': 'fast', 'over-long': 'fast', short: 'fast', long: 'fast' },
  fast: { stop: 'none', 'over-short': 'send', 'over-long': 'send', short: 'fast', long: 'slow' },
  slow: { stop: 'none', 'over-short': 'send', 'over-long': 'send', short: 'send', long: 'slow' },
  send: { stop: 'none', 'over-short': 'fast', 'over-long': 'slow', short: 'fast', long: 'slow' },
}

export type MuxState =
  | 'detached'
  | 'waiting'
  | 'attached'
  | 'collecting'
  | 'distributing'
  | 'collecting-distributing'

export type MuxEvent =
  | 'unselected'
  | 'standby'
  /** Selected; the wait is not over. */
  | 'selected'
  /** Selected, and every port that waits for this aggregator has waited long enough. */
  | 'ready'
  | 'partner-in-sync'
  | 'partner-collects'

/** Clause 6.4.15, figure 6-22. */
export const coupledMux: Table<MuxState, MuxEvent> = {
  detached: {
    unselected: 'detached',
    standby: 'waiting',
    selected: 'waiting',
    ready: 'waiting',
    'partner-in-sync': 'waiting',
    'partner-collects': 'waiting',
  },
  waiting: {
    unselected: 'detached',
    standby: 'waiting',
    selected: 'waiting',
    ready: 'attached',
    'partner-in-sync': 'waiting',
    'partner-collects': 'waiting',
  },
  attached: {
    unselected: 'detached',
    standby: 'detached',
    selected: 'attached',
    ready: 'attached',
    'partner-in-sync': 'collecting-distributing',
    'partner-collects': 'collecting-distributing',
  },
  'collecting-distributing': {
    unselected: 'attached',
    standby: 'attached',
    selected: 'attached',
    ready: 'attached',
    'partner-in-sync': 'collecting-distributing',
    'partner-collects': 'collecting-distributing',
  },
  collecting: {
    unselected: 'attached',
    standby: 'attached',
    selected: 'attached',
    ready: 'attached',
    'partner-in-sync': 'collecting',
    'partner-collects': 'distributing',
  },
  distributing: {
    unselected: 'collecting',
    standby: 'collecting',
    selected: 'collecting',
    ready: 'collecting',
    'partner-in-sync': 'collecting',
    'partner-collects': 'distributing',
  },
}

/** Clause 6.4.15, figure 6-21. */
export const independentMux: Table<MuxState, MuxEvent> = {
  ...coupledMux,
  attached: {
    unselected: 'detached',
    standby: 'detached',
    selected: 'attached',
    ready: 'attached',
    'partner-in-sync': 'collecting',
    'partner-collects': 'collecting',
  },
}
