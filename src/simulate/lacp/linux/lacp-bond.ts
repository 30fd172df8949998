// A Linux bond in mode 802.3ad as a device: it runs the driver's machines every 100 ms, polls the links, and says
// which ports it uses. Source: linux drivers/net/bonding/bond_3ad.c, bond_3ad_state_machine_handler(),
// bond_3ad_handle_link_change(), bond_3ad_set_carrier(); bond_main.c, bond_miimon_commit(),
// bond_update_slave_arr(), bond_slave_netdev_event(), bond_open().

import { type Device, type PortView, unusedPort, type World } from '../device.ts'
import type { LinuxLacpBond } from '../input.ts'
import {
  activeAggregator,
  chooseAggregator,
  livePortCount,
  type SelectionBond,
  selectAggregator,
} from './aggregate.ts'
import { runChurn } from './churn.ts'
import { delaysOf } from './delays.ts'
import { attachLink, type Delays, pollLink } from './monitor.ts'
import { type MuxBond, runMux } from './mux.ts'
import { runPeriodic } from './periodic.ts'
import {
  type Aggregator,
  actorInfo,
  createPort,
  disable,
  hasPartner,
  type LinuxPort,
  type LinuxSettings,
  linuxSettings,
  reported,
  tickMs,
  ticks,
  updateKey,
} from './port.ts'
import { runReceive } from './receive.ts'
import { linuxPortView } from './view.ts'

interface Bond extends SelectionBond, MuxBond {
  readonly config: LinuxLacpBond
  readonly world: World
  readonly settings: LinuxSettings
  readonly ports: LinuxPort[]
  readonly miimonMs: number
  readonly delays: Delays
  firstChoiceTicks: number
  open: boolean
  silent: boolean
}

/** The device for one bond; `mac` is the bond's address. */
export function createLacpBond(config: LinuxLacpBond, mac: string, world: World): Device {
  const settings = linuxSettings(config, mac)
  const miimonMs = config.miimonMs ?? 100
  const bond: Bond = {
    config,
    world,
    settings,
    ports: config.members.map((member, index) => createPort(member, index + 1, settings)),
    miimonMs,
    delays: delaysOf(config, miimonMs),
    firstChoiceTicks: config.opened === 'before-attaching' ? ticks.firstChoice : 1,
    open: false,
    silent: false,
    carrier: port => world.carrier(port),
  }
  const portOf = (name: string): LinuxPort | undefined => bond.ports.find(port => port.name === name)
  return {
    start: () => start(bond),
    carrierChanged(name) {
      const port = portOf(name)
      if (port !== undefined && bond.open && !bond.silent) carrierChanged(bond, port)
    },
    receive(name, pdu) {
      const port = portOf(name)
      if (port !== undefined && bond.open && !bond.silent) runReceive(port, settings, pdu)
    },
    sends(name) {
      const port = portOf(name)
      return port !== undefined && isUsable(bond, port, usedAggregator(bond)) && carrierUp(bond)
    },
    alone(name) {
      const port = portOf(name)
      return port?.sending === true && !hasPartner(port.aggregator)
    },
    accepts: name => carrierUp(bond) && portOf(name)?.receiving === true,
    up: () => carrierUp(bond),
    view: name => view(bond, portOf(name)),
    activeAggregator() {
      const active = usedAggregator(bond)
      return active?.partner === undefined
        ? undefined
        : {
            id: active.id,
            ports: livePortCount(active),
            actorKey: active.actorKey,
            partnerKey: active.partner.key,
            partnerMac: active.partner.system,
          }
    },
    setSilent(silent) {
      bond.silent = silent
    },
  }
}

function start(bond: Bond): void {
  bond.open = true
  for (const port of bond.ports) {
    attachLink(port.monitor, bond.carrier(port.name), bond.miimonMs > 0, bond.delays)
    updateKey(port, bond.settings, bond.carrier(port.name))
    disable(port, bond.settings)
  }
  const every = (periodMs: number, action: () => void): void => {
    if (!bond.silent) action()
    bond.world.at(bond.world.now() + periodMs, () => every(periodMs, action))
  }
  if (bond.miimonMs > 0) every(bond.miimonMs, () => poll(bond))
  every(tickMs, () => tick(bond))
}

/** Source: bond_3ad.c, bond_3ad_state_machine_handler(). */
function tick(bond: Bond): void {
  if (bond.firstChoiceTicks > 0) {
    bond.firstChoiceTicks -= 1
    if (bond.firstChoiceTicks === 0) chooseAggregator(bond)
  }
  for (const port of bond.ports) {
    runReceive(port, bond.settings)
    runPeriodic(port)
    selectAggregator(port, bond)
    runMux(port, bond)
    transmit(bond, port)
    runChurn(port)
    port.begin = false
  }
}

/** Source: bond_3ad.c, ad_tx_machine(). */
function transmit(bond: Bond, port: LinuxPort): void {
  if (port.sendTicks > 0) port.sendTicks -= 1
  if (port.sendTicks > 0 || !port.ntt || !port.lacpEnabled) return
  bond.world.send(port.name, { actor: actorInfo(port, bond.settings), partner: port.partner })
  port.ntt = false
  port.sendTicks = ticks.betweenLacpdus
}

/** Source: bond_main.c, bond_mii_monitor(), bond_miimon_commit(). */
function poll(bond: Bond): void {
  const used = usedAggregator(bond)
  // Source: bond_miimon_inspect(): an updelay is skipped when there is an aggregator in use, and no usable port.
  let hurry = used !== undefined && !bond.ports.some(port => isUsable(bond, port, used))
  const changes = bond.ports.map(port => {
    const change = pollLink(port.monitor, bond.carrier(port.name), bond.delays, hurry)
    if (change === 'came-up') hurry = false
    return { port, change }
  })
  for (const { port, change } of changes) {
    if (change === 'came-up') comeUp(bond, port)
    else if (change === 'went-down') goDown(bond, port)
  }
}

function comeUp(bond: Bond, port: LinuxPort): void {
  const { speedMbps, duplex } = reported(port.member, bond.carrier(port.name))
  if (speedMbps === 'unknown' || duplex === 'unknown') {
    // Without a speed there is no key: the driver leaves the member down and tries again at the next poll.
    port.monitor.link = 'down'
    return
  }
  port.sending = false
  port.enabled = true
  updateKey(port, bond.settings, true)
  chooseAggregator(bond)
}

function goDown(bond: Bond, port: LinuxPort): void {
  disable(port, bond.settings)
  port.enabled = false
  updateKey(port, bond.settings, false, true)
  chooseAggregator(bond)
}

/**
 * The device says that its carrier changed. Hardware reports no speed without a link; the driver then takes the
 * link for failed at once, so that the next poll has it down without waiting for downdelay.
 * Source: bond_main.c, bond_slave_netdev_event().
 */
function carrierChanged(bond: Bond, port: LinuxPort): void {
  const carrier = bond.carrier(port.name)
  const { speedMbps, duplex } = reported(port.member, carrier)
  if (speedMbps === 'unknown' || duplex === 'unknown')
    port.monitor.link = port.monitor.everUp ? 'fail' : 'down'
  updateKey(port, bond.settings, carrier)
}

/** The aggregator of the first port whose aggregator is active. Source: __bond_3ad_get_active_agg_info(). */
const usedAggregator = (bond: Bond): Aggregator | undefined =>
  bond.ports.find(port => port.aggregator?.active)?.aggregator

/** One of the ports that frames are hashed over. Source: bond_main.c, bond_update_slave_arr(), bond_slave_can_tx(). */
const isUsable = (bond: Bond, port: LinuxPort, used: Aggregator | undefined): boolean =>
  used !== undefined &&
  port.aggregator === used &&
  port.sending &&
  port.monitor.link === 'up' &&
  bond.carrier(port.name)

const negotiated = (port: LinuxPort): boolean =>
  port.mux === 'collecting-distributing' || port.mux === 'distributing'

/** Source: bond_3ad.c, bond_3ad_set_carrier(); lacp_strict (7.1) counts only ports that distribute. */
function carrierUp(bond: Bond): boolean {
  if (!bond.open) return false
  const active = activeAggregator(bond)
  if (active === undefined) return false
  const count = bond.settings.strict
    ? active.ports.filter(port => port.enabled && negotiated(port)).length
    : livePortCount(active)
  return count >= bond.settings.minLinks
}

function view(bond: Bond, port: LinuxPort | undefined): PortView {
  if (port === undefined) return unusedPort
  const aggregator = port.aggregator
  return {
    ...(aggregator === undefined ? {} : { aggregator: aggregator.id }),
    inActiveAggregator: aggregator?.active ?? false,
    selected: port.selected ? 'selected' : 'unselected',
    actor: actorInfo(port, bond.settings),
    partner: port.partner,
    partnerHeard: port.receive === 'current' && hasPartner(aggregator),
    linux: linuxPortView(port, bond.carrier(port.name)),
  }
}
