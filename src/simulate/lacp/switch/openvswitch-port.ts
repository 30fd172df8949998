// A port of an Open vSwitch bond: what its LACP keeps of it, its three states, and which ports are attached. What the
// bond does with that is in openvswitch.ts. Source: openvswitch/ovs lib/lacp.c (lacp_update_attached,
// member_set_expired, member_get_actor, member_may_enable__).

import type { Held, World } from '../device.ts'
import type { OpenVswitchBond, SwitchPort } from '../input.ts'
import {
  bit,
  comparePorts,
  compareSystems,
  has,
  noSystem,
  type PortInfo,
  protocolMs,
  withBit,
} from '../lacpdu.ts'
import type { Table } from '../table.ts'

export type Status = 'current' | 'expired' | 'defaulted'
export type StatusEvent = 'lacpdu' | 'timeout' | 'carrier-changed'

/** A change of carrier matters to a port that is current, and to any port of an active bond. */
export const statusTable: Readonly<Record<'active' | 'passive', Table<Status, StatusEvent>>> = {
  active: {
    current: { lacpdu: 'current', timeout: 'expired', 'carrier-changed': 'expired' },
    expired: { lacpdu: 'current', timeout: 'defaulted', 'carrier-changed': 'expired' },
    defaulted: { lacpdu: 'current', timeout: 'defaulted', 'carrier-changed': 'expired' },
  },
  passive: {
    current: { lacpdu: 'current', timeout: 'expired', 'carrier-changed': 'expired' },
    expired: { lacpdu: 'current', timeout: 'defaulted', 'carrier-changed': 'expired' },
    defaulted: { lacpdu: 'current', timeout: 'defaulted', 'carrier-changed': 'defaulted' },
  },
}

export interface Port {
  readonly config: SwitchPort
  readonly number: number
  status: Status
  attached: boolean
  partner: PortInfo
  /** Our own data as the partner last showed or got them. */
  told: PortInfo | undefined
  receiveOverMs: number
  sendOverMs: number
}

export interface Bond {
  readonly config: OpenVswitchBond
  readonly world: World
  readonly ports: readonly Port[]
  readonly system: string
  readonly key: number
  started: boolean
  silent: boolean
  negotiated: boolean
  wakeMs: number
}

export const unheard: PortInfo = {
  systemPriority: 0,
  system: noSystem,
  key: 0,
  portPriority: 0,
  port: 0,
  state: 0,
}

export const createPort = (config: SwitchPort, index: number): Port => ({
  config,
  number: config.portNumber ?? index + 1,
  status: 'defaulted',
  attached: false,
  partner: unheard,
  told: undefined,
  receiveOverMs: Number.POSITIVE_INFINITY,
  sendOverMs: 0,
})

/** Source: lib/lacp.c, member_get_actor(). */
export function actorInfo({ config, ports, system, key, negotiated }: Bond, port: Port): PortInfo {
  const works = port.attached || !negotiated
  const state =
    (config.lacp === 'active' ? bit.activity : 0) |
    (config.rate === 'fast' ? bit.timeout : 0) |
    (ports.length > 1 ? bit.aggregation : 0) |
    (port.attached ? bit.synchronization : 0) |
    (works ? bit.collecting | bit.distributing : 0) |
    (port.status === 'defaulted' ? bit.defaulted : 0) |
    (port.status === 'expired' ? bit.expired : 0)
  return {
    systemPriority: config.systemPriority ?? 65534,
    system,
    key,
    portPriority: port.config.portPriority ?? 65535,
    port: port.number,
    state,
  }
}

/** Source: lib/lacp.c, member_set_expired(), member_set_defaulted(). */
export function enter(bond: Bond, port: Port, event: StatusEvent): void {
  const last = port.status
  port.status = statusTable[bond.config.lacp === 'active' ? 'active' : 'passive'][last][event]
  if (port.status === 'expired') {
    const short = withBit(port.partner.state, 'timeout', true)
    port.partner = { ...port.partner, state: withBit(short, 'synchronization', false) }
    port.receiveOverMs = bond.world.now() + protocolMs.shortTimeout
  }
  if (port.status === 'defaulted' && last !== 'defaulted') {
    port.partner = unheard
    port.receiveOverMs = Number.POSITIVE_INFINITY
  }
}

const fallsBack = ({ config }: Bond): boolean => config.fallbackActiveBackup === true

/** Source: lib/lacp.c, member_may_enable__(). */
export const mayEnable = (bond: Bond, port: Port): boolean =>
  port.attached &&
  (has(port.partner.state, 'synchronization') || (fallsBack(bond) && port.status === 'defaulted'))

/** Below zero when the better of the two systems ranks `a` first. Source: lib/lacp.c, member_get_priority(). */
function compareRanks(bond: Bond, a: Port, b: Port): number {
  const rank = (port: Port): PortInfo => {
    const self = actorInfo(bond, port)
    return compareSystems(self, port.partner) < 0 ? self : port.partner
  }
  return compareSystems(rank(a), rank(b)) || comparePorts(rank(a), rank(b))
}

/**
 * Attaches the ports of one partner: the one of a port that works already, else of the port that leads. Ports that
 * may be enabled lead before others. Source: lib/lacp.c, lacp_update_attached().
 */
export function attach(bond: Bond): void {
  const { ports } = bond
  const [working] = ports
    .filter(port => port.status === 'current' && port.attached)
    .sort((a, b) => compareRanks(bond, a, b))
  let lead = working
  let leadEnabled = working !== undefined
  for (const port of ports) {
    port.attached = false
    if (port.partner.system === bond.system) continue
    if (port.status === 'defaulted') {
      port.attached = fallsBack(bond)
      continue
    }
    port.attached = working === undefined || port.partner.system === working.partner.system
    // What may be enabled is asked before the port counts as attached, so it is never so here.
    const ahead = lead === undefined || (!leadEnabled && compareRanks(bond, port, lead) < 0)
    if (!port.attached || !ahead) continue
    lead = port
    leadEnabled = false
  }
  bond.negotiated = lead !== undefined
  if (lead === undefined) return
  for (const port of ports) {
    const same = port.partner.key === lead.partner.key && port.partner.system === lead.partner.system
    if (!same || (fallsBack(bond) && port.status === 'defaulted')) port.attached = false
  }
}

/** Why a port is not attached. */
export function heldBack(bond: Bond, port: Port): Held | undefined {
  if (port.attached) return undefined
  if (port.status === 'defaulted') return 'no-lacpdu'
  return port.partner.system === bond.system ? 'own-system' : 'other-partner'
}
