// The process: real world in, exit status out. The bundle begins here, in the process and in each of its threads.

import { main } from './main.ts'
import { nodeIo, reasonOf } from './node.ts'
import { servesJobs } from './threads.ts'

/** What a thread can do, by name; each is loaded when the first such job comes. */
const works: Readonly<Record<string, () => Promise<(job: unknown) => unknown>>> = {
  async lint() {
    const { lintJob } = await import('./lint-job.ts')
    const io = nodeIo()
    return job => lintJob(io, job)
  },
  async render() {
    const { renderJob } = await import('./render-job.ts')
    return renderJob
  },
}
const loaded = new Map<string, Promise<(job: unknown) => unknown>>()

const inThread = servesJobs(work => {
  const load = works[work]
  if (load === undefined) throw new Error(`no thread can do ${work}`)
  const one = loaded.get(work) ?? load()
  loaded.set(work, one)
  return one
})

const isGone = (error: Error): boolean => 'code' in error && error.code === 'EPIPE'

if (!inThread) {
  process.stdout.on('error', error => {
    // A reader that goes away (`bondplan options | head`) is no error.
    if (isGone(error)) process.exit(0)
    process.stderr.write(`bondplan: standard output cannot be written: ${reasonOf(error)}\n`)
    process.exit(2)
  })
  process.stderr.on('error', error => {
    // Nobody can be told that nobody can be told.
    if (!isGone(error)) process.exit(2)
  })
  // The status is set rather than the process ended: what is still on its way to a pipe gets there.
  main(process.argv.slice(2), nodeIo()).then(status => {
    process.exitCode = status
  })
}
