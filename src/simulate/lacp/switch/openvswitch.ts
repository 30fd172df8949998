// A bond of Open vSwitch with LACP. Its LACP is neither Linux's nor quite the standard's: ports attach without a
// wait, the partner that is there first stays, and a passive end answers for as long as it remembers a partner.
// Source: openvswitch/ovs lib/lacp.c (lacp_run, lacp_process_packet), ofproto/bond.c (bond_check_admissibility).

import { type Device, type PortView, unusedPort, type World } from '../device.ts'
import type { OpenVswitchBond } from '../input.ts'
import { has, type Lacpdu, protocolMs, toldTheSame } from '../lacpdu.ts'
import { createPlainPorts } from './fixed.ts'
import {
  actorInfo,
  attach,
  type Bond,
  createPort,
  enter,
  heldBack,
  mayEnable,
  type Port,
} from './openvswitch-port.ts'

/** The device for one bond; `mac` is the bridge's address. */
export function createOpenVswitch(config: OpenVswitchBond, mac: string, world: World): Device {
  // Without LACP the ports are no LAG to the other end: balance-slb and active-backup keep them apart.
  if (config.lacp === 'off') return createPlainPorts({ ...config, kind: 'plain-ports' }, world)
  const ports = config.ports.map((port, index) => createPort(port, index))
  const bond: Bond = {
    config,
    world,
    ports,
    system: config.systemMac ?? mac,
    key: ports[0]?.number ?? 1,
    started: false,
    silent: false,
    negotiated: false,
    wakeMs: Number.POSITIVE_INFINITY,
  }
  const find = (name: string): Port | undefined => ports.find(port => port.config.name === name)
  return {
    start() {
      bond.started = true
      for (const port of ports) enter(bond, port, 'carrier-changed')
      run(bond)
    },
    carrierChanged(name) {
      const port = find(name)
      if (port === undefined || !bond.started || bond.silent) return
      enter(bond, port, 'carrier-changed')
      run(bond)
    },
    receive(name, pdu) {
      const port = find(name)
      if (port !== undefined && bond.started && !bond.silent) receive(bond, port, pdu)
    },
    sends: name => uses(bond, find(name)),
    accepts: name => uses(bond, find(name)),
    alone: name => uses(bond, find(name)) && !bond.negotiated,
    up: () => ports.some(port => uses(bond, port)),
    view: name => view(bond, find(name)),
    setSilent(silent) {
      bond.silent = silent
      run(bond)
    },
  }
}

/** Source: lib/lacp.c, lacp_process_packet(). */
function receive(bond: Bond, port: Port, pdu: Lacpdu): void {
  const timeoutMs = bond.config.rate === 'fast' ? protocolMs.shortTimeout : protocolMs.longTimeout
  enter(bond, port, 'lacpdu')
  port.receiveOverMs = bond.world.now() + timeoutMs
  port.told = pdu.partner
  port.partner = pdu.actor
  run(bond)
}

/** Source: lib/lacp.c, lacp_run(). */
function run(bond: Bond): void {
  const { ports, world } = bond
  if (!bond.started || bond.silent) return
  const nowMs = world.now()
  for (const port of ports) if (nowMs >= port.receiveOverMs) enter(bond, port, 'timeout')
  attach(bond)
  for (const port of ports) send(bond, port)
  const next = ports
    .flatMap(({ receiveOverMs, sendOverMs }) => [receiveOverMs, sendOverMs])
    .filter(atMs => atMs > nowMs)
    .reduce((least, atMs) => Math.min(least, atMs), Number.POSITIVE_INFINITY)
  if (next === Number.POSITIVE_INFINITY || (bond.wakeMs > nowMs && bond.wakeMs <= next)) return
  bond.wakeMs = next
  world.at(next, () => run(bond))
}

/** When the time has come, or when the partner does not know what we are. */
function send(bond: Bond, port: Port): void {
  const { world, config } = bond
  const mute = config.lacp !== 'active' && port.status === 'defaulted'
  if (mute || !world.carrier(port.config.name)) return
  const self = actorInfo(bond, port)
  if (world.now() < port.sendOverMs && port.told !== undefined && toldTheSame(port.told, self)) return
  port.told = self
  world.send(port.config.name, { actor: self, partner: port.partner })
  const short = has(port.partner.state, 'timeout')
  port.sendOverMs = world.now() + (short ? protocolMs.fastPeriodic : protocolMs.slowPeriodic)
}

/** While LACP has not come to terms nothing passes, except over one port where the bond may fall back. */
function uses(bond: Bond, port: Port | undefined): boolean {
  const works = (one: Port): boolean =>
    bond.started && bond.world.carrier(one.config.name) && mayEnable(bond, one)
  if (port === undefined || !works(port)) return false
  return bond.negotiated || bond.ports.find(works) === port
}

function view(bond: Bond, port: Port | undefined): PortView {
  if (port === undefined) return unusedPort
  const held = heldBack(bond, port)
  return {
    ...(port.attached ? { aggregator: bond.key } : {}),
    inActiveAggregator: port.attached && bond.negotiated,
    selected: port.attached ? 'selected' : 'unselected',
    actor: actorInfo(bond, port),
    partner: port.partner,
    partnerHeard: port.status === 'current',
    ...(held === undefined ? {} : { held }),
  }
}
