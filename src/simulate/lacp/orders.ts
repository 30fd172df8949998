// Where the order of things is open (who is heard first, whose timer runs before whose) there can be more than one
// outcome. This asks for all that a number of seeds bring about.

import type { LacpSimulation } from './input.ts'
import type { LacpOutcome } from './outcome.ts'
import { simulateLacp } from './simulate.ts'

/** What tells two outcomes apart: who is up, and which ports carry. */
const distinction = ({ lags }: LacpOutcome): string =>
  JSON.stringify(lags.map(({ system, up, carrying }) => [system, up, carrying]))

/** The different outcomes of a simulation under `seeds` seeds; one means that the order does not matter. */
export function possibleOutcomes(simulation: LacpSimulation, seeds = 16): LacpOutcome[] {
  const found = new Map<string, LacpOutcome>()
  const first = simulation.seed ?? 1
  for (let seed = first; seed < first + seeds; seed++) {
    const outcome = simulateLacp({ ...simulation, seed })
    const key = distinction(outcome)
    if (!found.has(key)) found.set(key, outcome)
  }
  return [...found.values()]
}
