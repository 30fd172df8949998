// schema: the JSON schema of an intent, for editors and for other programs.

import { intentSchema } from '../../schema.ts'
import type { Register } from '../command.ts'

export const register: Register = (program, io, done) => {
  program
    .command('schema')
    .summary('print the JSON schema of an intent')
    .description(
      'Prints the JSON schema (draft 2020-12) of an intent. An editor uses it with the first line\n# yaml-language-server: $schema=PATH',
    )
    .action(() => {
      io.out(`${JSON.stringify(intentSchema, null, 2)}\n`)
      done(0)
    })
}
