// Threads of the program: each runs the same bundle, waits for jobs, and answers with what they come to. What a job is
// is for run.ts to say.

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parentPort, Worker } from 'node:worker_threads'
import { type Crew, type Threads, Unreadable } from './io.ts'

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
  return {
    count: availableParallelism(),
    crew: (count, ahead = 1) => new ThreadCrew(program, count, ahead),
  }
}

/** A job on its way. */
interface Sent {
  readonly message: Message
  readonly answered: (answer: Answer) => void
}

interface Message {
  readonly work: string
  readonly job: unknown
}

/** A crew of threads that run a program which serves jobs (servesJobs). */
export class ThreadCrew implements Crew {
  readonly #program: string
  readonly #count: number
  readonly #ahead: number
  /** Each with the jobs that it was given; it answers them in their order. */
  readonly #threads: { readonly thread: Worker; readonly given: Sent[] }[] = []
  readonly #waiting: Sent[] = []
  /** The first answer that is no result. */
  #failure: Answer | undefined

  constructor(program: string, count: number, ahead: number) {
    this.#program = program
    this.#count = count
    this.#ahead = ahead
  }

  do(work: string, job: unknown): Promise<unknown> {
    const done = new Promise<Answer>(answered => {
      this.#waiting.push({ message: { work, job }, answered })
    }).then(resultOf)
    // Who waits for an earlier job first hears of this one's failure when its turn comes.
    done.catch(() => {})
    if (this.#threads.length < this.#count) this.#hire()
    for (const one of this.#threads) this.#give(one)
    return done
  }

  end(): void {
    this.#waiting.length = 0
    for (const { thread } of this.#threads) void thread.terminate()
  }

  #hire(): void {
    const one = { thread: new Worker(this.#program), given: [] as Sent[] }
    one.thread.on('message', (answer: Answer) => {
      if (!('result' in answer)) this.#failure ??= answer
      one.given.shift()?.answered(answer)
      this.#give(one)
    })
    one.thread.on('error', error => {
      this.#failure ??= { bug: asText(error) }
      for (const { answered } of one.given.splice(0)) answered(this.#failure)
      this.#give(one)
    })
    this.#threads.push(one)
  }

  #give({ thread, given }: { readonly thread: Worker; readonly given: Sent[] }): void {
    // After a failure nothing new is begun: what waits has failed with it. What was begun before is done.
    if (this.#failure !== undefined)
      for (const { answered } of this.#waiting.splice(0)) answered(this.#failure)
    while (given.length < this.#ahead) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      given.push(next)
      thread.postMessage(next.message)
    }
  }
}

function resultOf(answer: Answer): unknown {
  if ('result' in answer) return answer.result
  if ('unreadable' in answer) throw new Unreadable(answer.unreadable, answer.reason)
  throw new Error(answer.bug)
}

/** In a thread: does jobs as they come. False in the main thread, which does none. */
export function servesJobs(works: (work: string) => Promise<(job: unknown) => unknown>): boolean {
  const port = parentPort
  if (port === null) return false
  // One after the other, as answers are known by their order.
  let before: Promise<unknown> = Promise.resolve()
  port.on('message', (message: Message) => {
    before = before.then(async () => port.postMessage(await answerOf(works, message)))
  })
  return true
}

async function answerOf(
  works: (work: string) => Promise<(job: unknown) => unknown>,
  { work, job }: Message,
): Promise<Answer> {
  try {
    return { result: (await works(work))(job) }
  } catch (error) {
    if (error instanceof Unreadable) return { unreadable: error.path, reason: error.reason }
    return { bug: asText(error) }
  }
}

const asText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
