// The process: real world in, exit status out. The bundle begins here, in the process and in each of its threads.

import { main } from './main.ts'
import { nodeIo } from './node.ts'
import { servesJobs } from './threads.ts'

/** In a thread: the part of lint that is shared out, loaded when the first job comes. */
let lintJob: ((job: unknown) => unknown) | undefined

const inThread = servesJobs(async job => {
  if (lintJob === undefined) {
    const loaded = await import('./lint-job.ts')
    const io = nodeIo()
    lintJob = one => loaded.lintJob(io, one)
  }
  return lintJob(job)
})

if (!inThread) {
  // A reader that goes away (`bondplan options | head`) is no error.
  process.stdout.on('error', error => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0)
    throw error
  })
  // The status is set rather than the process ended: what is still on its way to a pipe gets there.
  main(process.argv.slice(2), nodeIo()).then(status => {
    process.exitCode = status
  })
}
