// What a failure does: the state before, the state after, and how long frames were lost in between.

import type { Happening, LacpSimulation, System } from './input.ts'
import type { Change, LacpOutcome } from './outcome.ts'
import { simulateLacpAt, usualEnd } from './simulate.ts'

/** Something that goes wrong and stays so. */
export type Failure =
  | { readonly kind: 'cable'; readonly cable: string }
  /** The cable of this port, whichever it is. */
  | { readonly kind: 'port'; readonly system: string; readonly port: string }
  | { readonly kind: 'system'; readonly system: string }
  | { readonly kind: 'silent'; readonly system: string }
  | {
      readonly kind: 'one-way'
      readonly cable: string
      readonly lost: 'a-to-b' | 'b-to-a'
      readonly seen?: boolean
    }

export interface FailureOutcome {
  readonly before: LacpOutcome
  readonly after: LacpOutcome
  /** By system: how long after the failure it sent frames that were lost, on one port at least, in ms. */
  readonly lostForMs: Readonly<Record<string, number>>
  /** By system: how long after the failure the set of its carrying ports last changed, in ms; 0 where it did not. */
  readonly settledAfterMs: Readonly<Record<string, number>>
}

function happeningOf(failure: Failure, { cables }: LacpSimulation, atMs: number): Happening[] {
  switch (failure.kind) {
    case 'cable':
      return [{ atMs, kind: 'cable-down', cable: failure.cable }]
    case 'port': {
      const { system, port } = failure
      const cable = cables.find(({ a, b }) => [a, b].some(end => end.system === system && end.port === port))
      return cable === undefined ? [] : [{ atMs, kind: 'cable-down', cable: cable.name }]
    }
    case 'system':
      return [{ atMs, kind: 'dies', system: failure.system }]
    case 'silent':
      return [{ atMs, kind: 'silent', system: failure.system }]
    case 'one-way': {
      const { cable, lost, seen = false } = failure
      return [{ atMs, kind: 'one-way', cable, lost, seen }]
    }
  }
}

/** Plays a simulation without events until it is at rest, lets one thing fail, and waits for what follows. */
export function simulateFailure(simulation: LacpSimulation, failure: Failure): FailureOutcome {
  const quiet: LacpSimulation = { ...simulation, events: [] }
  const failsMs = simulation.untilMs ?? usualEnd(quiet)
  const events = happeningOf(failure, simulation, failsMs + 1)
  const failing: LacpSimulation = { ...quiet, events }
  const [before, after] = simulateLacpAt(failing, [failsMs, usualEnd(failing)])
  if (before === undefined || after === undefined) throw new Error('a simulation gave no outcome')
  const names = simulation.systems.map(({ name }) => name)
  const settledMs = (name: string): number =>
    after.lags.find(({ system }) => system === name)?.settledAfterMs ?? 0
  return {
    before,
    after,
    lostForMs: byName(names, name => lostMs(after.history, name, failsMs + 1, after.untilMs)),
    settledAfterMs: byName(names, name => Math.max(0, settledMs(name) - failsMs - 1)),
  }
}

const byName = (names: readonly System['name'][], one: (name: string) => number): Record<string, number> =>
  Object.fromEntries(names.map(name => [name, one(name)]))

/** For how long, between two moments, at least one port of a system sent frames that were lost. */
function lostMs(history: readonly Change[], system: string, fromMs: number, toMs: number): number {
  const lossy = new Set<string>()
  let sumMs = 0
  let lastMs = fromMs
  for (const { atMs, system: where, port, what } of history) {
    if (where !== system || port === undefined || 'up' in what) continue
    if (atMs > fromMs && lossy.size > 0) sumMs += atMs - lastMs
    lastMs = Math.max(fromMs, atMs)
    if (what.out === 'lost') lossy.add(port)
    else lossy.delete(port)
  }
  return lossy.size > 0 ? sumMs + (toMs - lastMs) : sumMs
}
