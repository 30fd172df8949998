// A Linux bond in a mode without a protocol: which members send and which accept, and how soon a dead one is
// noticed, by carrier (miimon) or by probes (ARP). Which frame takes which member is not told here.
// Source: linux drivers/net/bonding/bond_main.c, bond_enslave(), bond_miimon_commit(), bond_find_best_slave(),
// bond_loadbalance_arp_mon(), bond_ab_arp_inspect(), bond_should_deliver_exact_match(), bond_slave_can_tx().

import { type Device, type LinuxPortView, type PortView, unusedPort, type World } from '../device.ts'
import type { LinuxMember, LinuxMode, LinuxPlainBond } from '../input.ts'
import { delaysOf } from './delays.ts'
import { attachLink, createMonitor, type LinkMonitor, pollLink } from './monitor.ts'
import { duplexOf, reported, speedOf } from './port.ts'
import { miiWords } from './view.ts'

interface Member {
  readonly name: string
  readonly member: LinuxMember
  readonly monitor: LinkMonitor
  /** When the far end was last heard to answer a probe. */
  answeredMs: number
}

/** What a mode lets its members do: all of them, or only the active one. `unicast`: what is addressed to it alone. */
interface Manner {
  readonly send: 'all' | 'active'
  readonly accept: 'all' | 'active' | 'unicast'
  /** Whether one of the members is the active one. */
  readonly choosesActive: boolean
  /** Whether updelay is skipped while no member can be used. */
  readonly hurries: boolean
}

/** Source: linux drivers/net/bonding/bond_main.c, bond_enslave(), bond_miimon_inspect(); bond_alb.c for the last two. */
export const manners: Readonly<Record<LinuxMode, Manner>> = {
  'balance-rr': { send: 'all', accept: 'all', choosesActive: false, hurries: false },
  'active-backup': { send: 'active', accept: 'active', choosesActive: true, hurries: true },
  'balance-xor': { send: 'all', accept: 'all', choosesActive: false, hurries: true },
  broadcast: { send: 'all', accept: 'all', choosesActive: false, hurries: false },
  'balance-tlb': { send: 'all', accept: 'active', choosesActive: true, hurries: true },
  'balance-alb': { send: 'all', accept: 'unicast', choosesActive: true, hurries: true },
}

/** How often the carrier is polled: modes that cannot do without set 100 themselves. Source: bond_option_mode_set(). */
export const pollMs = (bond: LinuxPlainBond): number =>
  bond.miimonMs ?? (bond.mode === 'balance-tlb' || bond.mode === 'balance-alb' ? 100 : 0)

/** The device for one bond. */
export function createPlainBond(config: LinuxPlainBond, world: World): Device {
  const miimonMs = pollMs(config)
  const probeMs = miimonMs > 0 ? 0 : (config.arpIntervalMs ?? 0)
  const delays = delaysOf(config, miimonMs)
  const manner = manners[config.mode]
  const members: Member[] = config.members.map(member => ({
    name: member.name,
    member,
    monitor: createMonitor(),
    answeredMs: 0,
  }))
  let active: Member | undefined
  let open = false
  let silent = false

  const isUp = (member: Member | undefined): member is Member => member?.monitor.link === 'up'
  const choose = (): void => {
    if (manner.choosesActive) active = chooseActive(config, members, active)
  }
  const poll = (): void => {
    let hurry = manner.hurries && (manner.send === 'active' ? active === undefined : !members.some(isUp))
    let changed = false
    for (const member of members) {
      const change = pollLink(member.monitor, world.carrier(member.name), delays, hurry)
      if (change === 'came-up') hurry = false
      if (change === 'came-up' && (!isUp(active) || member.name === config.primary)) changed = true
      if (change === 'went-down' && member === active) changed = true
    }
    if (changed) choose()
  }
  const probe = (): void => {
    const goneMs = ((config.missedMax ?? 2) + 0.5) * probeMs
    for (const member of members) {
      if (world.roundTrip(member.name)) member.answeredMs = world.now()
      const link = world.now() - member.answeredMs < goneMs ? 'up' : 'down'
      if (link === 'down' && member.monitor.link === 'up') member.monitor.failures += 1
      member.monitor.link = link
    }
    if (!isUp(active)) choose()
  }
  const every = (periodMs: number, action: () => void): void => {
    if (!silent) action()
    world.at(world.now() + periodMs, () => every(periodMs, action))
  }
  const find = (name: string): Member | undefined => members.find(member => member.name === name)
  const up = (): boolean => open && members.some(isUp)

  return {
    start() {
      open = true
      for (const member of members) {
        attachLink(member.monitor, world.carrier(member.name), miimonMs > 0 || probeMs > 0, delays)
        member.answeredMs = world.now()
      }
      choose()
      if (miimonMs > 0) every(miimonMs, poll)
      else if (probeMs > 0) every(probeMs, probe)
    },
    carrierChanged() {},
    receive() {},
    sends(name) {
      const member = find(name)
      if (!up() || !isUp(member)) return false
      // Where frames are spread, a member without carrier is passed over at once, whatever the monitor thinks.
      return manner.send === 'all' ? world.carrier(name) : member === active
    },
    accepts(name) {
      const member = find(name)
      return up() && member !== undefined && (manner.accept !== 'active' || member === active)
    },
    alone: () => false,
    up,
    view(name): PortView {
      const member = find(name)
      if (member === undefined) return unusedPort
      const linux: LinuxPortView = {
        role: !manner.choosesActive || member === active ? 'active' : 'backup',
        miiStatus: miiWords[member.monitor.link],
        ...reported(member.member, world.carrier(name)),
        linkFailureCount: member.monitor.failures,
      }
      return { ...unusedPort, linux }
    },
    setSilent(value) {
      silent = value
    },
  }
}

/**
 * The primary if it is up and may come back, else the present one, else the first that is up.
 * Source: bond_main.c, bond_choose_primary_or_current(), bond_find_best_slave().
 */
function chooseActive(
  { primary, primaryReselect = 'always' }: LinuxPlainBond,
  members: readonly Member[],
  active: Member | undefined,
): Member | undefined {
  const isUp = (member: Member | undefined): boolean => member?.monitor.link === 'up'
  const preferred = members.find(member => member.name === primary)
  const present = isUp(active) ? active : undefined
  if (preferred !== undefined && isUp(preferred)) {
    if (present === undefined) return preferred
    if (primaryReselect === 'always' || (primaryReselect === 'better' && faster(preferred, present)))
      return preferred
  }
  return present ?? members.find(isUp)
}

/** Faster, or as fast and with the better duplex. */
function faster(a: Member, b: Member): boolean {
  const rank = ({ member }: Member): number => {
    const speedMbps = speedOf(member)
    return speedMbps === 'unknown' ? -1 : 2 * speedMbps + (duplexOf(member) === 'full' ? 1 : 0)
  }
  return rank(a) > rank(b)
}
