// The part of lint that is shared out over threads: some intents and machines, each for itself. What a baseline accepts and
// how findings are shown is decided where all of them come together.

import type { Reportable } from '../report/index.ts'
import type { RuleLevels } from '../rules/rule.ts'
import { Configs } from './config.ts'
import type { Io } from './io.ts'
import { type LintSettings, lintFiles } from './linting.ts'
import type { Progress } from './progress.ts'

export interface LintJob {
  /** The files of each. */
  readonly units: readonly (readonly string[])[]
  readonly from: string | undefined
  readonly levels: RuleLevels
}

/** What is found in each of the units. Throws Unreadable. */
export type LintResult = readonly (readonly Reportable[])[]

/** Units a job: so many that handing them over does not count, so few that no thread waits long for another. */
const unitsAJob = 50

/**
 * Lints units, each for itself, in threads. Undefined where that is not worth it or cannot be: few units, one thread,
 * standard input. `wanted` threads; unset: as many as there are processors. Rejects
 * with Unreadable.
 */
export async function shareOut(
  io: Io,
  units: readonly (readonly string[])[],
  { levels, baseline, from }: LintSettings,
  working: Progress,
  wanted: number | undefined,
): Promise<readonly Reportable[] | undefined> {
  const threads = Math.min(wanted ?? io.threads?.count ?? 1, Math.floor(units.length / (2 * unitsAJob)))
  if (threads < 2 || io.threads === undefined) return undefined
  if (units.some(unit => unit.includes('-'))) return undefined
  const jobs: LintJob[] = []
  for (let at = 0; at < units.length; at += unitsAJob) {
    jobs.push({ units: units.slice(at, at + unitsAJob), from, levels })
  }
  const crew = io.threads.crew(threads)
  const found: Reportable[] = []
  try {
    const results = jobs.map(async job => {
      const result = (await crew.do('lint', job)) as LintResult
      for (const _ of job.units.flat()) working.step()
      return result
    })
    for (const result of results) result.catch(() => {})
    for (const [job, result] of results.entries()) {
      for (const [at, some] of (await result).entries()) {
        const files = jobs[job]?.units[at] ?? []
        for (const finding of baseline?.unaccepted(some, files) ?? some) found.push(finding)
      }
    }
  } finally {
    crew.end()
  }
  return found
}

/** Does a LintJob, which came as plain data. */
export function lintJob(io: Io, job: unknown): LintResult {
  const { units, from, levels } = job as LintJob
  const settings: LintSettings = { configs: new Configs(io), levels, baseline: undefined, from }
  return units.map(files => lintFiles(io, files, settings).found)
}
