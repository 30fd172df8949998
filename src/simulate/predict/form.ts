// From the network of an intent to the LACP simulation and back: what each bundle is to its partner there, and what
// each port then does. The protocol is lacp/'s business; what flows make of it is route.ts's.

import type { Happening, LacpSimulation, System, Cable as Wire } from '../lacp/input.ts'
import type { LacpOutcome, LagOutcome, PortOutcome } from '../lacp/outcome.ts'
import { simulateLacp, simulateLacpAt, usualEnd } from '../lacp/simulate.ts'
import type { Bundle, End, Network } from './network.ts'

/** Platforms whose LACP is that of the Linux bonding driver. */
const linuxBonding: readonly string[] = ['linux-bridge', 'vyos', 'cumulus-ifupdown2', 'cumulus-nvue']

/** How long a switch with fallback waits for an LACPDU, in ms; the vendors' defaults lie between 0 and 90 s. */
const fallbackAfterMs = 30_000

/** The name of a bundle in the simulation. */
export const systemName = ({ node, name }: Pick<Bundle, 'node' | 'name'>): string => `${node} ${name}`

/** What is known of every bundle at one moment. */
export interface State {
  readonly outcome: LacpOutcome
  lagOf(bundle: Bundle): LagOutcome | undefined
  portOf(end: End): PortOutcome | undefined
}

/** The network at rest. */
export function atRest(network: Network): State {
  return stateOf(network, simulateLacp(simulationOf(network)))
}

/** What fails: cables by index, and whole nodes. */
export interface Broken {
  readonly cables: readonly number[]
  readonly nodes: readonly string[]
}

export interface AfterFailure {
  readonly state: State
  /** When it failed, in simulated ms. */
  readonly failedAtMs: number
}

/** The network at rest again after something failed for good. */
export function afterFailure(network: Network, broken: Broken): AfterFailure {
  const simulation = simulationOf(network)
  const failedAtMs = usualEnd(simulation) + 1
  const events: Happening[] = []
  for (const index of broken.cables)
    events.push({ atMs: failedAtMs, kind: 'cable-down', cable: wireName(index) })
  for (const bundle of network.bundles) {
    if (!broken.nodes.includes(bundle.node) || bundle.ports.length === 0) continue
    events.push({ atMs: failedAtMs, kind: 'dies', system: systemName(bundle) })
  }
  const failing: LacpSimulation = { ...simulation, events }
  const [outcome] = simulateLacpAt(failing, [usualEnd(failing)])
  if (outcome === undefined) throw new Error('a simulation gave no outcome')
  return { state: stateOf(network, outcome), failedAtMs }
}

function stateOf(network: Network, outcome: LacpOutcome): State {
  const lags = new Map(outcome.lags.map(lag => [lag.system, lag]))
  const lagOf = (bundle: Bundle) => lags.get(systemName(bundle))
  return {
    outcome,
    lagOf,
    portOf({ node, port }) {
      const bundle = network.bundleAt({ node, port })
      return bundle && lagOf(bundle)?.ports.find(one => one.port === port)
    },
  }
}

const wireName = (index: number): string => `cable ${index}`

function simulationOf(network: Network): LacpSimulation {
  const systems = network.bundles
    .filter(({ ports }) => ports.length > 0)
    .map(bundle => systemOf(bundle, network))
  const cables = network.cables.flatMap(({ ends }, index): Wire[] => {
    const [a, b] = ends.map(end => {
      const bundle = network.bundleAt(end)
      return bundle && { system: systemName(bundle), port: end.port }
    })
    return a === undefined || b === undefined ? [] : [{ name: wireName(index), a, b }]
  })
  return { systems, cables }
}

function speedAt(network: Network, end: End): number | undefined {
  const found = network.cableAt(end)
  return found && network.cables[found.cable]?.speedMbps
}

function systemOf(bundle: Bundle, network: Network): System {
  const name = systemName(bundle)
  const ports = bundle.ports.map(port => {
    const speedMbps = speedAt(network, { node: bundle.node, port })
    return { name: port, ...(speedMbps !== undefined && { speedMbps }) }
  })
  switch (bundle.kind) {
    case 'bond':
      return bondSystem(bundle, name, ports)
    case 'lag':
      return lagSystem(bundle, name, ports)
    case 'single':
    case 'plain':
      return { kind: 'plain-ports', name, ports }
  }
}

type Ports = readonly { readonly name: string; readonly speedMbps?: number }[]

function bondSystem(bundle: Extract<Bundle, { kind: 'bond' }>, name: string, ports: Ports): System {
  const { effective: made, host, bond, members } = bundle
  const { monitor } = made
  const { kernel } = host.options
  const { mac } = bond.options
  const common = {
    name,
    ...(kernel !== undefined && { kernel }),
    ...(mac !== undefined && { mac }),
    miimonMs: monitor.by === 'carrier' ? monitor.everyMs : 0,
    ...(monitor.by === 'carrier' && { updelayMs: monitor.upDelayMs, downdelayMs: monitor.downDelayMs }),
  }
  const linked = ports.map((port, at) => {
    const own = members[at]?.options.mac
    return { ...port, ...(own !== undefined && { mac: own }) }
  })
  if (made.mode === '802.3ad') {
    return {
      ...common,
      kind: '802.3ad',
      members: linked.map(port => ({ ...port, portPriority: made.portPriority[port.name] ?? 255 })),
      lacpRate: made.rate,
      lacpActive: made.active,
      lacpStrict: made.strict,
      minLinks: made.minLinks,
      adSelect: made.select,
      ...(made.systemId !== undefined && { actorSystem: made.systemId }),
      actorSysPriority: made.systemPriority,
      userPortKey: made.userKey,
      coupledControl: made.coupled,
      allMembersActive: made.deliverInactive,
    }
  }
  const prefer = 'prefer' in made ? made.prefer : undefined
  return {
    ...common,
    kind: 'bond',
    mode: made.mode,
    members: linked,
    ...(monitor.by === 'probe' && { arpIntervalMs: monitor.everyMs, missedMax: monitor.missedMax }),
    ...(prefer?.primary !== undefined && { primary: prefer.primary, primaryReselect: prefer.reselect }),
  }
}

function lagSystem(bundle: Extract<Bundle, { kind: 'lag' }>, name: string, ports: Ports): System {
  const { box, lag } = bundle
  const { options, number } = lag
  const minLinks = options['min-links']
  const least = minLinks === undefined ? {} : { minLinks }
  const pair = options.mlag ? [box.name, box.options.mlag?.peer ?? ''].sort().join(' ') : undefined
  const mlag = pair === undefined ? {} : { mlag: `${pair} ${number}` }
  if (options.mode === 'static' || options.mode === 'plain') {
    return { kind: 'static-lag', name, ports, ...least, ...mlag }
  }
  const rate = options['lacp-rate'] ?? box.platform.rate.unset
  const priority = options['system-priority']
  if (box.platform.id === 'openvswitch') {
    const systemPriority = priority === undefined ? {} : { systemPriority: priority }
    const fallbackActiveBackup = options.fallback === 'on'
    return {
      kind: 'openvswitch',
      name,
      ports,
      lacp: options.mode,
      rate,
      ...systemPriority,
      fallbackActiveBackup,
    }
  }
  if (linuxBonding.includes(box.platform.id) && pair === undefined) {
    return {
      kind: '802.3ad',
      name,
      members: ports,
      lacpActive: options.mode === 'active',
      lacpRate: rate,
      ...least,
      ...(priority !== undefined && { actorSysPriority: priority }),
      ...(options.key !== undefined && { userPortKey: Math.min(1023, options.key) }),
    }
  }
  const maxLinks = options['max-links'] ?? box.platform.members.active
  const portPriority = options['port-priority']
  return {
    kind: 'lacp-lag',
    name,
    ports: ports.map(port => ({ ...port, ...(portPriority !== undefined && { portPriority }) })),
    lacp: options.mode,
    rate,
    key: options.key ?? number,
    ...(priority !== undefined && { systemPriority: priority }),
    ...least,
    ...(maxLinks !== undefined && { maxLinks }),
    ...mlag,
    ...(options.fallback === 'on' && { fallback: { kind: 'individual', afterMs: fallbackAfterMs } }),
  }
}
