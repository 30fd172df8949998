// What was observed, for scripts: every fact that somebody has shown, under the names of observed.ts; what nobody has shown is
// absent. `carries` is what follows from them.

import { carries } from '../diagnose/checks/support.ts'
import type { Bundle, Machine, Member, Observed } from '../diagnose/observed.ts'

/** Facts without their places. */
function factsOf(thing: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(thing).flatMap(([key, fact]: [string, unknown]) =>
      typeof fact === 'object' && fact !== null && 'value' in fact ? [[key, fact.value]] : [],
    ),
  )
}

const memberOf = (bundle: Bundle, member: Member) => {
  const carrying = carries(bundle, member)
  return {
    name: member.name,
    ...factsOf(member),
    actor: factsOf(member.actor),
    partner: factsOf(member.partner),
    ...(carrying !== undefined && { carries: carrying }),
  }
}

const bundleOf = (bundle: Bundle) => ({
  name: bundle.name,
  ...factsOf(bundle),
  members: bundle.members.map(member => memberOf(bundle, member)),
})

const machineOf = ({ name, kind, bundles }: Machine) => ({ name, kind, bundles: bundles.map(bundleOf) })

/** Machines with their bonds and LAGs, as plain data. */
export const observedData = ({ machines }: Observed) => machines.map(machineOf)
