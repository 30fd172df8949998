// Every option value in every mode by every target that runs in a guest, as cases for it: plans them, several bonds to a
// host, and says afterwards what the driver holds of each and what it was to hold.

import { templates } from '../../src/cli/templates.ts'
import { settle } from '../../src/intent/effective.ts'
import { type Holds, holds } from '../../src/intent/holds.ts'
import type { Host } from '../../src/intent/intent.ts'
import type { Target } from '../../src/targets/target.ts'
import { renderHost } from '../../src/targets/write.ts'
import { hostOf } from '../support/intents.ts'
import { heldAndSettled, type OptionCase } from '../support/option-cases.ts'
import type { RigCase, RigFile, RigOutcome } from './cases.ts'
import type { runnable } from './targets.ts'

export interface Planned {
  readonly target: (typeof runnable)[number]
  readonly option: OptionCase
  readonly host: Host
  readonly bond: string
  /** Paths below the host of what the target said that it cannot write. */
  readonly lost: ReadonlySet<string>
  /** What the bond's files say, for those who look without knowing the options. */
  readonly holds: Holds
  readonly rigCase: RigCase
}

/** Rendered files as a guest takes them. */
export function filesFor(
  host: Host,
  target: Target,
  version: string | undefined,
): {
  readonly files: readonly RigFile[]
  readonly lost: ReadonlySet<string>
  readonly holds: readonly Holds[]
} {
  const { files, lost } = renderHost(host, target, templates, version)
  return {
    holds: host.bonds.map(bond => holds(bond, lost)),
    files: files.map(({ path, content, mode }) => ({
      path,
      content,
      mode: mode.toString(8).padStart(4, '0'),
    })),
    lost: new Set(lost.map(({ at }) => (at?.path ?? []).slice(2).join('.'))),
  }
}

/** A host with several bonds, each with two members of its own: as real as one with one, and quicker. */
function hostWith(options: readonly OptionCase[]): Host {
  const bonds = options.map(({ said }, at) => {
    const members = [`eth${2 * at}`, `eth${2 * at + 1}`]
    return [`bond${at}`, { ...said, ...('primary' in said && { primary: members[0] }), members }] as const
  })
  return hostOf({ bonds: Object.fromEntries(bonds) })
}

/**
 * Plans the cases of some targets. `versionOf`: what the user space of the guest has of a target; `perHost`: bonds in one
 * bring-up.
 */
export function plan(
  options: readonly OptionCase[],
  targets: readonly Planned['target'][],
  versionOf: (target: Target) => string | undefined,
  perHost: number,
): readonly Planned[] {
  const groups = Array.from({ length: Math.ceil(options.length / perHost) }, (_, at) =>
    options.slice(at * perHost, (at + 1) * perHost),
  )
  return targets.flatMap(target =>
    groups.flatMap((group, number) => {
      const host = hostWith(group)
      const { files, lost, holds } = filesFor(host, target, versionOf(target))
      const rigCase: RigCase = {
        id: `${target.id} ${number}`,
        target: target.id,
        files,
        bonds: host.bonds.map(bond => bond.name),
        ports: host.ports.map(port => port.name),
        partners: [{ kind: 'none' }],
      }
      return group.map((option, at) => ({
        target,
        option,
        host,
        bond: `bond${at}`,
        lost,
        holds: holds[at] ?? {},
        rigCase,
      }))
    }),
  )
}

/** The cases of a plan, each once. */
export const casesOf = (planned: readonly Planned[]): readonly RigCase[] => [
  ...new Set(planned.map(({ rigCase }) => rigCase)),
]

/** What the driver holds after a bring-up, and what it was to hold: what was said, less what was reported, settled. */
export function compared({ option, host, bond, lost }: Planned, outcome: RigOutcome) {
  const said = host.bonds.find(({ name }) => name === bond)?.options ?? {}
  const kept = Object.entries(said).filter(([id]) => !lost.has(`bonds.${bond}.${id}`))
  const values = heldAndSettled(outcome.sysfs[bond] ?? {}, settle(Object.fromEntries(kept)), option.mode)
  return {
    held: { ...values.held, members: outcome.members[bond]?.toSorted() },
    settled: { ...values.settled, members: said.members?.toSorted() },
  }
}
