// The process: real world in, exit status out. The bundle begins here.

import { main } from './main.ts'
import { nodeIo } from './node.ts'

// A reader that goes away (`bondplan options | head`) is no error.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(0)
  throw error
})

// The status is set rather than the process ended: what is still on its way to a pipe gets there.
main(process.argv.slice(2), nodeIo()).then(status => {
  process.exitCode = status
})
