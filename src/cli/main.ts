// The whole program as a function of its arguments and its world. Commander's errors become exit status 2; a bug is
// caught once, here, and said in two lines.

import { Command, CommanderError } from 'commander'
import type { Status } from './command.ts'
import { register as registerCompletion } from './commands/completion.ts'
import { register as registerExplain } from './commands/explain.ts'
import { register as registerInit } from './commands/init.ts'
import { register as registerLint } from './commands/lint.ts'
import { register as registerOptions } from './commands/options.ts'
import { register as registerRender } from './commands/render.ts'
import { register as registerSchema } from './commands/schema.ts'
import { register as registerTargets } from './commands/targets.ts'
import { type Io, Unreadable, Unwritable, Usage } from './io.ts'
import { version } from './report.ts'

const registers = [
  registerRender,
  registerLint,
  registerExplain,
  registerInit,
  registerSchema,
  registerOptions,
  registerTargets,
  registerCompletion,
]

/** The program's commands, ready to parse. Used by `completion` and by tests as well. */
export function programOf(io: Io, done: (status: Status) => void): Command {
  const program = new Command('bondplan')
    .description('Plans link bonds: configuration for both ends from one intent, lint, and prediction.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => (io.outIsTerminal ? io.columns : 80),
      getErrHelpWidth: () => (io.errIsTerminal ? io.columns : 80),
    })
  for (const register of registers) register(program, io, done)
  return program
}

/** Runs the program. `argv` is what follows the program's name. Resolves to the exit status; never rejects. */
export async function main(argv: readonly string[], io: Io): Promise<Status> {
  let status: Status = 0
  try {
    const program = programOf(io, ended => {
      status = ended
    })
    if (argv.length === 0) {
      program.outputHelp()
      return 2
    }
    await program.parseAsync([...argv], { from: 'user' })
    return status
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof Usage || error instanceof Unreadable || error instanceof Unwritable) {
      io.err(`bondplan: ${error.message}\n`)
      return 2
    }
    const trace = io.env.BONDPLAN_DEBUG && error instanceof Error ? `${error.stack}\n` : ''
    io.err(
      `bondplan: this is a bug in bondplan, please report it: ${error instanceof Error ? error.message : String(error)}\n${trace}`,
    )
    return 2
  }
}
