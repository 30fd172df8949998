// Which ports of a LAG are selected, stand by, or are left out. A switch's LAG has one aggregator: the ports of one
// partner share it, the ports of any other are left out. Source: IEEE 802.1AX-2014, 6.4.14 (selection logic) and
// 6.7.1 (which system chooses the ports when not all can be used).

import type { Held } from '../device.ts'
import { comparePorts, compareSystems, has, noSystem, type PortInfo, sameSystem } from '../lacpdu.ts'
import { actorInfo, type StandardPort } from './port.ts'

/** The ports of one LAG, over all chassis of an MLAG, and the partner that has it. */
export interface Bundle {
  readonly ports: StandardPort[]
  partner: PortInfo | undefined
}

/** Hears a partner, or did until a moment ago. */
const answers = ({ receive, partner }: StandardPort): boolean =>
  (receive === 'current' || receive === 'expired') && partner.system !== noSystem

const isIndividual = (port: StandardPort): boolean =>
  !has(port.state, 'aggregation') || !has(port.partner.state, 'aggregation')

const belongsTo = (port: StandardPort, partner: PortInfo): boolean =>
  sameSystem(port.partner, partner) && port.partner.key === partner.key

const byOwn = (a: StandardPort, b: StandardPort): number => comparePorts(actorInfo(a), actorInfo(b))

const byPartners = (a: StandardPort, b: StandardPort): number => comparePorts(a.partner, b.partner)

const isCurrent = ({ receive }: StandardPort): boolean => receive === 'current'

/** The partner stays while one of its ports is used; then the one on the best port that hears anybody. */
function choosePartner(bundle: Bundle): PortInfo | undefined {
  const { partner } = bundle
  const stays =
    partner !== undefined &&
    bundle.ports.some(port => port.selected !== 'unselected' && answers(port) && belongsTo(port, partner))
  if (stays) return partner
  return bundle.ports.filter(port => isCurrent(port) && answers(port) && !isOwn(port)).sort(byOwn)[0]?.partner
}

const isOwn = (port: StandardPort): boolean => port.partner.system === port.lag.system

/** The system with the better id ranks the ports by its own port ids; a link that has expired comes last. */
function ranked(ports: readonly StandardPort[], partner: PortInfo): StandardPort[] {
  const [first] = ports
  const ours = first !== undefined && compareSystems(actorInfo(first), partner) < 0
  const compare = ours ? byOwn : byPartners
  return [...ports].sort((a, b) => Number(isCurrent(b)) - Number(isCurrent(a)) || compare(a, b))
}

/** Selects anew; answers whether anything changed. */
export function select(bundle: Bundle): boolean {
  const partner = choosePartner(bundle)
  bundle.partner = partner
  const held = new Map<StandardPort, Held>()
  const group: StandardPort[] = []
  for (const port of [...bundle.ports].sort(byOwn)) {
    const reason = leftOut(port, partner, group)
    if (reason === undefined) group.push(port)
    else held.set(port, reason)
  }
  const standby = standBy(group, partner, bundle)
  let changed = false
  for (const port of bundle.ports) {
    const reason = standby.get(port) ?? held.get(port)
    const selected = standby.has(port) ? 'standby' : reason === undefined ? 'selected' : 'unselected'
    if (selected !== port.selected || reason !== port.held) changed = true
    port.selected = selected
    port.held = reason
  }
  return changed
}

/** Why a port cannot be in the group, if it cannot. */
function leftOut(
  port: StandardPort,
  partner: PortInfo | undefined,
  group: readonly StandardPort[],
): Held | undefined {
  if (!answers(port)) return 'no-lacpdu'
  if (isOwn(port)) return 'own-system'
  if (partner === undefined || !belongsTo(port, partner)) return 'other-partner'
  const [first] = group
  if (first === undefined) return undefined
  if (isIndividual(port) || isIndividual(first)) return 'individual'
  if ((port.config.speedMbps ?? 1000) !== (first.config.speedMbps ?? 1000)) return 'other-speed'
  return undefined
}

/** The ports of the group that have to wait, by the LAG's limits. */
function standBy(
  group: readonly StandardPort[],
  partner: PortInfo | undefined,
  bundle: Bundle,
): Map<StandardPort, Held> {
  const config = bundle.ports[0]?.lag.config
  const waiting = new Map<StandardPort, Held>()
  if (config === undefined || partner === undefined) return waiting
  const { minLinks = 0, maxLinks = Number.POSITIVE_INFINITY, belowMinLinks = 'out-of-sync' } = config
  if (belowMinLinks === 'out-of-sync' && group.filter(isCurrent).length < minLinks) {
    for (const port of group) waiting.set(port, 'min-links')
    return waiting
  }
  for (const port of ranked(group, partner).slice(maxLinks)) waiting.set(port, 'max-links')
  return waiting
}
