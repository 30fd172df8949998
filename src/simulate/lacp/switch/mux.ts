// The mux machine of a standard-conforming port. Source: IEEE 802.1AX-2014, 6.4.15.

import { has, protocolMs, withBit } from '../lacpdu.ts'
import type { StandardPort } from './port.ts'
import { coupledMux, independentMux, type MuxEvent, type MuxState } from './tables.ts'

/** Whether all ports that wait for the aggregator have waited long enough: Ready, 6.4.8. */
export const isReady = (ports: readonly StandardPort[], nowMs: number): boolean =>
  ports.every(
    ({ mux, selected, waitOverMs }) =>
      mux !== 'waiting' || selected !== 'selected' || (waitOverMs !== undefined && nowMs >= waitOverMs),
  )

function muxEvent(port: StandardPort, ready: boolean): MuxEvent {
  if (port.selected !== 'selected') return port.selected
  if (port.mux === 'waiting') return ready ? 'ready' : 'selected'
  if (!has(port.partner.state, 'synchronization')) return 'selected'
  return has(port.partner.state, 'collecting') ? 'partner-collects' : 'partner-in-sync'
}

/** One step of the machine; answers whether the state changed. */
export function runMux(port: StandardPort, ready: boolean, nowMs: number): boolean {
  const last = port.mux
  const table = port.lag.config.control === 'independent' ? independentMux : coupledMux
  port.mux = table[last][muxEvent(port, ready)]
  if (port.mux === last) return false
  const { sync, collecting, distributing } = bits[port.mux]
  port.waitOverMs = port.mux === 'waiting' ? nowMs + protocolMs.aggregateWait : undefined
  port.state = withBit(port.state, 'synchronization', sync)
  port.state = withBit(withBit(port.state, 'collecting', collecting), 'distributing', distributing)
  if (port.mux !== 'waiting') port.ntt = true
  return true
}

/** What each state makes of the port's own bits. */
const bits: Readonly<Record<MuxState, { sync: boolean; collecting: boolean; distributing: boolean }>> = {
  detached: { sync: false, collecting: false, distributing: false },
  waiting: { sync: false, collecting: false, distributing: false },
  attached: { sync: true, collecting: false, distributing: false },
  collecting: { sync: true, collecting: true, distributing: false },
  distributing: { sync: true, collecting: true, distributing: true },
  'collecting-distributing': { sync: true, collecting: true, distributing: true },
}
