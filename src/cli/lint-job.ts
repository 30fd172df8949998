// The part of lint that is shared out over threads: some files, each an intent of its own. What a baseline accepts and
// how findings are shown is decided where all of them come together.

import type { Reportable } from '../report/index.ts'
import type { RuleLevels } from '../rules/rule.ts'
import { Configs } from './config.ts'
import type { Io } from './io.ts'
import { type LintSettings, lintFiles } from './linting.ts'
import type { Progress } from './progress.ts'

export interface LintJob {
  readonly files: readonly string[]
  readonly levels: RuleLevels
}

/** What is found in each of the files. Throws Unreadable. */
export type LintResult = readonly (readonly Reportable[])[]

/** Files a job: so many that handing them over does not count, so few that no thread waits long for another. */
const filesAJob = 50

/**
 * Lints files, each for itself, in threads. Undefined where that is not worth it or cannot be: few files, one thread,
 * several files that are one intent, standard input. `wanted` threads; unset: as many as there are processors. Rejects
 * with Unreadable.
 */
export async function shareOut(
  io: Io,
  units: readonly (readonly string[])[],
  { levels, baseline }: LintSettings,
  working: Progress,
  wanted: number | undefined,
): Promise<readonly Reportable[] | undefined> {
  const threads = Math.min(wanted ?? io.threads?.count ?? 1, Math.floor(units.length / (2 * filesAJob)))
  if (threads < 2 || io.threads === undefined) return undefined
  if (units.some(unit => unit.length > 1 || unit[0] === '-')) return undefined
  const jobs: LintJob[] = []
  for (let at = 0; at < units.length; at += filesAJob) {
    jobs.push({ files: units.slice(at, at + filesAJob).flat(), levels })
  }
  const results = await io.threads.run(jobs, threads, job => {
    for (const _ of jobs[job]?.files ?? []) working.step()
  })
  const found: Reportable[] = []
  for (const [job, result] of results.entries()) {
    for (const [at, some] of (result as LintResult).entries()) {
      const file = jobs[job]?.files[at] ?? ''
      for (const finding of baseline?.unaccepted(some, [file]) ?? some) found.push(finding)
    }
  }
  return found
}

/** Does a LintJob, which came as plain data. */
export function lintJob(io: Io, job: unknown): LintResult {
  const { files, levels } = job as LintJob
  const settings: LintSettings = { configs: new Configs(io), levels, baseline: undefined }
  return files.map(file => lintFiles(io, [file], settings).found)
}
