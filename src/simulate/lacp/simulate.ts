// Plays an LACP simulation to its end and tells the outcome.

import { checkNames } from './check.ts'
import { components } from './components.ts'
import type { Happening, LacpSimulation, System } from './input.ts'
import type { LacpOutcome } from './outcome.ts'
import { outcomeOf } from './report.ts'
import { prepare } from './run.ts'

/** Long enough for a bond that waits 8 s, and for what it then negotiates. */
const formingMs = 15_000

/** Long enough for two slow LACP timeouts one after the other, which is the slowest that an end can notice. */
const timeoutMs = 210_000

const fallbackMs = (system: System): number =>
  system.kind === 'lacp-lag' && system.fallback !== undefined && system.fallback.kind !== 'suspend'
    ? system.fallback.afterMs
    : 0

const effectMs: Readonly<Record<Happening['kind'], number>> = {
  'cable-down': formingMs,
  'cable-up': formingMs,
  'one-way': timeoutMs,
  'both-ways': timeoutMs,
  silent: timeoutMs,
  speaks: timeoutMs,
  dies: formingMs,
  returns: formingMs,
  move: 2 * formingMs,
}

/** When everything that was set going has had its effect, in ms. */
export function usualEnd({ systems, events = [] }: LacpSimulation): number {
  const begun = Math.max(0, ...systems.map(system => (system.startMs ?? 0) + fallbackMs(system)))
  const happened = events.map(({ atMs, kind }) => atMs + effectMs[kind])
  return Math.max(begun + formingMs, ...happened)
}

/**
 * What comes of systems joined by cables: which ports carry, which do not and why, and since when. Equal input
 * gives equal output. Throws where the input names what is not there.
 */
export function simulateLacp(simulation: LacpSimulation): LacpOutcome {
  const untilMs = simulation.untilMs ?? usualEnd(simulation)
  const [outcome] = simulateLacpAt(simulation, [untilMs])
  return outcome ?? { untilMs, lags: [], history: [] }
}

/** The outcomes at several moments of one run, in the order of `timesMs`, which must not fall. */
export function simulateLacpAt(simulation: LacpSimulation, timesMs: readonly number[]): LacpOutcome[] {
  checkNames(simulation)
  const parts = components(simulation).map(part => {
    const run = prepare(part)
    return timesMs.map(untilMs => {
      run.runTo(untilMs)
      return outcomeOf(run)
    })
  })
  return timesMs.map((untilMs, index) =>
    together(
      simulation,
      untilMs,
      parts.flatMap(outcomes => outcomes[index] ?? []),
    ),
  )
}

/** The outcomes of independent parts as one: systems in the order of the input, changes in the order of time. */
function together({ systems }: LacpSimulation, untilMs: number, parts: readonly LacpOutcome[]): LacpOutcome {
  const lags = new Map(parts.flatMap(part => part.lags.map(lag => [lag.system, lag] as const)))
  return {
    untilMs,
    lags: systems.flatMap(({ name }) => lags.get(name) ?? []),
    history: parts.flatMap(({ history }) => history).sort((a, b) => a.atMs - b.atMs),
  }
}
