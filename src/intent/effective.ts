// What the driver makes of what was said. `settle` is what it stores, option by option, and can be read back below
// /sys/class/net/BOND/bonding; `effective` is what of that acts in the bond's mode, a union in which nonsense cannot be
// written. Simulation takes only this. Source of every branch: linux drivers/net/bonding, series 6.1 unless said.

import { bonding, type HashPolicy, type Mode, type Said } from '../options/index.ts'
import type { AnyRow, OptionSet } from '../options/row.ts'
import type { Bond, Port } from './intent.ts'
import { once } from './once.ts'

type Bonding = OptionSet<typeof bonding>

/** Every bonding option with the value that the driver holds. */
export type Settled = { readonly [K in keyof Bonding]-?: NonNullable<Bonding[K]> }

/** Modes in which the driver cannot probe (bond_mode_uses_arp()) and polls every 100 ms unless told otherwise. */
const carrierOnly: readonly Mode[] = ['802.3ad', 'balance-tlb', 'balance-alb']

/** BOND_DEFAULT_MIIMON, include/net/bonding.h, in ms. */
const defaultMiimonMs = 100

/** What one option is stored as in one mode; made once for each, as every bond asks for all of them. */
interface Storing {
  readonly id: string
  readonly unset: unknown
  readonly refused: boolean
}

const storingIn = new Map<Mode, readonly Storing[]>()

function storingOf(mode: Mode): readonly Storing[] {
  let all = storingIn.get(mode)
  if (all === undefined) {
    all = Object.entries<AnyRow>(bonding).map(([id, { unset, elsewhere, modes }]) => ({
      id,
      unset,
      // bond_opt_check_deps(): an option outside its modes is EACCES, and the old value stays.
      refused: elsewhere === 'refused' && !modes.includes(mode),
    }))
    storingIn.set(mode, all)
  }
  return all
}

/** Stores what was said as the driver does, mode first, as over netlink. Pure; never fails: what is refused is not stored. */
export const settle: (said: Said<'bond'>) => Settled = once(said => {
  const mode = said.mode ?? 'balance-rr'
  const stored: Record<string, unknown> = {}
  for (const { id, unset, refused } of storingOf(mode)) {
    const value = (said as Readonly<Record<string, unknown>>)[id]
    stored[id] = refused || value === undefined ? unset : value
  }
  const held = stored as { -readonly [K in keyof Settled]: Settled[K] }
  held.mode = mode
  settleMonitor(held, said, mode)
  // bond_option_primary_set(): the name takes effect, and reads back, once it is a member.
  if (!(said.members ?? []).includes(held.primary)) held.primary = ''
  // active_slave names what is active now, which no configuration decides.
  held['active-slave'] = ''
  return held
})

function settleMonitor(
  held: { -readonly [K in keyof Settled]: Settled[K] },
  said: Said<'bond'>,
  mode: Mode,
): void {
  // bond_option_mode_set(): such a mode clears arp_interval and sets miimon where it was 0; what is said follows.
  if (carrierOnly.includes(mode)) held.miimon = said.miimon ?? defaultMiimonMs
  if (held.miimon > 0) {
    // bond_option_miimon_set(): carrier polling ends probing and its validation. One netlink message with both is
    // refused whole (bond_changelink()); the walk never writes one.
    held['arp-interval'] = 0
    held['arp-validate'] = 'none'
  }
  // bond_option_updelay_set(), _downdelay_set(), _peer_notif_delay_set(): EPERM without miimon, else whole polls.
  for (const delay of ['updelay', 'downdelay', 'peer-notif-delay'] as const) {
    held[delay] = held.miimon > 0 ? held[delay] - (held[delay] % held.miimon) : 0
  }
}

/** How a bond learns that a member is gone. All times in ms. */
export type Monitor =
  | { readonly by: 'nothing' }
  | {
      readonly by: 'carrier'
      readonly everyMs: number
      readonly upDelayMs: number
      readonly downDelayMs: number
    }
  | {
      readonly by: 'probe'
      readonly everyMs: number
      readonly targets: readonly string[]
      readonly missedMax: number
      readonly validate: Settled['arp-validate']
      readonly allTargets: boolean
    }

/** What is told to the network after a failover. */
export interface Announcement {
  readonly peerNotifications: number
  /** Between two of them, in ms; bond_mii_monitor() counts polls. */
  readonly everyMs: number
}

/** How the active member is chosen (bond_find_best_slave()). */
export interface Preference {
  readonly primary?: string
  readonly reselect: Settled['primary-reselect']
  /** Ports in falling order of prio; equal ones in the order of attachment. */
  readonly prio: Readonly<Record<string, number>>
}

/** How balance-tlb and balance-alb choose a member to send on. */
export type Balance = { readonly by: 'load' } | { readonly by: 'hash'; readonly policy: HashPolicy }

interface Common {
  readonly monitor: Monitor
  /** The members in the order of attachment. */
  readonly members: readonly string[]
}

/** What acts, by mode. */
export type Effective = Common &
  (
    | {
        readonly mode: 'balance-rr'
        readonly packetsPerMember: number | 'random'
        readonly resendIgmp: number
      }
    | {
        readonly mode: 'active-backup'
        readonly prefer: Preference
        readonly failOverMac: Settled['fail-over-mac']
        readonly announce: Announcement
        readonly resendIgmp: number
        readonly deliverInactive: boolean
      }
    | { readonly mode: 'balance-xor'; readonly policy: HashPolicy }
    | { readonly mode: 'broadcast' }
    | {
        readonly mode: '802.3ad'
        readonly policy: HashPolicy
        readonly rate: 'slow' | 'fast'
        readonly active: boolean
        readonly strict: boolean
        readonly select: Settled['ad-select']
        readonly minLinks: number
        readonly systemPriority: number
        /** Undefined: the MAC address of the bond. */
        readonly systemId?: string
        readonly userKey: number
        readonly coupled: boolean
        readonly broadcastNeighbor: boolean
        readonly portPriority: Readonly<Record<string, number>>
        readonly deliverInactive: boolean
      }
    | {
        readonly mode: 'balance-tlb' | 'balance-alb'
        readonly prefer: Preference
        readonly balance: Balance
        readonly learningEveryS: number
        readonly resendIgmp: number
        readonly deliverInactive: boolean
      }
  )

const noSystem = '00:00:00:00:00:00'

/** What the driver makes of a bond. `ports` gives the options of its members. */
export function effective(bond: Bond, ports: readonly Port[] = []): Effective {
  const held = settle(bond.options)
  const members = bond.options.members ?? []
  const common = { monitor: monitorOf(held), members }
  const deliverInactive = held['all-slaves-active'] === 'on'
  const resendIgmp = held['resend-igmp']
  switch (held.mode) {
    case 'balance-rr': {
      // bond_rr_gen_slave_id(): 0 draws a random number for every packet.
      const packets = held['packets-per-slave']
      return { ...common, mode: held.mode, packetsPerMember: packets === 0 ? 'random' : packets, resendIgmp }
    }
    case 'active-backup':
      return {
        ...common,
        mode: held.mode,
        prefer: preferenceOf(held, members, ports),
        failOverMac: held['fail-over-mac'],
        announce: {
          peerNotifications: held['num-grat-arp'],
          // bond_peer_notify_work: 0 is one per poll.
          everyMs: held['peer-notif-delay'] || held.miimon,
        },
        resendIgmp,
        deliverInactive,
      }
    case 'balance-xor':
      return { ...common, mode: held.mode, policy: held['xmit-hash-policy'] }
    case 'broadcast':
      return { ...common, mode: held.mode }
    case '802.3ad': {
      const systemId = held['ad-actor-system']
      return {
        ...common,
        mode: held.mode,
        policy: held['xmit-hash-policy'],
        rate: held['lacp-rate'],
        active: held['lacp-active'] === 'on',
        // bond_3ad_set_carrier(): strict withdraws the carrier only where min_links asks for ports.
        strict: held['lacp-strict'] === 'on' && held['min-links'] > 0,
        select: held['ad-select'],
        minLinks: held['min-links'],
        systemPriority: held['ad-actor-sys-prio'],
        // bond_3ad_initialize(): an all-zero system id stands for the bond's own address.
        ...(systemId === noSystem ? {} : { systemId }),
        userKey: held['ad-user-port-key'],
        coupled: held['coupled-control'] === 'on',
        broadcastNeighbor: held['broadcast-neighbor'] === 'on',
        portPriority: byPort(members, ports, port => port.options['actor-port-prio'], 255),
        deliverInactive,
      }
    }
    case 'balance-tlb':
    case 'balance-alb':
      return {
        ...common,
        mode: held.mode,
        prefer: preferenceOf(held, members, ports),
        // bond_tlb_xmit(), bond_alb_xmit(): the hash is asked only with tlb_dynamic_lb 0.
        balance:
          held['tlb-dynamic-lb'] === 'on' ? { by: 'load' } : { by: 'hash', policy: held['xmit-hash-policy'] },
        learningEveryS: held['lp-interval'],
        resendIgmp,
        deliverInactive,
      }
  }
}

function monitorOf(held: Settled): Monitor {
  if (held.miimon > 0) {
    return { by: 'carrier', everyMs: held.miimon, upDelayMs: held.updelay, downDelayMs: held.downdelay }
  }
  const targets = [...held['arp-ip-target'], ...held['ns-ip6-target']]
  // bond_open(): the probe monitor runs with arp_interval alone, but has nothing to ask without targets.
  if (held['arp-interval'] === 0 || targets.length === 0) return { by: 'nothing' }
  const validate = held['arp-validate']
  return {
    by: 'probe',
    everyMs: held['arp-interval'],
    targets,
    missedMax: held['arp-missed-max'],
    validate,
    // slave_last_rx(): all targets count in active-backup alone; members that are not validated then count as down.
    allTargets: held.mode === 'active-backup' && held['arp-all-targets'] === 'all',
  }
}

function preferenceOf(held: Settled, members: readonly string[], ports: readonly Port[]): Preference {
  return {
    ...(held.primary === '' ? {} : { primary: held.primary }),
    reselect: held['primary-reselect'],
    prio: byPort(members, ports, port => port.options.prio, 0),
  }
}

function byPort(
  members: readonly string[],
  ports: readonly Port[],
  pick: (port: Port) => number | undefined,
  unset: number,
): Readonly<Record<string, number>> {
  const known = new Map(ports.map(port => [port.name, pick(port)]))
  return Object.fromEntries(members.map(name => [name, known.get(name) ?? unset]))
}
