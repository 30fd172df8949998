// The driver's periodic machine: when an LACPDU is due by time alone. Source: linux drivers/net/bonding/bond_3ad.c,
// ad_periodic_machine(), after IEEE 802.1AX-2014 figure 6-19. The rate follows what the partner asked for.

import { has } from '../lacpdu.ts'
import type { Table } from '../table.ts'
import { type LinuxPort, ticks } from './port.ts'

export type PeriodicState = 'none' | 'fast' | 'slow' | 'send'

/** `waiting`: the timer runs; `over`: it has just run out; `idle`: none runs. Short and long are the partner's wish. */
export type PeriodicEvent = 'stop' | 'over' | 'waiting-short' | 'waiting-long' | 'idle-short' | 'idle-long'

export const periodicTable: Table<PeriodicState, PeriodicEvent> = {
  none: {
    stop: 'none',
    over: 'send',
    'waiting-short': 'none',
    'waiting-long': 'none',
    'idle-short': 'fast',
    'idle-long': 'fast',
  },
  fast: {
    stop: 'none',
    over: 'send',
    'waiting-short': 'fast',
    'waiting-long': 'slow',
    'idle-short': 'fast',
    'idle-long': 'fast',
  },
  slow: {
    stop: 'none',
    over: 'send',
    'waiting-short': 'send',
    'waiting-long': 'slow',
    'idle-short': 'slow',
    'idle-long': 'slow',
  },
  send: {
    stop: 'none',
    over: 'send',
    'waiting-short': 'send',
    'waiting-long': 'send',
    'idle-short': 'fast',
    'idle-long': 'slow',
  },
}

function periodicEvent(port: LinuxPort): PeriodicEvent {
  const nobodyActive = !has(port.state, 'activity') && !has(port.partner.state, 'activity')
  if (port.begin || !port.lacpEnabled || !port.enabled || nobodyActive) return 'stop'
  const short = has(port.partner.state, 'timeout')
  if (port.periodicTicks === 0) return short ? 'idle-short' : 'idle-long'
  port.periodicTicks -= 1
  if (port.periodicTicks === 0) return 'over'
  return short ? 'waiting-short' : 'waiting-long'
}

/** One run of the machine, every tick. */
export function runPeriodic(port: LinuxPort): void {
  const last = port.periodic
  port.periodic = periodicTable[last][periodicEvent(port)]
  if (port.periodic !== last) enter[port.periodic](port)
}

// The tick spent in `send` is part of the period.
const enter: Readonly<Record<PeriodicState, (port: LinuxPort) => void>> = {
  none(port) {
    port.periodicTicks = 0
  },
  fast(port) {
    port.periodicTicks = ticks.fastPeriodic - 1
  },
  slow(port) {
    port.periodicTicks = ticks.slowPeriodic - 1
  },
  send(port) {
    port.periodicTicks = 0
    port.ntt = true
  },
}
