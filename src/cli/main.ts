// The whole program as a function of its arguments and its world. Commander's errors become exit status 2; a bug is
// caught once, here, and said in two lines.

import { Command, CommanderError } from 'commander'
import type { Register, Status } from './command.ts'
import { type Io, Unreadable, Unwritable, Usage } from './io.ts'
import { version } from './report.ts'

/** Each command's file, loaded when it is asked for: a run pays for its own command alone. */
const commands: Readonly<Record<string, () => Promise<{ readonly register: Register }>>> = {
  render: () => import('./commands/render.ts'),
  lint: () => import('./commands/lint.ts'),
  explain: () => import('./commands/explain.ts'),
  import: () => import('./commands/import.ts'),
  convert: () => import('./commands/convert.ts'),
  predict: () => import('./commands/predict.ts'),
  diagnose: () => import('./commands/diagnose.ts'),
  plan: () => import('./commands/plan.ts'),
  hash: () => import('./commands/hash.ts'),
  inventory: () => import('./commands/inventory.ts'),
  init: () => import('./commands/init.ts'),
  schema: () => import('./commands/schema.ts'),
  options: () => import('./commands/options.ts'),
  targets: () => import('./commands/targets.ts'),
  completion: () => import('./commands/completion.ts'),
}

/** Names that need to know of every command, because they list them. */
const listing = ['completion']

/** The program, ready to parse: with the command that the arguments name, or with all of them. */
async function programOf(
  asked: string | undefined,
  io: Io,
  done: (status: Status) => void,
): Promise<Command> {
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
      outputError: (words, write) => write(words.replace(/^error: /, 'bondplan: ')),
    })
  const alone =
    asked !== undefined && Object.hasOwn(commands, asked) && !listing.includes(asked)
      ? commands[asked]
      : undefined
  const loaded = alone === undefined ? Object.values(commands) : [alone]
  for (const { register } of await Promise.all(loaded.map(load => load()))) register(program, io, done)
  for (const command of [program, ...program.commands]) {
    const name = command === program ? program.name() : `${program.name()} ${command.name()}`
    command.showHelpAfterError(`see ${name} --help`)
  }
  return program
}

/** Runs the program. `argv` is what follows the program's name. Resolves to the exit status; never rejects. */
export async function main(argv: readonly string[], io: Io): Promise<Status> {
  let status: Status = 0
  try {
    const program = await programOf(argv[0], io, ended => {
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
