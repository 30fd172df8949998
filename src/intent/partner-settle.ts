// One LAG with every option settled: what the switch says of it, else what follows from the bond behind it, else what
// usually holds. Keeps where each value was said.

import type { Path, Place } from '../diagnostics/diagnostic.ts'
import { groupOptions, lacpOptions } from '../options/plan.ts'
import { settle } from './effective.ts'
import { type Bond, type Host, type Lag, type Switch, valueOf } from './intent.ts'
import { lagModeFor, type PlannedLag, type PlannedPort, type Settled } from './partner-plan.ts'
import { crossing, joinRanges, mtuAcross, withoutVlan } from './partner-vlans.ts'

/** A LAG before it is settled. */
export interface Draft {
  /** The bond behind it, unless it is a LAG of the switch's own. */
  readonly host?: Host
  readonly bond?: Bond
  readonly lag?: Lag
  readonly number: number
  readonly numberAt: Place
  readonly ports: readonly PlannedPort[]
  /** Whether it goes on on the other switch of a pair. */
  readonly across: boolean
  readonly path: Path
  peerLink?: boolean
}

/** Options with the places where they were said; what nobody said has no place. */
interface Part {
  readonly options: Readonly<Record<string, unknown>>
  readonly stands: Readonly<Record<string, Path>>
}

/** Longer than this, and some platforms cut a description or refuse it. */
const longestDescription = 64

/** Settles one LAG. `said`: what the switch's part of the intent says of it. */
export function settleLag(
  draft: Draft,
  said: Lag | undefined,
  ports: readonly PlannedPort[],
  self: Switch,
): PlannedLag {
  const { host, bond, number } = draft
  const derived = host !== undefined && bond !== undefined ? ofBond(host, bond) : ofSwitch(draft, said, self)
  const own = saidBy(said)
  const options: Record<string, unknown> = {
    native: 1,
    ...derived.options,
    mlag: draft.across,
    ...own.options,
    ports: ports.map(port => port.name),
  }
  const stands: Record<string, Path> = { ...derived.stands, ...own.stands }
  const [first] = ports
  if (stands.ports === undefined && first !== undefined) stands.ports = first.at.path
  if (draft.across && self.options.mlag !== undefined) stands.mlag ??= valueOf(self, 'mlag').path
  if (said?.options.native !== undefined && own.options.untagged === undefined && bond === undefined) {
    options.untagged = true
  }
  const native = options.native as number
  options.vlans = joinRanges(options.vlans as Settled['vlans'])
  // Where tagged frames of the native VLAN were asked for, they pass untagged: a port has one way for each VLAN.
  const vlans = options.vlans as Settled['vlans']
  if (vlans.some(({ from, to }) => native >= from && native <= to)) {
    options.vlans = withoutVlan(vlans, native)
    options.untagged = own.options.untagged ?? true
  }
  if ((options.vlans as Settled['vlans']).length === 0) options.untagged ??= true
  forgetIdle(options, stands)
  return {
    subject: 'lag',
    path: said?.path ?? draft.path,
    number,
    options: options as Settled,
    stands,
    ports,
    ...(host !== undefined && bond !== undefined && { bond: { host: host.name, name: bond.name } }),
    peerLink: draft.peerLink ?? false,
  }
}

/** The rate that follows from a host is of no use without LACP; what the switch itself says stays, to be reported. */
function forgetIdle(options: Record<string, unknown>, stands: Readonly<Record<string, Path>>): void {
  const idle: readonly string[] =
    options.mode === 'plain' ? groupOptions : options.mode === 'static' ? lacpOptions : []
  for (const id of idle) {
    if (id === 'mlag') options.mlag = false
    else if (stands[id]?.[0] !== 'switches') delete options[id]
  }
}

function ofBond(host: Host, bond: Bond): Part {
  const held = settle(bond.options)
  const across = crossing(host, bond)
  const mtu = mtuAcross(host, bond)
  const stands: Record<string, Path> = {
    mode: bond.options.mode === undefined ? bond.path : valueOf(bond, 'mode').path,
  }
  if (bond.options['lacp-rate'] !== undefined) stands['lacp-rate'] = valueOf(bond, 'lacp-rate').path
  if (across.taggedAt !== undefined) stands.vlans = across.taggedAt
  if (across.untaggedAt !== undefined) stands.untagged = across.untaggedAt
  if (mtu !== undefined) stands.mtu = mtu.at
  return {
    options: {
      mode: lagModeFor[held.mode],
      'lacp-rate': held['lacp-rate'],
      vlans: across.tagged,
      untagged: across.untagged,
      ...(mtu !== undefined && { mtu: mtu.mtuBytes }),
      edge: true,
      description: `to ${host.name} ${bond.name}`.slice(0, longestDescription),
    },
    stands,
  }
}

function ofSwitch({ peerLink }: Draft, said: Lag | undefined, self: Switch): Part {
  const to = said?.options.to
  const other = to === undefined ? undefined : `to ${to.node} ${to.port}`
  const description = peerLink ? `to ${self.options.mlag?.peer} peer link` : other
  const tagged = (said?.options.vlans ?? []).length > 0
  return {
    options: {
      mode: 'active',
      'lacp-rate': 'slow',
      vlans: [],
      untagged: !tagged,
      edge: to === undefined && !peerLink,
      ...(description !== undefined && { description: description.slice(0, longestDescription) }),
    },
    stands: {},
  }
}

function saidBy(lag: Lag | undefined): Part {
  if (lag === undefined) return { options: {}, stands: {} }
  const stands: Record<string, Path> = {}
  for (const id of Object.keys(lag.options)) stands[id] = lag.stands?.[id] ?? [...lag.path, id]
  return { options: lag.options, stands }
}
