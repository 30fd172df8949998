// The driver's mux machine: when a port collects and distributes. Source: linux drivers/net/bonding/bond_3ad.c,
// ad_mux_machine(), after IEEE 802.1AX-2014 figures 6-21 (independent control) and 6-22 (coupled control), with two
// conditions of its own: only the bond's active aggregator runs, and not before the first choice of one.

import { has, withBit } from '../lacpdu.ts'
import type { Table } from '../table.ts'
import {
  type Aggregator,
  disable,
  enable,
  hasPartner,
  type LinuxPort,
  type LinuxSettings,
  ticks,
} from './port.ts'

export type MuxState =
  | 'detached'
  | 'waiting'
  | 'attached'
  | 'collecting'
  | 'distributing'
  | 'collecting-distributing'

export type MuxEvent =
  | 'begin'
  | 'unselected'
  /** Selected, but the ports of the aggregator have not yet waited for each other. */
  | 'unready'
  | 'ready'
  /** The partner is not in sync, or (attached) the first choice of an aggregator is still to come. */
  | 'out-of-sync'
  /** In sync, but attached to another aggregator than the active one. */
  | 'held'
  | 'in-sync'
  /** In sync, and the partner says that it collects. */
  | 'partner-collects'

/** Coupled control: collecting and distributing begin together. */
export const coupledMux: Table<MuxState, MuxEvent> = {
  detached: {
    begin: 'detached',
    unselected: 'detached',
    unready: 'waiting',
    ready: 'waiting',
    'out-of-sync': 'waiting',
    held: 'waiting',
    'in-sync': 'waiting',
    'partner-collects': 'waiting',
  },
  waiting: {
    begin: 'detached',
    unselected: 'detached',
    unready: 'waiting',
    ready: 'attached',
    'out-of-sync': 'waiting',
    held: 'waiting',
    'in-sync': 'waiting',
    'partner-collects': 'waiting',
  },
  attached: {
    begin: 'detached',
    unselected: 'detached',
    unready: 'attached',
    ready: 'attached',
    'out-of-sync': 'attached',
    held: 'attached',
    'in-sync': 'collecting-distributing',
    'partner-collects': 'collecting-distributing',
  },
  'collecting-distributing': {
    begin: 'detached',
    unselected: 'attached',
    unready: 'collecting-distributing',
    ready: 'collecting-distributing',
    'out-of-sync': 'attached',
    held: 'collecting-distributing',
    'in-sync': 'collecting-distributing',
    'partner-collects': 'collecting-distributing',
  },
  collecting: {
    begin: 'detached',
    unselected: 'attached',
    unready: 'collecting',
    ready: 'collecting',
    'out-of-sync': 'attached',
    held: 'collecting',
    'in-sync': 'collecting',
    'partner-collects': 'distributing',
  },
  distributing: {
    begin: 'detached',
    unselected: 'collecting',
    unready: 'distributing',
    ready: 'distributing',
    'out-of-sync': 'collecting',
    held: 'distributing',
    'in-sync': 'collecting',
    'partner-collects': 'distributing',
  },
}

/** Independent control (coupled_control off): distributing waits until the partner collects. */
export const independentMux: Table<MuxState, MuxEvent> = {
  ...coupledMux,
  attached: {
    begin: 'detached',
    unselected: 'detached',
    unready: 'attached',
    ready: 'attached',
    'out-of-sync': 'attached',
    held: 'attached',
    'in-sync': 'collecting',
    'partner-collects': 'collecting',
  },
}

/** What the mux machine needs of the bond: whether the first choice of an aggregator is still to come. */
export interface MuxBond {
  readonly settings: LinuxSettings
  readonly firstChoiceTicks: number
  carrier(port: string): boolean
}

function muxEvent(port: LinuxPort, bond: MuxBond): MuxEvent {
  if (port.begin) return 'begin'
  if (!port.selected) return 'unselected'
  if (port.mux === 'detached') return 'unready'
  if (port.mux === 'waiting') return waited(port) ? 'ready' : 'unready'
  const inSync = has(port.partner.state, 'synchronization')
  if (port.mux === 'attached') {
    if (!inSync || bond.firstChoiceTicks > 0) return 'out-of-sync'
    if (!port.aggregator?.active) return 'held'
  } else if (!inSync || !has(port.state, 'synchronization')) return 'out-of-sync'
  return has(port.partner.state, 'collecting') ? 'partner-collects' : 'in-sync'
}

/** Counts the wait down; true when it is over for every port of the aggregator. */
function waited(port: LinuxPort): boolean {
  if (port.waitTicks > 0) {
    port.waitTicks -= 1
    if (port.waitTicks === 0) port.readyN = true
  }
  shareReady(port.aggregator)
  return port.ready && port.waitTicks === 0
}

/** A port of an aggregator is ready when all of them are. Source: bond_3ad.c, __agg_ports_are_ready(). */
export function shareReady(aggregator: Aggregator | undefined): void {
  if (aggregator === undefined) return
  const ready = aggregator.ports.every(port => port.readyN)
  for (const port of aggregator.ports) port.ready = ready
}

/** One run of the machine, every tick. */
export function runMux(port: LinuxPort, bond: MuxBond): void {
  const { settings } = bond
  const last = port.mux
  const event = muxEvent(port, bond)
  port.mux = (settings.coupled ? coupledMux : independentMux)[last][event]
  if (event === 'unselected' && (last === 'waiting' || last === 'attached')) {
    port.readyN = false
    shareReady(port.aggregator)
  }
  if (port.mux !== last) enter[port.mux](port, settings, bond.carrier(port.name))
  else if (port.aggregator?.active) stay(port, event, bond.carrier(port.name))
}

/** What a port of the active aggregator does each tick that it stays where it is. */
function stay(port: LinuxPort, event: MuxEvent, carrier: boolean): void {
  if (port.mux === 'attached' && event === 'out-of-sync') {
    port.state = withBit(port.state, 'synchronization', true)
  } else if (port.mux === 'collecting-distributing' || port.mux === 'distributing') {
    if (!port.sending) enable(port, carrier)
  } else if (port.mux === 'collecting' && !port.receiving) {
    receiveOnly(port, carrier)
  }
}

function receiveOnly(port: LinuxPort, carrier: boolean): void {
  if (carrier && port.monitor.link === 'up') port.receiving = true
}

function setBits(port: LinuxPort, bits: { sync: boolean; collecting: boolean; distributing: boolean }): void {
  const synced = withBit(port.state, 'synchronization', bits.sync)
  port.state = withBit(withBit(synced, 'collecting', bits.collecting), 'distributing', bits.distributing)
}

/** An aggregator without a partner keeps its port in use whatever its mux does. */
function disableWithPartner(port: LinuxPort, settings: LinuxSettings): void {
  if (hasPartner(port.aggregator)) disable(port, settings)
}

const enter: Readonly<
  Record<MuxState, (port: LinuxPort, settings: LinuxSettings, carrier: boolean) => void>
> = {
  detached(port, settings) {
    setBits(port, { sync: false, collecting: false, distributing: false })
    disableWithPartner(port, settings)
    port.ntt = true
  },
  waiting(port) {
    port.waitTicks = ticks.aggregateWait
  },
  attached(port, settings) {
    setBits(port, { sync: port.aggregator?.active ?? false, collecting: false, distributing: false })
    disableWithPartner(port, settings)
    port.ntt = true
  },
  'collecting-distributing'(port, _settings, carrier) {
    setBits(port, { sync: true, collecting: true, distributing: true })
    if (port.aggregator?.active) enable(port, carrier)
    port.ntt = true
  },
  collecting(port, _settings, carrier) {
    setBits(port, { sync: true, collecting: true, distributing: false })
    if (port.aggregator?.active) receiveOnly(port, carrier)
    if (hasPartner(port.aggregator)) port.sending = false
    port.ntt = true
  },
  distributing(port, _settings, carrier) {
    setBits(port, { sync: true, collecting: has(port.state, 'collecting'), distributing: true })
    if (port.aggregator?.active) enable(port, carrier)
  },
}
