// A standard-conforming LAG as a device. The chassis of one MLAG share a bundle: one aggregator, one choice of
// ports; everything else is their own.

import { type Device, type PortView, unusedPort, type World } from '../device.ts'
import type { SwitchLag } from '../input.ts'
import { isReady, runMux } from './mux.ts'
import {
  actorInfo,
  createPort,
  type LagSettings,
  runPeriodic,
  runReceive,
  type StandardPort,
  stepReceive,
  transmit,
} from './port.ts'
import { type Bundle, select } from './selection.ts'

/** The ports of one LAG with the world of each, and when to look at them again. */
export interface SharedBundle extends Bundle {
  readonly worlds: Map<StandardPort, World>
  /** The system address where none is given: that of the first chassis. */
  system: string | undefined
  wakeMs: number
}

export const createBundle = (): SharedBundle => ({
  ports: [],
  partner: undefined,
  worlds: new Map(),
  system: undefined,
  wakeMs: Number.POSITIVE_INFINITY,
})

/** Runs all machines of the LAG until nothing changes, sends what is to be said, and asks to be woken. */
function settle(bundle: SharedBundle, world: World): void {
  const nowMs = world.now()
  const ports = bundle.ports.filter(({ started, silent }) => started && !silent)
  for (let round = 0, changed = true; changed; round++) {
    if (round > 100) throw new Error('the LACP machines of a LAG do not come to rest')
    changed = false
    for (const port of ports) {
      changed = runReceive(port, nowMs) || changed
      changed = runMux(port, isReady(bundle.ports, nowMs), nowMs) || changed
      changed = runPeriodic(port, nowMs) || changed
    }
    changed = select(bundle) || changed
  }
  const again = ports.map(port => {
    const { pdu, againMs } = transmit(port, nowMs)
    if (pdu !== undefined) bundle.worlds.get(port)?.send(port.config.name, pdu)
    return againMs
  })
  fallBack(bundle, nowMs)
  wakeUp(bundle, world, [...again, ...ports.flatMap(port => deadlines(port))])
}

function deadlines(port: StandardPort): (number | undefined)[] {
  const { fallback } = port.lag.config
  const fallbackMs =
    fallback === undefined || fallback.kind === 'suspend' ? undefined : port.quietSinceMs + fallback.afterMs
  return [port.receiveOverMs, port.periodicOverMs, port.waitOverMs, fallbackMs]
}

function wakeUp(bundle: SharedBundle, world: World, times: readonly (number | undefined)[]): void {
  const next = times.reduce<number>(
    (least, time) => (time !== undefined && time > world.now() && time < least ? time : least),
    Number.POSITIVE_INFINITY,
  )
  if (next === Number.POSITIVE_INFINITY || (bundle.wakeMs > world.now() && bundle.wakeMs <= next)) return
  bundle.wakeMs = next
  world.at(next, () => {
    if (bundle.wakeMs === next) bundle.wakeMs = Number.POSITIVE_INFINITY
    settle(bundle, world)
  })
}

/** Lets ports work without a partner where the LAG has a fallback and its time has come. */
function fallBack(bundle: Bundle, nowMs: number): void {
  const quiet = (port: StandardPort): boolean => {
    const { fallback } = port.lag.config
    return (
      fallback !== undefined &&
      fallback.kind !== 'suspend' &&
      port.link &&
      port.receive !== 'current' &&
      port.selected === 'unselected' &&
      nowMs >= port.quietSinceMs + fallback.afterMs
    )
  }
  const allQuiet = bundle.ports.every(port => !port.link || quiet(port))
  const best = [...bundle.ports]
    .filter(quiet)
    .sort((a, b) => a.priority - b.priority || a.number - b.number)[0]
  for (const port of bundle.ports) {
    const { fallback } = port.lag.config
    port.fallback = 'none'
    if (fallback === undefined || !quiet(port)) continue
    if (fallback.kind === 'individual' && (allQuiet || fallback.scope === 'port')) port.fallback = 'alone'
    if (fallback.kind === 'static' && allQuiet && (fallback.ports === 'all' || port === best)) {
      port.fallback = 'static'
    }
  }
}

/** The device for the ports of one chassis; `mac` is its address, used where the LAG names no system. */
export function createSwitchLag(config: SwitchLag, mac: string, bundle: SharedBundle, world: World): Device {
  bundle.system ??= config.systemMac ?? mac
  const lag: LagSettings = {
    config,
    system: config.systemMac ?? bundle.system,
    systemPriority: config.systemPriority ?? 32768,
    key: config.key ?? 1,
  }
  const ports = config.ports.map((port, index) => createPort(port, bundle.ports.length + index + 1, lag))
  bundle.ports.push(...ports)
  for (const port of ports) bundle.worlds.set(port, world)
  const find = (name: string): StandardPort | undefined => ports.find(port => port.config.name === name)
  const distributing = (port: StandardPort): boolean =>
    port.link && (port.mux === 'distributing' || port.mux === 'collecting-distributing')
  const enough = (): boolean =>
    config.belowMinLinks !== 'interface-down' ||
    bundle.ports.filter(distributing).length >= (config.minLinks ?? 0)
  const update = (port: StandardPort): void => {
    const link = world.carrier(port.config.name)
    if (link && !port.link) port.quietSinceMs = world.now()
    port.link = link
  }
  return {
    start() {
      for (const port of ports) {
        port.started = true
        update(port)
        stepReceive(port, 'begin', world.now())
      }
      settle(bundle, world)
    },
    carrierChanged(name) {
      const port = find(name)
      if (port === undefined || !port.started) return
      update(port)
      settle(bundle, world)
    },
    receive(name, pdu) {
      const port = find(name)
      if (port === undefined || !port.started || port.silent) return
      stepReceive(port, 'lacpdu', world.now(), pdu)
      settle(bundle, world)
    },
    sends(name, wanted) {
      const port = find(name)
      if (port === undefined || !port.link) return false
      return (
        (distributing(port) && enough()) ||
        port.fallback === 'static' ||
        (port.fallback === 'alone' && wanted)
      )
    },
    accepts(name) {
      const port = find(name)
      if (port === undefined || !port.link) return false
      const collects = distributing(port) || port.mux === 'collecting'
      return (collects && enough()) || port.fallback !== 'none'
    },
    alone: name => find(name)?.link === true && find(name)?.fallback !== 'none',
    up: () => (ports.some(distributing) && enough()) || ports.some(({ fallback }) => fallback === 'static'),
    view(name): PortView {
      const port = find(name)
      if (port === undefined) return unusedPort
      return {
        ...(port.selected === 'unselected' ? {} : { aggregator: lag.key }),
        inActiveAggregator: port.selected === 'selected',
        selected: port.selected,
        actor: actorInfo(port),
        partner: port.partner,
        partnerHeard: port.receive === 'current',
        ...(port.held === undefined ? {} : { held: port.held }),
      }
    },
    setSilent(silent) {
      for (const port of ports) port.silent = silent
      if (!silent) settle(bundle, world)
    },
  }
}
