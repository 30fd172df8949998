// Plays a simulation: makes the devices, joins them by cables, lets time pass and things happen, and records when
// traffic changes. What the end state means is told elsewhere (report.ts, why.ts, detection.ts).

import { createAgenda, seeded } from './agenda.ts'
import type { Device, World } from './device.ts'
import { happen } from './happen.ts'
import { type LacpSimulation, portNames, type System } from './input.ts'
import { createLacpBond } from './linux/lacp-bond.ts'
import { createPlainBond } from './linux/plain-bond.ts'
import { createNetwork, type Network } from './network.ts'
import type { Change, PortChange, Traffic } from './outcome.ts'
import { createPlainPorts, createStaticLag } from './switch/fixed.ts'
import { createBundle, createSwitchLag, type SharedBundle } from './switch/lag.ts'
import { createOpenVswitch } from './switch/openvswitch.ts'

/** One system of the simulation with its device. */
export interface Node {
  readonly system: System
  readonly device: Device
}

/** The simulation at the moment at which it stands. */
export interface Run {
  readonly simulation: LacpSimulation
  readonly network: Network
  readonly nodes: readonly Node[]
  readonly history: readonly Change[]
  now(): number
  node(system: string): Node
  /** What becomes of frames that leave this port. */
  out(system: string, port: string): Traffic
  /** What becomes of frames that the far end sends to this port. */
  in(system: string, port: string): Traffic
  isSilent(system: string): boolean
  /** Lets time pass. */
  runTo(untilMs: number): void
}

/** A locally administered address that depends on the place in the input alone, never on a name. */
const macOf = (system: number, port: number): string => {
  const hex = (value: number): string => (value & 255).toString(16).padStart(2, '0')
  return `02:00:${hex(system >> 8)}:${hex(system)}:${hex(port >> 8)}:${hex(port)}`
}

/** One part of a simulation, ready to run from 0 ms; its names have been checked (check.ts). */
export function prepare(simulation: LacpSimulation): Run {
  const agenda = createAgenda()
  const random = seeded(simulation.seed ?? 1)
  const network = createNetwork(simulation.cables)
  const bundles = new Map<string, SharedBundle>()
  const nodes = new Map<string, Node>()
  const node = (name: string): Node => {
    const found = nodes.get(name)
    if (found === undefined) throw new Error(`no system is named ${name}`)
    return found
  }
  const out = (system: string, port: string): Traffic => {
    const far = network.far(system, port)
    const accepted = far !== undefined && node(far.end.system).device.accepts(far.end.port)
    if (!node(system).device.sends(port, accepted)) return 'idle'
    return accepted && far.outPasses ? 'carries' : 'lost'
  }
  const into = (system: string, port: string): Traffic => {
    const far = network.far(system, port)
    return far === undefined ? 'idle' : out(far.end.system, far.end.port)
  }
  const worldOf = (system: System): World => ({
    now: agenda.now,
    at: agenda.at,
    carrier: port => network.carrier(system.name, port),
    send(port, pdu) {
      if (!network.carrier(system.name, port)) return
      const far = network.far(system.name, port)
      if (far === undefined || !far.outPasses) return
      const { wire, end } = far
      agenda.at(agenda.now(), () => {
        if (wire.plugged) node(end.system).device.receive(end.port, pdu)
      })
    },
    roundTrip(port) {
      const far = network.far(system.name, port)
      if (far === undefined || !network.carrier(system.name, port)) return false
      const { device } = node(far.end.system)
      return far.outPasses && far.inPasses && device.accepts(far.end.port) && device.sends(far.end.port, true)
    },
  })
  simulation.systems.forEach((system, index) => {
    const device = createDevice(system, index, worldOf(system), bundles)
    nodes.set(system.name, { system, device })
    // Ports have link before a bond is opened or a switch speaks; how long, is one of the orders that are open.
    const linkMs = (system.startMs ?? 0) + random(100)
    agenda.at(linkMs, () => switchPower(system, true))
    agenda.at(linkMs + random(100), () => begin(system))
  })

  const started = new Set<string>()
  const changed = (ends: readonly { system: string; port: string }[]): void => {
    for (const { system, port } of ends) if (started.has(system)) node(system).device.carrierChanged(port)
  }
  const farEnds = (system: System) =>
    portNames(system).flatMap(port => network.far(system.name, port)?.end ?? [])
  const switchPower = (system: System, on: boolean): void => {
    network.setPower(system.name, on)
    changed([...portNames(system).map(port => ({ system: system.name, port })), ...farEnds(system)])
  }
  const begin = (system: System): void => {
    started.add(system.name)
    node(system.name).device.start()
  }
  const silent = new Set<string>()
  const silence = (system: string, on: boolean): void => {
    if (on) silent.add(system)
    else silent.delete(system)
    node(system).device.setSilent(on)
  }
  for (const event of simulation.events ?? []) {
    agenda.at(event.atMs, () =>
      happen(event, { network, node, changed, switchPower, silence, at: agenda.at }),
    )
  }

  const { history, record } = recorder(simulation, { out, in: into, node })
  return {
    simulation,
    network,
    nodes: [...nodes.values()],
    history,
    now: agenda.now,
    node,
    out,
    in: into,
    isSilent: system => silent.has(system),
    runTo: untilMs => agenda.run(untilMs, () => record(agenda.now())),
  }
}

function createDevice(
  system: System,
  index: number,
  world: World,
  bundles: Map<string, SharedBundle>,
): Device {
  switch (system.kind) {
    case '802.3ad':
      return createLacpBond(system, system.mac ?? system.members[0]?.mac ?? macOf(index + 1, 1), world)
    case 'bond':
      return createPlainBond(system, world)
    case 'lacp-lag': {
      const shared = system.mlag === undefined ? undefined : `${system.mlag} ${system.key ?? 1}`
      const bundle = (shared === undefined ? undefined : bundles.get(shared)) ?? createBundle()
      if (shared !== undefined) bundles.set(shared, bundle)
      return createSwitchLag(system, macOf(index + 1, 0), bundle, world)
    }
    case 'openvswitch':
      return createOpenVswitch(system, macOf(index + 1, 0), world)
    case 'static-lag':
      return createStaticLag(system, world)
    case 'plain-ports':
      return createPlainPorts(system, world)
  }
}

/** Watches what every port and LAG does, and keeps the changes. */
function recorder(simulation: LacpSimulation, run: Pick<Run, 'out' | 'in' | 'node'>) {
  const history: Change[] = []
  const idle: PortChange = { out: 'idle', in: 'idle', alone: false }
  const ports = simulation.systems.flatMap(system =>
    portNames(system).map(port => ({ system: system.name, port, last: idle })),
  )
  const lags = simulation.systems.map(({ name }) => ({ name, last: false }))
  const record = (atMs: number): void => {
    for (const one of ports) {
      const { system, port, last } = one
      const out = run.out(system, port)
      const into = run.in(system, port)
      const alone = run.node(system).device.alone(port)
      if (out === last.out && into === last.in && alone === last.alone) continue
      one.last = { out, in: into, alone }
      history.push({ atMs, system, port, what: one.last })
    }
    for (const lag of lags) {
      const up = run.node(lag.name).device.up()
      if (up === lag.last) continue
      lag.last = up
      history.push({ atMs, system: lag.name, what: { up } })
    }
  }
  return { history, record }
}
