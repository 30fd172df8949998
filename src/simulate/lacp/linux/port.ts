// A member of a bond in mode 802.3ad: what the driver keeps of it. The machines that work on it are in the other
// files of this folder; all their timers count ticks of 100 ms.

import type { Churn } from '../device.ts'
import type { Duplex, LinuxLacpBond, LinuxMember } from '../input.ts'
import { bit, noSystem, type PortInfo } from '../lacpdu.ts'
import { actorKey, type KernelHabits, kernelHabits, newestKernel, speedCode } from './kernel.ts'
import { createMonitor, type LinkMonitor } from './monitor.ts'
import type { MuxState } from './mux.ts'
import type { PeriodicState } from './periodic.ts'
import type { ReceiveState } from './receive.ts'

/** How often the driver's machines run. Source: linux include/net/bond_3ad.h, AD_TIMER_INTERVAL. */
export const tickMs = 100

/** Source: linux drivers/net/bonding/bond_3ad.c, AD_SHORT_TIMEOUT_TIME and its neighbours. */
export const ticks = {
  fastPeriodic: 10,
  slowPeriodic: 300,
  shortTimeout: 30,
  longTimeout: 900,
  aggregateWait: 20,
  churnDetection: 600,
  /** At most three LACPDUs a second. */
  betweenLacpdus: 3,
  /** The first choice of an aggregator, in a bond that was open before its first member came. */
  firstChoice: 80,
} as const

/** What the bond as a whole was told, with the driver's defaults filled in. */
export interface LinuxSettings {
  readonly kernel: string
  readonly habits: KernelHabits
  readonly fast: boolean
  readonly active: boolean
  readonly strict: boolean
  readonly minLinks: number
  readonly adSelect: NonNullable<LinuxLacpBond['adSelect']>
  readonly system: string
  readonly systemPriority: number
  readonly userKey: number
  readonly coupled: boolean
  readonly allActive: boolean
}

export interface Aggregator {
  readonly id: number
  /** The port that was attached last stands first. */
  ports: LinuxPort[]
  individual: boolean
  actorKey: number
  /** The partner of the port that came first; undefined while no port is attached. */
  partner: PortInfo | undefined
  active: boolean
}

/** Whether anybody answers. Source: bond_3ad.c, __agg_has_partner(). */
export const hasPartner = (aggregator: Aggregator | undefined): boolean =>
  aggregator?.partner !== undefined && aggregator.partner.system !== noSystem

export interface ChurnSide {
  state: Churn
  ticks: number
  count: number
}

export interface LinuxPort {
  readonly name: string
  readonly number: number
  readonly priority: number
  readonly member: LinuxMember
  /** Each member brings an aggregator; which one a port is attached to is `aggregator`. */
  readonly own: Aggregator
  readonly monitor: LinkMonitor
  aggregator: Aggregator | undefined
  /** As the link monitor sees it, not the carrier of the moment. */
  enabled: boolean
  begin: boolean
  lacpEnabled: boolean
  selected: boolean
  matched: boolean
  readyN: boolean
  ready: boolean
  churned: boolean
  ntt: boolean
  key: number
  state: number
  partner: PortInfo
  receive: ReceiveState
  receiveTicks: number
  periodic: PeriodicState
  periodicTicks: number
  mux: MuxState
  waitTicks: number
  sendTicks: number
  readonly actorChurn: ChurnSide
  readonly partnerChurn: ChurnSide
  /** Role active: frames may be sent. Cleared and set apart from `receives`. */
  sending: boolean
  receiving: boolean
}

/** The bond's settings with the driver's defaults. `mac` is the bond's address. */
export function linuxSettings(bond: LinuxLacpBond, mac: string): LinuxSettings {
  const kernel = bond.kernel ?? newestKernel
  const system = bond.actorSystem
  return {
    kernel,
    habits: kernelHabits(kernel),
    fast: bond.lacpRate === 'fast',
    active: bond.lacpActive ?? true,
    strict: bond.lacpStrict ?? false,
    minLinks: bond.minLinks ?? 0,
    adSelect: bond.adSelect ?? 'stable',
    system: system === undefined || system === noSystem ? mac : system,
    systemPriority: bond.actorSysPriority ?? 65535,
    userKey: bond.userPortKey ?? 0,
    coupled: bond.coupledControl ?? true,
    allActive: bond.allMembersActive ?? false,
  }
}

/** What is recorded of a partner before it was heard. Source: bond_3ad.c, ad_initialize_port(). */
export const unheardPartner = (settings: LinuxSettings): PortInfo => ({
  systemPriority: 65535,
  system: noSystem,
  key: 1,
  portPriority: 255,
  port: 1,
  state: settings.habits.unheardPartnerState,
})

/** A newly attached member. Source: bond_3ad.c, ad_initialize_port(), bond_3ad_bind_slave(). */
export function createPort(member: LinuxMember, number: number, settings: LinuxSettings): LinuxPort {
  const state = bit.aggregation | (settings.active ? bit.activity : 0) | (settings.fast ? bit.timeout : 0)
  return {
    name: member.name,
    number,
    priority: member.portPriority ?? 255,
    member,
    own: { id: number, ports: [], individual: false, actorKey: 0, partner: undefined, active: false },
    monitor: createMonitor(),
    aggregator: undefined,
    enabled: true,
    begin: true,
    lacpEnabled: true,
    selected: false,
    matched: false,
    readyN: false,
    ready: false,
    churned: false,
    // Entering DETACHED for the first time asks for an LACPDU.
    ntt: true,
    key: 0,
    state,
    partner: unheardPartner(settings),
    receive: 'port-disabled',
    receiveTicks: 0,
    periodic: 'none',
    periodicTicks: 0,
    mux: 'detached',
    waitTicks: 0,
    sendTicks: ticks.betweenLacpdus,
    actorChurn: { state: 'monitoring', ticks: 0, count: 0 },
    partnerChurn: { state: 'monitoring', ticks: 0, count: 0 },
    sending: false,
    receiving: settings.allActive,
  }
}

/** What this port says of itself in an LACPDU. */
export const actorInfo = (port: LinuxPort, settings: LinuxSettings): PortInfo => ({
  systemPriority: settings.systemPriority,
  system: settings.system,
  key: port.key,
  portPriority: port.priority,
  port: port.number,
  state: port.state,
})

export const speedOf = (member: LinuxMember): number | 'unknown' => member.speedMbps ?? 1000

export const duplexOf = (member: LinuxMember): Duplex =>
  member.duplex ?? (speedOf(member) === 'unknown' ? 'unknown' : 'full')

/** The speed and duplex the driver reports now. */
export function reported(
  member: LinuxMember,
  carrier: boolean,
): { speedMbps: number | 'unknown'; duplex: Duplex } {
  return carrier || member.speedWithoutLink === 'kept'
    ? { speedMbps: speedOf(member), duplex: duplexOf(member) }
    : { speedMbps: 'unknown', duplex: 'unknown' }
}

/**
 * Renews the key after a change of link, speed or duplex; a port whose speed changed begins anew. `down` forgets
 * speed and duplex. Source: bond_3ad.c, ad_update_actor_keys(), __get_link_speed(), __get_duplex().
 */
export function updateKey(port: LinuxPort, settings: LinuxSettings, carrier: boolean, down = false): void {
  const old = port.key
  const { speedMbps, duplex } = reported(port.member, carrier)
  const usable = !down && port.monitor.link === 'up'
  const code = usable ? speedCode(speedMbps, settings.kernel) : 0
  const full = usable && duplex === 'full'
  port.key = actorKey(settings.userKey, code, full)
  if (port.key === old) return
  port.lacpEnabled = full
  if (full && code !== 0 && code !== ((old >> 1) & 31)) port.begin = true
}

/** Takes the role backup and, unless all members are to receive, drops what arrives. Source: bonding.h. */
export function disable(port: LinuxPort, settings: LinuxSettings): void {
  port.sending = false
  if (!settings.allActive) port.receiving = false
}

/** Takes the role active, if there is carrier and the monitor has the port up. Source: __enable_port(). */
export function enable(port: LinuxPort, carrier: boolean): void {
  if (!carrier || port.monitor.link !== 'up') return
  port.sending = true
  port.receiving = true
}
