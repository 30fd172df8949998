// The plan of a change from one intent to another: what differs, what each change needs on a host that runs, what that
// interrupts, and in which order the two ends are changed.

import { settle } from '../intent/effective.ts'
import { type Host, type Intent, nodeNamed } from '../intent/intent.ts'
import { type PlannedLag, partner, type SwitchPlan } from '../intent/partner.ts'
import type { Change } from '../options/row.ts'
import { targetOf } from '../targets/index.ts'
import { type Applied, appliedBy } from '../targets/target.ts'
import { type Caution, cautionsOf } from './cautions.ts'
import {
  type DeviceChange,
  type HostChange,
  hostChanges,
  type SwitchChange,
  switchChanges,
} from './change.ts'
import { type Order, orderOf, type Pair } from './order.ts'

/** How a target brings the change to the host. */
export interface Applying {
  readonly target: string
  /** Absent: nobody has looked. */
  readonly by: Applied | undefined
}

/** A bond of a host that changes, with what that comes to. */
export interface BondPlan {
  readonly name: string
  /** What the driver needs for the options that change. */
  readonly needs: Change
  /** What happens to it on this host, with its targets: nothing that is seen, or it goes down, or away. */
  readonly goes: Change
  /** From the bond's end until a port carries again, in ms, by the LACP simulation; 0 where nothing ends. */
  readonly outMs: number | undefined
  readonly order: Order
  /** The first bond with the same change; its order holds for this one with other names. */
  readonly like: { readonly host: string; readonly bond: string } | undefined
}

export interface HostPlan extends HostChange {
  readonly applying: readonly Applying[]
  readonly bonds: readonly BondPlan[]
  readonly cautions: readonly Caution[]
}

export interface Plan {
  readonly hosts: readonly HostPlan[]
  readonly switches: readonly SwitchChange[]
  /** Hosts and switches that stay as they are. */
  readonly same: { readonly hosts: number; readonly switches: number }
}

/** Plans a change. Pure; linear in the hosts, with one simulation for each kind of change. */
export function plan(old: Intent, now: Intent): Plan {
  const plans = { old: partner(old).value, new: partner(now).value }
  const switches = switchChanges(plans.old, plans.new)
  const planner = new Planner(plans, switches)
  const changed = new Map(hostChanges(old, now).map(change => [change.name, change]))
  const [before, after] = [old, now].map(({ hosts }) => new Map(hosts.map(host => [host.name, host])))
  // A host whose switches alone change is planned as well: its link is what is interrupted.
  for (const { lags } of switches) {
    for (const lag of lags) {
      const name = (lag.new ?? lag.old)?.bond?.host
      if (name === undefined || changed.has(name)) continue
      const [was, is] = [before?.get(name), after?.get(name)]
      changed.set(name, { name, kind: 'changed', old: was, new: is, devices: [], cables: [] })
    }
  }
  const hosts = [...changed.values()].map(change => planner.host(change))
  return {
    hosts,
    switches,
    same: {
      hosts: now.hosts.filter(({ name }) => !changed.has(name)).length,
      switches: plans.new.length - switches.filter(({ kind }) => kind !== 'removed').length,
    },
  }
}

class Planner {
  readonly #plans: Pair['plans']
  /** The switches that change something behind a bond, by host and bond. */
  readonly #boxes = new Map<string, Set<string>>()
  readonly #orders = new Map<string, Order>()
  readonly #old: LagIndex
  readonly #new: LagIndex

  constructor(plans: Pair['plans'], switches: readonly SwitchChange[]) {
    this.#plans = plans
    this.#old = lagIndex(plans.old)
    this.#new = lagIndex(plans.new)
    for (const { name, lags } of switches) {
      for (const lag of lags) {
        const bond = (lag.new ?? lag.old)?.bond
        if (bond === undefined) continue
        const key = bondKey(bond.host, bond.name)
        this.#boxes.set(key, (this.#boxes.get(key) ?? new Set()).add(name))
      }
    }
  }

  host(change: HostChange): HostPlan {
    const applying = (change.new ?? change.old)?.options.target?.map(applyingOf) ?? []
    const { old, new: now } = change
    if (old === undefined || now === undefined) return { ...change, applying, bonds: [], cautions: [] }
    const both = now.bonds.filter(bond => old.bonds.some(({ name }) => name === bond.name))
    const bonds = both.flatMap(({ name }) => this.#bond(name, old, now, change, applying) ?? [])
    return { ...change, applying, bonds, cautions: cautionsOf(change, applying, bonds) }
  }

  #bond(
    name: string,
    old: Host,
    now: Host,
    change: HostChange,
    applying: readonly Applying[],
  ): BondPlan | undefined {
    const own = change.devices.find(device => device.subject === 'bond' && device.name === name)
    const boxes = [...(this.#boxes.get(bondKey(now.name, name)) ?? [])]
    if (own === undefined && boxes.length === 0) return undefined
    const nodes = [...(own === undefined ? [] : [now.name]), ...boxes]
    const needs = own?.needs ?? 'live'
    const goes = own === undefined ? 'live' : goesBy(own, applying)
    const key = this.#shape(name, old, now, goes)
    const known = this.#orders.get(key)
    const order = known ?? orderOf({ name, old, new: now, plans: this.#behind(name, old, now), nodes })
    this.#orders.set(key, order)
    const step = order.steps.find(one => one.kind === 'change' && one.node === order.host)
    const outMs = goes === 'live' ? 0 : step?.stop.upAfterMs
    const like = known && { host: known.host, bond: known.bond }
    return { name, needs, goes, outMs, order, like }
  }

  /** The switches at the cables of a bond, so that the others need not be looked at. */
  #behind(name: string, old: Host, now: Host): Pair['plans'] {
    const nodes = new Set([old, now].flatMap(host => cablesOf(host, name).map(({ node }) => node)))
    const peers = this.#plans.new.flatMap(({ name: box, options }) =>
      nodes.has(box) ? options.mlag?.peer : [],
    )
    const needed = ({ name: box }: SwitchPlan): boolean => nodes.has(box) || peers.includes(box)
    return { old: this.#plans.old.filter(needed), new: this.#plans.new.filter(needed) }
  }

  /** What the order of steps depends on, without names: equal for bonds that change in the same way. */
  #shape(name: string, old: Host, now: Host, goes: Change): string {
    const side = (host: Host, lags: LagIndex) => {
      const bond = host.bonds.find(one => one.name === name)
      const { primary: _, ...held } = settle(bond?.options ?? {})
      const nodes: string[] = []
      const cables = cablesOf(host, name).map(({ node }) => {
        if (!nodes.includes(node)) nodes.push(node)
        return nodes.indexOf(node)
      })
      const behind = (lags.get(bondKey(host.name, name)) ?? []).map(shapeOfLag)
      return { held, members: bond?.options.members?.length, cables, behind, speeds: speedsOf(host, name) }
    }
    return JSON.stringify([side(old, this.#old), side(now, this.#new), goes])
  }
}

const bondKey = (host: string, bond: string): string => `${host}\n${bond}`

type LagIndex = ReadonlyMap<string, readonly PlannedLag[]>

function lagIndex(plans: readonly SwitchPlan[]): LagIndex {
  const index = new Map<string, PlannedLag[]>()
  for (const { lags } of plans) {
    for (const lag of lags) {
      if (lag.bond === undefined) continue
      const key = bondKey(lag.bond.host, lag.bond.name)
      const list = index.get(key)
      if (list === undefined) index.set(key, [lag])
      else list.push(lag)
    }
  }
  return index
}

function shapeOfLag({ options, ports }: PlannedLag): object {
  const { ports: _, description: __, ...rest } = options
  return { ...rest, ports: ports.length }
}

const membersIn = (host: Host, bond: string): readonly string[] =>
  nodeNamed(host.bonds, bond)?.options.members ?? []

const cablesOf = (host: Host, bond: string) =>
  membersIn(host, bond).flatMap(member => nodeNamed(host.ports, member)?.options.to ?? [])

const speedsOf = (host: Host, bond: string) =>
  membersIn(host, bond).map(member => nodeNamed(host.ports, member)?.options.speed)

function applyingOf(reference: string): Applying {
  const known = targetOf(reference)
  return { target: reference, by: known && appliedBy(known.target, known.version) }
}

/** What a bond goes through: what its options need, or what the way in which the target applies them does to it. */
function goesBy({ needs }: DeviceChange, applying: readonly Applying[]): Change {
  const roughly = applying.some(({ by }) => by !== undefined && by.bond !== 'changed')
  if (roughly) return 'anew'
  // A bond that is up is not sent what it takes only while it is down.
  return needs === 'live' ? 'live' : 'anew'
}
