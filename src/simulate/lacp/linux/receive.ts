// The driver's receive machine. Source: linux drivers/net/bonding/bond_3ad.c, ad_rx_machine(), which follows
// IEEE 802.1AX-2014 figure 6-18 with its own order of tests: begin, port off, LACPDU, timer.

import { has, type Lacpdu, samePort, toldTheSame, withBit } from '../lacpdu.ts'
import type { Table } from '../table.ts'
import { actorInfo, type LinuxPort, type LinuxSettings, ticks, unheardPartner } from './port.ts'

export type ReceiveState =
  | 'initialize'
  | 'port-disabled'
  | 'expired'
  | 'lacp-disabled'
  | 'defaulted'
  | 'current'

export type ReceiveEvent = 'begin' | 'port-off' | 'lacpdu' | 'timeout' | 'lacp-on' | 'lacp-off'

export const receiveTable: Table<ReceiveState, ReceiveEvent> = {
  initialize: {
    begin: 'initialize',
    'port-off': 'port-disabled',
    lacpdu: 'initialize',
    timeout: 'initialize',
    'lacp-on': 'initialize',
    'lacp-off': 'initialize',
  },
  'port-disabled': {
    begin: 'initialize',
    'port-off': 'port-disabled',
    lacpdu: 'port-disabled',
    timeout: 'port-disabled',
    'lacp-on': 'expired',
    'lacp-off': 'lacp-disabled',
  },
  expired: {
    begin: 'initialize',
    'port-off': 'port-disabled',
    lacpdu: 'current',
    timeout: 'defaulted',
    'lacp-on': 'expired',
    'lacp-off': 'expired',
  },
  'lacp-disabled': {
    begin: 'initialize',
    'port-off': 'port-disabled',
    lacpdu: 'lacp-disabled',
    timeout: 'lacp-disabled',
    'lacp-on': 'lacp-disabled',
    'lacp-off': 'lacp-disabled',
  },
  defaulted: {
    begin: 'initialize',
    'port-off': 'port-disabled',
    lacpdu: 'current',
    timeout: 'defaulted',
    'lacp-on': 'defaulted',
    'lacp-off': 'defaulted',
  },
  current: {
    begin: 'initialize',
    'port-off': 'port-disabled',
    lacpdu: 'current',
    timeout: 'expired',
    'lacp-on': 'current',
    'lacp-off': 'current',
  },
}

const listening: ReadonlySet<ReceiveState> = new Set(['expired', 'defaulted', 'current'])

function receiveEvent(port: LinuxPort, pdu: Lacpdu | undefined): ReceiveEvent {
  if (port.begin) return 'begin'
  if (!port.enabled) return 'port-off'
  if (pdu !== undefined && listening.has(port.receive)) return 'lacpdu'
  if (port.receiveTicks > 0) {
    port.receiveTicks -= 1
    if (port.receiveTicks === 0) return 'timeout'
  }
  return port.lacpEnabled ? 'lacp-on' : 'lacp-off'
}

/** One run of the machine: every tick, and for every LACPDU that arrives. */
export function runReceive(port: LinuxPort, settings: LinuxSettings, pdu?: Lacpdu): void {
  const last = port.receive
  const event = receiveEvent(port, pdu)
  if (event === 'begin' || (event === 'lacpdu' && last !== 'current')) port.churned = true
  if (event === 'lacpdu') port.receiveTicks = 0
  port.receive = receiveTable[last][event]
  if (port.receive !== last || pdu !== undefined) enter[port.receive](port, settings, pdu)
}

type Entry = (port: LinuxPort, settings: LinuxSettings, pdu: Lacpdu | undefined) => void

const recordDefault: Entry = (port, settings) => {
  port.partner = unheardPartner(settings)
  port.state = withBit(port.state, 'defaulted', true)
}

const enter: Readonly<Record<ReceiveState, Entry>> = {
  initialize(port, settings, pdu) {
    // A half-duplex port does not take part in LACP.
    port.lacpEnabled = (port.key & 1) === 1
    port.selected = false
    recordDefault(port, settings, pdu)
    port.state = withBit(port.state, 'expired', false)
    port.receive = 'port-disabled'
    port.matched = false
  },
  'port-disabled'(port, settings) {
    port.matched = false
    if (!settings.habits.downClearsPartnerSync) return
    port.partner = { ...port.partner, state: withBit(port.partner.state, 'synchronization', false) }
  },
  'lacp-disabled'(port, settings, pdu) {
    port.selected = false
    recordDefault(port, settings, pdu)
    port.partner = { ...port.partner, state: withBit(port.partner.state, 'aggregation', false) }
    port.matched = true
    port.state = withBit(port.state, 'expired', false)
  },
  expired(port) {
    port.matched = false
    const state = withBit(port.partner.state, 'synchronization', false)
    port.partner = { ...port.partner, state: withBit(state, 'timeout', true) }
    port.receiveTicks = ticks.shortTimeout
    port.state = withBit(port.state, 'expired', true)
    port.churned = true
  },
  defaulted(port, settings, pdu) {
    if (!samePort(unheardPartner(settings), port.partner)) port.selected = false
    recordDefault(port, settings, pdu)
    port.matched = true
    port.state = withBit(port.state, 'expired', false)
  },
  current(port, settings, pdu) {
    // What carries our own system's address has come round a loop: it is dropped, with a line in the log.
    if (pdu === undefined || pdu.actor.system === settings.system) return
    if (!samePort(pdu.actor, port.partner)) port.selected = false
    if (!toldTheSame(pdu.partner, actorInfo(port, settings))) port.ntt = true
    recordPdu(port, settings, pdu)
    port.receiveTicks = settings.fast ? ticks.shortTimeout : ticks.longTimeout
    port.state = withBit(port.state, 'expired', false)
  },
}

/** Source: bond_3ad.c, __record_pdu(), __choose_matched(): unlike the standard's, it does not ask for Activity. */
function recordPdu(port: LinuxPort, settings: LinuxSettings, pdu: Lacpdu): void {
  const self = actorInfo(port, settings)
  port.matched = samePort(pdu.partner, self) || !has(pdu.actor.state, 'aggregation')
  const inSync = port.matched && has(pdu.actor.state, 'synchronization')
  port.partner = { ...pdu.actor, state: withBit(pdu.actor.state, 'synchronization', inSync) }
  port.state = withBit(port.state, 'defaulted', false)
}
