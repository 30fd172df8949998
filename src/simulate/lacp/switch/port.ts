// A port of a standard-conforming LAG and its receive, periodic and transmit machines. Time is in ms; each timer is
// kept as the moment it runs out. Source: IEEE 802.1AX-2014, 6.4.12, 6.4.13 and 6.4.16.

import type { Held, Selected } from '../device.ts'
import type { SwitchLag, SwitchPort } from '../input.ts'
import {
  bit,
  has,
  type Lacpdu,
  noSystem,
  type PortInfo,
  protocolMs,
  samePort,
  toldTheSame,
  withBit,
} from '../lacpdu.ts'
import {
  type MuxState,
  type PeriodicEvent,
  type PeriodicState,
  periodicTable,
  type ReceiveEvent,
  type ReceiveState,
  receiveTable,
} from './tables.ts'

export interface LagSettings {
  readonly config: SwitchLag
  readonly system: string
  readonly systemPriority: number
  readonly key: number
}

export interface StandardPort {
  readonly config: SwitchPort
  readonly lag: LagSettings
  readonly number: number
  readonly priority: number
  started: boolean
  silent: boolean
  link: boolean
  selected: Selected
  held: Held | undefined
  ntt: boolean
  state: number
  partner: PortInfo
  receive: ReceiveState
  receiveOverMs: number | undefined
  periodic: PeriodicState
  periodicOverMs: number | undefined
  mux: MuxState
  waitOverMs: number | undefined
  /** When the link came up or the last LACPDU arrived, whichever is later. */
  quietSinceMs: number
  sentMs: number[]
  /** A fallback lets it work without a partner. */
  fallback: 'none' | 'alone' | 'static'
}

/** The partner's administrative values: unknown, passive, long timeout. */
const unheardPartner: PortInfo = {
  systemPriority: 65535,
  system: noSystem,
  key: 0,
  portPriority: 255,
  port: 0,
  state: 0,
}

/** A port whose number is `number` unless its own is given. */
export function createPort(config: SwitchPort, number: number, lag: LagSettings): StandardPort {
  const { lacp, rate } = lag.config
  return {
    config,
    lag,
    number: config.portNumber ?? number,
    priority: config.portPriority ?? 32768,
    started: false,
    silent: false,
    link: false,
    selected: 'unselected',
    held: undefined,
    ntt: false,
    state:
      (lacp === 'active' ? bit.activity : 0) |
      (rate === 'fast' ? bit.timeout : 0) |
      (config.individual ? 0 : bit.aggregation) |
      bit.defaulted,
    partner: unheardPartner,
    receive: 'port-disabled',
    receiveOverMs: undefined,
    periodic: 'none',
    periodicOverMs: undefined,
    mux: 'detached',
    waitOverMs: undefined,
    quietSinceMs: 0,
    sentMs: [],
    fallback: 'none',
  }
}

export const actorInfo = (port: StandardPort): PortInfo => ({
  systemPriority: port.lag.systemPriority,
  system: port.lag.system,
  key: port.lag.key,
  portPriority: port.priority,
  port: port.number,
  state: port.state,
})

/** Clause 6.4.12. Answers whether the state changed. */
export function stepReceive(port: StandardPort, event: ReceiveEvent, nowMs: number, pdu?: Lacpdu): boolean {
  const last = port.receive
  port.receive = receiveTable[last][event]
  if (port.receive === last && pdu === undefined) return false
  enterReceive[port.receive](port, nowMs, port.receive === 'current' ? pdu : undefined)
  return true
}

/** What the receive machine does of itself: the link, and its timer. */
export function runReceive(port: StandardPort, nowMs: number): boolean {
  if (!port.link) return stepReceive(port, 'link-lost', nowMs)
  if (port.receiveOverMs !== undefined && nowMs >= port.receiveOverMs) {
    port.receiveOverMs = undefined
    return stepReceive(port, 'timeout', nowMs)
  }
  return stepReceive(port, 'link-there', nowMs)
}

type Entry = (port: StandardPort, nowMs: number, pdu: Lacpdu | undefined) => void

const recordDefault = (port: StandardPort): void => {
  port.partner = unheardPartner
  port.state = withBit(port.state, 'defaulted', true)
}

const partnerOutOfSync = (port: StandardPort): void => {
  port.partner = { ...port.partner, state: withBit(port.partner.state, 'synchronization', false) }
}

const enterReceive: Readonly<Record<ReceiveState, Entry>> = {
  initialize(port) {
    port.selected = 'unselected'
    recordDefault(port)
    port.state = withBit(port.state, 'expired', false)
  },
  'port-disabled'(port) {
    partnerOutOfSync(port)
    port.receiveOverMs = undefined
  },
  expired(port, nowMs) {
    partnerOutOfSync(port)
    port.partner = { ...port.partner, state: withBit(port.partner.state, 'timeout', true) }
    port.receiveOverMs = nowMs + protocolMs.shortTimeout
    port.state = withBit(port.state, 'expired', true)
  },
  defaulted(port) {
    if (!samePort(unheardPartner, port.partner)) port.selected = 'unselected'
    recordDefault(port)
    port.state = withBit(port.state, 'expired', false)
  },
  current(port, nowMs, pdu) {
    if (pdu === undefined) return
    const self = actorInfo(port)
    if (!samePort(pdu.actor, port.partner)) port.selected = 'unselected'
    if (!toldTheSame(pdu.partner, self)) port.ntt = true
    port.partner = {
      ...pdu.actor,
      state: withBit(pdu.actor.state, 'synchronization', partnerInSync(pdu, self)),
    }
    port.state = withBit(withBit(port.state, 'defaulted', false), 'expired', false)
    port.receiveOverMs =
      nowMs + (has(port.state, 'timeout') ? protocolMs.shortTimeout : protocolMs.longTimeout)
    port.quietSinceMs = nowMs
  },
}

/** recordPDU, 6.4.9: the partner is in sync if it says so, means us, and somebody keeps the link alive. */
function partnerInSync({ actor, partner }: Lacpdu, self: PortInfo): boolean {
  const maintained =
    has(actor.state, 'activity') || (has(self.state, 'activity') && has(partner.state, 'activity'))
  const meansUs = samePort(partner, self) || !has(actor.state, 'aggregation')
  return maintained && meansUs && has(actor.state, 'synchronization')
}

/** Clause 6.4.13. Answers whether the state changed. */
export function runPeriodic(port: StandardPort, nowMs: number): boolean {
  const last = port.periodic
  port.periodic = periodicTable[last][periodicEvent(port, nowMs)]
  if (port.periodic === last) return false
  port.periodicOverMs =
    port.periodic === 'fast'
      ? nowMs + protocolMs.fastPeriodic
      : port.periodic === 'slow'
        ? nowMs + protocolMs.slowPeriodic
        : undefined
  if (port.periodic === 'send') port.ntt = true
  return true
}

function periodicEvent(port: StandardPort, nowMs: number): PeriodicEvent {
  const nobodyActive = !has(port.state, 'activity') && !has(port.partner.state, 'activity')
  if (!port.link || nobodyActive) return 'stop'
  const wish = has(port.partner.state, 'timeout') ? 'short' : 'long'
  return port.periodicOverMs !== undefined && nowMs >= port.periodicOverMs ? `over-${wish}` : wish
}

/**
 * Clause 6.4.16: at most three LACPDUs in a second, and none while there is nothing periodic, which is why two
 * passive ends never begin. Answers the LACPDU to send, and otherwise when to try again.
 */
export function transmit(port: StandardPort, nowMs: number): { pdu?: Lacpdu; againMs?: number } {
  if (!port.ntt) return {}
  if (port.periodic === 'none') {
    port.ntt = false
    return {}
  }
  port.sentMs = port.sentMs.filter(sentMs => sentMs > nowMs - protocolMs.fastPeriodic)
  const [oldest] = port.sentMs
  if (oldest !== undefined && port.sentMs.length >= 3) return { againMs: oldest + protocolMs.fastPeriodic }
  port.sentMs.push(nowMs)
  port.ntt = false
  return { pdu: { actor: actorInfo(port), partner: port.partner } }
}
