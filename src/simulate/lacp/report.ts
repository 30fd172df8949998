// Reads the outcome off a run that stands at its end. It decides nothing about the protocol; the reasons come from
// why.ts and notes.ts, the bounds from detection.ts.

import { detectionOf } from './detection.ts'
import type { PortView } from './device.ts'
import { formsLag } from './forms.ts'
import { portNames, type System } from './input.ts'
import { has } from './lacpdu.ts'
import { notesOn } from './notes.ts'
import type { Block, LacpOutcome, LagOutcome, PortOutcome, Role, Shows } from './outcome.ts'
import type { Node, Run } from './run.ts'
import { type Facts, type PortFacts, whyNot } from './why.ts'

/** How long the carrying ports must have been at rest. */
const restMs = 5_000

/** What every system shows and does at the moment at which the run stands. */
export function outcomeOf(run: Run): LacpOutcome {
  return {
    untilMs: run.now(),
    lags: run.nodes.map(node => lagOutcome(run, node)),
    history: [...run.history],
  }
}

function factsOf(run: Run, { system, device }: Node, port: string): Facts {
  const far = run.network.far(system.name, port)
  const chosen = portNames(system).find(name => device.view(name).inActiveAggregator)
  return {
    system,
    port,
    view: device.view(port),
    link: run.network.carrier(system.name, port),
    cabled: far !== undefined,
    out: run.out(system.name, port),
    in: run.in(system.name, port),
    outPasses: far?.outPasses ?? false,
    inPasses: far?.inPasses ?? false,
    up: device.up(),
    silent: run.isSilent(system.name),
    ...(chosen === undefined ? {} : { chosen: chosenFacts(run, system, device.view(chosen), chosen) }),
  }
}

const chosenFacts = (run: Run, system: System, view: PortView, port: string) => ({
  view,
  far: run.network.far(system.name, port)?.end.system ?? 'nobody',
})

function lagOutcome(run: Run, node: Node): LagOutcome {
  const { system, device } = node
  const ports = portNames(system).map(port => portOutcome(run, node, port))
  const carrying = ports.filter(({ role }) => role === 'carrying').map(({ port }) => port)
  const blocks = grouped(ports)
  const farOf = (port: PortOutcome): System =>
    port.far === undefined ? system : run.node(port.far.system).system
  const partners = [...new Set(ports.filter(({ far }) => far !== undefined).map(farOf))]
  const lag = {
    system: system.name,
    kind: system.kind,
    forms: formsLag(system, ports, farOf),
    up: device.up(),
    carrying,
    standby: ports.flatMap(({ port, link, block }) => (link && block ? [{ port, why: block.because }] : [])),
    ...times(run, system.name),
    aggregators: aggregatorsOf(ports),
    ports,
    detection: detectionOf(system, partners),
    blocks,
    shows: showsOf(node, ports),
  }
  const sentences = blocks.map(({ ports: names, because }) => `${listed(names)}: ${because}`)
  return { ...lag, why: [...sentences, ...notesOn(system, lag, partners)] }
}

function portOutcome(run: Run, node: Node, port: string): PortOutcome {
  const { system } = node
  const facts = factsOf(run, node, port)
  const { view, link, out, in: into } = facts
  const far = run.network.far(system.name, port)
  const farFacts = far === undefined ? undefined : factsOf(run, run.node(far.end.system), far.end.port)
  const role = roleOf(facts)
  const all: PortFacts = { ...facts, ...(farFacts === undefined ? {} : { far: farFacts }) }
  const state = view.actor?.state ?? 0
  return {
    port,
    ...(far === undefined ? {} : { cable: far.wire.name, far: far.end }),
    link,
    role,
    alone: node.device.alone(port),
    ...identity(view),
    collecting: has(state, 'collecting'),
    distributing: has(state, 'distributing'),
    sends: out !== 'idle',
    accepts: node.device.accepts(port),
    out,
    in: into,
    ...(role === 'carrying' ? {} : { block: whyNot(all) }),
  }
}

const identity = ({ aggregator, inActiveAggregator, selected, held, actor, partner }: PortView) => ({
  ...(aggregator === undefined ? {} : { aggregator }),
  inActiveAggregator,
  selected,
  ...(held === undefined ? {} : { held }),
  ...(actor === undefined ? {} : { actor }),
  ...(partner === undefined ? {} : { partner }),
})

function roleOf({ system, view, link, out, in: into }: Facts): Role {
  if (!link) return 'down'
  if (out === 'carries' && into === 'carries') return 'carrying'
  if (out === 'lost' || into === 'lost') return 'lossy'
  if (out === 'carries' || into === 'carries') return 'one-way'
  if (system.kind === 'lacp-lag' || system.kind === 'openvswitch') {
    if (view.selected === 'standby') return 'standby'
    return view.selected === 'unselected' ? 'suspended' : 'waiting'
  }
  if (system.kind === '802.3ad') return view.inActiveAggregator ? 'waiting' : 'standby'
  return 'standby'
}

/** Ports with the same reason share a block. */
function grouped(ports: readonly PortOutcome[]): Block[] {
  const blocks = new Map<string, Block>()
  for (const { port, block } of ports) {
    if (block === undefined) continue
    const key = `${block.variable} ${block.because}`
    const known = blocks.get(key)
    blocks.set(key, { ...block, ports: [...(known?.ports ?? []), port] })
  }
  return [...blocks.values()]
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`

/** When the system first carried, and since when the set of its carrying ports is at rest. */
function times(run: Run, system: string): Pick<LagOutcome, 'upAfterMs' | 'settledAfterMs' | 'steady'> {
  const carrying = new Set<string>()
  let upAfterMs: number | undefined
  let settledAfterMs = 0
  for (const { atMs, port, what, ...change } of run.history) {
    if (change.system !== system || port === undefined || 'up' in what) continue
    const carries = what.out === 'carries' && what.in === 'carries'
    if (carries && !what.alone) upAfterMs ??= atMs
    if (carries === carrying.has(port)) continue
    settledAfterMs = atMs
    if (carries) carrying.add(port)
    else carrying.delete(port)
  }
  const steady = run.now() - settledAfterMs >= restMs
  return { ...(upAfterMs === undefined ? {} : { upAfterMs }), settledAfterMs, steady }
}

function aggregatorsOf(ports: readonly PortOutcome[]): LagOutcome['aggregators'] {
  const ids = [...new Set(ports.flatMap(({ aggregator }) => aggregator ?? []))].sort((a, b) => a - b)
  return ids.map(id => {
    const members = ports.filter(({ aggregator }) => aggregator === id)
    const active = members.some(({ inActiveAggregator }) => inActiveAggregator)
    return { id, active, ports: members.map(({ port }) => port) }
  })
}

function showsOf({ system, device }: Node, ports: readonly PortOutcome[]): Shows {
  if ('members' in system) {
    const active = device.activeAggregator?.()
    return {
      kind: 'linux',
      miiStatus: device.up() ? 'up' : 'down',
      ...(active === undefined ? {} : { activeAggregator: active }),
      members: ports.flatMap(({ port, aggregator, actor, partner }) => {
        const { linux } = device.view(port)
        if (linux === undefined) return []
        return {
          name: port,
          ...linux,
          ...(aggregator === undefined ? {} : { aggregatorId: aggregator }),
          ...(actor === undefined ? {} : { actor }),
          ...(partner === undefined ? {} : { partner }),
        }
      }),
    }
  }
  return {
    kind: 'switch',
    up: device.up(),
    ports: ports.map(port => ({ name: port.port, status: statusOf(system, port) })),
  }
}

function statusOf(system: System, port: PortOutcome) {
  if (!port.link) return 'down'
  if (system.kind === 'plain-ports') return 'forwarding'
  if (port.alone) return 'individual'
  if (system.kind === 'static-lag') return 'bundled'
  if (port.selected === 'standby') return 'standby'
  if (port.selected === 'unselected') return 'suspended'
  return port.sends ? 'bundled' : 'waiting'
}
