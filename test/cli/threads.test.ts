// A crew of threads: each job is answered, also those that come or wait while another fails. One that never is would let the
// program end without a word.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ThreadCrew } from '../../src/cli/threads.ts'

/** Answers a job with itself, but for `bad`, which is a bug, `gone`, which cannot be read, and `dies`, which ends it. */
const program = `
const { parentPort } = require('node:worker_threads')
parentPort.on('message', ({ job }) => {
  if (job === 'dies') throw new Error('died')
  parentPort.postMessage(
    job === 'bad' ? { bug: 'bad' } : job === 'gone' ? { unreadable: 'a.yaml', reason: 'is gone' } : { result: job },
  )
})
`
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bondplan-threads-'))
  writeFileSync(join(folder, 'program.cjs'), program)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What each job comes to. */
async function outcomes(count: number, ahead: number, jobs: readonly string[]): Promise<readonly string[]> {
  const crew = new ThreadCrew(join(folder, 'program.cjs'), count, ahead)
  const outcome = (job: string): Promise<string> => crew.do('any', job).then(String, error => error.message)
  const some = await Promise.all(jobs.map(outcome))
  // One that comes after all that.
  const late = await outcome('late')
  crew.end()
  return [...some, late]
}

test('every job has its own answer', async () => {
  const jobs = Array.from({ length: 50 }, (_, at) => `${at}`)
  expect(await outcomes(3, 2, jobs)).toEqual([...jobs, 'late'])
})

test.each([
  ['bad', 'bad'],
  ['gone', 'a.yaml'],
  ['dies', 'died'],
])('after %s, what waits and what comes fails with it', async (job, message) => {
  const [first, ...rest] = await outcomes(1, 1, ['a', job, 'b', 'c'])
  expect(first).toBe('a')
  expect(rest).toHaveLength(4)
  for (const one of rest) expect(one).toContain(message)
})
