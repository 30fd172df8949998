// The option table, whole: every subject, the rows that may be said of it, and where it stands in an intent. What
// follows from it (schema, types, reference, completion) is derived and never written by hand.

import { balancing, balancingPort } from './balancing.ts'
import { bridge } from './bridge.ts'
import { failover, failoverPort } from './failover.ts'
import { carried, portFacts, vlan } from './interface.ts'
import { lacp, lacpPort } from './lacp.ts'
import { membership, mode } from './mode.ts'
import { monitoring } from './monitoring.ts'
import { host, lag, switchBox, traffic } from './plan.ts'
import type { AnyRow, OptionSet } from './row.ts'

/** Options that the bonding driver knows, of the bond as a whole. */
export const bonding = { ...mode, ...monitoring, ...lacp, ...balancing, ...failover }

/** Options that the bonding driver knows of one member. */
export const bondingPort = { ...failoverPort, ...lacpPort, ...balancingPort }

export { carried }

/** Rows by subject. `port`, `bond`, `vlan` and `bridge` are devices and carry what any device can. */
export const options = {
  host,
  port: { ...carried, ...bondingPort, ...portFacts },
  bond: { ...membership, ...bonding, ...carried },
  vlan: { ...vlan, ...carried },
  bridge: { ...bridge, ...carried },
  switch: switchBox,
  lag,
  traffic,
}

export type Subject = keyof typeof options
export type DeviceSubject = 'port' | 'bond' | 'vlan' | 'bridge'
export type Said<S extends Subject> = OptionSet<(typeof options)[S]>
export type OptionId<S extends Subject> = keyof (typeof options)[S] & string

/** Host devices in the order in which configurations define them. */
export const deviceSubjects = ['port', 'bond', 'vlan', 'bridge'] as const satisfies readonly DeviceSubject[]

/** The key under which a subject's named things stand: `bonds: {bond0: ...}`. */
export const collections = {
  port: 'ports',
  bond: 'bonds',
  vlan: 'vlans',
  bridge: 'bridges',
  lag: 'lags',
} as const

/** The rows of one subject, for a walk that does not care which. */
export const rowsOf = (subject: Subject): Readonly<Record<string, AnyRow>> => options[subject]

const entries = new Map<Subject, readonly (readonly [string, AnyRow])[]>()

/** The rows with their ids, as a list that is made once: it is walked for every device of every file. */
export function entriesOf(subject: Subject): readonly (readonly [string, AnyRow])[] {
  let known = entries.get(subject)
  if (known === undefined) {
    known = Object.entries(rowsOf(subject))
    entries.set(subject, known)
  }
  return known
}

/** The row of one option; undefined where the subject has none of that name. Aliases are found too. */
export function rowOf(
  subject: Subject,
  id: string,
): { readonly id: string; readonly row: AnyRow } | undefined {
  const rows = rowsOf(subject)
  const row = Object.hasOwn(rows, id) ? rows[id] : undefined
  if (row !== undefined) return { id, row }
  const main = aliasesOf(subject).get(id)
  const aliased = main === undefined ? undefined : rows[main]
  return main !== undefined && aliased !== undefined ? { id: main, row: aliased } : undefined
}

const aliases = new Map<Subject, ReadonlyMap<string, string>>()

/** Other spellings of a subject's options, each with the option that is meant. */
export function aliasesOf(subject: Subject): ReadonlyMap<string, string> {
  let found = aliases.get(subject)
  if (found === undefined) {
    found = new Map(
      Object.entries(rowsOf(subject)).flatMap(([id, row]) => row.aliases.map(alias => [alias, id])),
    )
    aliases.set(subject, found)
  }
  return found
}

export type { HashPolicy } from './balancing.ts'
export type { VlanRange } from './bridge.ts'
export type { Nameservers, Route } from './interface.ts'
export type { PortRef, Value } from './kind.ts'
export type { AnyRow, Mode, Row } from './row.ts'
export { allModes, modeKind } from './row.ts'
