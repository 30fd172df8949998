// Threads of the program: each runs the same bundle, waits for jobs, and answers with what they come to. What a job is
// is for run.ts to say.

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parentPort, Worker } from 'node:worker_threads'
import { type Threads, Unreadable } from './io.ts'

/** The bundle's own place; there is none where the program runs from its sources. */
declare const __filename: string | undefined

/** What a thread answers: the result, or why there is none. */
type Answer =
  | { readonly result: unknown }
  | { readonly unreadable: string; readonly reason: string }
  | { readonly bug: string }

export function nodeThreads(): Threads | undefined {
  if (typeof __filename !== 'string' || !__filename.endsWith('.cjs')) return undefined
  // The file that knows of the code that V8 kept for the bundle.
  const program = join(__filename, '../../bin/bondplan.js')
  return { count: availableParallelism(), run: (jobs, count, done) => runJobs(program, jobs, count, done) }
}

function runJobs(
  program: string,
  jobs: readonly unknown[],
  count: number,
  done: (job: number) => void,
): Promise<readonly unknown[]> {
  const answers: Answer[] = []
  let next = 0
  const worker = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(program)
      let job = -1
      const go = (): void => {
        // After a failure nothing new is begun; what was begun before it is done, so the first failure is known.
        const failed = answers.some(answer => answer !== undefined && !('result' in answer))
        job = next
        if (failed || job >= jobs.length) {
          thread.terminate().then(() => resolve(), reject)
          return
        }
        next += 1
        thread.postMessage(jobs[job])
      }
      thread.on('message', (answer: Answer) => {
        answers[job] = answer
        done(job)
        go()
      })
      thread.on('error', reject)
      go()
    })
  return Promise.all(Array.from({ length: Math.min(count, jobs.length) }, worker)).then(() =>
    answers.map(answer => {
      if ('result' in answer) return answer.result
      if ('unreadable' in answer) throw new Unreadable(answer.unreadable, answer.reason)
      throw new Error(answer.bug)
    }),
  )
}

/** In a thread: does jobs as they come. False in the main thread, which does none. */
export function servesJobs(work: (job: unknown) => Promise<unknown>): boolean {
  const port = parentPort
  if (port === null) return false
  port.on('message', async job => port.postMessage(await answerOf(work, job)))
  return true
}

async function answerOf(work: (job: unknown) => Promise<unknown>, job: unknown): Promise<Answer> {
  try {
    return { result: await work(job) }
  } catch (error) {
    if (error instanceof Unreadable) return { unreadable: error.path, reason: error.reason }
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
