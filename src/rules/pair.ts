// Both ends side by side, for rules that see them: each bond with its LAG on each switch, and the cables between them.
// Worked out once for an intent, in time that grows with its size. A LAG that only follows from its bond never
// contradicts it: rules compare with what the switch's own part of the intent says.

import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts'
import { type Bond, type Host, type Intent, type Port, valueOf } from '../intent/intent.ts'
import { type LagMode, lagModeFor, type PlannedLag, partner, type SwitchPlan } from '../intent/partner.ts'
import type { OptionId } from '../options/index.ts'
import { readPort } from '../platforms/ports.ts'
import type { Finding } from './rule.ts'
import { membershipOf, modeOf } from './support.ts'

/** A cable between a host and a switch. */
export interface Cable {
  readonly host: Host
  readonly device: Port
  /** The bond that the host's end is a member of. */
  readonly bond: Bond | undefined
  /** The other end, by the name that the switch prints. */
  readonly port: string
  /** Where the host says so. */
  readonly at: Place
}

/** A bond with its LAG on one switch. */
export interface Pairing {
  readonly host: Host
  readonly bond: Bond
  readonly box: SwitchPlan
  readonly lag: PlannedLag
  /** The members' cables that end on this switch, in the order of the host's ports. */
  readonly cables: readonly Cable[]
}

export interface Pairs {
  /** The switches whose platform is known. */
  readonly boxes: ReadonlyMap<string, SwitchPlan>
  readonly pairings: readonly Pairing[]
  /** The pairings of one bond, by switch in the order of the intent. */
  readonly byBond: ReadonlyMap<Bond, readonly Pairing[]>
  /** The cables of each switch by its port; of two on one port the first. */
  readonly cables: ReadonlyMap<string, ReadonlyMap<string, Cable>>
  /** The LAGs in which the switches' own part of the intent puts ports, by switch and port. */
  readonly seats: ReadonlyMap<string, ReadonlyMap<string, PlannedLag>>
  /** What the partner could not settle. */
  readonly unsettled: readonly Diagnostic[]
}

const alone: Pairs = {
  boxes: new Map(),
  pairings: [],
  byBond: new Map(),
  cables: new Map(),
  seats: new Map(),
  unsettled: [],
}

/** Every pair rule asks the same of one intent. */
const known = new WeakMap<Intent, Pairs>()

export function pairsOf(intent: Intent): Pairs {
  if (intent.switches.length === 0) return alone
  let pairs = known.get(intent)
  if (pairs === undefined) {
    pairs = pair(intent)
    known.set(intent, pairs)
  }
  return pairs
}

function pair(intent: Intent): Pairs {
  const { value: plans, diagnostics } = partner(intent)
  const boxes = new Map(plans.map(box => [box.name, box]))
  const hosts = new Map(intent.hosts.map(host => [host.name, host]))
  const cables = new Map(plans.map(box => [box.name, new Map<string, Cable>()]))
  const ofBond = new Map<Bond, Cable[]>()
  for (const host of intent.hosts) {
    const masters = membershipOf(host)
    for (const device of host.ports) {
      const { to } = device.options
      const box = to === undefined ? undefined : boxes.get(to.node)
      if (to === undefined || box === undefined) continue
      const port = readPort(box.platform, to.port).port?.name ?? to.port
      const bond = masters.get(device.name)
      const cable: Cable = { host, device, bond, port, at: valueOf(device, 'to') }
      const there = cables.get(box.name)
      if (there !== undefined && !there.has(port)) there.set(port, cable)
      if (bond !== undefined) ofBond.set(bond, [...(ofBond.get(bond) ?? []), cable])
    }
  }
  const pairings = plans.flatMap(box =>
    box.lags.flatMap(lag => {
      const host = hosts.get(lag.bond?.host ?? '')
      const bond = host?.bonds.find(({ name }) => name === lag.bond?.name)
      if (host === undefined || bond === undefined) return []
      const here = (ofBond.get(bond) ?? []).filter(({ device }) => device.options.to?.node === box.name)
      return [{ host, bond, box, lag, cables: here }]
    }),
  )
  const byBond = new Map<Bond, Pairing[]>()
  for (const one of pairings) byBond.set(one.bond, [...(byBond.get(one.bond) ?? []), one])
  const seats = new Map(plans.map(box => [box.name, seatsOf(box)]))
  return { boxes, pairings, byBond, cables, seats, unsettled: diagnostics }
}

const seatsOf = ({ lags }: SwitchPlan): ReadonlyMap<string, PlannedLag> =>
  new Map(
    lags
      .filter(lag => saidBySwitch(lag, 'ports'))
      .flatMap(lag => lag.ports.map(({ name }) => [name, lag] as const)),
  )

/** Whether the switch's own part of the intent says an option of a LAG, not the bond behind it. */
export const saidBySwitch = ({ stands }: PlannedLag, id: OptionId<'lag'>): boolean =>
  stands[id]?.[0] === 'switches'

/** What the mode of a bond needs at the other end. */
export const neededBy = (bond: Bond): LagMode => lagModeFor[modeOf(bond)]

/** Whether two switches name each other as one pair. */
export const arePair = (a: SwitchPlan, b: SwitchPlan): boolean =>
  a.options.mlag?.peer === b.name && b.options.mlag?.peer === a.name

/** The mode of a LAG in words. */
export const modeWords: Readonly<Record<LagMode, string>> = {
  active: 'LACP active',
  passive: 'LACP passive',
  static: 'a static LAG',
  plain: 'plain ports',
}

/** A complaint of the partner as a finding, so that a rule explains it and its level can be chosen. */
export function* unsettled(intent: Intent, code: string): Generator<Finding> {
  for (const { code: other, severity, message, at, help, related } of pairsOf(intent).unsettled) {
    if (other !== code || at === undefined) continue
    yield { severity, message, at, ...(help !== undefined && { help }), ...(related && { related }) }
  }
}

/** A LAG between switches, from one end. */
export interface Link {
  readonly box: SwitchPlan
  readonly lag: PlannedLag
  readonly other: SwitchPlan
  /** The LAG at the other end, where the intent has it. */
  readonly end: PlannedLag | undefined
}

/** The LAGs that lead to other switches of the intent, each once although both of its ends may say so. */
export function linksOf({ boxes }: Pairs): readonly Link[] {
  return [...boxes.values()].flatMap(box =>
    box.lags.flatMap(lag => {
      const { to } = lag.options
      const other = boxes.get(to?.node ?? '')
      if (to === undefined || other === undefined) return []
      const end = other.lags.find(({ number, bond }) => String(number) === to.port && bond === undefined)
      const again = end?.options.to?.node === box.name && other.name < box.name
      return again ? [] : [{ box, lag, other, end }]
    }),
  )
}
