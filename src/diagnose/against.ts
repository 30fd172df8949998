// Where what runs differs from an intent: bonds, members, options, cables, and the switch's side of it. What was not
// collected is said once; of what was, only what is shown is compared. Why a difference matters is for checks and rules.

import type { Diagnostic, Place } from '../diagnostics/diagnostic.ts'
import { type Intent, nameOf } from '../intent/intent.ts'
import { partner } from '../intent/partner.ts'
import { forms, hostAgainst, switchAgainst } from './against-machine.ts'
import { cablesOf } from './cables.ts'
import { list } from './checks/support.ts'
import type { Machine, Observed } from './observed.ts'

export function against(observed: Observed, intent: Intent): readonly Diagnostic[] {
  const cables = cablesOf(observed)
  const machineOf = machineFinder(observed)
  const plans = partner(intent).value
  const found: Diagnostic[] = []
  const missing: { readonly name: string; readonly at: Place }[] = []
  for (const host of intent.hosts) {
    const machine = machineOf(host.name, 'host', intent.hosts.length)
    if (machine !== undefined) for (const one of hostAgainst(machine, host, plans, cables)) found.push(one)
    else if (host.bonds.length > 0) missing.push({ name: host.name, at: nameOf(host) })
  }
  for (const plan of plans) {
    const machine = machineOf(plan.name, 'switch', plans.length)
    if (machine !== undefined) for (const one of switchAgainst(machine, plan)) found.push(one)
    else if (plan.lags.length > 0) missing.push({ name: plan.name, at: nameOf(plan) })
  }
  const [first] = missing
  if (first !== undefined) {
    const names = missing.map(({ name }) => name)
    const shown = names.length > 8 ? [...names.slice(0, 8), `${names.length - 8} more`] : names
    found.push({
      code: 'not-collected',
      severity: 'note',
      message: `nothing was collected of ${list(shown)}, so nothing is said of ${names.length === 1 ? 'it' : 'them'}`,
      at: first.at,
      help: 'machines are known by the prompt, by the folder above proc, or by the name of the file',
    })
  }
  return found
}

/** Machines by their names; where there is one of a kind and one is meant, they are the same whatever they are called. */
function machineFinder({ machines }: Observed) {
  const byName = new Map(
    [...machines].reverse().flatMap(machine => forms(machine.name).map(form => [form, machine])),
  )
  return (name: string, kind: Machine['kind'], meant: number): Machine | undefined => {
    const named = forms(name).flatMap(form => byName.get(form) ?? [])[0]
    if (named !== undefined || meant !== 1) return named
    const alike = machines.filter(machine => machine.kind === kind)
    return alike.length === 1 ? alike[0] : undefined
  }
}
