// Which aggregator a port belongs to, and which aggregator the bond uses. Source: linux
// drivers/net/bonding/bond_3ad.c, ad_port_selection_logic(), ad_agg_selection_logic(), ad_agg_selection_test().

import type { AdSelect } from '../input.ts'
import { sameSystem, withBit } from '../lacpdu.ts'
import { speedCode } from './kernel.ts'
import { shareReady } from './mux.ts'
import {
  type Aggregator,
  disable,
  enable,
  hasPartner,
  type LinuxPort,
  type LinuxSettings,
  speedOf,
} from './port.ts'

/** What selection needs of the bond. */
export interface SelectionBond {
  readonly settings: LinuxSettings
  readonly ports: readonly LinuxPort[]
  carrier(port: string): boolean
}

/** Source: bond_3ad.c, __agg_active_ports(). */
export function livePortCount({ ports }: Aggregator): number {
  let count = 0
  for (const port of ports) if (port.enabled) count += 1
  return count
}

/** Source: bond_3ad.c, __get_active_agg(). */
export const activeAggregator = (bond: SelectionBond): Aggregator | undefined =>
  bond.ports.find(port => port.own.active)?.own

/** Detaches the port from its aggregator, which is cleared when that was its last. */
function leave(port: LinuxPort): void {
  const aggregator = port.aggregator
  if (aggregator === undefined) return
  aggregator.ports = aggregator.ports.filter(other => other !== port)
  port.aggregator = undefined
  if (aggregator.ports.length > 0) return
  aggregator.individual = false
  aggregator.actorKey = 0
  aggregator.partner = undefined
  aggregator.active = false
}

const suits = (aggregator: Aggregator, port: LinuxPort): boolean =>
  aggregator.partner !== undefined &&
  hasPartner(aggregator) &&
  !aggregator.individual &&
  aggregator.actorKey === port.key &&
  sameSystem(aggregator.partner, port.partner) &&
  aggregator.partner.key === port.partner.key

/** Attaches a port that is not selected: to an aggregator of equal keys and partner, else to a free one. */
export function selectAggregator(port: LinuxPort, bond: SelectionBond): void {
  if (port.selected) return
  leave(port)
  const aggregators = bond.ports.map(({ own }) => own)
  const joined = aggregators.find(aggregator => aggregator.ports.length > 0 && suits(aggregator, port))
  const free = aggregators.find(aggregator => aggregator.ports.length === 0)
  const aggregator = joined ?? free
  if (aggregator === undefined) return
  if (joined === undefined) {
    aggregator.individual = (port.key & 1) === 0
    aggregator.actorKey = port.key
    aggregator.partner = port.partner
  }
  aggregator.ports.unshift(port)
  port.aggregator = aggregator
  port.selected = true
  shareReady(aggregator)
  chooseAggregator(bond)
  if (!aggregator.active) port.state = withBit(port.state, 'synchronization', false)
}

/** The sum of the speeds, counted as the speed of the port attached last. Source: __get_agg_bandwidth(). */
function bandwidthMbps(aggregator: Aggregator, { kernel }: LinuxSettings): number {
  const head = aggregator.ports[0]
  if (head === undefined || head.monitor.link !== 'up') return 0
  const speedMbps = speedOf(head.member)
  // A speed without a code counts for nothing.
  return speedMbps === 'unknown' || speedCode(speedMbps, kernel) === 0
    ? 0
    : livePortCount(aggregator) * speedMbps
}

type Measure = (aggregator: Aggregator, settings: LinuxSettings) => number

const byPriority: Measure = ({ ports }) =>
  ports.reduce((sum, port) => sum + (port.enabled ? port.priority : 0), 0)

/** What ad_select compares, in this order; the first difference decides and the higher is better. */
const measures: Readonly<Record<AdSelect, readonly Measure[]>> = {
  stable: [bandwidthMbps],
  bandwidth: [bandwidthMbps],
  count: [livePortCount, bandwidthMbps],
  actor_port_prio: [byPriority, livePortCount, bandwidthMbps],
}

/** Whether `challenger` is preferred to `best`; equals keep their place. Source: ad_agg_selection_test(). */
function preferred(challenger: Aggregator, best: Aggregator, settings: LinuxSettings): boolean {
  if (challenger.individual !== best.individual) return best.individual
  if (hasPartner(challenger) !== hasPartner(best)) return hasPartner(challenger)
  for (const measure of measures[settings.adSelect]) {
    const difference = measure(challenger, settings) - measure(best, settings)
    if (difference !== 0) return difference > 0
  }
  return false
}

/** ad_select stable keeps an aggregator that still has a live port and a partner, or when nobody has one. */
function keeps(active: Aggregator | undefined, best: Aggregator): active is Aggregator {
  if (active === undefined || livePortCount(active) === 0) return false
  if (!hasPartner(active) && hasPartner(best)) return false
  return active.actorKey !== 0 || best.actorKey === 0
}

/** Chooses the one aggregator that the bond uses. Source: bond_3ad.c, ad_agg_selection_logic(). */
export function chooseAggregator(bond: SelectionBond): void {
  const { settings } = bond
  const hasLink = ({ ports }: Aggregator) => ports.some(({ name }) => bond.carrier(name))
  const active = activeAggregator(bond)
  let best = active !== undefined && hasLink(active) ? active : undefined
  for (const { own } of bond.ports) {
    own.active = false
    if (livePortCount(own) === 0 || !hasLink(own)) continue
    if (best === undefined || preferred(own, best, settings)) best = own
  }
  if (best !== undefined && settings.adSelect === 'stable' && keeps(active, best)) best = active
  if (best === undefined) return
  best.active = true
  if (best !== active) for (const port of active?.ports ?? []) disable(port, settings)
  // Nobody answers: the ports of the chosen aggregator are used all the same (IEEE 802.3-2005, 43.3.9).
  if (!hasPartner(best)) for (const port of best.ports) enable(port, bond.carrier(port.name))
}
