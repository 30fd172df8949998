// The matrix of options by targets in one character a cell: what the project knows, and what nobody has looked at yet.

import { deviceSubjects, options } from '../options/index.ts'
import type { AnyRow } from '../options/row.ts'
import type { Stance } from '../targets/stance.ts'
import type { Target } from '../targets/target.ts'

export interface MatrixRow {
  readonly subject: string
  readonly id: string
  readonly cells: readonly string[]
}

/** What the characters mean. */
export const legend =
  '+ says it   ~ in a shape of its own   = always does it   – cannot   · nobody has looked yet'

const marks: Readonly<Record<Stance['stance'], string>> = { says: '+', custom: '~', only: '=', cannot: '–' }

/** One row for each option that is rendered to hosts, one cell for each target. */
export function matrix(targets: readonly Target[]): readonly MatrixRow[] {
  return deviceSubjects.flatMap(subject =>
    Object.entries<AnyRow>(options[subject])
      .filter(([, row]) => !row.fact && row.side !== 'switch')
      .map(([id]) => ({
        subject,
        id,
        cells: targets.map(target => {
          const stances: Readonly<Record<string, Stance>> = target.spellings[subject] ?? {}
          const stance = Object.hasOwn(stances, id) ? stances[id] : undefined
          return stance === undefined ? '·' : marks[stance.stance]
        }),
      })),
  )
}
